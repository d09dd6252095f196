"""Forms that lie ready, so that nobody who starts waits for the solver. Filled by a worker, emptied by starts."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from examapp.persistence.records.forms import ReadyForm
from examapp.persistence.repositories import bank
from examapp.services.platform import Platform
from examapp.services.sitting import exposure
from examapp.services.sitting.banks import PREPARED
from examapp.services.sitting.blueprints import in_force
from question_bank.assembly import Infeasible, SearchGaveUp, assemble_from
from question_bank.blueprint import Blueprint
from question_bank.eligibility import snapshot

log = structlog.get_logger("simexam.form_pool")
# Starts come in bursts when a hall's doors open; a form costs about 30 ms to make and 10 kB to keep.
DEPTH = 24


def take(session: Session, blueprint: Blueprint, stamp: str) -> dict[str, Any] | None:
    """A ready form of just this blueprint and bank, out of the pool with the transaction that gives it; or None.

    One statement. On PostgreSQL a row that another start holds is skipped, not waited for; on SQLite writers come
    one by one anyway. A start that rolls back leaves the form where it was.
    """
    oldest = (
        select(ReadyForm.id)
        .where(*_of(blueprint, stamp))
        .order_by(ReadyForm.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = delete(ReadyForm).where(ReadyForm.id == oldest).returning(ReadyForm.form)
    return session.scalars(taken, execution_options={"synchronize_session": False}).first()


def any_ready(session: Session, blueprint: Blueprint, stamp: str) -> bool:
    """Whether a form lies ready."""
    return bool(_ready(session, blueprint, stamp))


@dataclass(frozen=True, slots=True)
class Filled:
    """What one round did: forms added, stale ones thrown away, blueprints for which no form could be made."""

    added: int = 0
    dropped: int = 0
    impossible: tuple[str, ...] = ()


def fill(platform: Platform, depth: int = DEPTH, stop: Callable[[], bool] = lambda: False) -> Filled:
    """Bring every blueprint's pool to `depth` forms and throw away what may no longer be given.

    Solves outside of any transaction. `stop` is asked before each form.
    """
    with platform.reading() as session:
        wanted = {name: found.blueprint for name, found in in_force(session).items()}
        stamp = bank.bank_stamp(session)
    dropped, added, impossible = _drop_stale(platform, wanted, stamp), 0, list[str]()
    for name, blueprint in wanted.items():
        _fade(platform, name)
        try:
            while not stop() and _add_one(platform, blueprint, depth):
                added += 1
        except (Infeasible, SearchGaveUp) as error:
            impossible.append(name)
            log.warning("no_form_can_be_made", blueprint=name, reason=type(error).__name__)
    return Filled(added, dropped, tuple(impossible))


def _drop_stale(platform: Platform, wanted: dict[str, Blueprint], stamp: str) -> int:
    current = {each.digest for each in wanted.values()}
    stale = or_(ReadyForm.bank_stamp != stamp, ReadyForm.blueprint_digest.not_in(current))
    with platform.reading() as session:
        if not session.scalar(select(func.count()).select_from(ReadyForm).where(stale)):
            return 0
    with platform.writing() as tx:
        return int(tx.session.execute(delete(ReadyForm).where(stale)).rowcount)  # type: ignore[attr-defined]


def _fade(platform: Platform, name: str) -> None:
    with platform.reading() as session:
        if exposure.read(session, name).forms < exposure.FADE_AT:
            return
    with platform.writing() as tx:
        exposure.fade(tx.session, name)


def _ready(session: Session, blueprint: Blueprint, stamp: str) -> int:
    query = select(func.count()).select_from(ReadyForm)
    return int(session.scalar(query.where(*_of(blueprint, stamp))) or 0)


def _of(blueprint: Blueprint, stamp: str) -> tuple[Any, ...]:
    return (
        ReadyForm.blueprint == blueprint.name,
        ReadyForm.blueprint_digest == blueprint.digest,
        ReadyForm.bank_stamp == stamp,
    )


def _add_one(platform: Platform, blueprint: Blueprint, depth: int) -> bool:
    """Make one form more; False when there are enough, or bank changed meanwhile."""
    with platform.reading() as session:
        stamp = bank.bank_stamp(session)
        ready = list(session.scalars(select(ReadyForm.form).where(*_of(blueprint, stamp))))
        if len(ready) >= depth:
            return False
        pool = PREPARED.get(session, blueprint, stamp)
        seen = exposure.read(session, blueprint.name, (form["items"] for form in ready))
    seed = secrets.randbits(62)
    form = assemble_from(pool, seed, snapshot(seen, blueprint, seed))
    with platform.writing() as tx:
        tx.session.add(
            ReadyForm(
                blueprint=blueprint.name,
                blueprint_digest=blueprint.digest,
                bank_stamp=stamp,
                form=form.as_dict(),
                created_at=tx.now,
            )
        )
    return True
