"""The exam client's API over HTTP: what every reply carries, what is refused and how, and that keys never leave."""

import re
from uuid import uuid4

import pytest

from examapp.domain.roles import Role
from examapp.services.sitting import forms, notices
from tests.support.people import make_applicant, make_staff
from tests.support.sitting import begun, keys_of, prepared

CONTEXT = {"now", "deadline", "state", "notices"}


@pytest.fixture
def applicant(platform):
    return make_applicant(platform)


@pytest.fixture
def attempt_id(platform, applicant):
    return begun(platform, applicant)


@pytest.fixture
def sitter(visit, applicant):
    return visit(applicant)


def event(item, value=("a",), **more) -> dict:
    return {
        "uuid": str(uuid4()),
        "part": "theory",
        "kind": "answer",
        "item_id": item,
        "value": list(value),
        "sequence": 1,
        **more,
    }


def send(visitor, attempt_id, *events, **more):
    return visitor.post(f"/api/v1/attempts/{attempt_id}/events", json={"events": list(events), **more})


def test_every_reply_and_every_refusal_carries_the_context(sitter, attempt_id, platform) -> None:
    item = next(iter(keys_of(platform, attempt_id)))
    here = f"/api/v1/attempts/{attempt_id}"
    replies = [
        (200, sitter.get(here)),
        (200, send(sitter, attempt_id, event(item))),
        (422, send(sitter, attempt_id, event("RAM-9999"))),
        (422, sitter.post(f"{here}/events", json={"events": []})),
        (422, sitter.post(f"{here}/events", data=b"not json", content_type="application/json")),
        (409, sitter.post(f"{here}/parts/statements/start", json={})),
        (404, sitter.post(f"{here}/parts/cooking/start", json={})),
        (200, sitter.post(f"{here}/submit", json={"part": "theory"})),
    ]
    for status, reply in replies:
        assert reply.status_code == status, reply.get_data(as_text=True)
        assert reply.json.keys() >= CONTEXT
        assert reply.json["state"] in {"running", "finished"}
        if status >= 400:
            assert reply.json["error"] and reply.json["message"]
        assert reply.headers["Cache-Control"] == "no-store"


def test_unknown_and_foreign_attempts_look_alike(visit, attempt_id, platform) -> None:
    stranger = visit(make_applicant(platform))
    foreign, unknown = (stranger.get(f"/api/v1/attempts/{each}") for each in (attempt_id, uuid4()))
    assert foreign.status_code == unknown.status_code == 404
    differing = {key for key in foreign.json if foreign.json[key] != unknown.json[key]} - {"now"}
    assert not differing


def test_without_a_session_or_a_token_nothing_is_taken(visit, sitter, attempt_id, platform) -> None:
    item = next(iter(keys_of(platform, attempt_id)))
    here = f"/api/v1/attempts/{attempt_id}/events"
    assert visit(None).get(f"/api/v1/attempts/{attempt_id}").status_code == 401
    forged = sitter.post(here, json={"events": [event(item)]}, csrf=False)
    assert (forged.status_code, forged.json["error"]) == (400, "form_expired")
    assert sitter.get(f"/api/v1/attempts/{attempt_id}").json["answers"] == {}


def test_a_reload_shows_what_was_saved(sitter, attempt_id, platform) -> None:
    first, second, *_ = keys_of(platform, attempt_id)
    sent = event(first, ["b"])
    receipt = send(sitter, attempt_id, sent, event(second, kind="mark", value=[])).json
    assert [each["status"] for each in receipt["acknowledged"]] == ["saved", "saved"]
    again = sitter.get(f"/api/v1/attempts/{attempt_id}").json
    assert again["answers"][first]["value"] == ["b"]
    assert again["marks"] == [second]
    assert len(again["items"]) == 30
    assert send(sitter, attempt_id, sent).json["acknowledged"][0] == receipt["acknowledged"][0]


def test_no_reply_to_an_applicant_contains_a_key_or_an_explanation(sitter, attempt_id, platform) -> None:
    with platform.reading() as db:
        secrets = [item for _, item in forms.form_items(db, attempt_id)]
    bodies = [
        sitter.get(f"/api/v1/attempts/{attempt_id}?language={each}").get_data(as_text=True)
        for each in ("id", "en")
    ]
    bodies.append(sitter.post(f"/api/v1/attempts/{attempt_id}/submit", json={}).get_data(as_text=True))
    for body in bodies:
        assert not re.search(r'"(key|correct|is_right|explanation|article)"', body)
        assert not [item.item_id for item in secrets if item.explanation.in_language("id") in body]


def test_the_language_of_the_items_follows_the_reader(sitter, attempt_id) -> None:
    stems = {
        language: [
            item["stem"]
            for item in sitter.get(f"/api/v1/attempts/{attempt_id}?language={language}").json["items"]
        ]
        for language in ("id", "en")
    }
    assert not set(stems["id"]) & set(stems["en"])


def test_taking_over_by_a_second_device(sitter, attempt_id) -> None:
    here = f"/api/v1/attempts/{attempt_id}"
    assert sitter.post(f"{here}/devices", json={"device": "phone-000001"}).json["epoch"] == 1
    refused = sitter.post(f"{here}/devices", json={"device": "laptop-00001"})
    assert (refused.status_code, refused.json["error"]) == (409, "other_device")
    taken = sitter.post(f"{here}/devices", json={"device": "laptop-00001", "take_over": True})
    assert (taken.status_code, taken.json["epoch"]) == (200, 2)
    assert sitter.get(f"{here}?device=phone-000001").json["attempt"]["device_active"] is False


def test_a_notice_waits_until_it_is_read(sitter, attempt_id, platform) -> None:
    proctor = make_staff(platform, Role.PROCTOR)
    notices.send(platform, proctor.actor, attempt_id, "more_light")
    waiting = sitter.get(f"/api/v1/attempts/{attempt_id}").json["notices"]
    assert [each["code"] for each in waiting] == ["more_light"]
    assert waiting[0]["text"]
    seen = sitter.post(f"/api/v1/attempts/{attempt_id}/notices/{waiting[0]['id']}/seen", json={})
    assert seen.json["notices"] == []


def test_submitting_twice_gives_the_same_answer(sitter, attempt_id) -> None:
    replies = [
        sitter.post(f"/api/v1/attempts/{attempt_id}/submit", json={"part": "theory"}).json for _ in range(2)
    ]
    for reply in replies:
        reply.pop("now")
    assert replies[0] == replies[1]
    assert replies[0]["part_state"] == "submitted"


def test_a_body_beyond_what_is_taken_is_refused_with_its_limit(sitter, attempt_id) -> None:
    reply = sitter.post(
        f"/api/v1/attempts/{attempt_id}/events", data=b"x" * 300_000, content_type="application/json"
    )
    assert (reply.status_code, reply.json["error"]) == (413, "body_too_large")
    assert "256" in reply.json["message"]


def test_staff_can_not_sit_an_exam(visit, attempt_id, platform) -> None:
    for role in (Role.ADMINISTRATOR, Role.PROCTOR, Role.AUDITOR, Role.PSYCHOLOGIST):
        assert visit(make_staff(platform, role)).get(f"/api/v1/attempts/{attempt_id}").status_code == 403


def test_the_description_names_every_route_of_the_api(client, app) -> None:
    described = client.get("/api/v1/openapi.json").json
    rules = {
        re.sub(r"<(?:\w+:)?(\w+)>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/attempts")
    }
    assert {re.sub(r"{\w+}", "{}", path) for path in described["paths"]} == rules
    for path in described["paths"].values():
        for operation in path.values():
            for status in ("401", "404", "409", "422"):
                assert status in operation["responses"]


def test_the_steps_over_http_and_what_is_wrong_with_them(visit, platform) -> None:
    applicant = make_applicant(platform)
    attempt = prepared(platform, applicant)
    visitor = visit(applicant)
    here = f"/api/v1/attempts/{attempt}/steps"
    assert (
        visitor.post(here, json={"step": "camera", "camera": "ok", "timezone": "Asia/Jayapura"}).status_code
        == 200
    )
    for wrong in ({"camera": "broken"}, {"camera": "ok", "timezone": "Mars/Olympus"}, {"step": "dance"}):
        refused = visitor.post(here, json={"step": "camera", **wrong})
        assert refused.status_code == 422, wrong
        assert refused.json["message"]
