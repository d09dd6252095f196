"""The description language refuses what it cannot draw, and says how to put it right."""

import tomllib
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.signs import SignError, UnknownSign, render_sign, shipped_catalogue
from question_bank.signs.catalogue import load_catalogue
from question_bank.signs.glyphs import glyph_roles, parse_glyphs, shipped_glyphs
from question_bank.signs.palette import SCHEMES
from question_bank.signs.parse import parse_sign

GLYPHS = glyph_roles(shipped_glyphs())
WORDS = {
    "name": {"id": "Nama", "en": "Name"},
    "alt": {"id": "gambar", "en": "a picture"},
    "meaning": {"id": "Arti.", "en": "Meaning."},
    "article": "PM 13/2014 Pasal 8",
}


def described(**fields: Any) -> dict[str, Any]:
    return {"shape": "diamond", "parts": [], **WORDS, **fields}


def test_a_new_sign_is_a_table_of_toml() -> None:
    table = tomllib.loads(
        """
        [warning.ducks]
        shape = "diamond"
        parts = [{glyph = "cow", scale = 0.4}, {text = "KWEK", y = 70, size = 9}]
        name = {id = "Bebek", en = "Ducks"}
        alt = {id = "seekor hewan", en = "an animal"}
        meaning = {id = "Bebek menyeberang.", en = "Ducks cross."}
        article = "PM 13/2014 Pasal 9"
        """
    )["warning"]["ducks"]
    sign = parse_sign("warning", "ducks", table, GLYPHS)
    assert ">KWEK<" in render_sign(sign)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"shape": "heart"}, "unknown shape"),
        ({"scheme": "mandatory"}, "scheme 'mandatory' is not for warning"),
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"article": ""}, "article is missing"),
        ({"name": {"id": "Nama"}}, "two languages"),
        ({"alt": {"id": "gambar", "en": " "}}, "empty language"),
        ({"slash": True}, "no slash"),
        ({"parts": "cow"}, "parts must be a list"),
        ({"parts": [{"glyph": "unicorn"}]}, "unknown glyph 'unicorn'"),
        ({"parts": [{"glyph": "cow", "scale": 9}]}, "scale = 9 is outside"),
        ({"parts": [{"glyph": "cow", "x": "left"}]}, "x must be a number"),
        ({"parts": [{"glyph": "cow", "x": float("nan")}]}, "outside"),
        ({"parts": [{"glyph": "cow", "colour": "#ff0000"}]}, "not a colour of this sign"),
        ({"parts": [{"glyph": "car-above"}]}, "which this sign lacks"),
        ({"parts": [{"glyph": "cow", "size": 4}]}, "unknown field 'size'"),
        ({"parts": [{"glyph": "cow", "text": "P"}]}, "exactly one of"),
        ({"parts": [{"path": "M0 0L900 0", "fill": "symbol"}]}, "outside"),
        ({"parts": [{"path": "M0 0L9 0"}]}, "needs fill or stroke"),
        ({"parts": [{"path": "url(http://x)", "fill": "symbol"}]}, "not a path"),
        ({"parts": [{"path": "L0 0", "fill": "symbol"}]}, "must begin with M"),
        ({"parts": [{"arrow": "M0 0a4 4 0 0 1 9 9"}]}, "absolute"),
        ({"parts": [{"text": "x" * 40}]}, "1 to 24 characters"),
        ({"parts": [{"circle": True, "x": 4, "y": 4, "fill": "symbol"}]}, "radius must be a number"),
    ],
)
def test_a_faulty_description_is_refused_with_the_reason(change: dict[str, Any], says: str) -> None:
    with pytest.raises(SignError, match="warning/test") as refusal:
        parse_sign("warning", "test", described(**change), GLYPHS)
    assert says in str(refusal.value)


def test_unknown_kinds_and_names_are_refused() -> None:
    with pytest.raises(SignError, match="unknown kind"):
        parse_sign("advice", "test", described(), GLYPHS)
    with pytest.raises(SignError, match="small letters"):
        parse_sign("warning", "Y Junction", described(), GLYPHS)


def test_a_glyph_may_not_contain_a_glyph_or_an_unknown_colour() -> None:
    with pytest.raises(SignError, match="unknown glyph"):
        parse_glyphs({"herd": {"parts": [{"glyph": "cow"}]}})
    with pytest.raises(SignError, match="not a colour"):
        parse_glyphs({"dot": {"parts": [{"circle": True, "radius": 4, "fill": "pink"}]}})


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownSign) as missing:
        shipped_catalogue().svg("warning/z-junction")
    assert "warning/y-junction" in str(missing.value)


def test_the_prefix_of_an_items_picture_is_understood() -> None:
    catalogue = shipped_catalogue()
    assert catalogue["sign:warning/y-junction"] is catalogue["warning/y-junction"]


def test_a_sign_described_twice_is_refused(tmp_path: Any) -> None:
    text = """
    [warning.same]
    shape = "diamond"
    name = {id = "a", en = "a"}
    alt = {id = "a", en = "a"}
    meaning = {id = "a", en = "a"}
    article = "PM 13/2014"
    """
    (tmp_path / "one.toml").write_text(text)
    (tmp_path / "two.toml").write_text(text)
    with pytest.raises(SignError, match=r"described twice.*two\.toml"):
        load_catalogue(tmp_path, shipped_glyphs())


@given(st.text(min_size=1, max_size=24).filter(lambda t: t.isprintable()))
def test_letters_on_a_sign_can_never_become_markup(letters: str) -> None:
    sign = parse_sign("warning", "test", described(parts=[{"text": letters}]), GLYPHS)
    root = ElementTree.fromstring(render_sign(sign, label=letters))
    texts = [e for e in root.iter() if e.tag.endswith("text")]
    assert [e.text for e in texts] == [letters]
    assert root.attrib["aria-label"] == letters


@given(
    st.fixed_dictionaries(
        {
            "glyph": st.sampled_from(
                sorted(name for name, roles in GLYPHS.items() if roles <= set(SCHEMES["warning"]))
            ),
            "x": st.floats(-20, 120),
            "y": st.floats(-20, 120),
            "scale": st.floats(0.05, 2),
            "rotate": st.floats(-360, 360),
            "flip": st.booleans(),
        }
    )
)
def test_every_glyph_draws_anywhere_in_range_and_twice_the_same(part: dict[str, Any]) -> None:
    sign = parse_sign("warning", "test", described(parts=[part]), GLYPHS)
    assert render_sign(sign) == render_sign(sign)
    assert "nan" not in render_sign(sign)
