"""The append-only events of a sitting: written with Core statements, because here a machine sets the pace."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, exists, insert, select, update
from sqlalchemy.orm import Session

from examapp.domain import chain as chains
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.together import Together
from scoring.responses import ResponseEvent, ResponseKind

_EVENT = cast(Table, AttemptEvent.__table__)
_ATTEMPT = cast(Table, Attempt.__table__)

# Built once: putting a statement together costs more than running it.
_INSERT = insert(_EVENT)
_MOVE_HEAD = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt"))
    .values({name: bindparam(name) for name in ("event_count", "event_head", "event_signature")})
)
_STORED = select(
    _EVENT.c.client_uuid, _EVENT.c.sequence, _EVENT.c.epoch, _EVENT.c.received_at, _EVENT.c.late
).where(
    _EVENT.c.attempt_id == bindparam("attempt"), _EVENT.c.client_uuid.in_(bindparam("uuids", expanding=True))
)
# As a column beside the attempt's own: mostly nothing was sent before, and then nothing more is asked. Mostly, too, one
# event is sent: a list of values would be written into the statement anew each time.
ONE_STORED = exists().where(
    _EVENT.c.attempt_id == _ATTEMPT.c.id,
    _EVENT.c.client_uuid == bindparam("uuid", type_=_EVENT.c.client_uuid.type),
)
ANY_STORED = exists().where(
    _EVENT.c.attempt_id == _ATTEMPT.c.id, _EVENT.c.client_uuid.in_(bindparam("uuids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that was checked and is about to be stored. `value` is plain JSON."""

    client_uuid: UUID
    client_sequence: int | None
    epoch: int
    part: str
    kind: str
    item_id: str | None
    value: Any
    client_time_ms: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """What of a stored event an acknowledgement needs."""

    client_uuid: UUID
    sequence: int
    epoch: int
    received_at: datetime
    late: bool


def chain_name(attempt_id: UUID) -> str:
    return f"events:{attempt_id}"


def _payload(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "attempt": str(row["attempt_id"]),
        "sequence": row["sequence"],
        "uuid": str(row["client_uuid"]),
        "client_sequence": row["client_sequence"],
        "epoch": row["epoch"],
        "part": row["part"],
        "kind": row["kind"],
        "item": row["item_id"],
        "value": row["value"],
        "client_time_ms": row["client_time_ms"],
        "received_at": row["received_at"].isoformat(timespec="microseconds"),
        "late": row["late"],
    }


def already_stored(
    connection: Connection, attempt_id: UUID, uuids: Sequence[UUID]
) -> dict[UUID, StoredEvent]:
    """Those of `uuids` that this sitting has already, so that a repeat gets the first answer again."""
    found = connection.execute(_STORED, {"attempt": attempt_id, "uuids": list(uuids)})
    return {row[0]: StoredEvent(*row) for row in found}


def append(
    together: Together,
    key: bytes,
    attempt_id: UUID,
    count: int,
    head: str,
    events: Sequence[NewEvent],
    now: datetime,
) -> list[StoredEvent]:
    """Store `events` after the `count` that end in `head`, and move the sitting's signed head.

    The caller holds the attempt's row (or SQLite's write lock), so no other writer can take the same places.
    """
    rows: list[dict[str, Any]] = []
    for event in events:
        count += 1
        row = {
            "attempt_id": attempt_id,
            "sequence": count,
            "client_uuid": event.client_uuid,
            "client_sequence": count if event.client_sequence is None else event.client_sequence,
            "epoch": event.epoch,
            "part": event.part,
            "kind": event.kind,
            "item_id": event.item_id,
            "value": json.dumps(event.value, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
            "client_time_ms": event.client_time_ms,
            "received_at": now,
            "late": event.late,
        }
        head = chains.link(head, _payload(row))
        row["hash"] = head
        rows.append(row)
    together.later(attempt_id, _INSERT, rows)
    signature = chains.sign_checkpoint(key, chain_name(attempt_id), count, head)
    moved = {"attempt": attempt_id, "event_count": count, "event_head": head, "event_signature": signature}
    together.later(attempt_id, _MOVE_HEAD, [moved])
    return [StoredEvent(row["client_uuid"], row["sequence"], row["epoch"], now, row["late"]) for row in rows]


def stored_links(session: Session, attempt_id: UUID) -> Iterator[chains.Link]:
    """The events of a sitting in order, as `domain.chain.verify` wants them."""
    query = select(*_EVENT.c).where(_EVENT.c.attempt_id == attempt_id).order_by(_EVENT.c.sequence)
    for row in session.execute(query).mappings():
        yield chains.Link(row["sequence"], _payload(dict(row)), row["hash"])


_RESPONSES = {kind.value for kind in ResponseKind}


def responses(session: Session, attempt_id: UUID) -> list[ResponseEvent]:
    """The events that answer, clear or mark, as `scoring` wants them."""
    query = (
        select(*_EVENT.c)
        .where(_EVENT.c.attempt_id == attempt_id, _EVENT.c.kind.in_(_RESPONSES))
        .order_by(_EVENT.c.sequence)
    )
    return [
        ResponseEvent(
            sequence=row["client_sequence"],
            client_uuid=row["client_uuid"],
            epoch=row["epoch"],
            part=row["part"],
            kind=ResponseKind(row["kind"]),
            item_id=row["item_id"] or "",
            value=json.loads(row["value"]),
            client_time_ms=row["client_time_ms"],
            received_at=row["received_at"],
            late=row["late"],
        )
        for row in session.execute(query).mappings()
    ]


def page_events(session: Session, attempt_id: UUID) -> list[tuple[str, datetime, Any]]:
    """What the page told of itself and its camera: (kind, server time, value), in order of arrival."""
    query = (
        select(AttemptEvent.kind, AttemptEvent.received_at, AttemptEvent.value)
        .where(AttemptEvent.attempt_id == attempt_id, AttemptEvent.kind.not_in(_RESPONSES))
        .order_by(AttemptEvent.sequence)
    )
    return [(row.kind, row.received_at, json.loads(row.value)) for row in session.execute(query)]
