"""Footage through the real analysis process: observations, episodes, evidence, a case, and people's decision."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from examapp.domain.clock import SettableClock, SystemClock
from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Role
from examapp.persistence.photo_desk import open_desk
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.operations import WorkerBeat
from examapp.persistence.records.proctoring import (
    AnalysisGap,
    EpisodeRecord,
    EvidenceRecord,
    FrameTally,
    ReviewCase,
)
from examapp.persistence.records.results import VerdictRecord
from examapp.persistence.slots import open_slots
from examapp.services.cases import review
from examapp.services.messaging.messages import NullMessages
from examapp.services.platform import Platform, open_platform
from examapp.services.sitting import sittings, submission
from examapp.services.upkeep.periodic import Periodic
from examapp.services.watching import evidence, frames
from examapp.services.watching.frames import SentFrame
from examapp.services.watching.reference_photo import take_photo
from scoring.review import Decision
from tests.support.camera import footage_jpeg, grey_jpeg, wait_for, worker_process
from tests.support.footage import EMPTY_ROOM, ONE_FACE, SEVERAL
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory, begun, prepared

pytestmark = pytest.mark.xdist_group("camera")
WORKER = "examapp.workers.frames"


@pytest.fixture
def clock() -> SettableClock:
    """A minute ago by the machine's own clock, which the analysis process has: the sitting begins then."""
    return SettableClock(datetime.now(UTC) - timedelta(seconds=60))


@pytest.fixture
def live(platform: Platform, clock: SettableClock, config) -> Iterator[Platform]:
    opened = open_platform(config, SystemClock())
    yield opened
    opened.database.dispose()


def send(
    platform: Platform, applicant: Person, attempt_id: UUID, pictures: list[bytes], seconds_ago: float
) -> None:
    """Pictures taken two seconds apart, the first so many seconds ago; each one is fetched before the next comes.

    When they were taken does not depend on how long the analysis takes over them.
    """
    slots = open_slots(platform.config.instance)
    first = time.time() - seconds_ago
    for number, picture in enumerate(pictures):
        taken, now = (round(at * 1000) for at in (first + 2 * number, time.time()))
        frames.take_frame(platform, applicant.actor, attempt_id, SentFrame(picture, number, taken, now, None))
        wait_for(lambda: not slots.is_waiting(attempt_id), what="the analysis to take the frame")


def concluded(platform: Platform, attempt_id: UUID) -> Attempt:
    periodic = Periodic(platform, NullMessages())

    def is_checked() -> bool:
        assert periodic.round() == []
        with platform.reading() as db:
            return db.get_one(Attempt, attempt_id).integrity != "unchecked"

    wait_for(is_checked, 30, "the conclusion")
    with platform.reading() as db:
        return db.get_one(Attempt, attempt_id)


def verdict(platform: Platform, attempt_id: UUID) -> str:
    with platform.reading() as db:
        return db.get_one(VerdictRecord, attempt_id).outcome


def end(platform: Platform, applicant: Person, attempt_id: UUID) -> None:
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")


def test_a_sitting_whose_face_leaves_is_held_until_two_people_void_it(
    platform, clock, live, config, tmp_path: Path
) -> None:
    applicant = make_applicant(platform)
    with worker_process(WORKER, config, tmp_path / "log"):
        wait_for(open_desk(config.instance).attended, what="the analysis")
        clock.at = datetime.now(UTC) - timedelta(seconds=30)
        attempt_id = begun(platform, applicant)
        there, gone = footage_jpeg(ONE_FACE), footage_jpeg(EMPTY_ROOM)
        send(live, applicant, attempt_id, [there] * 3 + [gone] * 9 + [there] * 3, 28)
        wait_for(lambda: _analysed(live, attempt_id) == 15, what="all observations")
    _finish_at_once(live, applicant, attempt_id)

    attempt = concluded(live, attempt_id)
    assert attempt.integrity == "held"
    with live.reading() as db:
        nobody = db.scalars(select(EpisodeRecord).where(EpisodeRecord.kind == "nobody")).one()
        assert 16 <= (nobody.offset - nobody.onset).total_seconds() <= 20
        kept = list(db.scalars(select(EvidenceRecord).order_by(EvidenceRecord.position)))
        assert {"before", "during", "after"} <= {record.reason for record in kept}
        assert evidence.verify_evidence(live, db, attempt_id) is None
        jpeg = evidence.open_evidence(live, db, attempt, kept[0].id)
        assert jpeg in (there, gone)
        assert jpeg[:200] not in live.evidence.get(kept[0].place)
        case = db.scalars(select(ReviewCase)).one()
    first, second = make_staff(live, Role.PROCTOR), make_staff(live, Role.PROCTOR)
    ruling = review.Ruling(Decision.VOID, ("absent_for_long",))
    review.claim(live, first.actor, case.id)
    review.decide(live, first.actor, case.id, ruling)
    # One person alone changes nothing for the applicant.
    assert _integrity(live, attempt_id) == "held"
    review.claim(live, second.actor, case.id)
    review.decide(live, second.actor, case.id, ruling)
    assert (_integrity(live, attempt_id), verdict(live, attempt_id)) == ("voided", "voided")


def _finish_at_once(live: Platform, applicant: Person, attempt_id: UUID) -> None:
    """The applicant submits theory; the window closes before the other parts, which the sweep then ends."""
    end(live, applicant, attempt_id)
    with live.writing() as tx:
        attempt = tx.session.get_one(Attempt, attempt_id)
        attempt.closes_at = tx.now - timedelta(seconds=1)
    submission.close_expired(live)


def _analysed(platform: Platform, attempt_id: UUID) -> int:
    with platform.reading() as db:
        tally = db.get(FrameTally, attempt_id)
        return tally.analysed if tally else 0


def _integrity(platform: Platform, attempt_id: UUID) -> str:
    with platform.reading() as db:
        return db.get_one(Attempt, attempt_id).integrity


def test_an_honest_sitting_is_cleared_and_a_bad_frame_does_not_stop_the_worker(
    platform, clock, live, config, tmp_path: Path
) -> None:
    applicant = make_applicant(platform)
    with worker_process(WORKER, config, tmp_path / "log") as process:
        wait_for(open_desk(config.instance).attended, what="the analysis")
        clock.at = datetime.now(UTC) - timedelta(seconds=14)
        attempt_id = begun(platform, applicant)
        there = footage_jpeg(ONE_FACE)
        send(live, applicant, attempt_id, [there] * 4 + [broken_inside(there)] + [there] * 2, 12)
        wait_for(lambda: _analysed(live, attempt_id) == 6, what="all observations")
        assert process.poll() is None
    _finish_at_once(live, applicant, attempt_id)
    assert concluded(live, attempt_id).integrity == "clear"
    with live.reading() as db:
        tally = db.get_one(FrameTally, attempt_id)
        assert (tally.received, tally.analysed, tally.refused, tally.overtaken) == (7, 6, 1, 0)
        assert db.scalars(select(AnalysisGap.reason)).all() == ["unread_unreadable"]
        assert db.scalars(select(ReviewCase)).all() == []


def broken_inside(jpeg: bytes) -> bytes:
    """Begins and ends as a JPEG does, so that only decoding finds out."""
    at = jpeg.index(b"\xff\xdb") + 4
    return jpeg[:at] + b"\xff" * 40 + jpeg[at + 40 :]


@only_sqlite
def test_the_reference_photo_is_looked_at_while_one_waits(
    platform, clock, live, config, tmp_path: Path
) -> None:
    applicant = make_applicant(platform)
    clock.at = datetime.now(UTC)
    attempt_id = prepared(platform, applicant)
    unchecked = take_photo(live, applicant.actor, attempt_id, footage_jpeg(ONE_FACE))
    assert (unchecked.checked, unchecked.faces) == (False, None)
    wrong = {
        "photo_nobody": footage_jpeg(EMPTY_ROOM),
        "photo_dark": grey_jpeg(640, 480, 5),
        "photo_several": footage_jpeg(SEVERAL),
    }
    with worker_process(WORKER, config, tmp_path / "log"):
        wait_for(open_desk(config.instance).attended, what="the analysis")
        for code, picture in wrong.items():
            with pytest.raises(Invalid) as refused:
                take_photo(live, applicant.actor, attempt_id, picture)
            assert refused.value.code == code
        taken = take_photo(live, applicant.actor, attempt_id, footage_jpeg(ONE_FACE))
    assert (taken.checked, taken.faces) == (True, 1)
    sittings.start_part(platform, applicant.actor, attempt_id, "theory")
    with pytest.raises(Conflict, match="step_closed"):
        take_photo(live, applicant.actor, attempt_id, footage_jpeg(ONE_FACE))
    with live.reading() as db:
        reasons = list(db.scalars(select(EvidenceRecord.reason).order_by(EvidenceRecord.position)))
        assert reasons == ["reference_unchecked", "reference"]
        assert evidence.verify_evidence(live, db, attempt_id) is None


@only_sqlite
def test_a_crash_of_the_analysis_is_noted_as_a_gap_and_is_nobodys_fault(
    platform, clock, live, config, tmp_path: Path
) -> None:
    applicant = make_applicant(platform)
    with worker_process(WORKER, config, tmp_path / "log") as process:
        wait_for(open_desk(config.instance).attended, what="the analysis")
        process.kill()
        process.wait(10)
    # Forty seconds of silence, as its last sign of life tells.
    with live.writing() as tx:
        tx.session.get_one(WorkerBeat, "frames").at = tx.now - timedelta(seconds=40)
    clock.at = datetime.now(UTC) - timedelta(seconds=40)
    attempt_id = begun(platform, applicant)
    Periodic(live, NullMessages()).round()
    with worker_process(WORKER, config, tmp_path / "log2"):
        wait_for(lambda: _gap_ended(live), what="the end of the gap")
    with live.reading() as db:
        gap = db.scalars(select(AnalysisGap)).one()
        assert gap.reason == "analysis_down"
        assert (gap.ended_at - gap.began_at).total_seconds() >= 40
        assert db.scalars(select(EpisodeRecord).where(EpisodeRecord.kind == "no_frames")).all() == []
    assert _integrity(live, attempt_id) == "unchecked"


def _gap_ended(platform: Platform) -> bool:
    with platform.reading() as db:
        return db.scalars(select(AnalysisGap.ended_at)).one() is not None
