"""Recordings over HTTP: a range at a time, to those who may have them; and a film larger than any other upload."""

import io

import pytest
from flask import Flask

from examapp.domain.roles import Role
from examapp.services.bank.recordings import upload_recording
from examapp.services.platform import Platform
from tests.support import recordings as make
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import make_applicant, make_staff
from tests.support.typed_items import MULTIPLE, begun_with

pytestmark = only_sqlite


@pytest.fixture
def admin(platform: Platform, app: Flask) -> Browserless:
    person = make_staff(platform, Role.ADMINISTRATOR)
    visitor = Browserless(app)
    visitor.sign_in(person.login, person.password)
    return visitor


def send(visitor: Browserless, kind: str, data: bytes, name: str = "film.webm"):
    return visitor.post("/admin/recordings", {"kind": kind, "recording": (io.BytesIO(data), name)})


def test_a_film_of_several_megabytes_arrives_where_other_forms_are_smaller(admin: Browserless) -> None:
    film = make.film()
    # An empty element within the film makes it as large as a real one.
    size = 8_000_000
    void = b"\xec\x01" + size.to_bytes(7, "big") + bytes(size)
    at = film.index(b"\x18\x53\x80\x67") + 4
    length = int.from_bytes(film[at : at + 8], "big") & (2**56 - 1)
    larger = film[:at] + b"\x01" + (length + len(void)).to_bytes(7, "big") + film[at + 8 :] + void
    reply = send(admin, "video", larger)
    assert reply.status_code == 201, reply.get_data(as_text=True)
    assert reply.json["url"].startswith("/recordings/")


def test_a_refusal_says_why_in_the_readers_words(admin: Browserless) -> None:
    reply = send(admin, "audio", b"<svg onload='alert(1)'/>", "a.mp3")
    assert reply.status_code == 422
    assert "MP3, OGG, M4A" in reply.json["message"]


def test_two_hundred_megabytes_are_turned_away_by_their_length_alone(admin: Browserless) -> None:
    for path in ("/admin/pictures", "/admin/recordings"):
        reply = admin.post(
            path,
            data=io.BytesIO(b"x"),
            environ_overrides={"CONTENT_LENGTH": "200000000"},
            content_type="multipart/form-data; boundary=b",
        )
        assert reply.status_code == 413, path


def test_a_player_gets_the_range_it_asks_for_and_strangers_get_nothing(
    platform: Platform, app: Flask
) -> None:
    author, sitting, other = (
        make_staff(platform, Role.ADMINISTRATOR),
        make_applicant(platform),
        make_applicant(platform),
    )
    sound = upload_recording(platform, author.actor, "audio", "a.wav", make.wav())
    begun_with(platform, sitting, MULTIPLE | {"id": "TIP-0021", "audio": {"id": sound}})
    path = f"/recordings/{sound.removeprefix('media:')}"
    visitor = Browserless(app)
    assert visitor.get(path).status_code == 302
    visitor.sign_in(other.login, other.password)
    assert visitor.get(path).status_code == 404
    visitor.sign_out()
    visitor.sign_in(sitting.login, sitting.password)
    whole = visitor.get(path)
    assert (whole.status_code, whole.content_type, whole.data) == (200, "audio/wav", make.wav())
    part = visitor.get(path, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, make.wav()[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(make.wav())}"
    assert "private" in part.headers["Cache-Control"]
    assert visitor.get(path, headers={"Range": "bytes=999999-"}).status_code == 416
