"""The sweep ends every sitting whose time is over, whatever is wrong with one of them."""

from datetime import timedelta

from sqlalchemy import update

from examapp.domain.attempt import AttemptState
from examapp.persistence.records.attempts import Attempt, FormItem
from examapp.services.sitting import submission
from tests.support.people import make_applicant
from tests.support.sitting import begun


def test_a_sitting_that_cannot_be_scored_keeps_no_other_one_open(platform, clock) -> None:
    sat = [begun(platform, make_applicant(platform)) for _ in range(3)]
    broken = sorted(sat)[0]
    with platform.writing() as tx:
        tx.session.execute(update(FormItem).where(FormItem.attempt_id == broken).values(version=99))
    clock.at += timedelta(minutes=31)
    assert submission.close_expired(platform) == 2
    with platform.reading() as db:
        states = {each: db.get_one(Attempt, each).state for each in sat}
    assert {each for each, state in states.items() if state == AttemptState.RUNNING} == {broken}
