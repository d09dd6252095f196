"""From a TOML table to a checked `SignDescription`; every refusal says what is allowed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from question_bank.signs.description import (
    ArrowPart,
    Bilingual,
    CirclePart,
    GlyphPart,
    Part,
    PathPart,
    Shape,
    SignDescription,
    SignError,
    SignKind,
    TextPart,
)
from question_bank.signs.palette import SCHEMES, SCHEMES_OF_KIND

Table = Mapping[str, Any]
#: The names of the glyph library, each with the roles that its drawing needs besides ink and paper.
GlyphRoles = Mapping[str, frozenset[str]]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH = re.compile(r"[MmLlHhVvCcQqAaZz0-9.,\s-]+")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_DASH = re.compile(r"\d+(\.\d+)?( \d+(\.\d+)?)*")
_SIGN_FIELDS = {"shape", "scheme", "parts", "name", "alt", "meaning", "article", "slash", "bars"}
_MAX_PARTS = 60
_MAX_PATH = 1200


class _Reader:
    """Reads the fields of one table and remembers which were asked for, so that typos are refused."""

    def __init__(self, table: Any, where: str, roles: Mapping[str, str]) -> None:
        if not isinstance(table, Mapping):
            raise SignError(f"{where}: expected a table, found {table!r}")
        self.table, self.where, self.roles, self.seen = table, where, roles, set[str]()

    def number(self, name: str, default: float | None, low: float, high: float) -> float:
        self.seen.add(name)
        value = self.table.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SignError(f"{self.where}: {name} must be a number, found {value!r}")
        if not low <= value <= high:
            raise SignError(f"{self.where}: {name} = {value} is outside {low} to {high}")
        return float(value)

    def colour(self, name: str, default: str | None) -> str | None:
        self.seen.add(name)
        value: str | None = self.table.get(name, default)
        if value is not None and value not in self.roles:
            allowed = ", ".join(sorted(self.roles))
            raise SignError(
                f"{self.where}: {name} = {value!r} is not a colour of this sign; use one of {allowed}"
            )
        return value

    def flag(self, name: str) -> bool:
        self.seen.add(name)
        value = self.table.get(name, False)
        if not isinstance(value, bool):
            raise SignError(f"{self.where}: {name} must be true or false, found {value!r}")
        return value

    def path(self, name: str) -> str:
        self.seen.add(name)
        value = self.table[name]
        if not isinstance(value, str) or len(value) > _MAX_PATH or not _PATH.fullmatch(value):
            raise SignError(f"{self.where}: {name} is not a path of at most {_MAX_PATH} characters")
        if value[0] not in "Mm":
            raise SignError(f"{self.where}: {name} must begin with M")
        for number in _NUMBER.findall(value):
            if not -100 <= float(number) <= 130:
                raise SignError(f"{self.where}: {name} has {number}, outside -100 to 130")
        return value

    def finish(self) -> None:
        unknown = set(self.table) - self.seen
        if unknown:
            raise SignError(
                f"{self.where}: unknown field {sorted(unknown)[0]!r}; known here: {sorted(self.seen)}"
            )


def parse_part(table: Any, where: str, roles: Mapping[str, str], glyphs: GlyphRoles) -> Part:
    """One drawn part. Raises `SignError` on an unknown glyph, colour or field, or a number out of range."""
    reader = _Reader(table, where, roles)
    kinds = [k for k in ("glyph", "path", "arrow", "circle", "text") if k in reader.table]
    if len(kinds) != 1:
        raise SignError(f"{where}: a part is exactly one of glyph, path, arrow, circle, text; found {kinds}")
    part: Part = _PARTS[kinds[0]](reader, glyphs)
    reader.finish()
    return part


def _glyph(r: _Reader, glyphs: GlyphRoles) -> GlyphPart:
    r.seen.add("glyph")
    name = r.table["glyph"]
    if name not in glyphs:
        raise SignError(f"{r.where}: unknown glyph {name!r}; known: {', '.join(sorted(glyphs))}")
    if missing := glyphs[name] - set(r.roles):
        raise SignError(
            f"{r.where}: glyph {name!r} needs the colours {sorted(missing)}, which this sign lacks"
        )
    return GlyphPart(
        name,
        x=r.number("x", 50, -20, 120),
        y=r.number("y", 50, -20, 120),
        scale=r.number("scale", 1, 0.05, 2),
        rotate=r.number("rotate", 0, -360, 360),
        flip=r.flag("flip"),
        colour=r.colour("colour", "symbol") or "symbol",
    )


def _path(r: _Reader, _: GlyphRoles) -> PathPart:
    dash = r.table.get("dash")
    r.seen.add("dash")
    if dash is not None and not (isinstance(dash, str) and _DASH.fullmatch(dash)):
        raise SignError(f"{r.where}: dash must be numbers with single spaces between, found {dash!r}")
    part = PathPart(
        r.path("path"),
        fill=r.colour("fill", None),
        stroke=r.colour("stroke", None),
        width=r.number("width", 6, 0.3, 60),
        dash=dash,
        round_ends=r.flag("round"),
    )
    if part.fill is None and part.stroke is None:
        raise SignError(f"{r.where}: a path needs fill or stroke")
    return part


def _arrow(r: _Reader, _: GlyphRoles) -> ArrowPart:
    d = r.path("arrow")
    if re.search(r"[^MLHVQC0-9.,\s-]", d):
        raise SignError(f"{r.where}: an arrow is drawn with absolute M L H V Q C only")
    return ArrowPart(
        d,
        colour=r.colour("colour", "symbol") or "symbol",
        width=r.number("width", 7, 0.5, 40),
        head=r.number("head", 2.6, 1, 6),
    )


def _circle(r: _Reader, _: GlyphRoles) -> CirclePart:
    r.seen.add("circle")
    if r.table["circle"] is not True:
        raise SignError(f"{r.where}: write circle = true and give x, y and radius")
    return CirclePart(
        r.number("x", 50, -20, 120),
        r.number("y", 50, -20, 120),
        r.number("radius", None, 0.3, 60),
        fill=r.colour("fill", None),
        stroke=r.colour("stroke", None),
        width=r.number("width", 6, 0.3, 60),
    )


def _text(r: _Reader, _: GlyphRoles) -> TextPart:
    r.seen.add("text")
    text = r.table["text"]
    if not isinstance(text, str) or not 1 <= len(text) <= 24:
        raise SignError(f"{r.where}: text must have 1 to 24 characters")
    return TextPart(
        text,
        x=r.number("x", 50, -20, 120),
        y=r.number("y", 50, -20, 120),
        size=r.number("size", 30, 3, 80),
        colour=r.colour("colour", "symbol") or "symbol",
        length=r.number("length", None, 2, 110) if "length" in r.table else None,
    )


_PARTS: Mapping[str, Callable[[_Reader, GlyphRoles], Part]] = {
    "glyph": _glyph,
    "path": _path,
    "arrow": _arrow,
    "circle": _circle,
    "text": _text,
}


def _bilingual(table: Table, name: str, where: str) -> Bilingual:
    value = table.get(name)
    if not isinstance(value, Mapping) or set(value) != {"id", "en"}:
        raise SignError(f"{where}: {name} needs exactly the two languages id and en")
    if not all(isinstance(v, str) and v.strip() for v in value.values()):
        raise SignError(f"{where}: {name} has an empty language")
    return Bilingual(value["id"], value["en"])


def parse_sign(kind_name: str, name: str, table: Any, glyphs: GlyphRoles) -> SignDescription:
    """A checked description from the TOML table `[kind_name.name]`.

    `glyphs` comes from `glyphs.glyph_roles`. Raises `SignError` and never guesses.
    """
    where = f"{kind_name}/{name}"
    if kind_name not in set(SignKind):
        raise SignError(f"{where}: unknown kind; use one of {', '.join(SignKind)}")
    if not _KEY.fullmatch(name):
        raise SignError(f"{where}: a sign's name has small letters, digits and single hyphens only")
    if not isinstance(table, Mapping) or (unknown := set(table) - _SIGN_FIELDS):
        raise SignError(f"{where}: unknown field {sorted(unknown)[0]!r}; known: {sorted(_SIGN_FIELDS)}")
    kind = SignKind(kind_name)
    scheme = table.get("scheme", SCHEMES_OF_KIND[kind][0])
    if scheme not in SCHEMES_OF_KIND[kind]:
        raise SignError(
            f"{where}: scheme {scheme!r} is not for {kind}; use {', '.join(SCHEMES_OF_KIND[kind])}"
        )
    if table.get("shape") not in set(Shape):
        raise SignError(f"{where}: unknown shape {table.get('shape')!r}; use one of {', '.join(Shape)}")
    parts = table.get("parts", [])
    if not isinstance(parts, list) or len(parts) > _MAX_PARTS:
        raise SignError(f"{where}: parts must be a list of at most {_MAX_PARTS}")
    flags = _Reader(table, where, SCHEMES[scheme])
    article = table.get("article")
    if not isinstance(article, str) or not article.strip():
        raise SignError(f"{where}: article is missing")
    slash, bars = flags.flag("slash"), flags.flag("bars")
    if (slash or bars) and "slash" not in SCHEMES[scheme]:
        raise SignError(f"{where}: a sign in the scheme {scheme!r} has no slash")
    return SignDescription(
        key=where,
        kind=kind,
        shape=Shape(table["shape"]),
        scheme=scheme,
        parts=tuple(
            parse_part(p, f"{where}, part {i}", SCHEMES[scheme], glyphs) for i, p in enumerate(parts, 1)
        ),
        name=_bilingual(table, "name", where),
        picture_text=_bilingual(table, "alt", where),
        meaning=_bilingual(table, "meaning", where),
        article=article,
        slash=slash,
        bars=bars,
    )
