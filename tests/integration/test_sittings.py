"""A sitting's way from preparation to its end, on both databases."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from examapp.domain.attempt import Step
from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.persistence.records.accounts import Consent
from examapp.persistence.records.attempts import Attempt, FormRecord
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.results import PartResult, VerdictRecord
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.sitting import forms, rederive, sittings, submission
from tests.support.people import make_applicant
from tests.support.sitting import answer_theory, application_of, begun, prepared


def verdict_of(platform, attempt_id) -> str:
    with platform.reading() as db:
        return db.get_one(VerdictRecord, attempt_id).outcome


def state_of(platform, attempt_id) -> tuple[str, dict[str, str]]:
    with platform.reading() as db:
        attempt = db.get_one(Attempt, attempt_id)
        return attempt.state, {part.part: part.state for part in attempt.parts}


def test_preparing_twice_gives_the_same_attempt(platform) -> None:
    applicant = make_applicant(platform)
    seed_shipped_items(platform)
    application = application_of(platform, applicant)
    first = sittings.prepare(platform, applicant.actor, application)
    assert sittings.prepare(platform, applicant.actor, application) == first


def test_steps_can_not_be_skipped_and_no_part_begins_before_them(platform) -> None:
    applicant = make_applicant(platform)
    seed_shipped_items(platform)
    attempt_id = sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    with pytest.raises(Conflict) as refused:
        sittings.complete_step(platform, applicant.actor, attempt_id, Step.PHOTO)
    assert (refused.value.code, refused.value.params["step"]) == ("step_order", "consent")
    with pytest.raises(Conflict) as refused:
        sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    assert refused.value.code == "step_order"


def test_under_18_a_guardian_agrees_too_and_is_kept_sealed(platform) -> None:
    child = make_applicant(platform, birth_date=date(2009, 3, 1))
    with pytest.raises(Invalid) as refused:
        prepared(platform, child)
    assert refused.value.code == "guardian_name_missing"
    attempt_id = prepared(platform, child, guardian_name="Ibu Ratna", guardian_phone="0812 3456 789")
    with platform.reading() as db:
        consent = db.query(Consent).filter_by(attempt_id=attempt_id).one()
        assert b"Ratna" not in consent.guardian_cipher
        opened = platform.vault.open_for(db, child.account_id, consent.guardian_cipher, "guardian")
    assert opened == "Ibu Ratna\n0812 3456 789"


def test_parts_come_in_their_order_one_at_a_time(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = prepared(platform, applicant)
    with pytest.raises(Conflict) as refused:
        sittings.start_part(platform, applicant.actor, attempt_id, "statements")
    assert refused.value.code == "part_order"
    sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    with pytest.raises(Conflict):
        sittings.start_part(platform, applicant.actor, attempt_id, "statements")


def test_beginning_a_part_again_changes_neither_form_nor_deadline(platform, clock) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    with platform.reading() as db:
        first = (db.get_one(FormRecord, attempt_id).seed, db.get_one(Attempt, attempt_id).parts[0].deadline)
    clock.at += timedelta(minutes=5)
    sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    with platform.reading() as db:
        again = (db.get_one(FormRecord, attempt_id).seed, db.get_one(Attempt, attempt_id).parts[0].deadline)
    assert again == first


def test_the_kept_seed_gives_the_same_form_again(platform) -> None:
    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as db:
        record, reference = db.get_one(FormRecord, attempt_id), db.get_one(Attempt, attempt_id).reference
    given = rederive.given_form(platform, reference)
    assert rederive.compare(platform, given).differences == ()
    form = rederive.form_for(platform, record.blueprint, int(record.seed))
    assert (form["items"], form["proof"]) == (given["items"], record.proof)


def test_two_applicants_get_different_forms(platform) -> None:
    shown = []
    for _ in range(2):
        attempt_id = begun(platform, make_applicant(platform))
        with platform.reading() as db:
            shown.append([item["item_id"] for item in forms.public_items(db, attempt_id, "id")])
    assert shown[0] != shown[1]


def test_what_an_applicant_sees_carries_no_key(platform) -> None:
    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as db:
        items = forms.public_items(db, attempt_id, "en")
    assert len(items) == 30
    fields = {name for item in items for name in item}
    assert not fields & {"key", "explanation", "article", "difficulty", "author", "enemies"}
    # A drawing's address must not name the sign either: the name is the answer.
    assert all(":" not in item["picture"]["url"] for item in items if item["picture"])


def test_a_submit_that_names_no_part_never_ends_one_by_a_guess(platform) -> None:
    """Sent again after the line came back, it would end the part that runs by then."""
    applicant = make_applicant(platform)
    attempt_id = prepared(platform, applicant)
    with pytest.raises(Conflict, match="part_not_begun"):
        submission.submit_part(platform, applicant.actor, attempt_id, None)
    sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    answer_theory(platform, applicant, attempt_id, right=30)
    for _ in range(2):
        submission.submit_part(platform, applicant.actor, attempt_id, None)
        assert state_of(platform, attempt_id)[1]["theory"] == "submitted"
    sittings.start_part(platform, applicant.actor, attempt_id, "statements")
    with pytest.raises(Invalid) as refused:
        submission.submit_part(platform, applicant.actor, attempt_id, None)
    assert (refused.value.code, refused.value.params["field"]) == ("part_missing", "part")
    assert state_of(platform, attempt_id)[1]["statements"] == "running"


def test_the_preparation_is_closed_once_the_exam_runs(platform) -> None:
    """A camera that was refused can't have worked afterwards, for the sitting to go past the people."""
    applicant = make_applicant(platform)
    attempt_id = prepared(platform, applicant)
    sittings.complete_step(
        platform, applicant.actor, attempt_id, Step.CAMERA, camera="refused", timezone="Asia/Makassar"
    )
    sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    for step, given in (
        (Step.CAMERA, {"camera": "ok"}),
        (Step.CAMERA, {"camera": "refused", "timezone": "Asia/Jayapura"}),
    ):
        with pytest.raises(Conflict, match="step_closed"):
            sittings.complete_step(platform, applicant.actor, attempt_id, step, **given)
    # The same once more, late on a slow line, is no change.
    sittings.complete_step(
        platform, applicant.actor, attempt_id, Step.CAMERA, camera="refused", timezone="Asia/Makassar"
    )
    sittings.complete_step(platform, applicant.actor, attempt_id, Step.PHOTO)
    with platform.reading() as db:
        kept = db.get_one(Attempt, attempt_id)
        assert (kept.camera, kept.timezone) == ("refused", "Asia/Makassar")
        said = db.scalars(
            select(AuditEntry.detail).where(
                AuditEntry.chain == f"attempt:{attempt_id}", AuditEntry.action == "step_camera"
            )
        ).all()
    # What was said before the exam stands on the chain each time it changed.
    assert [each["camera"] for each in said] == ["ok", "refused"]


def test_a_passed_theory_goes_on_to_psychology(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=21)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    assert state_of(platform, attempt_id)[0] == "running"
    assert verdict_of(platform, attempt_id) == "in_progress"
    sittings.start_part(platform, applicant.actor, attempt_id, "statements")


def test_a_failed_theory_ends_the_sitting_as_a_fail(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=20)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    state, parts = state_of(platform, attempt_id)
    assert state == "finished"
    assert parts["statements"] == "expired"
    assert verdict_of(platform, attempt_id) == "failed"


def test_a_renewal_sits_psychology_only(platform, clock) -> None:
    today = clock.now().date()
    applicant = make_applicant(
        platform, kind="renewal", held_class="A", held_since=today - timedelta(days=1700), held_until=today
    )
    attempt_id = begun(platform, applicant, "statements")
    assert "theory" not in state_of(platform, attempt_id)[1]


def test_the_sweep_ends_what_ran_out_once_and_scores_what_was_saved(platform, clock) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=30)
    clock.at += timedelta(minutes=29)
    assert submission.close_expired(platform) == 0
    clock.at += timedelta(minutes=1, seconds=3)
    assert submission.close_expired(platform) == 1
    assert submission.close_expired(platform) == 0
    assert state_of(platform, attempt_id)[1]["theory"] == "expired"
    with platform.reading() as db:
        assert db.get_one(PartResult, (attempt_id, "theory")).data["right"] == 30


def test_a_sitting_left_between_parts_is_finished_when_its_window_closes(platform, clock) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clock.at += timedelta(hours=4, minutes=1)
    submission.close_expired(platform)
    assert state_of(platform, attempt_id)[0] == "finished"


def test_an_attempt_never_begun_is_abandoned_and_uses_up_no_try(platform, clock) -> None:
    applicant = make_applicant(platform)
    attempt_id = prepared(platform, applicant)
    clock.at += timedelta(hours=25)
    submission.close_expired(platform)
    assert state_of(platform, attempt_id)[0] == "abandoned"
    assert sittings.prepare(platform, applicant.actor, application_of(platform, applicant)) != attempt_id


def test_after_three_fails_no_try_is_left_and_the_article_is_named(platform, clock) -> None:
    applicant = make_applicant(platform)
    for _ in range(3):
        attempt_id = begun(platform, applicant)
        submission.submit_part(platform, applicant.actor, attempt_id, "theory")
        clock.at += timedelta(days=1)
    with pytest.raises(Conflict) as refused:
        sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    assert refused.value.code == "retakes_used_up"
    assert refused.value.params["article"]


def test_nobody_elses_attempt_can_be_touched(platform) -> None:
    attempt_id = begun(platform, make_applicant(platform))
    stranger = make_applicant(platform)
    for attempt in (attempt_id, uuid4()):
        with pytest.raises(NotFound):
            submission.submit_part(platform, stranger.actor, attempt, "theory")
        with pytest.raises(NotFound):
            sittings.take_device(platform, stranger.actor, attempt, "another device", True)
        with pytest.raises(NotFound):
            sittings.start_part(platform, stranger.actor, attempt, "theory")


def test_a_second_device_is_refused_until_it_takes_over(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    assert sittings.take_device(platform, applicant.actor, attempt_id, "phone-0001", False).epoch == 1
    with pytest.raises(Conflict) as refused:
        sittings.take_device(platform, applicant.actor, attempt_id, "laptop-0001", False)
    assert refused.value.code == "other_device"
    assert sittings.take_device(platform, applicant.actor, attempt_id, "laptop-0001", True).epoch == 2
