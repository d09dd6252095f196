"""Remarks that need the whole bank: near duplicates, and media that are gone."""

import io
from datetime import date

from PIL import Image
from sqlalchemy import delete

from examapp.domain.roles import Role
from examapp.persistence.records.bank import Media
from examapp.services.bank import editing
from examapp.services.bank.checks import bank_findings, findings
from examapp.services.bank.media import upload_picture
from question_bank.parse import parse_item
from tests.support.bank_items import content, edit

TODAY = date(2026, 11, 23)


def rules(platform, item) -> list[tuple[str, str]]:
    with platform.reading() as db:
        found = [(each.rule, each.message) for each in findings(db, item, TODAY)]
    return [each for each in found if each[0] in {"near_duplicate", "dead_media"}]


def test_a_second_item_that_asks_the_same_is_named_until_the_two_are_enemies(platform, person) -> None:
    author = person(Role.ADMINISTRATOR)
    editing.create_item(platform, author.actor, content("UJI-0001"))
    twin = parse_item(content("UJI-0002"))
    assert [rule for rule, message in rules(platform, twin) if "UJI-0001" in message] == ["near_duplicate"]
    editing.create_item(platform, author.actor, content("UJI-0002", enemies=["UJI-0001"]))
    with platform.reading() as db:
        assert [each for each in bank_findings(db, TODAY) if each.rule == "near_duplicate"] == []


def test_what_was_saved_meanwhile_is_compared_too(platform, person) -> None:
    author = person(Role.ADMINISTRATOR)
    editing.create_item(platform, author.actor, content("UJI-0001"))
    twin = parse_item(content("UJI-0002"))
    assert rules(platform, twin)
    other = {"id": "Berapa batas kecepatan di permukiman?", "en": "What is the limit in a residential area?"}
    speeds = [
        {"id": letter, "text": {"id": f"{n} km/jam"}} for letter, n in (("a", 30), ("b", 50), ("c", 80))
    ]
    edit(platform, author, "UJI-0001", stem=other, options=speeds, picture=None)
    assert rules(platform, twin) == []


def test_a_picture_that_is_gone_is_named(platform, person) -> None:
    author = person(Role.ADMINISTRATOR)
    file = io.BytesIO()
    Image.new("RGB", (120, 80), "orange").save(file, "PNG")
    reference = upload_picture(platform, author.actor, "rambu.png", file.getvalue())
    item = editing.create_item(platform, author.actor, content("UJI-0001", picture=reference))
    assert rules(platform, item) == []
    with platform.writing(author.actor) as tx:
        tx.session.execute(delete(Media))
    assert [rule for rule, _ in rules(platform, item)] == ["dead_media"]
