"""Response events and the answer sheet, which is a fold over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from scoring.json_value import JsonValue


class ResponseKind(StrEnum):
    ANSWER = "answer"
    CLEAR = "clear"
    MARK = "mark"
    UNMARK = "unmark"


@dataclass(frozen=True, slots=True)
class ResponseEvent:
    """One tap, as stored.

    `sequence` counts within an epoch on the device; `epoch` rises when another device takes over. `part` is
    "theory" or the instrument's name; `client_time_ms` is the device's own clock, kept and never trusted;
    `received_at` is the server's time in UTC; `late` means after the deadline.
    """

    sequence: int
    client_uuid: UUID
    epoch: int
    part: str
    kind: ResponseKind
    item_id: str
    value: JsonValue
    client_time_ms: int | None
    received_at: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The value that stands, and the event it came from."""

    value: JsonValue
    client_uuid: UUID
    epoch: int
    sequence: int
    received_at: datetime


ItemKey = tuple[str, str]
"""(part, item_id)"""


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What stands after all events. `late_excluded` are the UUIDs a person may still rule in."""

    answers: Mapping[ItemKey, Answer]
    marked: frozenset[ItemKey]
    late_excluded: frozenset[UUID]

    def value(self, part: str, item_id: str) -> JsonValue:
        """The answer that stands, or None when the item is unanswered."""
        answer = self.answers.get((part, item_id))
        return None if answer is None else answer.value

    def part(self, part: str) -> Mapping[str, JsonValue]:
        """item_id → value of one part."""
        return {item: answer.value for (owner, item), answer in self.answers.items() if owner == part}


def answer_sheet(
    events: Iterable[ResponseEvent], accepted_late: frozenset[UUID] = frozenset()
) -> AnswerSheet:
    """Fold events, in whatever order and however often they arrived, into what stands.

    Within an item the highest (epoch, sequence) wins, so a device that was taken over never overrides the
    newer one. Of several events with one UUID the first received counts, as in the store. Late events count
    only when their UUID is in `accepted_late`.
    """
    first = _first_received(events)
    counted = [event for event in first if not event.late or event.client_uuid in accepted_late]
    answers: dict[ItemKey, Answer] = {}
    marked: set[ItemKey] = set()
    for event in sorted(counted, key=_order):
        _apply(event, answers, marked)
    late_excluded = frozenset(
        event.client_uuid for event in first if event.late and event.client_uuid not in accepted_late
    )
    return AnswerSheet(MappingProxyType(answers), frozenset(marked), late_excluded)


def _first_received(events: Iterable[ResponseEvent]) -> list[ResponseEvent]:
    first: dict[UUID, ResponseEvent] = {}
    for event in events:
        kept = first.get(event.client_uuid)
        if kept is None or _arrival(event) < _arrival(kept):
            first[event.client_uuid] = event
    return list(first.values())


def _arrival(event: ResponseEvent) -> tuple[datetime, int, int, str]:
    # repr breaks ties between copies that differ, so that the fold never depends on the order of its input.
    return (event.received_at, event.epoch, event.sequence, repr(event))


def _order(event: ResponseEvent) -> tuple[int, int, datetime, UUID]:
    return (event.epoch, event.sequence, event.received_at, event.client_uuid)


def _apply(event: ResponseEvent, answers: dict[ItemKey, Answer], marked: set[ItemKey]) -> None:
    key = (event.part, event.item_id)
    match event.kind:
        case ResponseKind.ANSWER:
            answers[key] = Answer(
                event.value, event.client_uuid, event.epoch, event.sequence, event.received_at
            )
        case ResponseKind.CLEAR:
            answers.pop(key, None)
        case ResponseKind.MARK:
            marked.add(key)
        case ResponseKind.UNMARK:
            marked.discard(key)
