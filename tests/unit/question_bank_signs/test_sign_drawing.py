"""Every described sign becomes a small, self-contained, correctly coloured picture."""

import re
from xml.etree import ElementTree

import pytest

from question_bank.signs import SignDescription, SignKind, shipped_catalogue
from question_bank.signs.description import Shape
from question_bank.signs.palette import BLACK, BLUE, BROWN, GREEN, RED, SCHEMES, WHITE, YELLOW

SIGNS = list(shipped_catalogue().values())
DRAWABLE = {"svg", "desc", "g", "path", "circle", "rect", "text"}
SVG = "{http://www.w3.org/2000/svg}"


def ids(sign: SignDescription) -> str:
    return sign.key


@pytest.mark.parametrize("sign", SIGNS, ids=ids)
def test_a_sign_is_well_formed_small_and_refers_to_nothing_outside(sign: SignDescription) -> None:
    svg = shipped_catalogue().svg(sign.key, language="id")
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWABLE
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {a for a in attributes if a.startswith("on") or "href" in a or a in {"style", "id", "class"}}
    assert "url(" not in svg
    assert len(svg.encode()) < 4096
    assert root.attrib["viewBox"] == "0 0 100 100"


@pytest.mark.parametrize("sign", SIGNS, ids=ids)
def test_the_picture_never_carries_the_name_of_its_sign(sign: SignDescription) -> None:
    """A name in the drawing would answer the question the picture belongs to."""
    svg = shipped_catalogue().svg(sign.key, language="id").lower()
    assert f">{sign.name.id.lower()}<" not in svg
    assert sign.meaning.id.lower() not in svg


def test_with_a_language_a_reader_hears_what_is_seen_and_without_it_nothing() -> None:
    catalogue = shipped_catalogue()
    spoken = ElementTree.fromstring(catalogue.svg("warning/y-junction", language="en"))
    assert spoken.attrib["role"] == "img"
    assert spoken.attrib["aria-label"] == catalogue.alt("warning/y-junction", "en")
    silent = ElementTree.fromstring(catalogue.svg("warning/y-junction"))
    assert silent.attrib["aria-hidden"] == "true"


GROUND_AND_BORDER = {
    SignKind.WARNING: {(YELLOW, BLACK)},
    SignKind.PROHIBITION: {(WHITE, RED), (RED, WHITE), (WHITE, BLACK)},
    SignKind.MANDATORY: {(BLUE, WHITE)},
    SignKind.GUIDANCE: {(BLUE, WHITE), (GREEN, WHITE), (BROWN, WHITE)},
}


@pytest.mark.parametrize("sign", [s for s in SIGNS if s.kind is not SignKind.MARKING], ids=ids)
def test_ground_border_and_symbol_are_those_of_its_class(sign: SignDescription) -> None:
    """PM 13/2014: article 7 (warning), 13 (prohibition), 15 (mandatory), 20 (guidance)."""
    paints = SCHEMES[sign.scheme]
    assert (paints["ground"], paints["border"]) in GROUND_AND_BORDER[sign.kind]
    assert paints["symbol"] == (BLACK if paints["ground"] in {YELLOW, WHITE} else WHITE)
    svg = shipped_catalogue().svg(sign.key)
    used = set(re.findall(r"#[0-9a-f]{6}", svg))
    assert used <= set(paints.values())
    assert {paints["ground"], paints["border"]} <= used


def test_shapes_follow_their_class() -> None:
    for sign in SIGNS:
        match sign.kind:
            case SignKind.WARNING:
                assert sign.shape is Shape.DIAMOND, sign.key
            case SignKind.MANDATORY:
                assert sign.shape is Shape.CIRCLE, sign.key
            case SignKind.MARKING:
                assert sign.shape is Shape.ROAD, sign.key
            case _:
                assert sign.shape is not Shape.ROAD, sign.key


def test_stop_is_an_octagon_and_only_it_is() -> None:
    assert [s.key for s in SIGNS if s.shape is Shape.OCTAGON] == ["prohibition/stop"]


@pytest.mark.parametrize(
    ("forbidden", "letter"), [("prohibition/no-parking", "letter-p"), ("prohibition/no-stopping", "letter-s")]
)
def test_parking_and_stopping_differ_by_their_letter_and_both_are_struck_out(
    forbidden: str, letter: str
) -> None:
    sign = shipped_catalogue()[forbidden]
    assert sign.slash
    assert [getattr(part, "name", None) for part in sign.parts] == [letter]


def test_the_bank_of_signs_is_as_large_as_promised() -> None:
    count = {kind: len(shipped_catalogue().of_kind(kind)) for kind in SignKind}
    assert count[SignKind.WARNING] >= 28
    assert count[SignKind.PROHIBITION] >= 20
    assert count[SignKind.MANDATORY] >= 10
    assert count[SignKind.GUIDANCE] >= 8
    assert count[SignKind.MARKING] >= 12
