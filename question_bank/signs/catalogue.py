"""The catalogue of described signs: look one up, draw it, read its words."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from question_bank.signs.description import Bilingual, SignDescription, SignError, SignKind
from question_bank.signs.draw import render_sign
from question_bank.signs.glyphs import Glyph, glyph_roles, shipped_glyphs
from question_bank.signs.parse import parse_sign
from question_bank.signs.plates import SHAPE_WORDS

_PREFIX = "sign:"
_GROUND_WORDS: Mapping[str, tuple[str, str]] = {
    "warning": ("kuning bertepi hitam", "yellow with a black border"),
    "prohibition": ("putih bertepi merah", "white with a red border"),
    "command": ("merah", "red"),
    "end-of-prohibition": ("putih bertepi hitam", "white with a black border"),
    "mandatory": ("biru", "blue"),
    "guidance-blue": ("biru bertepi putih", "blue with a white border"),
    "guidance-green": ("hijau bertepi putih", "green with a white border"),
    "guidance-brown": ("cokelat bertepi putih", "brown with a white border"),
}


class UnknownSign(KeyError):
    """A key the catalogue lacks; the message lists keys of the same kind."""

    def __str__(self) -> str:
        return str(self.args[0])


class Catalogue(Mapping[str, SignDescription]):
    """Signs by key, such as `warning/y-junction`; the prefix `sign:` of an item's picture is accepted too."""

    def __init__(self, signs: Mapping[str, SignDescription], glyphs: dict[str, Glyph] | None = None) -> None:
        self._signs = dict(signs)
        self._glyphs = glyphs

    def __getitem__(self, key: str) -> SignDescription:
        bare = key.removeprefix(_PREFIX)
        if bare not in self._signs:
            near = [k for k in self._signs if k.split("/")[0] == bare.split("/")[0]] or list(self._signs)
            raise UnknownSign(f"there is no sign {bare!r}; known here: {', '.join(sorted(near))}")
        return self._signs[bare]

    def __iter__(self) -> Iterator[str]:
        return iter(self._signs)

    def __len__(self) -> int:
        return len(self._signs)

    def of_kind(self, kind: SignKind) -> list[SignDescription]:
        """The signs of one kind, in the order of their files."""
        return [sign for sign in self._signs.values() if sign.kind is kind]

    def svg(self, key: str, *, language: str | None = None) -> str:
        """The drawing; with a `language` (`id` or `en`) it carries its alternative text. Raises `UnknownSign`."""
        sign = self[key]
        label = self.alt(key, language) if language else None
        return render_sign(sign, label=label, glyphs=self._glyphs)

    def alt(self, key: str, language: str = "id") -> str:
        """What can be seen: plate, colours, picture; never what it means. Raises `UnknownSign`."""
        return alternative_text(self[key]).get(language)


def alternative_text(sign: SignDescription) -> Bilingual:
    """The words for someone who cannot see the sign; they leave the question as hard as it was."""
    shape = SHAPE_WORDS[sign.shape]
    seen = sign.picture_text
    if sign.kind is SignKind.MARKING:
        return Bilingual(f"{shape[0].capitalize()}: {seen.id}.", f"{shape[1].capitalize()}: {seen.en}.")
    ground = _GROUND_WORDS[sign.scheme]
    return Bilingual(
        f"Rambu {shape[0]}, berwarna {ground[0]}: {seen.id}.",
        f"A sign, {shape[1]}, {ground[1]}: {seen.en}.",
    )


def load_catalogue(folder: Traversable, glyphs: dict[str, Glyph]) -> Catalogue:
    """Every sign of a folder of TOML files `[kind.name]`. Raises `SignError`, naming the file's sign."""
    signs: dict[str, SignDescription] = {}
    known = glyph_roles(glyphs)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for kind, tables in tomllib.loads(file.read_text("utf-8")).items():
            for name, table in tables.items():
                sign = parse_sign(kind, name, table, known)
                if sign.key in signs:
                    raise SignError(f"{sign.key} is described twice, the second time in {file.name}")
                signs[sign.key] = sign
    return Catalogue(signs, glyphs)


@cache
def shipped_catalogue() -> Catalogue:
    """The signs and markings that come with the platform."""
    return load_catalogue(files("question_bank") / "content" / "signs", shipped_glyphs())
