"""The demonstration: sittings sat through the services, a picture of each outcome, and never among real applicants."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from examapp.cli.demo import make_demo
from examapp.domain.errors import Refusal
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.bank import Item
from examapp.persistence.records.proctoring import EpisodeRecord, EvidenceRecord, ReviewCase
from examapp.persistence.records.results import VerdictRecord
from examapp.services.audit import audit_trail
from examapp.services.demo.items import DRAFT, REVIEWED
from examapp.services.demo.make import make_demo as make_without_eyes
from examapp.services.demo.people import APPLICANTS, Story, account_of
from examapp.services.platform import Platform
from tests.support.camera import MODEL
from tests.support.marks import only_sqlite
from tests.support.people import make_applicant

OUTCOMES = {
    Story.FAILED: "failed",
    Story.TO_SIGN: "awaiting_signature",
    Story.HELD: "held_for_review",
    Story.SECOND: "held_for_review",
    Story.PASSED: "passed",
}


def test_without_the_model_there_are_people_and_a_bank_but_no_sittings(platform: Platform) -> None:
    made = make_without_eyes(platform)
    assert {person.story for person in made.left_out} == set(OUTCOMES)
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(Item)) >= 150
        assert db.scalar(select(func.count()).select_from(Attempt)) == 0
        assert (db.get_one(Item, DRAFT).state, db.get_one(Item, REVIEWED).state) == ("draft", "in_review")
    again = make_without_eyes(platform)
    assert (again.people, again.items) == (0, 0)


def test_it_never_lies_among_real_applicants_unless_told(platform: Platform) -> None:
    make_applicant(platform)
    with pytest.raises(Refusal, match="demo_beside_people"):
        make_without_eyes(platform)
    assert account_of(platform, "admin") is None
    assert make_without_eyes(platform, force=True).people > 0


@only_sqlite
def test_every_sitting_ends_as_its_note_says(platform: Platform) -> None:
    if not Path(MODEL).is_file():
        pytest.fail("The vision model is missing: run tools/fetch_model.py.")
    seeing = replace(platform, config=replace(platform.config, model_path=MODEL))
    assert make_demo(seeing).sittings == len(OUTCOMES)
    sat = {each.story: account_of(platform, each.nik) for each in APPLICANTS if each.story in OUTCOMES}
    with platform.reading() as db:
        rows = select(Attempt.applicant_id, VerdictRecord.outcome).join(
            VerdictRecord, VerdictRecord.attempt_id == Attempt.id
        )
        outcome_of = {row[0]: row[1] for row in db.execute(rows)}
        cases = set(db.scalars(select(ReviewCase.state)))
        kinds = set(db.scalars(select(EpisodeRecord.kind)))
        kept = db.scalar(select(func.count()).select_from(EvidenceRecord))
    assert {story: outcome_of[account] for story, account in sat.items() if account} == OUTCOMES
    assert cases == {"open", "awaiting_second"}
    assert kinds == {"nobody", "several_people", "page_hidden"}
    assert kept
    assert audit_trail.verify_all(platform).holds
    assert make_demo(seeing).sittings == 0
