"""Taking events in: the hot path. Every event is checked, stored in one commit, and only then acknowledged.

Nothing that was acknowledged is ever overwritten: the answer sheet is a fold over what is stored here.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Exists, Row, Select, Table, and_, bindparam, select

from examapp.domain.attempt import AttemptState, Part, PartState, is_late
from examapp.domain.errors import Invalid, NotFound
from examapp.domain.roles import Permission
from examapp.persistence import event_log
from examapp.persistence.event_log import NewEvent, StoredEvent
from examapp.persistence.records.attempts import Attempt, AttemptPart, FormItem
from examapp.persistence.records.bank import ItemVersionRecord
from examapp.persistence.together import Together
from examapp.services.platform import Actor, Platform
from examapp.services.psychology import instruments
from examapp.services.sitting import notices
from examapp.services.sitting.notices import Waiting
from question_bank.item import ItemType
from question_bank.response import is_response

RESPONSE_KINDS = frozenset({"answer", "clear", "mark", "unmark"})
PAGE_KINDS = frozenset(
    {
        "item.shown",
        "page.hidden",
        "page.visible",
        "fullscreen.left",
        "fullscreen.entered",
        "camera.ok",
        "camera.lost",
        "camera.refused",
        "camera.missing",
        "camera.in_use",
        "device.timing",
    }
)
MAXIMUM_VALUE_BYTES = 2_000
MAXIMUM_BATCH = 200
LARGEST_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event as a device sent it. `value` is plain JSON; `sequence` is the device's own count."""

    uuid: UUID
    part: str
    kind: str
    item_id: str | None = None
    value: Any = None
    sequence: int | None = None
    client_time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What became of an event: `saved`, `late` (kept, not scored), or `superseded` (kept, from an older device)."""

    uuid: UUID
    status: str
    sequence: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a batch, and the state of the sitting that goes with it."""

    acknowledged: tuple[Acknowledged, ...]
    rejected: tuple[tuple[UUID, str], ...]
    epoch: int
    device: str | None
    state: str
    deadline: datetime | None
    notices: tuple[Waiting, ...]
    now: datetime


_Asked = tuple[ItemType, frozenset[str]]
_KIND = ItemVersionRecord.content["type"].as_string().label("kind")
_OF_FORM = and_(FormItem.item_id == ItemVersionRecord.item_id, FormItem.version == ItemVersionRecord.version)


@dataclass(slots=True)
class _FormOptions:
    """Type and options of each item of a form. A form never changes once drawn, so the most recent ones are kept."""

    limit: int = 4096
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: OrderedDict[UUID, dict[str, _Asked]] = field(default_factory=OrderedDict)

    def of(self, db: Connection, attempt_id: UUID) -> dict[str, _Asked]:
        with self._lock:
            known = self._known.get(attempt_id)
            if known:
                self._known.move_to_end(attempt_id)
                return known
        query = (
            select(FormItem.item_id, FormItem.option_order, _KIND)
            .join_from(FormItem, ItemVersionRecord, _OF_FORM)
            .where(FormItem.attempt_id == attempt_id)
        )
        found = {row.item_id: (ItemType(row.kind), frozenset(row.option_order)) for row in db.execute(query)}
        with self._lock:
            self._known[attempt_id] = found
            while len(self._known) > self.limit:
                self._known.popitem(last=False)
        return found


_FORMS = _FormOptions()

_A, _P = cast(Table, Attempt.__table__).c, cast(Table, AttemptPart.__table__).c


def _attempt_and_parts(repeated: Exists) -> Select[Any]:
    return (
        select(
            _A.id, _A.epoch, _A.device, _A.event_count, _A.event_head, _A.state.label("attempt_state"),
            _P.part, _P.state, _P.deadline, _P.setup,
            notices.ANY_WAITING.label("noticed"), repeated.label("repeated"),
        )
        .join_from(Attempt.__table__, AttemptPart.__table__, _P.attempt_id == _A.id)
        .where(_A.id == bindparam("attempt"), _A.applicant_id == bindparam("applicant"))
        .with_for_update(of=Attempt.__table__)
    )  # fmt: skip


# Built once and without the ORM: here a machine sets the pace.
_FOR_ONE, _FOR_MANY = _attempt_and_parts(event_log.ONE_STORED), _attempt_and_parts(event_log.ANY_STORED)
_HOLD = (
    select(_A.id)
    .where(_A.id == bindparam("attempt"), _A.applicant_id == bindparam("applicant"))
    .with_for_update()
)


def record_events(
    platform: Platform, actor: Actor, attempt_id: UUID, events: Sequence[SentEvent], epoch: int | None = None
) -> Receipt:
    """Store what can be stored of `events`, once each, and say what became of every one.

    `epoch` is the sender's (None: the current one). Raises `NotFound` for somebody else's attempt, `Invalid` for an
    empty or too long batch or an epoch that was never given out. One bad event doesn't hold the others up.
    """
    actor.must(Permission.SIT_EXAM)
    if not 1 <= len(events) <= MAXIMUM_BATCH:
        raise Invalid("batch_size", maximum=MAXIMUM_BATCH)
    return platform.database.write_together(
        lambda together: _record(together, platform, actor, attempt_id, events, epoch)
    )


def _record(
    together: Together,
    platform: Platform,
    actor: Actor,
    attempt_id: UUID,
    events: Sequence[SentEvent],
    epoch: int | None,
) -> Receipt:
    """The work inside the transaction. It refuses, if at all, before it writes: others share the commit."""
    uuids = [event.uuid for event in events]
    together.before_reading(attempt_id)
    db = together.connection
    attempt, parts = _locked(db, actor, attempt_id, uuids)
    # Read under the lock: what waited for its turn until after the deadline is late.
    now = platform.clock.now()
    sender = attempt.epoch if epoch is None else epoch
    if not 0 <= sender <= attempt.epoch:
        raise Invalid("epoch_unknown", field="epoch")
    stored = event_log.already_stored(db, attempt_id, uuids) if attempt.repeated else {}
    fresh, rejected = _sorted_out(db, attempt, parts, events, stored, sender, now)
    if fresh:
        key = bytes.fromhex(platform.secrets.audit_key)
        count, head = attempt.event_count, attempt.event_head
        for event in event_log.append(together, key, attempt_id, count, head, fresh, now):
            stored[event.client_uuid] = event
    running = next((p for p in parts.values() if p.state == PartState.RUNNING), None)
    kept = [stored[event.uuid] for event in events if event.uuid in stored]
    return Receipt(
        acknowledged=tuple(_acknowledge(event, attempt.epoch) for event in kept),
        rejected=tuple(rejected),
        epoch=attempt.epoch,
        device=attempt.device,
        state=attempt.attempt_state,
        deadline=running.deadline if running else None,
        notices=notices.waiting(db, attempt_id) if attempt.noticed else (),
        now=now,
    )


def _locked(
    db: Connection, actor: Actor, attempt_id: UUID, uuids: list[UUID]
) -> tuple[Row[Any], dict[str, Row[Any]]]:
    """The attempt's row, held until the commit so that two devices can't take one place in the chain; its parts."""
    asked = {"attempt": attempt_id, "applicant": actor.account_id}
    if db.dialect.name != "sqlite":
        # A statement sees what was committed before it began: one that waits for the lock would still see the parts
        # and events of before. So the lock first, and then a look. SQLite's writers hold theirs from the beginning.
        db.execute(_HOLD, asked)
    if len(uuids) == 1:
        found = db.execute(_FOR_ONE, asked | {"uuid": uuids[0]})
    else:
        found = db.execute(_FOR_MANY, asked | {"uuids": uuids})
    rows = cast(list[Row[Any]], found.all())
    if not rows:
        raise NotFound()
    return rows[0], {row.part: row for row in rows}


def _acknowledge(event: StoredEvent, epoch: int) -> Acknowledged:
    status = "late" if event.late else "superseded" if event.epoch < epoch else "saved"
    return Acknowledged(event.client_uuid, status, event.sequence, event.received_at)


def _sorted_out(
    db: Connection,
    attempt: Row[Any],
    parts: Mapping[str, Row[Any]],
    events: Sequence[SentEvent],
    stored: Mapping[UUID, StoredEvent],
    epoch: int,
    now: datetime,
) -> tuple[list[NewEvent], list[tuple[UUID, str]]]:
    fresh: dict[UUID, NewEvent] = {}
    rejected: list[tuple[UUID, str]] = []
    for event in events:
        if event.uuid in stored or event.uuid in fresh:
            continue
        part = parts.get(event.part)
        problem = _problem(db, attempt.id, event, part)
        if problem:
            rejected.append((event.uuid, problem))
            continue
        over = attempt.attempt_state not in (AttemptState.PREPARING, AttemptState.RUNNING)
        if event.kind in RESPONSE_KINDS and part is not None:
            late = is_late(now, part.deadline, over or part.state != PartState.RUNNING)
        else:
            late = over
        fresh[event.uuid] = NewEvent(
            client_uuid=event.uuid,
            client_sequence=event.sequence,
            epoch=epoch,
            part=event.part,
            kind=event.kind,
            item_id=event.item_id,
            value=event.value,
            client_time_ms=event.client_time_ms,
            late=late,
        )
    return list(fresh.values()), rejected


def _problem(db: Connection, attempt_id: UUID, event: SentEvent, part: Row[Any] | None) -> str | None:
    """Why an event can't be kept, as a refusal's code; None when it can."""
    if event.kind not in RESPONSE_KINDS | PAGE_KINDS:
        return "event_kind_unknown"
    if not _is_plain(event.value):
        # One sender's nonsense must not undo the others' commit.
        return "value_unusable"
    if len(json.dumps(event.value)) > MAXIMUM_VALUE_BYTES:
        return "value_too_long"
    if event.kind in PAGE_KINDS:
        return None
    if part is None:
        return "part_unknown"
    if part.state == PartState.PENDING:
        return "part_not_begun"
    if not event.item_id:
        return "item_unknown"
    if part.part != Part.THEORY:
        if part.state == PartState.EXPIRED and not part.setup:
            return "part_not_begun"
        if event.kind != "answer":
            return None
        return instruments.check_answer(Part(part.part), part.setup, event.item_id, event.value)
    return _theory_problem(db, attempt_id, event)


def _is_plain(value: Any) -> bool:
    """Whether a value can be hashed, stored and counted with: no NaN, no vast number, no half character."""
    match value:
        case None | bool():
            return True
        case str():
            return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
        case int():
            return abs(value) <= LARGEST_NUMBER
        case float():
            return isfinite(value)
        case list():
            return all(map(_is_plain, value))
        case dict():
            return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
    return False


def _theory_problem(db: Connection, attempt_id: UUID, event: SentEvent) -> str | None:
    asked = _FORMS.of(db, attempt_id).get(event.item_id or "")
    if asked is None:
        return "item_unknown"
    if event.kind == "answer" and not is_response(*asked, event.value):
        return "value_unusable"
    return None
