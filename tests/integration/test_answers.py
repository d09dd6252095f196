"""Answers on both databases: nothing acknowledged is lost, nothing late is scored, nothing is counted twice."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from examapp.domain import chain as chains
from examapp.domain.errors import Invalid, NotFound
from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.results import PartResult
from examapp.services.sitting import sittings, submission
from examapp.services.sitting.answers import SentEvent, record_events
from scoring.responses import answer_sheet
from tests.support.people import make_applicant
from tests.support.sitting import answer, begun, in_one_go, keys_of
from tests.support.typed_items import HOTSPOT, MULTIPLE, ORDERING, begun_with


@pytest.fixture
def applicant(platform):
    return make_applicant(platform)


@pytest.fixture
def attempt_id(platform, applicant) -> UUID:
    return begun(platform, applicant)


def sheet(platform, attempt_id):
    with platform.reading() as db:
        return answer_sheet(event_log.responses(db, attempt_id))


def chain_holds(platform, attempt_id) -> chains.Break | None:
    with platform.reading() as db:
        attempt = db.get_one(Attempt, attempt_id)
        links = event_log.stored_links(db, attempt_id)
        return chains.verify("events", links, attempt.event_count, attempt.event_head)


def test_requests_replayed_five_times_and_reordered_leave_the_same_sheet(
    platform, applicant, attempt_id
) -> None:
    events = [answer(item, key, n) for n, (item, key) in enumerate(keys_of(platform, attempt_id).items())]
    events += [answer(event.item_id, "a", 100 + n) for n, event in enumerate(events[:10])]
    once = record_events(platform, applicant.actor, attempt_id, events)
    before = sheet(platform, attempt_id)
    rng = Random(5)
    for _ in range(5):
        rng.shuffle(events)
        again = record_events(platform, applicant.actor, attempt_id, events)
        assert {a.uuid: a for a in again.acknowledged} == {a.uuid: a for a in once.acknowledged}
    assert sheet(platform, attempt_id) == before
    assert chain_holds(platform, attempt_id) is None


def test_a_device_tells_its_time_in_milliseconds_since_1970(platform, applicant, attempt_id) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    sent = replace(answer(item, key), client_time_ms=1_795_000_000_000)
    receipt = record_events(platform, applicant.actor, attempt_id, [sent])
    assert [each.status for each in receipt.acknowledged] == ["saved"]


def test_an_answer_after_the_deadline_is_kept_and_acknowledged_as_late_but_not_scored(
    platform, applicant, attempt_id, clock
) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    clock.at += timedelta(minutes=30, seconds=3)
    late = record_events(platform, applicant.actor, attempt_id, [answer(item, key)])
    assert [a.status for a in late.acknowledged] == ["late"]
    submission.close_expired(platform)
    with platform.reading() as db:
        assert db.get_one(PartResult, (attempt_id, "theory")).data["right"] == 0
    assert sheet(platform, attempt_id).late_excluded == {late.acknowledged[0].uuid}


def test_an_answer_given_in_the_last_second_counts_though_it_travelled(
    platform, applicant, attempt_id, clock
) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    clock.at += timedelta(minutes=30, seconds=1)
    saved = record_events(platform, applicant.actor, attempt_id, [answer(item, key)])
    assert [a.status for a in saved.acknowledged] == ["saved"]


def test_after_submission_answers_are_kept_as_late(platform, applicant, attempt_id) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    receipt = record_events(platform, applicant.actor, attempt_id, [answer(item, key)])
    assert [a.status for a in receipt.acknowledged] == ["late"]


def test_a_device_that_was_taken_over_never_overrides_the_newer_one(platform, applicant, attempt_id) -> None:
    item = next(iter(keys_of(platform, attempt_id)))
    sittings.take_device(platform, applicant.actor, attempt_id, "phone-0001", False)
    sittings.take_device(platform, applicant.actor, attempt_id, "laptop-0001", True)
    record_events(platform, applicant.actor, attempt_id, [answer(item, "a", 1)], epoch=2)
    old = record_events(platform, applicant.actor, attempt_id, [answer(item, "b", 99)], epoch=1)
    assert [a.status for a in old.acknowledged] == ["superseded"]
    assert sheet(platform, attempt_id).value("theory", item) == ["a"]


def test_one_bad_event_does_not_hold_the_others_up(platform, applicant, attempt_id) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    good = answer(item, key)
    bad = {
        "item_unknown": answer("RAM-9999", "a"),
        "value_unusable": answer(item, "z"),
        "part_unknown": answer(item, key, part="cooking"),
        "part_not_begun": answer(item, key, part="statements"),
        "event_kind_unknown": SentEvent(uuid4(), "theory", "cheat", item),
        "value_too_long": SentEvent(uuid4(), "theory", "answer", item, ["x" * 3000]),
    }
    receipt = record_events(platform, applicant.actor, attempt_id, [*bad.values(), good])
    assert [a.uuid for a in receipt.acknowledged] == [good.uuid]
    assert dict(receipt.rejected) == {event.uuid: code for code, event in bad.items()}


@pytest.mark.parametrize("value", [{"ms": float("nan")}, {"ms": 10**400}, ["\ud800"], float("inf")])
def test_a_value_nobody_can_count_with_is_rejected_and_the_answer_beside_it_is_kept(
    platform, applicant, attempt_id, value
) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    odd = SentEvent(uuid4(), "theory", "device.timing", None, value)
    receipt = record_events(platform, applicant.actor, attempt_id, [odd, answer(item, key)])
    assert receipt.rejected == ((odd.uuid, "value_unusable"),)
    assert [each.status for each in receipt.acknowledged] == ["saved"]


def test_an_epoch_that_was_never_given_out_and_a_foreign_attempt_are_refused(
    platform, applicant, attempt_id
) -> None:
    item, key = next(iter(keys_of(platform, attempt_id).items()))
    with pytest.raises(Invalid):
        record_events(platform, applicant.actor, attempt_id, [answer(item, key)], epoch=7)
    stranger = make_applicant(platform)
    with pytest.raises(NotFound):
        record_events(platform, stranger.actor, attempt_id, [answer(item, key)])


def test_fifty_parallel_submits_and_answers_give_one_result_and_no_later_write(
    platform, applicant, attempt_id
) -> None:
    items = list(keys_of(platform, attempt_id).items())

    def work(number: int) -> object:
        if number % 2:
            return submission.submit_part(platform, applicant.actor, attempt_id, "theory").state
        item, key = items[number % len(items)]
        return record_events(platform, applicant.actor, attempt_id, [answer(item, key)])

    outcomes = in_one_go(work, 50)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    statuses = [a.status for r in outcomes if hasattr(r, "acknowledged") for a in r.acknowledged]
    with platform.reading() as db:
        results = db.scalars(select(PartResult).where(PartResult.attempt_id == attempt_id)).all()
        stored = db.scalar(select(func.count()).where(AttemptEvent.attempt_id == attempt_id))
    assert len(results) == 1
    assert results[0].data["right"] == statuses.count("saved")
    assert stored == len(statuses) == 25
    assert chain_holds(platform, attempt_id) is None


@pytest.mark.parametrize("harm", ["flip", "delete", "reorder", "truncate"])
def test_any_tampering_with_the_events_shows(platform, applicant, attempt_id, harm) -> None:
    events = [answer(item, key, n) for n, (item, key) in enumerate(keys_of(platform, attempt_id).items())]
    record_events(platform, applicant.actor, attempt_id, events)
    assert chain_holds(platform, attempt_id) is None
    mine = AttemptEvent.attempt_id == attempt_id
    with platform.writing() as tx:
        match harm:
            case "flip":
                tx.session.execute(
                    update(AttemptEvent).where(mine, AttemptEvent.sequence == 9).values(value='["forged"]')
                )
            case "delete":
                tx.session.delete(tx.session.get(AttemptEvent, (attempt_id, 9)))
            case "reorder":
                for old, new in ((9, 900), (10, 9), (900, 10)):
                    tx.session.execute(
                        update(AttemptEvent).where(mine, AttemptEvent.sequence == old).values(sequence=new)
                    )
            case "truncate":
                tx.session.delete(tx.session.get(AttemptEvent, (attempt_id, len(events))))
    assert chain_holds(platform, attempt_id) is not None


def test_the_newest_answer_wins_and_clearing_takes_it_back(platform, applicant, attempt_id) -> None:
    item = next(iter(keys_of(platform, attempt_id)))
    first, second = answer(item, "a", 1), answer(item, "b", 2)
    record_events(platform, applicant.actor, attempt_id, [second])
    record_events(platform, applicant.actor, attempt_id, [first])
    assert sheet(platform, attempt_id).value("theory", item) == ["b"]
    clear = replace(answer(item, "a", 3), kind="clear", value=None)
    record_events(platform, applicant.actor, attempt_id, [clear])
    assert sheet(platform, attempt_id).value("theory", item) is None


def test_batches_of_one_sitting_in_one_commit_take_places_one_after_the_other(
    platform, applicant, attempt_id
) -> None:
    items = list(keys_of(platform, attempt_id))
    receipts = in_one_go(
        lambda n: record_events(platform, applicant.actor, attempt_id, [answer(items[n], "a", n)]), 16
    )
    assert sorted(a.sequence for receipt in receipts for a in receipt.acknowledged) == list(range(1, 17))
    assert chain_holds(platform, attempt_id) is None


def test_one_answer_sent_by_sixteen_requests_at_once_is_stored_once(platform, applicant, attempt_id) -> None:
    same = [answer(next(iter(keys_of(platform, attempt_id))), "a")]
    receipts = in_one_go(lambda _: record_events(platform, applicant.actor, attempt_id, same), 16)
    assert {a.sequence for receipt in receipts for a in receipt.acknowledged} == {1}
    assert chain_holds(platform, attempt_id) is None


def test_each_type_takes_its_whole_answers_and_refuses_others(platform, applicant) -> None:
    attempt_id = begun_with(platform, applicant, MULTIPLE, ORDERING, HOTSPOT)
    taken = [
        answer("TIP-0001", ["a", "c"]),
        answer("TIP-0002", ["b", "a", "c", "d"]),
        answer("TIP-0003", "b"),
    ]
    refused = [
        answer("TIP-0001", []),
        answer("TIP-0001", ["a", "a"]),
        answer("TIP-0002", ["b", "a", "c"]),
        answer("TIP-0002", "b"),
        answer("TIP-0003", ["a", "b"]),
    ]
    receipt = record_events(platform, applicant.actor, attempt_id, [*taken, *refused])
    assert [each.uuid for each in receipt.acknowledged] == [each.uuid for each in taken]
    assert dict(receipt.rejected) == {each.uuid: "value_unusable" for each in refused}
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    with platform.reading() as db:
        assert db.get_one(PartResult, (attempt_id, "theory")).data["right"] == 3
