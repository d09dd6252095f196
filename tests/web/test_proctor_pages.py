"""The proctor's pages: a fresh picture on the wall, a case that can be read, claimed and decided, and who sees what."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt, Notice
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.proctoring import EvidenceRecord, ObservationRecord, ReviewCase
from examapp.persistence.slots import ArrivedFrame, frame_bond, open_slots
from examapp.persistence.vault import seal
from examapp.services.cases import review
from examapp.services.cases.review import Ruling
from examapp.services.messaging.messages import NullMessages
from examapp.services.sitting import submission
from examapp.services.sitting.answers import SentEvent, record_events
from examapp.services.upkeep.periodic import Periodic
from examapp.services.watching import episodes, frames
from examapp.services.watching.frames import SentFrame
from scoring.review import Decision
from tests.support.camera import grey_jpeg
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory, begun


@pytest.fixture
def proctor(platform) -> Person:
    return make_staff(platform, Role.PROCTOR)


@pytest.fixture
def applicant(platform) -> Person:
    return make_applicant(platform)


@pytest.fixture
def running(platform, applicant) -> UUID:
    return begun(platform, applicant)


def send(platform, applicant, attempt_id, level: int = 128) -> None:
    frames.take_frame(platform, applicant.actor, attempt_id, SentFrame(grey_jpeg(level=level)))


def observe(platform, clock, attempt_id: UUID, faces: list[int]) -> None:
    """Frames two seconds apart from the sitting's start on, as the analysis would have stored them, and their ring."""
    with platform.reading() as db:
        attempt = db.get_one(Attempt, attempt_id)
        key = platform.vault.person_key(db, attempt.applicant_id)
    slots = open_slots(platform.config.instance)
    with platform.writing() as tx:
        for number, count in enumerate(faces, 1):
            at = attempt.started_at + timedelta(seconds=2 * number)
            slots.put(
                ArrivedFrame(
                    attempt_id, number, 0, at, at, seal(key, grey_jpeg(), frame_bond(attempt_id, at))
                )
            )
            tx.session.add(
                ObservationRecord(
                    attempt_id=attempt_id,
                    frame=number,
                    epoch=0,
                    captured_at=at,
                    received_at=at,
                    analysed_at=at,
                    faces=count,
                    yaw=2.0 if count else None,
                    pitch=-3.0 if count else None,
                    attention="on_screen" if count else "unknown",
                    quality=0.9,
                    brightness=0.5,
                    detail={"contrast": 0.2},
                    frame_digest="0" * 64,
                )
            )
    clock.at = attempt.started_at + timedelta(seconds=2 * len(faces) + 1)
    episodes.refresh(platform, slots, attempt_id)


@pytest.fixture
def case(platform, applicant, running, clock) -> UUID:
    """A sitting in which nobody was there for half a minute, ended and laid before the proctors."""
    observe(platform, clock, running, [1] * 5 + [0] * 15 + [1] * 5)
    answer_theory(platform, applicant, running, right=30)
    submission.submit_part(platform, applicant.actor, running, "theory")
    clock.at += timedelta(hours=5)
    submission.close_expired(platform)
    clock.at += timedelta(seconds=11)
    Periodic(platform, NullMessages()).round()
    with platform.reading() as db:
        return db.scalars(select(ReviewCase.id)).one()


def deeds(platform, attempt_id: UUID, action: str) -> int:
    with platform.reading() as db:
        query = select(func.count()).where(
            AuditEntry.chain == f"attempt:{attempt_id}", AuditEntry.action == action
        )
        return db.scalar(query)


def test_the_wall_shows_the_newest_picture_and_what_goes_on(
    platform, visit, proctor, applicant, running, clock
) -> None:
    watcher = visit(proctor)
    [waiting] = watcher.get("/proctor/wall.json").json["tiles"]
    assert (waiting["picture"], waiting["tone"]) == (None, "amber")
    send(platform, applicant, running)
    [tile] = watcher.get("/proctor/wall.json").json["tiles"]
    assert clock.at - datetime.fromtimestamp(tile["seen_at"] / 1000, UTC) < timedelta(seconds=3)
    assert watcher.get(tile["picture"]).data == grey_jpeg()
    send(platform, applicant, running, level=40)
    [newer] = watcher.get("/proctor/wall.json").json["tiles"]
    assert newer["frame"] == tile["frame"] + 1
    assert watcher.get(newer["picture"]).data == grey_jpeg(level=40)


@only_sqlite
def test_an_unchanged_wall_costs_an_empty_reply(visit, platform, proctor, applicant, running) -> None:
    send(platform, applicant, running)
    watcher = visit(proctor)
    first = watcher.get("/proctor/wall.json")
    again = watcher.get("/proctor/wall.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_episode_that_goes_on_colours_its_tile(platform, visit, proctor, running, clock) -> None:
    observe(platform, clock, running, [1] * 4 + [0] * 14)
    [tile] = visit(proctor).get("/proctor/wall.json").json["tiles"]
    assert tile["tone"] == "red" and "27" in tile["condition"]


def test_a_camera_lost_in_the_middle_is_told_on_the_tile(
    platform, visit, proctor, applicant, running, clock
) -> None:
    for kind in ("camera.ok", "camera.lost"):
        record_events(platform, applicant.actor, running, [SentEvent(uuid4(), "theory", kind)])
    clock.at += timedelta(seconds=8)
    Periodic(platform, NullMessages()).round()
    [tile] = visit(proctor).get("/proctor/wall.json").json["tiles"]
    assert tile["camera"] == "Kamera terputus"
    assert tile["condition"].startswith("Kamera terputus")


@only_sqlite
def test_a_picture_is_cached_nowhere_and_looking_is_noted_once_a_session(
    platform, visit, proctor, applicant, running
) -> None:
    send(platform, applicant, running)
    watcher = visit(proctor)
    for _ in range(4):
        reply = watcher.get(f"/proctor/sittings/{running}/frame")
        assert reply.headers["Cache-Control"] == "no-store"
    assert deeds(platform, running, "live_viewed") == 1


@only_sqlite
@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PSYCHOLOGIST, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_but_proctors_sees_a_live_face(platform, visit, person, applicant, running, role) -> None:
    send(platform, applicant, running)
    visitor = visit(person(role))
    for path in ("/proctor/", "/proctor/wall.json", f"/proctor/sittings/{running}/frame"):
        assert visitor.get(path).status_code == 403


def test_a_prepared_message_reaches_the_applicant_and_free_words_do_not(
    platform, visit, proctor, applicant, running
) -> None:
    watcher = visit(proctor)
    assert watcher.get(f"/proctor/sittings/{running}").status_code == 200
    sent = watcher.post(f"/proctor/sittings/{running}/notices", {"code": "more_light"})
    assert sent.status_code == 302
    assert watcher.post(f"/proctor/sittings/{running}/notices", {"code": "answer is b"}).status_code == 422
    waiting = visit(applicant).get(f"/api/v1/attempts/{running}").json["notices"]
    assert [notice["code"] for notice in waiting] == ["more_light"]
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(Notice)) == 1


def test_the_review_page_shows_episode_frames_and_timeline(platform, visit, proctor, running, case) -> None:
    reader = visit(proctor)
    assert reader.get("/proctor/cases/").headers["Location"].endswith(str(case))
    page = reader.get(f"/proctor/cases/{case}").get_data(as_text=True)
    with platform.reading() as db:
        kept = list(db.scalars(select(EvidenceRecord)))
        reference = db.get_one(Attempt, running).reference
    assert reference in page
    assert {"before", "during", "after"} <= {each.reason for each in kept}
    for each in kept:
        assert reader.get(f"/proctor/cases/{case}/frames/{each.id}").data == grey_jpeg()
    line = reader.get(f"/proctor/cases/{case}/timeline.json").json
    assert len(line["sights"]) == 25 and len(line["answers"]) == 30
    assert [round(e["to"] - e["from"]) for e in line["episodes"] if e["severity"] == "high"] == [30]
    assert deeds(platform, running, "evidence_viewed") == 1


@only_sqlite
def test_a_frame_of_another_sitting_is_not_found_through_this_case(platform, visit, proctor, case) -> None:
    other = begun(platform, make_applicant(platform))
    with platform.writing() as tx:
        record = EvidenceRecord(
            attempt_id=other,
            position=1,
            frame=1,
            captured_at=tx.now,
            reason="sample",
            place="x",
            size=1,
            cipher_digest="0" * 64,
            hash="0" * 64,
        )
        tx.session.add(record)
        tx.session.flush()
        foreign = record.id
    assert visit(proctor).get(f"/proctor/cases/{case}/frames/{foreign}").status_code == 404


def test_a_proctor_claims_decides_and_is_led_on(platform, visit, proctor, running, case) -> None:
    reader = visit(proctor)
    assert reader.post(f"/proctor/cases/{case}/claim").status_code == 302
    nothing = reader.post(f"/proctor/cases/{case}/decide", {"note": "Kalimat saya yang panjang."})
    # A refusal keeps what was typed.
    assert nothing.status_code == 422 and "Kalimat saya yang panjang." in nothing.get_data(as_text=True)
    decided = reader.post(
        f"/proctor/cases/{case}/decide", {"choice": "warn", "reasons": ["left_briefly"], "note": ""}
    )
    assert decided.headers["Location"].endswith("/proctor/cases/")
    with platform.reading() as db:
        assert db.get_one(Attempt, running).integrity == "warned"
    assert reader.get("/proctor/cases/").status_code == 200


def test_a_case_of_another_can_be_seen_but_not_decided(platform, visit, proctor, case) -> None:
    other = make_staff(platform, Role.PROCTOR)
    review.claim(platform, other.actor, case)
    reader = visit(proctor)
    page = reader.get(f"/proctor/cases/{case}").get_data(as_text=True)
    assert "<fieldset disabled" in page and 'data-key="c"' not in page
    reply = reader.post(f"/proctor/cases/{case}/decide", {"choice": "clear", "note": "Tidak ada yang salah."})
    assert reply.status_code == 409
    with platform.reading() as db:
        assert db.get_one(ReviewCase, case).outcome is None


def test_the_second_proctor_never_reads_the_first_reason(platform, visit, proctor, case) -> None:
    first = make_staff(platform, Role.PROCTOR)
    review.claim(platform, first.actor, case)
    review.decide(platform, first.actor, case, Ruling(Decision.VOID, (), "Rahasia alasan pertama."))
    page = visit(proctor).get(f"/proctor/cases/{case}").get_data(as_text=True)
    assert "Rahasia" not in page and first.login.title() not in page
    own = visit(first).get(f"/proctor/cases/{case}").get_data(as_text=True)
    assert "Rahasia alasan pertama." in own


@only_sqlite
def test_an_outdated_page_cannot_decide_over_a_newer_state(platform, visit, proctor, case) -> None:
    reader = visit(proctor)
    reader.post(f"/proctor/cases/{case}/claim")
    old = {"choice": "clear", "note": "Tidak ada yang salah.", "revision": "1"}
    assert reader.post(f"/proctor/cases/{case}/decide", old).status_code == 409
