"""Uploaded sounds and films: kept once, without what else was in them; whatever is not one whole one bounces."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examapp.domain.errors import NotFound, Refusal, TooMuch
from examapp.domain.roles import Role
from examapp.persistence.records.bank import Media
from examapp.services.bank import recordings
from examapp.services.bank.recordings import checked, played, upload_recording
from examapp.services.platform import Platform
from tests.support import recordings as make
from tests.support.bank_items import approved
from tests.support.people import make_applicant, make_staff
from tests.support.typed_items import MULTIPLE, TRUE_FALSE, begun_with

SOUND: dict[str, Callable[[], bytes]] = {"wav": make.wav, "mp3": make.mp3, "ogg": make.ogg, "m4a": make.m4a}
FILM: dict[str, Callable[[], bytes]] = {"webm": make.film, "mp4": lambda: make.film("mp4")}
EVERY = {**SOUND, **FILM}


def kind_of(ending: str) -> str:
    return "audio" if ending in SOUND else "video"


@pytest.mark.parametrize("ending", EVERY)
def test_each_container_is_known_by_its_content_and_its_length_by_what_is_in_it(ending: str) -> None:
    found = checked(kind_of(ending), EVERY[ending]())
    assert (found.ending, found.kind) == (ending, kind_of(ending))
    assert found.media_type == recordings.TYPES[ending]
    assert abs(found.duration_ms - (500 if ending == "wav" else 1000)) <= 110
    assert checked(found.kind, found.data).duration_ms == found.duration_ms


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def _nested() -> bytes:
    inside = b""
    for _ in range(5_000):
        inside = make.box(b"trak", inside)
    return make.m4a()[:20] + make.box(b"moov", inside)


HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "nothing": ("audio", "recording_empty", lambda: b""),
    "a drawing with a script": ("video", "video_wrong_type", lambda: SVG),
    "a page called sound": ("audio", "audio_wrong_type", lambda: b"<html><script>1</script>" * 50),
    "a film where a sound is asked": ("audio", "audio_wrong_type", make.film),
    "a sound where a film is asked": ("video", "video_wrong_type", make.wav),
    "an archive": ("audio", "audio_wrong_type", lambda: b"PK\3\4" + bytes(400)),
    "more bytes than a sound may have": ("audio", "audio_too_large", lambda: b"ID3" + bytes(5_000_001)),
    "more bytes than a film may have": ("video", "video_too_large", lambda: bytes(20_000_001)),
    "four minutes": ("audio", "audio_too_long", lambda: make.ogg(240)),
    "a film whose clock runs slow": ("video", "video_too_long", lambda: _slowed(make.film(seconds=5))),
    "a script behind a sound": ("audio", "recording_polyglot", lambda: make.wav() + SVG),
    "an archive behind frames": ("audio", "recording_polyglot", lambda: make.mp3() + b"PK\3\4" + bytes(40)),
    "a page behind the last page": ("audio", "recording_polyglot", lambda: make.ogg() + make.ogg()),
    "a strange box": ("audio", "recording_polyglot", lambda: make.m4a() + make.box(b"html", SVG)),
    "two films in one": ("video", "recording_polyglot", lambda: make.film() + make.film()),
    "a codec no browser has": ("audio", "recording_unplayable", lambda: make.m4a(codec=b"alac")),
    "a brand of old cameras": ("audio", "recording_unplayable", lambda: make.m4a(brand=b"3gp5")),
    "a chunk longer than the file": (
        "audio",
        "recording_damaged",
        lambda: make.wav()[:40] + b"\xff\xff\xff\x7f" + make.wav()[44:],
    ),
    "no samples at all": ("audio", "recording_damaged", lambda: make.mp3(0.1)),
    "boxes within boxes": ("video", "recording_damaged", _nested),
}


def _slowed(film: bytes) -> bytes:
    """The film with the length of its tick set to the largest there is room for: 17 times as long."""
    scale = film.index(b"\x2a\xd7\xb1\x83") + 4
    return film[:scale] + b"\xff\xff\xff" + film[scale + 3 :]


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_uploads_bounce_with_their_reason(case: str) -> None:
    kind, code, build = HOSTILE[case]
    with pytest.raises(Refusal) as refused:
        checked(kind, build())
    assert refused.value.code == code


@pytest.mark.parametrize("ending", EVERY)
def test_a_file_cut_off_anywhere_is_refused(ending: str) -> None:
    data = EVERY[ending]()
    for part in range(1, 20):
        cut = data[: len(data) * part // 20]
        if ending == "mp3":
            # Frames are all alike: one fewer is a shorter, whole sound; within a frame it is cut.
            cut = data[: len(cut) // 417 * 417 + 200]
        with pytest.raises(Refusal):
            checked(kind_of(ending), cut)


@given(st.sampled_from(sorted(EVERY)), st.data())
def test_bytes_changed_anywhere_end_in_a_recording_or_a_refusal(ending: str, data: st.DataObject) -> None:
    sound = bytearray(EVERY[ending]())
    for _ in range(data.draw(st.integers(1, 8))):
        sound[data.draw(st.integers(0, min(len(sound), 900) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = checked(kind_of(ending), bytes(sound))
    except Refusal:
        return
    assert 0 < found.duration_ms <= recordings.MAX_SECONDS[found.kind] * 1000


def test_names_and_places_in_a_recording_are_not_kept() -> None:
    place = b"\xa9xyz-06.2000+106.8166/"
    noted = make.m4a(note=place)
    kept = checked("audio", noted).data
    assert place in noted and place not in kept and len(kept) == len(noted)
    assert checked("audio", kept).duration_ms == 1000
    tagged = checked("audio", make.mp3(tag=make.id3())).data
    assert tagged == make.mp3()


def test_the_same_recording_twice_is_kept_once_with_its_length(platform: Platform) -> None:
    admin = make_staff(platform, Role.ADMINISTRATOR)
    first = upload_recording(platform, admin.actor, "audio", "C:\\suara\\tanya.wav", make.wav())
    assert upload_recording(platform, admin.actor, "audio", "lain.wav", make.wav()) == first
    with platform.reading() as db:
        media = db.get_one(Media, first[6:70])
        assert (media.kind, media.duration_ms, media.original_name) == ("audio", 500, "tanya.wav")


def test_only_who_has_it_in_the_form_may_play_it(platform: Platform) -> None:
    admin = make_staff(platform, Role.ADMINISTRATOR)
    sound = upload_recording(platform, admin.actor, "audio", "a.wav", make.wav())
    heard = MULTIPLE | {"id": "TIP-0011", "audio": {"id": sound}}
    sitting, other = make_applicant(platform), make_applicant(platform)
    begun_with(platform, sitting, heard)
    begun_with(platform, other, TRUE_FALSE)
    name = sound.removeprefix("media:")
    for person in (admin, sitting):
        assert played(platform, person.actor, name).media_type == "audio/wav"
    for person in (other, make_staff(platform, Role.PROCTOR)):
        with pytest.raises(NotFound):
            played(platform, person.actor, name)


def test_an_item_can_only_name_what_is_there_and_of_its_kind(platform: Platform) -> None:
    author, second = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))
    sound = upload_recording(platform, author.actor, "audio", "a.wav", make.wav())
    unknown = f"media:{'0' * 64}.mp3"
    with pytest.raises(Refusal) as refused:
        approved(platform, author, second, item_id="UJI-0700", audio={"id": unknown})
    assert [problem.code for problem in refused.value.problems] == ["bad_audio"]  # type: ignore[attr-defined]
    assert approved(platform, author, second, item_id="UJI-0701", audio={"id": sound}) == "UJI-0701"


def test_too_much_is_told_apart_from_wrong() -> None:
    with pytest.raises(TooMuch):
        checked("audio", make.ogg(181))
