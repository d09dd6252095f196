"""Frames at the door: what is refused and why, that the latest wins, and that a full disk never touches the exam."""

from datetime import timedelta
from uuid import uuid4

import pytest

from examapp.domain.errors import Unavailable
from examapp.persistence.records.proctoring import FrameTally
from examapp.persistence.slots import ArrivedFrame, FolderSlots, open_slots
from examapp.services.sitting import submission
from examapp.services.watching import analysis, frames
from examapp.services.watching.analysis import Analysed, Unread
from proctoring.observation import Observation
from tests.support.camera import claims_size, grey_jpeg
from tests.support.marks import only_sqlite
from tests.support.people import make_applicant
from tests.support.sitting import answer_theory, begun


@pytest.fixture
def sitting(platform):
    applicant = make_applicant(platform)
    return applicant, begun(platform, applicant)


def post(visitor, attempt_id, data: bytes, **headers: object):
    path = f"/api/v1/attempts/{attempt_id}/frames"
    return visitor.post(
        path,
        data=data,
        content_type="image/jpeg",
        headers={k.replace("_", "-"): str(v) for k, v in headers.items()},
    )


def test_a_frame_is_taken_sealed_and_answered_with_the_deadline(platform, visit, sitting) -> None:
    applicant, attempt_id = sitting
    reply = post(
        visit(applicant), attempt_id, grey_jpeg(), X_Frame_Sequence=1, X_Captured_At=1000, X_Sent_At=4000
    )
    assert reply.status_code == 202
    assert reply.json["accepted"] is True
    assert reply.json["deadline"] and reply.json["state"] == "running" and reply.json["notices"] == []
    held = open_slots(platform.config.instance).newest(attempt_id)
    assert held.frame.received_at - held.frame.captured_at == timedelta(seconds=3)
    assert grey_jpeg()[:50] not in held.frame.sealed


BAD = {
    "frame_empty": b"",
    "frame_not_jpeg": b"<html>not a picture</html>" * 20,
    "frame_truncated": grey_jpeg()[:-60],
    "frame_too_many_pixels": claims_size(grey_jpeg(), 8000, 5000),
    "frame_too_large": grey_jpeg() + b"\0" * 2_000_001,
}


@only_sqlite
@pytest.mark.parametrize("code", BAD)
def test_what_is_no_camera_frame_is_refused_with_its_reason(platform, visit, sitting, code) -> None:
    applicant, attempt_id = sitting
    reply = post(visit(applicant), attempt_id, BAD[code])
    assert reply.status_code == (413 if code == "frame_too_large" else 422)
    assert reply.json["error"] == code
    # The exam's clock goes with a refusal too.
    assert reply.json["deadline"] and len(reply.json["message"]) > 20
    assert not open_slots(platform.config.instance).is_waiting(attempt_id)


def test_frames_of_another_and_after_the_end_are_refused(platform, visit, sitting) -> None:
    applicant, attempt_id = sitting
    other = make_applicant(platform)
    assert post(visit(other), attempt_id, grey_jpeg()).status_code == 404
    answer_theory(platform, applicant, attempt_id, right=0)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    reply = post(visit(applicant), attempt_id, grey_jpeg())
    assert (reply.status_code, reply.json["error"]) == (409, "attempt_over")


def test_an_older_device_no_longer_speaks_for_the_sitting(platform, visit, sitting) -> None:
    applicant, attempt_id = sitting
    visitor = visit(applicant)
    for device in ("device-one", "device-two"):
        visitor.post(f"/api/v1/attempts/{attempt_id}/devices", json={"device": device, "take_over": True})
    assert post(visitor, attempt_id, grey_jpeg(), X_Device_Epoch=1).json["error"] == "other_device"
    assert post(visitor, attempt_id, grey_jpeg(), X_Device_Epoch=9).json["error"] == "epoch_unknown"
    assert post(visitor, attempt_id, grey_jpeg(), X_Device_Epoch=2).status_code == 202


@pytest.mark.parametrize(
    ("captured", "sent", "waited"),
    [(None, None, 0), (1000, 3500, 2.5), (9000, 1000, 0), (0, 10**15, 30), (5, None, 0)],
)
def test_only_the_difference_of_the_devices_clock_counts(clock, captured, sent, waited) -> None:
    found = frames.captured_at(clock.at, captured, sent)
    assert (clock.at - found).total_seconds() == waited


@only_sqlite
@pytest.mark.parametrize("value", ["yesterday", "NaN", "1e400"])
def test_a_header_that_is_no_number_is_named(visit, sitting, value) -> None:
    applicant, attempt_id = sitting
    reply = post(visit(applicant), attempt_id, grey_jpeg(), X_Captured_At=value)
    assert reply.status_code == 422
    assert "X-Captured-At" in reply.json["message"]


def test_the_latest_frame_wins_and_what_it_overtook_is_counted(platform, visit, sitting, clock) -> None:
    applicant, attempt_id = sitting
    visitor = visit(applicant)
    slots = open_slots(platform.config.instance)
    for level in (10, 20, 30, 40):
        assert post(visitor, attempt_id, grey_jpeg(level=level)).status_code == 202
    first = slots.take()
    assert first.number == 4
    assert slots.take() is None
    post(visitor, attempt_id, grey_jpeg(level=50))
    second = slots.take()
    analysis.store(
        platform,
        [Analysed(first, Observation(0.0, faces=1), clock.at, "0" * 64)],
        [Unread(second, "truncated")],
    )
    with platform.reading() as db:
        tally = db.get_one(FrameTally, attempt_id)
    assert (tally.received, tally.analysed, tally.refused, tally.overtaken) == (5, 1, 1, 3)


def test_a_stored_batch_sent_again_changes_no_observation(platform, visit, sitting, clock) -> None:
    applicant, attempt_id = sitting
    post(visit(applicant), attempt_id, grey_jpeg())
    taken = open_slots(platform.config.instance).take()
    for faces in (1, 5):
        seen = Analysed(taken, Observation(0.0, faces=faces), clock.at, "0" * 64)
        analysis.store(platform, [seen], [])
    with platform.reading() as db:
        [(_, seen)] = analysis.observations(db, attempt_id, clock.at)
    assert seen.faces == 1


def frame_of(clock, attempt_id) -> ArrivedFrame:
    return ArrivedFrame(attempt_id, 1, 0, clock.at, clock.at, b"sealed")


def test_sittings_take_turns_so_that_a_fast_one_starves_nobody(clock, tmp_path) -> None:
    slots, fast, slow = FolderSlots(tmp_path / "slots", 0), uuid4(), uuid4()
    slots.put(frame_of(clock, slow))
    slots.put(frame_of(clock, fast))
    taken = [slots.take().frame.attempt_id]
    for _ in range(3):
        slots.put(frame_of(clock, fast))
        slots.put(frame_of(clock, slow))
        taken += [slots.take().frame.attempt_id, slots.take().frame.attempt_id]
    assert {fast, slow} == set(taken[1:3]) == set(taken[3:5])


def test_the_ring_stays_small_and_keeps_the_newest(clock, tmp_path) -> None:
    slots, sitting = FolderSlots(tmp_path / "slots", 0), uuid4()
    numbers = [slots.put(frame_of(clock, sitting)) for _ in range(45)]
    assert numbers == list(range(1, 46))
    kept = [number for number in numbers if slots.from_ring(sitting, number)]
    assert kept == list(range(16, 46))
    # A restarted server goes on counting.
    assert FolderSlots(tmp_path / "slots", 0).put(frame_of(clock, sitting)) == 46


def test_a_full_disk_refuses_the_frame_and_leaves_nothing(clock, tmp_path) -> None:
    slots, sitting = FolderSlots(tmp_path / "slots", reserved_bytes=2**62), uuid4()
    with pytest.raises(Unavailable) as refused:
        slots.put(frame_of(clock, sitting))
    assert refused.value.code == "store_full"
    assert not slots.is_waiting(sitting)
    assert [path for path in (tmp_path / "slots").rglob("*") if path.is_file()] == []
