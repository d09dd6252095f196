"""Sittings of yesterday, sat again through the services with a clock that is moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import select

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part, Step
from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import ReviewCase
from examapp.services.cases import review
from examapp.services.demo import responses
from examapp.services.demo.camera import Camera, Look, picture
from examapp.services.demo.people import DemoApplicant, Story, account_of
from examapp.services.demo.portrait import Looks, Seat
from examapp.services.demo.responses import Timed
from examapp.services.messaging.messages import NullMessages
from examapp.services.platform import Actor, Platform
from examapp.services.psychology import signing
from examapp.services.sitting import sittings, submission
from examapp.services.sitting.answers import SentEvent, record_events
from examapp.services.upkeep import jobs
from examapp.services.upkeep.periodic import Periodic
from examapp.services.watching import reference_photo
from scoring.review import Decision

SECONDS_AN_ITEM = 5.0
# A slow line: a frame every three seconds in the theory exam, every four afterwards.
THEORY_EVERY, BATTERY_EVERY = 3.0, 4.0
BATCH = 100
LOOKS = {
    Story.FAILED: Looks(shirt=(120, 60, 50), skin=(188, 140, 102)),
    Story.TO_SIGN: Looks(shirt=(86, 66, 104), scarf=(112, 86, 130)),
    Story.HELD: Looks(),
    Story.SECOND: Looks(shirt=(60, 110, 80), scarf=(58, 104, 96), skin=(222, 180, 142)),
    Story.PASSED: Looks(shirt=(90, 92, 98), skin=(200, 152, 112)),
}
VISITOR = Seat(Looks(shirt=(130, 70, 60), skin=(188, 140, 102)), 0.2, 0.42, 0.65)


@dataclass(slots=True)
class Booth:
    """One applicant before the camera."""

    platform: Platform
    clock: SettableClock
    camera: Camera
    actor: Actor
    attempt_id: UUID
    story: Story

    def wait(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)

    def people(self, second: float) -> Sequence[Seat]:
        """Who is before the camera at a second of the theory exam."""
        seat = Seat(LOOKS[self.story])
        if self.story in (Story.HELD, Story.SECOND) and 36 <= second < 62:
            return ()
        if self.story is Story.HELD and 96 <= second < 117:
            return (Seat(seat.looks, 0.62, 0.5, 0.9), VISITOR)
        return (seat,)

    def sit(self, part: Part, events: Sequence[Timed], every: float) -> None:
        """Let a begun part pass: frames at their pace, and each answer with the first frame after it."""
        began, waiting = self.clock.at, list(events)
        end = waiting[-1][0] + every
        second = 0.0
        while second < end:
            self.clock.at = began + timedelta(seconds=second)
            due = [event for at, event in waiting if at <= second]
            waiting = waiting[len(due) :]
            self._record(due)
            self.camera.send(self.people(second) if part is Part.THEORY else (Seat(LOOKS[self.story]),))
            second += every
        self.clock.at = began + timedelta(seconds=end)
        self._record([event for _, event in waiting])
        self.camera.settle()
        submission.submit_part(self.platform, self.actor, self.attempt_id, part)
        self.wait(40)

    def _record(self, events: list[SentEvent]) -> None:
        for first in range(0, len(events), BATCH):
            record_events(self.platform, self.actor, self.attempt_id, events[first : first + BATCH])


def has_sat(platform: Platform, person: DemoApplicant) -> bool:
    with platform.reading() as db:
        query = select(Attempt.id).where(Attempt.applicant_id == account_of(platform, person.nik))
        return db.scalars(query).first() is not None


def sit(platform: Platform, clock: SettableClock, look: Look, person: DemoApplicant, at: datetime) -> None:
    """The whole sitting of `person` from `at` on, and what people decided about it since."""
    clock.at = at
    booth = _prepare(platform, clock, look, person)
    theory = _begin(booth, Part.THEORY)
    wrong = 14 if person.story is Story.FAILED else 2
    events = responses.theory(platform, booth.attempt_id, wrong, SECONDS_AN_ITEM)
    events += _page_left(person.story)
    booth.sit(theory, sorted(events, key=lambda timed: timed[0]), THEORY_EVERY)
    if person.story is not Story.FAILED:
        for part in PSYCHOLOGY_PARTS:
            _begin(booth, part)
            given = responses.instrument(platform, booth.attempt_id, part, Random(person.nik))  # noqa: S311
            booth.sit(part, given, BATTERY_EVERY)
    _conclude(booth)
    _decide(booth)


def _page_left(story: Story) -> list[Timed]:
    if story is not Story.HELD:
        return []
    return [
        (70.2, SentEvent(uuid4(), Part.THEORY, "page.hidden")),
        (79.4, SentEvent(uuid4(), Part.THEORY, "page.visible")),
    ]


def _prepare(platform: Platform, clock: SettableClock, look: Look, person: DemoApplicant) -> Booth:
    account_id = account_of(platform, person.nik)
    actor = Actor(account_id, Role.APPLICANT, "demo")
    with platform.reading() as db:
        wish = db.scalars(select(Application.id).where(Application.applicant_id == account_id)).one()
    attempt_id = sittings.prepare(platform, actor, wish)
    camera = Camera(platform, look, actor, attempt_id)
    booth = Booth(platform, clock, camera, actor, attempt_id, person.story)
    for step in Step:
        booth.wait(25)
        if step is Step.PHOTO:
            photo = picture((Seat(LOOKS[person.story]),), 0)
            reference_photo.take_photo(platform, actor, attempt_id, photo)
        given = {"camera": "ok", "timezone": "Asia/Jakarta"} if step is Step.CAMERA else {}
        sittings.complete_step(platform, actor, attempt_id, step, **given)
    sittings.take_device(platform, actor, attempt_id, "demo-device", False)
    return booth


def _begin(booth: Booth, part: Part) -> Part:
    booth.wait(20)
    sittings.start_part(booth.platform, booth.actor, booth.attempt_id, part)
    return part


def _conclude(booth: Booth) -> None:
    """What the periodic worker does once the last frame was looked at."""
    booth.wait(15)
    jobs.run_due(booth.platform, Periodic(booth.platform, NullMessages()).kinds())
    booth.camera.clear()


def _decide(booth: Booth) -> None:
    platform, attempt_id = booth.platform, booth.attempt_id
    booth.wait(40 * 60)
    if booth.story is Story.PASSED:
        psychologist = Actor(account_of(platform, "psikolog"), Role.PSYCHOLOGIST, "demo")
        signing.claim(platform, psychologist, attempt_id)
        booth.wait(9 * 60)
        signing.sign(platform, psychologist, attempt_id, signing.Decision.FIT, "SIPP 0000-26-CONTOH")
    if booth.story is Story.SECOND:
        proctor = Actor(account_of(platform, "pengawas"), Role.PROCTOR, "demo")
        with platform.reading() as db:
            case_id = db.scalars(select(ReviewCase.id).where(ReviewCase.attempt_id == attempt_id)).one()
        review.claim(platform, proctor, case_id)
        booth.wait(6 * 60)
        review.decide(platform, proctor, case_id, review.Ruling(Decision.VOID, ("absent_for_long",)))
