"""The answer sheet as a fold, in the cases an examination brings."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from scoring.responses import ResponseEvent, ResponseKind, answer_sheet

START = datetime(2026, 11, 23, 3, tzinfo=UTC)


def event(
    number: int,
    value: str | None = None,
    kind: ResponseKind = ResponseKind.ANSWER,
    epoch: int = 1,
    late: bool = False,
    uuid: int | None = None,
) -> ResponseEvent:
    at = START + timedelta(seconds=number)
    return ResponseEvent(number, UUID(int=uuid or number), epoch, "theory", kind, "q1", value, None, at, late)


def test_the_last_answer_stands_even_when_it_arrives_first() -> None:
    assert answer_sheet([event(2, "b"), event(1, "a")]).value("theory", "q1") == "b"


def test_a_device_that_was_taken_over_overrides_nothing() -> None:
    new_device = event(1, "new", epoch=2)
    old_queue = event(99, "old", epoch=1)
    assert answer_sheet([new_device, old_queue]).value("theory", "q1") == "new"


def test_the_queue_of_the_old_device_still_counts_where_the_new_one_is_silent() -> None:
    assert answer_sheet([event(99, "old", epoch=1)]).value("theory", "q1") == "old"


def test_a_cleared_answer_is_unanswered_and_can_be_given_again() -> None:
    cleared = [event(1, "a"), event(2, kind=ResponseKind.CLEAR)]
    assert answer_sheet(cleared).value("theory", "q1") is None
    assert answer_sheet([*cleared, event(3, "c")]).value("theory", "q1") == "c"


def test_a_late_answer_waits_for_a_ruling() -> None:
    events = [event(1, "in time"), event(2, "late", late=True)]
    sheet = answer_sheet(events)
    assert sheet.value("theory", "q1") == "in time"
    assert sheet.late_excluded == {UUID(int=2)}
    ruled_in = answer_sheet(events, accepted_late=frozenset({UUID(int=2)}))
    assert ruled_in.value("theory", "q1") == "late"
    assert not ruled_in.late_excluded


def test_an_answer_that_came_in_time_and_again_late_is_in_time() -> None:
    events = [event(1, "a", uuid=7), event(5, "a", uuid=7, late=True)]
    assert answer_sheet(events).value("theory", "q1") == "a"
    assert not answer_sheet(events).late_excluded


def test_a_mark_does_not_touch_the_answer() -> None:
    sheet = answer_sheet([event(1, "a"), event(2, kind=ResponseKind.MARK)])
    assert sheet.value("theory", "q1") == "a"
    assert sheet.marked == {("theory", "q1")}
    assert not answer_sheet([event(1, kind=ResponseKind.MARK), event(2, kind=ResponseKind.UNMARK)]).marked


def test_parts_are_kept_apart() -> None:
    sheet = answer_sheet([event(1, "a")])
    assert sheet.part("theory") == {"q1": "a"}
    assert sheet.part("statements") == {}
