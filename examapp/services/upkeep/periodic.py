"""One round of what nobody asks for but time: deadlines, jobs, messages, claims, clean-up, retention."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from examapp.domain.attempt import AttemptState, PartState
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.persistence.records.proctoring import FrameTally
from examapp.persistence.slots import FrameSlots, open_slots
from examapp.services.cases import conclusion, review
from examapp.services.messaging import messages
from examapp.services.outcome.results import UNCHECKED
from examapp.services.platform import Platform, Transaction
from examapp.services.privacy import retention
from examapp.services.sitting import submission
from examapp.services.upkeep import jobs
from examapp.services.watching import analysis, episodes

log = structlog.get_logger("simexam.periodic")

CONCLUDE = "conclude_proctoring"
# A sitting without new frames is folded here: the frames worker looks only at those that send.
QUIET_AFTER = timedelta(seconds=6)
REFRESH_QUIET_EVERY = timedelta(seconds=5)
RETENTION_EVERY = timedelta(minutes=10)
TIDY_EVERY = timedelta(seconds=30)


@dataclass(slots=True)
class Periodic:
    """The steps of a round. One that fails is logged and left to the next round; the others are done."""

    platform: Platform
    port: messages.MessagePort
    slots: FrameSlots = field(init=False)
    _done_at: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = open_slots(self.platform.config.instance)

    def round(self) -> list[str]:
        """Do everything that is due; the names of the steps that failed."""
        steps: list[tuple[str, timedelta, Callable[[], object]]] = [
            ("deadlines", timedelta(0), lambda: submission.close_expired(self.platform)),
            ("jobs", timedelta(0), lambda: jobs.run_due(self.platform, self.kinds())),
            ("messages", timedelta(0), lambda: messages.deliver_waiting(self.platform, self.port)),
            ("claims", timedelta(0), lambda: review.expire_claims(self.platform)),
            ("silence", timedelta(0), lambda: analysis.notice_silence(self.platform)),
            ("quiet sittings", REFRESH_QUIET_EVERY, self._refresh_quiet),
            ("slots", TIDY_EVERY, self._clear_slots),
            ("retention", RETENTION_EVERY, lambda: retention.run(self.platform)),
            ("beat", timedelta(0), lambda: analysis.beat(self.platform, analysis.PERIODIC_WORKER)),
        ]
        return [name for name, every, step in steps if not self._do(name, every, step)]

    def _do(self, name: str, every: timedelta, step: Callable[[], object]) -> bool:
        now = self.platform.clock.now()
        last = self._done_at.get(name)
        if last is not None and now - last < every:
            return True
        self._done_at[name] = now
        try:
            step()
        except Exception:  # the deadline of one sitting must not wait for the trouble of another step
            log.exception("periodic_step_failed", step=name)
            return False
        return True

    def kinds(self) -> Mapping[str, jobs.Kind]:
        """The jobs this platform knows."""
        return {
            CONCLUDE: jobs.Kind(
                ready=lambda platform, payload: conclusion.is_ready(platform, self.slots, _id(payload)),
                prepare=lambda platform, payload: conclusion.prepare(platform, self.slots, _id(payload)),
                finish=_conclude,
                given_up=lambda _platform, tx, payload: conclusion.hand_over(tx, _id(payload)),
            )
        }

    def _refresh_quiet(self) -> None:
        """Page events and silence make episodes too, and live sittings must show them."""
        for attempt_id in quiet_sittings(self.platform):
            episodes.refresh(self.platform, self.slots, attempt_id)

    def _clear_slots(self) -> None:
        """Forget the ring of sittings that are over and concluded: what was worth keeping is evidence by now."""
        present = self.slots.sittings()
        if not present:
            return
        with self.platform.reading() as db:
            needed = select(Attempt.id).where(
                Attempt.id.in_(present),
                (Attempt.state.in_((AttemptState.PREPARING, AttemptState.RUNNING)))
                | ((Attempt.state == AttemptState.FINISHED) & (Attempt.integrity == UNCHECKED)),
            )
            still = set(db.scalars(needed))
        for attempt_id in set(present) - still:
            self.slots.clear(attempt_id)


def _id(payload: Mapping[str, Any]) -> UUID:
    return UUID(payload["attempt_id"])


def _conclude(platform: Platform, tx: Transaction, payload: Mapping[str, Any], prepared: Any) -> None:
    conclusion.conclude(platform, tx, _id(payload), prepared)


def quiet_sittings(platform: Platform) -> list[UUID]:
    """Sittings in which a part runs and no frame was looked at lately."""
    before = platform.clock.now() - QUIET_AFTER
    with platform.reading() as db:
        query = (
            select(Attempt.id)
            .join(AttemptPart, AttemptPart.attempt_id == Attempt.id)
            .outerjoin(FrameTally, FrameTally.attempt_id == Attempt.id)
            .where(Attempt.state == AttemptState.RUNNING, AttemptPart.state == PartState.RUNNING)
            .where((FrameTally.last_analysed_at.is_(None)) | (FrameTally.last_analysed_at < before))
        )
        return list(db.scalars(query))
