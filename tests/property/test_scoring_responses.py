"""The answer sheet does not depend on how events travelled."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from scoring.responses import ResponseEvent, ResponseKind, answer_sheet

START = datetime(2026, 11, 23, 3, tzinfo=UTC)
uuids = st.integers(0, 15).map(lambda number: UUID(int=number))
events = st.builds(
    ResponseEvent,
    sequence=st.integers(0, 6),
    client_uuid=uuids,
    epoch=st.integers(1, 3),
    part=st.sampled_from(["theory", "statements"]),
    kind=st.sampled_from(ResponseKind),
    item_id=st.sampled_from(["q1", "q2"]),
    value=st.one_of(st.sampled_from("abc"), st.lists(st.sampled_from("abc"), max_size=2)),
    client_time_ms=st.none(),
    received_at=st.integers(0, 5).map(lambda seconds: START + timedelta(seconds=seconds)),
    late=st.booleans(),
)
logs = st.lists(events, max_size=20)
rulings = st.frozensets(uuids, max_size=4)


@given(logs, rulings, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    log: list[ResponseEvent], ruled_in: frozenset[UUID], random: object
) -> None:
    mixed = list(log)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert answer_sheet(mixed, ruled_in) == answer_sheet(log, ruled_in)


@given(logs, st.integers(2, 5))
def test_replaying_every_request_changes_nothing(log: list[ResponseEvent], times: int) -> None:
    assert answer_sheet(log * times) == answer_sheet(log)


@given(logs)
def test_late_events_change_no_answer_without_a_ruling(log: list[ResponseEvent]) -> None:
    late_uuids = {event.client_uuid for event in log if event.late}
    in_time = [event for event in log if event.client_uuid not in late_uuids]
    only_late = [
        event for event in log if event.late and event.client_uuid not in {e.client_uuid for e in in_time}
    ]
    assert answer_sheet([*in_time, *only_late]).answers == answer_sheet(in_time).answers


@given(logs, events)
def test_an_older_epoch_never_overrides_a_newer_answer(
    log: list[ResponseEvent], stale: ResponseEvent
) -> None:
    before = answer_sheet(log).answers
    known = {event.client_uuid for event in log}
    after = answer_sheet([*log, stale]).answers
    for key, answer in before.items():
        if answer.epoch > stale.epoch and stale.client_uuid not in known:
            assert after[key] == answer
