"""Tries belong to a licence class: a second application opens no second count, and a used-up one gives way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from examapp.domain.errors import Conflict, Invalid
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.people import registration
from examapp.services.sitting import sittings, submission
from tests.support.people import make_applicant
from tests.support.sitting import application_of, begun, in_one_go


def fail_once(platform, applicant) -> None:
    attempt_id = begun(platform, applicant)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")


def test_another_kind_for_the_same_class_opens_no_second_count_of_tries(platform) -> None:
    applicant = make_applicant(platform)
    fail_once(platform, applicant)
    with pytest.raises(Invalid, match="application_open"):
        registration.apply_again(platform, applicant.actor, registration.Wish("A", "after_revocation"))


def test_after_the_last_retake_a_new_application_replaces_the_old_one(platform, clock) -> None:
    applicant = make_applicant(platform)
    old = application_of(platform, applicant)
    for _ in range(3):
        fail_once(platform, applicant)
        clock.at += timedelta(days=1)
    new = registration.apply_again(platform, applicant.actor, registration.Wish("A", "new"))
    assert sittings.prepare(platform, applicant.actor, new)
    with platform.reading() as db:
        assert db.get_one(Application, old).closed_at == clock.now()


def test_when_the_time_for_retakes_has_ended_a_new_application_is_taken(platform, clock) -> None:
    applicant = make_applicant(platform)
    fail_once(platform, applicant)
    clock.at += timedelta(days=60)
    with pytest.raises(Conflict, match="retake_window_closed"):
        sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    new = registration.apply_again(platform, applicant.actor, registration.Wish("A", "new"))
    assert sittings.prepare(platform, applicant.actor, new)


def test_two_applications_prepared_at_once_give_one_open_sitting(platform) -> None:
    seed_shipped_items(platform)
    applicant = make_applicant(platform)
    both = [
        application_of(platform, applicant),
        registration.apply_again(platform, applicant.actor, registration.Wish("C", "new")),
    ]
    made = in_one_go(lambda n: sittings.prepare(platform, applicant.actor, both[n % 2]), 8)
    assert len(set(made)) == 1
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(Attempt)) == 1
