"""Kept pictures: every tampering shows, and when their time is over the faces go while the chain stays."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from examapp.domain.errors import NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import EvidenceRecord, ReviewCase
from examapp.services.cases import review
from examapp.services.messaging.messages import NullMessages
from examapp.services.privacy import retention
from examapp.services.sitting import submission
from examapp.services.upkeep.periodic import Periodic
from examapp.services.upkeep.rounds import Erased
from examapp.services.watching import evidence
from tests.support.battery import clear
from tests.support.cases import CLEAR, unwatched_sitting
from tests.support.evidence import broken, evidence_of, keep_frames, new_frames
from tests.support.people import make_applicant, make_staff
from tests.support.sitting import begun


@pytest.fixture
def unwatched(platform, clock) -> UUID:
    return unwatched_sitting(platform, clock)


@pytest.fixture
def kept(platform, unwatched) -> list[EvidenceRecord]:
    return keep_frames(platform, unwatched)


def files(platform) -> list[Path]:
    return [path for path in (platform.config.instance / "evidence").rglob("*") if path.is_file()]


def test_a_frame_is_kept_once_however_often_it_is_asked(platform, unwatched, kept) -> None:
    assert evidence.keep(platform, unwatched, new_frames(platform, unwatched, 2)) == 0
    assert len(evidence_of(platform, unwatched)) == 5


def test_evidence_shows_every_way_of_tampering(platform, unwatched, kept) -> None:
    Periodic(platform, NullMessages()).round()
    assert broken(platform, unwatched) is None
    original = platform.evidence.get(kept[2].place)
    platform.evidence.put(kept[2].place, original[:-1] + bytes([original[-1] ^ 1]))
    assert broken(platform, unwatched) == "file changed"
    platform.evidence.delete(kept[2].place)
    assert broken(platform, unwatched) == "file missing"
    platform.evidence.put(kept[2].place, original)
    for place, reason in ((4, "truncated"), (1, "truncated")):
        with platform.writing() as tx:
            tx.session.delete(tx.session.get_one(EvidenceRecord, kept[place].id))
        assert broken(platform, unwatched) == reason


def test_retention_erases_the_faces_and_keeps_the_chain(platform, unwatched, kept, clock) -> None:
    Periodic(platform, NullMessages()).round()
    proctor = make_staff(platform, Role.PROCTOR)
    with platform.reading() as db:
        case = db.scalars(select(ReviewCase.id)).one()
    clock.at += timedelta(days=platform.config.retention_days + 1)
    # People still have to decide: they need what they decide upon.
    assert erased(platform) == Erased()
    review.claim(platform, proctor.actor, case)
    review.decide(platform, proctor.actor, case, CLEAR)
    assert erased(platform) == Erased(done=1)
    assert files(platform) == []
    assert broken(platform, unwatched) is None
    with platform.reading() as db, pytest.raises(NotFound) as refused:
        evidence.open_evidence(platform, db, db.get_one(Attempt, unwatched), kept[0].id)
    assert refused.value.code == "evidence_erased"


def erased(platform, limit: int = 20) -> Erased:
    return retention.run(platform, limit)["pictures"]


def failed_with_pictures(platform, clock) -> UUID:
    """A sitting that failed at once, with pictures and nobody's case."""
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    keep_frames(platform, attempt_id, 2)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clear(platform, attempt_id)
    clock.at += timedelta(minutes=1)
    return attempt_id


def test_a_picture_that_cannot_be_deleted_holds_up_no_other(platform, clock) -> None:
    stuck, other = (failed_with_pictures(platform, clock) for _ in range(2))
    clock.at += timedelta(days=platform.config.retention_days + 1)
    broken_file = platform.config.instance / "evidence" / evidence_of(platform, stuck)[0].place
    ciphertext = broken_file.read_bytes()
    # What can't be unlinked: a folder in the file's place.
    broken_file.unlink()
    (broken_file / "in the way").mkdir(parents=True)
    assert erased(platform) == Erased(done=2, failed=1)
    assert [each.erased_at is None for each in evidence_of(platform, stuck)] == [True, False]
    assert all(each.erased_at for each in evidence_of(platform, other))
    # The next round tries it again, without a limit's place being taken by it.
    assert erased(platform, limit=1) == Erased(failed=1)
    (broken_file / "in the way").rmdir()
    broken_file.rmdir()
    broken_file.write_bytes(ciphertext)
    assert erased(platform) == Erased(done=1)
    assert files(platform) == []
    assert broken(platform, stuck) is None
