"""What an answer sees that waited for its turn: the sitting as it is then, not as it was when it arrived."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from sqlalchemy import text

from examapp.domain.attempt import PartState
from examapp.persistence.records.attempts import AttemptPart
from examapp.services.sitting.answers import Receipt, record_events
from examapp.services.sitting.sittings import own_attempt
from tests.support.marks import only_postgresql
from tests.support.people import make_applicant
from tests.support.sitting import answer, begun, keys_of


def wait_until_held_up(platform) -> None:
    """Until another connection of this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    pause = Event()
    for _ in range(1000):
        with platform.database.engine.connect() as connection:
            if connection.scalar(waiting):
                return
        pause.wait(0.01)
    raise AssertionError("nobody waits")


@only_postgresql
def test_an_answer_that_waited_for_a_submission_is_late(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    with ThreadPoolExecutor(1) as pool:
        with platform.writing(applicant.actor) as tx:
            own_attempt(tx.session, applicant.actor, attempt_id, lock=True)
            sent: Future[Receipt] = pool.submit(
                record_events, platform, applicant.actor, attempt_id, [answer(item, key)]
            )
            wait_until_held_up(platform)
            part = tx.session.get_one(AttemptPart, (attempt_id, "theory"))
            part.state = PartState.SUBMITTED
        assert [each.status for each in sent.result(30).acknowledged] == ["late"]


@only_postgresql
def test_a_repeat_that_waited_for_the_first_gets_its_receipt(platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    same = [answer(item, key)]
    with ThreadPoolExecutor(2) as pool:
        with platform.writing(applicant.actor) as tx:
            own_attempt(tx.session, applicant.actor, attempt_id, lock=True)
            sent = [pool.submit(record_events, platform, applicant.actor, attempt_id, same) for _ in range(2)]
            wait_until_held_up(platform)
        receipts = [each.result(30) for each in sent]
    assert {a.sequence for receipt in receipts for a in receipt.acknowledged} == {1}
