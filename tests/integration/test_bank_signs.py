"""Signs that administrators describe: drawn, kept once, shown to applicants, and never a way in."""

import pytest

from examapp.domain.errors import Conflict, Invalid, NotFound, Refusal
from examapp.domain.roles import Role
from examapp.services.bank import editing, pictures, signs
from question_bank.view import picture_token
from tests.support.bank_items import content

SOURCE = """[warning.{name}]
shape = "diamond"
parts = [{{path = "M50 77V30", stroke = "symbol", width = 9}}]
name = {{id = "Garis", en = "Line"}}
alt = {{id = "garis hitam tegak", en = "an upright black line"}}
meaning = {{id = "Peringatan uji.", en = "A warning for a test."}}
article = "PM 13/2014 Pasal 8"
"""


@pytest.fixture
def author(platform, person):
    return person(Role.ADMINISTRATOR)


def test_a_described_sign_is_drawn_for_items_and_tells_only_what_is_seen(platform, author) -> None:
    reference = signs.add_sign(platform, author.actor, SOURCE.format(name="garis-uji"))
    item = editing.create_item(platform, author.actor, content(picture=reference))
    assert item.picture == "sign:warning/garis-uji"
    drawn = pictures.drawn(platform, "id", picture_token(reference))
    assert drawn.data.startswith(b"<svg") and b"Peringatan uji" not in drawn.data
    assert "garis hitam tegak" in pictures.alt_text(reference, "id")


def test_a_name_is_given_once_and_never_a_shipped_one(platform, author) -> None:
    signs.add_sign(platform, author.actor, SOURCE.format(name="sekali"))
    for name in ("sekali", "y-junction"):
        with pytest.raises(Conflict):
            signs.add_sign(platform, author.actor, SOURCE.format(name=name))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "sign_not_one"),
        ("not toml [", "sign_unreadable"),
        (SOURCE.format(name="a") + SOURCE.format(name="b"), "sign_not_one"),
        (SOURCE.format(name="x").replace("diamond", "blob"), "sign_unreadable"),
        (SOURCE.format(name="x").replace("M50 77V30", "M0 0<script>alert(1)</script>"), "sign_unreadable"),
        (SOURCE.format(name="x").replace('"symbol"', '"url(http://x)"'), "sign_unreadable"),
        ("warning = 3", "sign_unreadable"),
        ("x" * 20_001, "sign_long"),
    ],
)
def test_what_is_no_sign_is_refused_with_its_reason(source: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        signs.describe(source)
    assert refused.value.code == code


def test_words_in_a_description_are_words(author, platform) -> None:
    source = SOURCE.format(name="kata").replace("garis hitam tegak", "<script>alert(1)</script>")
    reference = signs.add_sign(platform, author.actor, source)
    assert b"<script>" not in pictures.drawn(platform, "id", picture_token(reference)).data


def test_a_sign_of_another_bank_is_not_there(platform, author) -> None:
    with pytest.raises(Invalid):
        editing.create_item(platform, author.actor, content(picture="sign:warning/tidak-ada"))
    with pytest.raises(NotFound):
        pictures.drawn(platform, "id", "0" * 32)
