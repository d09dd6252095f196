"""The demonstration's camera: drawn pictures through the real intake, looked at by the real analysis."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from uuid import UUID

from examapp.persistence.photo_desk import PhotoDesk, open_desk
from examapp.persistence.slots import open_slots
from examapp.persistence.vault import unseal
from examapp.services.demo.portrait import Seat, draw_room
from examapp.services.platform import Actor, Platform
from examapp.services.watching import analysis, episodes, frames
from proctoring.observation import Observation

# Looks at a JPEG; the command line brings it, as services know no vision.
Look = Callable[[bytes], Observation]
MOMENTS = 8
# The ring keeps a minute: often enough that nothing worth keeping has left it.
STORE_EVERY = 6


@lru_cache(maxsize=256)
def _drawn(people: tuple[Seat, ...], moment: int) -> bytes:
    return draw_room(people, moment / MOMENTS)


def picture(people: tuple[Seat, ...], number: int) -> bytes:
    """The camera's picture number `number` of `people`; a few are played again and again."""
    return _drawn(people, number % MOMENTS)


class Camera:
    """Sends the frames of one sitting and has them looked at."""

    def __init__(self, platform: Platform, look: Look, actor: Actor, attempt_id: UUID) -> None:
        self.platform, self.look, self.actor, self.attempt_id = platform, look, actor, attempt_id
        self.slots = open_slots(platform.config.instance)
        self.sent = 0
        self.seen: list[analysis.Analysed] = []

    def send(self, people: Sequence[Seat]) -> None:
        """One frame, now."""
        jpeg = picture(tuple(people), self.sent)
        self.sent += 1
        frames.take_frame(self.platform, self.actor, self.attempt_id, frames.SentFrame(jpeg, self.sent))
        waiting = self.slots.newest(self.attempt_id)
        if waiting is not None:
            now, digest = self.platform.clock.now(), analysis.digest_of(jpeg)
            self.seen.append(analysis.Analysed(waiting, self.look(jpeg), now, digest))
        if len(self.seen) >= STORE_EVERY:
            self.settle()

    def settle(self) -> None:
        """Store what was seen and derive the sitting's episodes."""
        analysis.store(self.platform, self.seen, [])
        self.seen = []
        episodes.refresh(self.platform, self.slots, self.attempt_id)

    def clear(self) -> None:
        self.slots.clear(self.attempt_id)


@contextmanager
def photo_desk(platform: Platform, look: Look) -> Iterator[None]:
    """Reference photos are looked at while this lasts, as the analysis process does."""
    desk, done = open_desk(platform.config.instance), threading.Event()

    def attend() -> None:
        while not done.wait(0.01):
            desk.sign_in()
            _answer_next(platform, desk, look)

    desk.sign_in()
    attendant = threading.Thread(target=attend, name="demo-photo-desk")
    attendant.start()
    try:
        yield
    finally:
        done.set()
        attendant.join()
        # Nobody looks any more: a photo taken a moment later must not wait for an answer.
        (desk.root / "present").unlink(missing_ok=True)


def _answer_next(platform: Platform, desk: PhotoDesk, look: Look) -> None:
    ask = desk.next()
    if ask is None:
        return
    with platform.reading() as db:
        key = platform.vault.person_key(db, ask.applicant_id)
    desk.answer(ask, {"seen": look(unseal(key, ask.sealed, ask.bond)).as_record()})
