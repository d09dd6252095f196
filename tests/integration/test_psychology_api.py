"""A whole psychology sitting over the JSON API, as the browser sits it, with made-up responses."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part
from examapp.persistence.records.attempts import AttemptPart
from examapp.services.platform import Platform
from scoring.psychology import choice_reaction
from scoring.psychology.missing_symbol import make_sheet
from tests.support.battery import honest_values, ready, renewal, seed_of
from tests.support.browserless import Browserless
from tests.support.people import Person


class Device:
    """A browser's side of one sitting: it knows only what the API told it."""

    def __init__(self, visitor: Browserless, attempt_id: UUID) -> None:
        self.visitor, self.base = visitor, f"/api/v1/attempts/{attempt_id}"
        self.headers = {"X-CSRFToken": visitor.token()}
        self.sequence = count(1)

    def get(self) -> dict[str, Any]:
        return self.visitor.get(self.base).get_json()

    def post(self, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        reply = self.visitor.post(self.base + path, json=body, headers=self.headers, csrf=False)
        assert reply.status_code == status, reply.get_data(as_text=True)
        return reply.get_json()

    def send(self, part: str, values: dict[str, Any], status: int = 200) -> dict[str, Any]:
        events = [
            {
                "uuid": str(uuid4()),
                "sequence": next(self.sequence),
                "part": part,
                "kind": "answer",
                "item_id": item,
                "value": value,
            }
            for item, value in values.items()
        ]
        reply: dict[str, Any] = {}
        for first in range(0, len(events), 200):
            reply = self.post("/events", {"events": events[first : first + 200]}, status)
        return reply


@pytest.fixture
def applicant(platform: Platform) -> Person:
    return renewal(platform)


@pytest.fixture
def device(platform: Platform, applicant: Person, visit: Callable[[Person], Browserless]) -> Device:
    return Device(visit(applicant), ready(platform, applicant))


def test_the_three_parts_in_their_order_and_then_the_result(
    platform: Platform, applicant: Person, device: Device
) -> None:
    attempt_id = UUID(device.base.rsplit("/", 1)[1])
    for number, part in enumerate(PSYCHOLOGY_PARTS):
        begun = device.post(f"/parts/{part}/start", {})
        assert begun["part"] == part and begun["deadline"] and begun["setup"] and begun["items"] == []
        values = dict(honest_values(part, seed_of(platform, attempt_id, part)))
        assert {ack["status"] for ack in device.send(part, values)["acknowledged"]} == {"saved"}
        ended = device.post("/submit", {"part": part})
        assert ended["part_state"] == "submitted"
        following = PSYCHOLOGY_PARTS[number + 1].value if number < 2 else None
        assert ended["next_part"] == following
        assert device.post("/submit", {"part": part})["part_state"] == "submitted"
    assert device.get()["state"] == "finished"
    page = device.visitor.get(f"/sittings/{attempt_id}/result").get_data(as_text=True)
    assert "Menunggu" in page or "Waiting" in page or "diperiksa" in page


def test_the_page_never_learns_what_is_right(device: Device) -> None:
    """The set-ups carry what is shown, not the missing symbols, the reversed statements or the checks."""
    statements = device.post("/parts/statements/start", {})["setup"]
    assert {key for each in statements["statements"] for key in each} == {"id", "text"}
    device.post("/submit", {"part": "statements"})
    sheet = device.post("/parts/missing_symbol/start", {})["setup"]
    assert {key for column in sheet["columns"] for row in column["rows"] for key in row} == {"id", "shown"}


def test_a_reload_brings_back_what_was_answered(platform: Platform, device: Device) -> None:
    setup = device.post("/parts/statements/start", {})["setup"]
    first = setup["statements"][0]["id"]
    device.send("statements", {first: {"choice": 2, "rt_ms": 2500}})
    device.send("statements", {first: {"choice": 4, "rt_ms": 4100}})
    again = device.get()
    assert again["answers"][first]["value"] == {"choice": 4, "rt_ms": 4100}
    assert again["setup"] == setup


def test_a_sheet_begun_before_an_update_stays_the_sheet_it_was(
    platform: Platform, applicant: Person, device: Device
) -> None:
    device.post("/parts/statements/start", {})
    device.post("/submit", {"part": "statements"})
    device.post("/parts/missing_symbol/start", {})
    with platform.writing() as tx:
        part = tx.session.get_one(AttemptPart, (UUID(device.base.rsplit("/", 1)[1]), "missing_symbol"))
        part.setup = {"seed": "4", "instrument": "missing_symbol", "version": "battery-1"}
    rows = device.get()["setup"]["columns"][0]["rows"]
    assert [row["shown"] for row in rows] == [
        list(row.shown) for row in make_sheet(4, repeats=True).columns[0].rows
    ]
    assert rows[4]["shown"] == rows[5]["shown"]


@pytest.mark.parametrize(
    "value",
    [
        {"choice": 6, "rt_ms": 1},
        {"choice": True, "rt_ms": 1},
        {"choice": 3},
        {"choice": 3, "rt_ms": -5},
        {"choice": 3, "rt_ms": 1e12},
        "3",
        None,
    ],
)
def test_an_answer_that_no_button_gives_is_refused(device: Device, value: Any) -> None:
    setup = device.post("/parts/statements/start", {})["setup"]
    reply = device.send("statements", {setup["statements"][0]["id"]: value}, 422)
    assert [each["error"] for each in reply["rejected"]] == ["value_unusable"]


def test_a_symbol_that_is_not_in_the_key_and_an_unknown_row_are_refused(device: Device) -> None:
    device.post("/parts/statements/start", {})
    device.post("/submit", {"part": "statements"})
    sheet = device.post("/parts/missing_symbol/start", {})["setup"]
    other = next(
        s
        for s in ("circle", "triangle", "square", "star", "cross", "wave")
        if s not in sheet["columns"][0]["key"]
    )
    reply = device.send("missing_symbol", {"c1r1": {"symbol": other, "t_ms": 900}}, 422)
    assert [each["error"] for each in reply["rejected"]] == ["value_unusable"]
    reply = device.send("missing_symbol", {"c9r1": {"symbol": other, "t_ms": 900}}, 422)
    assert [each["error"] for each in reply["rejected"]] == ["item_unknown"]


def test_a_part_out_of_order_is_refused(device: Device) -> None:
    refused = device.post("/parts/choice_reaction/start", {}, 409)
    assert refused["error"] == "part_order" and refused["message"]


def test_a_pressed_nothing_and_the_device_s_delay_are_kept(platform: Platform, device: Device) -> None:
    attempt_id = UUID(device.base.rsplit("/", 1)[1])
    for part in (Part.STATEMENTS, Part.MISSING_SYMBOL):
        device.post(f"/parts/{part}/start", {})
        device.post("/submit", {"part": part})
    device.post("/parts/choice_reaction/start", {})
    trials = choice_reaction.make_trials(seed_of(platform, attempt_id, Part.CHOICE_REACTION))
    missed = trials[20].item_id
    device.send("choice_reaction", {missed: {"response": None, "rt_ms": None}, "device": {"delay_ms": 18.3}})
    kept = device.get()["answers"]
    assert kept[missed]["value"] == {"response": None, "rt_ms": None}
    assert kept["device"]["value"] == {"delay_ms": 18.3}
