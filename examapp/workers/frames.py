"""`python -m examapp.workers.frames`: looks at camera frames, apart from the web server and at low priority."""

import os
import sys
import threading
import time
from datetime import timedelta
from uuid import UUID

import structlog

from examapp.domain.errors import Refusal
from examapp.persistence.photo_desk import Ask, open_desk
from examapp.persistence.slots import WaitingFrame, frame_bond, open_slots
from examapp.persistence.vault import unseal
from examapp.services.platform import Platform
from examapp.services.watching import analysis, episodes
from examapp.services.watching.analysis import Analysed, Unread
from examapp.workers.running import running
from proctoring.observation import Attention, Observation
from proctoring.vision.analyser import FaceAnalyser
from proctoring.vision.decode import Refused, decode_frame
from proctoring.vision.model_file import ModelError
from proctoring.vision.quiet import quiet_native
from proctoring.vision.worker_api import load

log = structlog.get_logger("simexam.frames")

STORE_EVERY = 1.0
STORE_AT_MOST = 25
BEAT_EVERY = 3.0
# Episodes of a sitting are derived again this long after a new frame: soon when it shows something, or when an
# episode goes on, and later when all is calm, because a long sitting takes a while to fold.
REFRESH_SOON = 3.0
REFRESH_CALM = 8.0
IDLE_SECONDS = 0.05
MODEL_AGAIN_AFTER = 5.0


class FrameWorker:
    """Takes frames out of their slots one by one; a bad frame, or a busy database, never ends it."""

    def __init__(self, platform: Platform, analyser: FaceAnalyser, stopping: threading.Event) -> None:
        self.platform = platform
        self.analyser = analyser
        self.stopping = stopping
        self.slots = open_slots(platform.config.instance)
        self.desk = open_desk(platform.config.instance)
        self.analysed: list[Analysed] = []
        self.unread: list[Unread] = []
        self.keys: dict[UUID, bytes] = {}
        self.stored_at = self.beaten_at = time.monotonic()
        # Sittings with new frames, and when each is due to be derived again.
        self.due: dict[UUID, float] = {}
        self.going_on: set[UUID] = set()

    def run(self) -> None:
        self._sign_of_life()
        while not self.stopping.is_set():
            busy = self._answer_photo() or self._look_at_next()
            self._keep_up()
            if not busy:
                self.stopping.wait(IDLE_SECONDS)
        self._store()

    def _keep_up(self) -> None:
        now = time.monotonic()
        if len(self.analysed) >= STORE_AT_MOST or now - self.stored_at >= STORE_EVERY:
            self._store()
        if now - self.beaten_at >= BEAT_EVERY:
            self._sign_of_life()
        # One sitting at a time, so that frames of others don't wait for a long fold.
        first = min(self.due, key=lambda each: self.due[each], default=None)
        if first is not None and now >= self.due[first]:
            self._store()
            del self.due[first]
            self._guarded("episodes", lambda: self._derive(first))

    def _derive(self, attempt_id: UUID) -> None:
        found = episodes.refresh(self.platform, self.slots, attempt_id)
        if any(episode.ongoing for episode in found):
            self.going_on.add(attempt_id)
        else:
            self.going_on.discard(attempt_id)

    def _plan(self, attempt_id: UUID, calm: bool) -> None:
        calm = calm and attempt_id not in self.going_on
        at = time.monotonic() + (REFRESH_CALM if calm else REFRESH_SOON)
        self.due[attempt_id] = min(at, self.due.get(attempt_id, at))

    def _look_at_next(self) -> bool:
        waiting = self.slots.take()
        if waiting is None:
            return False
        try:
            found = self._look_at(waiting)
        except Refusal as refusal:
            found = Unread(waiting, refusal.code)
        except Exception as error:  # a frame that breaks the model must not break the worker
            log.exception("frame_failed", attempt=str(waiting.frame.attempt_id))
            found = Unread(waiting, type(error).__name__)
        if isinstance(found, Unread):
            log.warning("frame_unread", attempt=str(waiting.frame.attempt_id), reason=found.reason)
            self.unread.append(found)
        else:
            self.analysed.append(found)
        self._plan(waiting.frame.attempt_id, isinstance(found, Analysed) and _is_calm(found.seen))
        return True

    def _look_at(self, waiting: WaitingFrame) -> Analysed | Unread:
        frame = waiting.frame
        key = self._key_of_sitting(frame.attempt_id)
        jpeg = unseal(key, frame.sealed, frame_bond(frame.attempt_id, frame.captured_at))
        decoded = decode_frame(jpeg)
        if isinstance(decoded, Refused):
            return Unread(waiting, decoded.reason.value)
        seen = self.analyser.analyse(decoded.bgr)
        return Analysed(waiting, seen, self.platform.clock.now(), analysis.digest_of(jpeg))

    def _key_of_sitting(self, attempt_id: UUID) -> bytes:
        key = self.keys.get(attempt_id)
        if key is None:
            key = analysis.key_of(self.platform, attempt_id)
            if len(self.keys) > 2000:
                self.keys.clear()
            self.keys[attempt_id] = key
        return key

    def _answer_photo(self) -> bool:
        ask = self.desk.next()
        if ask is None:
            return False
        self._guarded("photo", lambda: self.desk.answer(ask, self._photo(ask)))
        return True

    def _photo(self, ask: Ask) -> dict[str, object]:
        with self.platform.reading() as db:
            key = self.platform.vault.person_key(db, ask.applicant_id)
        decoded = decode_frame(unseal(key, ask.sealed, ask.bond))
        if isinstance(decoded, Refused):
            return {"refused": decoded.reason.value}
        return {"seen": self.analyser.analyse(decoded.bgr).as_record()}

    def _store(self) -> None:
        self.stored_at = time.monotonic()
        analysed, unread = self.analysed, self.unread
        self.analysed, self.unread = [], []
        if not self._guarded("store", lambda: analysis.store(self.platform, analysed, unread)):
            # A busy database: what was seen is kept for the next try, though not without end.
            self.analysed = (analysed + self.analysed)[-500:]
            self.unread = (unread + self.unread)[-500:]

    def _sign_of_life(self) -> None:
        self.beaten_at = time.monotonic()
        self._guarded("beat", lambda: analysis.beat(self.platform, analysis.FRAMES_WORKER))
        self.desk.sign_in()
        self.desk.tidy()

    def _guarded(self, what: str, work: object) -> bool:
        try:
            work()  # type: ignore[operator]
        except Exception:  # the next round tries again; frames go on
            log.exception("worker_step_failed", step=what)
            return False
        return True


def _is_calm(seen: Observation) -> bool:
    return seen.faces == 1 and seen.attention is Attention.ON_SCREEN


def _load_model(platform: Platform, stopping: threading.Event) -> FaceAnalyser | None:
    """The model, however long it takes to appear; meanwhile the gap is noted. None: told to stop."""
    noted = False
    while not stopping.is_set():
        try:
            # The libraries' own notes would bury ours.
            with quiet_native():
                analyser = load(platform.config.model_path)
        except ModelError as error:
            log.error("model_missing", problem=str(error))
            if not noted:
                analysis.open_gap(platform, "model_missing", platform.clock.now() - timedelta(seconds=1))
                noted = True
            stopping.wait(MODEL_AGAIN_AFTER)
            continue
        analysis.close_gaps(platform, "analysis_restarted")
        return analyser
    return None


def main() -> int:
    with running() as (platform, stopping):
        analyser = _load_model(platform, stopping)
        if analyser is not None:
            log.info("frames_worker_ready")
            FrameWorker(platform, analyser, stopping).run()
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is stored. Taking the native models apart in order would take longer than a stop may.
    os._exit(status)
