"""Blueprints by version: one administrator proposes, another approves; sittings under way keep what they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.forms import BlueprintVersion
from examapp.services.bank.blueprint_check import check
from examapp.services.people.hands import tied_to
from examapp.services.platform import Actor, Platform, Transaction
from examapp.services.sitting.blueprints import APPROVED, InForce, in_force, read, store_shipped
from question_bank.blueprint import Blueprint
from question_bank.blueprint_loader import parse_blueprint
from question_bank.problem import BadItem, Problem

PROPOSED, REJECTED, WITHDRAWN = "proposed", "rejected", "withdrawn"
NOTE_LIMIT = 300


class BlueprintRefused(Invalid):
    """A blueprint that contradicts itself; `problems` one by one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("blueprint_problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of a blueprint. `refusal`: why this reader may not approve it; None where they may."""

    version: int
    blueprint: Blueprint
    state: str
    note: str | None
    by: str | None
    at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_note: str | None
    own: bool
    refusal: str | None


@dataclass(frozen=True, slots=True)
class BlueprintFile:
    """A blueprint with its versions, newest first; `open` is the one that waits for a decision."""

    name: str
    in_force: InForce
    versions: tuple[VersionLine, ...]

    @property
    def open(self) -> VersionLine | None:
        return next((line for line in self.versions if line.state == PROPOSED), None)


def read_file(platform: Platform, actor: Actor, name: str) -> BlueprintFile:
    """One blueprint. Raises `NotFound("blueprint_missing")`."""
    actor.must(Permission.EDIT_BANK)
    with platform.reading() as session:
        found = in_force(session).get(name)
        if found is None:
            raise NotFound("blueprint_missing", blueprint=name)
        rows = session.scalars(
            select(BlueprintVersion)
            .where(BlueprintVersion.name == name)
            .order_by(BlueprintVersion.version.desc())
        ).all()
        return BlueprintFile(name, found, tuple(_line(session, actor, row) for row in rows))


def propose(platform: Platform, actor: Actor, name: str, data: Mapping[str, Any], note: str) -> int:
    """Store `data` as the next version of `name`, waiting for a second person. Returns its number.

    Name, class and title stay those of the version in force. Raises `BlueprintRefused`,
    `Conflict("blueprint_unchanged" | "blueprint_open")`, `NotFound`.
    """
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        store_shipped(tx)
        current = in_force(tx.session).get(name)
        if current is None:
            raise NotFound("blueprint_missing", blueprint=name)
        blueprint = _parsed(current.blueprint, data)
        if blueprint.digest == current.blueprint.digest:
            raise Conflict("blueprint_unchanged")
        # The first version's row is there always: whoever holds it is the only one to add another.
        tx.session.get(BlueprintVersion, (name, 1), with_for_update=True)
        waiting = tx.session.scalars(
            select(BlueprintVersion.version).where(
                BlueprintVersion.name == name, BlueprintVersion.state == PROPOSED
            )
        ).first()
        if waiting is not None:
            raise Conflict("blueprint_open", version=waiting)
        last = tx.session.scalar(
            select(func.max(BlueprintVersion.version)).where(BlueprintVersion.name == name)
        )
        version = (last or 0) + 1
        tx.session.add(
            BlueprintVersion(
                name=name,
                version=version,
                content=blueprint.as_dict(),
                digest=blueprint.digest,
                state=PROPOSED,
                note=_words(note),
                created_at=tx.now,
                created_by=actor.account_id,
            )
        )
        _audit(tx, name, "blueprint.proposed", version, blueprint.digest)
        return version


def decide(
    platform: Platform, actor: Actor, name: str, version: int, *, approve: bool, reason: str = ""
) -> str:
    """Approve a version, or send it back; its author may only withdraw it. Returns the new state.

    Raises `NotAllowed("move_own_work" | "move_tied_to_author")`, `Conflict("blueprint_decided")`,
    `Conflict("blueprint_infeasible")` when the bank gives no form for it, `Invalid("reason_missing")`.
    """
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        row = tx.session.get(BlueprintVersion, (name, version), with_for_update=True)
        if row is None:
            raise NotFound("blueprint_missing", blueprint=name)
        if row.state != PROPOSED:
            raise Conflict("blueprint_decided")
        own = row.created_by == actor.account_id
        if approve:
            refusal = _refusal(tx.session, actor, row)
            if refusal:
                raise NotAllowed(refusal)
            if not check(tx.session, row.content).possible:
                raise Conflict("blueprint_infeasible")
        elif not own and not _words(reason):
            raise Invalid("reason_missing", field="reason")
        if approve:
            row.state = APPROVED
            _audit(tx, name, "blueprint.approved", version, row.digest)
        elif own:
            row.state = WITHDRAWN
            _audit(tx, name, "blueprint.withdrawn", version, row.digest)
        else:
            row.state = REJECTED
            _audit(tx, name, "blueprint.rejected", version, row.digest)
        row.decided_at, row.decided_by, row.decision_note = tx.now, actor.account_id, _words(reason)
        return row.state


def _parsed(current: Blueprint, data: Mapping[str, Any]) -> Blueprint:
    kept = current.as_dict()
    fixed = {name: kept[name] for name in ("name", "licence_class", "title")}
    try:
        return parse_blueprint({**data, **fixed})
    except BadItem as error:
        raise BlueprintRefused(error.problems) from error


def _refusal(session: Session, actor: Actor, row: BlueprintVersion) -> str | None:
    """Why `actor` may not approve: they wrote it, or may be the same person as whoever did."""
    if row.created_by is None or actor.account_id is None:
        return "move_no_author_known"
    if row.created_by == actor.account_id:
        return "move_own_work"
    tied = tied_to(session, actor.account_id, {str(row.created_by)})
    return "move_tied_to_author" if tied else None


def _line(session: Session, actor: Actor, row: BlueprintVersion) -> VersionLine:
    return VersionLine(
        version=row.version,
        blueprint=read(row.content),
        state=row.state,
        note=row.note,
        by=_name(session, row.created_by),
        at=row.created_at,
        decided_by=_name(session, row.decided_by),
        decided_at=row.decided_at,
        decision_note=row.decision_note,
        own=row.created_by is not None and row.created_by == actor.account_id,
        refusal=_refusal(session, actor, row) if row.state == PROPOSED else None,
    )


def _name(session: Session, account_id: UUID | None) -> str | None:
    account = session.get(Account, account_id) if account_id else None
    return account.display_name if account else None


def _words(text: str) -> str | None:
    return " ".join(text.split())[:NOTE_LIMIT] or None


def _audit(tx: Transaction, name: str, action: str, version: int, digest: str) -> None:
    tx.audit(f"blueprint:{name}", action, version=version, digest=digest)
