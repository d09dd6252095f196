"""The glyph library: small drawings in 100 × 100 units that signs are put together from.

Glyphs are described in `content/signs/glyphs/*.toml` with the same paths and circles as signs. Their colours are
`ink` (the colour the sign asks for) and `paper` (the ground of the sign).
"""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from question_bank.signs.description import Part, SignError
from question_bank.signs.palette import SCHEMES
from question_bank.signs.parse import parse_part

Glyph = tuple[Part, ...]

_COLOURS = {"ink": "", "paper": ""} | {role: "" for scheme in SCHEMES.values() for role in scheme}


def parse_glyphs(tables: dict[str, Any]) -> dict[str, Glyph]:
    """Glyphs by name from TOML tables `[name] parts = […]`. Raises `SignError` on anything unknown."""
    glyphs: dict[str, Glyph] = {}
    for name, table in tables.items():
        if not isinstance(table, dict) or set(table) != {"parts"}:
            raise SignError(f"glyph {name}: needs parts and nothing else")
        glyphs[name] = tuple(
            parse_part(part, f"glyph {name}, part {i}", _COLOURS, {})
            for i, part in enumerate(table["parts"], 1)
        )
    return glyphs


def load_glyphs(folder: Traversable) -> dict[str, Glyph]:
    """Every glyph of a folder of TOML files; a name given twice is refused."""
    glyphs: dict[str, Glyph] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for name, glyph in parse_glyphs(tomllib.loads(file.read_text("utf-8"))).items():
                if name in glyphs:
                    raise SignError(f"glyph {name} is described twice, the second time in {file.name}")
                glyphs[name] = glyph
    return glyphs


def glyph_roles(glyphs: dict[str, Glyph]) -> dict[str, frozenset[str]]:
    """For each glyph the roles it paints with besides `ink` and `paper`; a sign must have them all."""
    return {name: frozenset(_roles(glyph)) - {"ink", "paper"} for name, glyph in glyphs.items()}


def _roles(glyph: Glyph) -> set[str]:
    roles = {getattr(part, field, None) for part in glyph for field in ("fill", "stroke", "colour")}
    return {role for role in roles if role is not None}


@cache
def shipped_glyphs() -> dict[str, Glyph]:
    return load_glyphs(files("question_bank") / "content" / "signs" / "glyphs")
