"""Reading an item's line of law, as in "UU 22/2009 Pasal 106(1), 283; PM 111/2015", into the articles that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ACT = re.compile(
    r"\b(?P<kind>UUD|UU|PP|Perpres|PM|Permenhub|Perpol|Perkap|Perkapolri|KM|Kepmen)\.?\s*"
    r"(?:No(?:mor)?\.?\s*)?(?P<number>\d{1,4})\s*(?:/|\s+Tahun\s+)\s*(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?P<article>\d{1,3}[A-Z]?)\b"
    r"(?:\s*(?:ayat\s*)?\(\s*(?P<paragraph>\d{1,2}[a-z]?)\s*\))?"
    r"(?:\s*(?:huruf\s+(?P<word>[a-z])\b|\(\s*(?P<letter>[a-z])\s*\)))?"
)
_ARTICLES = re.compile(r"\b(?:Pasal|Ps\.?|art\.?|article)\b(?P<list>[^;]*)", re.IGNORECASE)
_KINDS = {
    kind.casefold(): kind for kind in ("UUD", "UU", "PP", "Perpres", "PM", "Perpol", "Perkap", "KM", "Kepmen")
}
_SYNONYMS = {"permenhub": "PM", "perkapolri": "Perkap"}


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place of law. `article` is empty for a whole act, `clause` holds paragraph and letter, as in "(2) b"."""

    act: str
    article: str = ""
    clause: str = ""

    @property
    def key(self) -> str:
        """As an address names it: `uu-22-2009/113`, or `uu-22-2009` for the act."""
        act = re.sub(r"[^a-z0-9]+", "-", self.act.casefold())
        return f"{act}/{self.article.casefold()}" if self.article else act

    def __str__(self) -> str:
        article = f" Pasal {self.article}" if self.article else ""
        return f"{self.act}{article}{' ' if self.clause else ''}{self.clause}"


def read_citations(line: str) -> tuple[Citation, ...]:
    """The places that `line` cites, each once, in the order written; empty when no act is named."""
    acts = list(_ACT.finditer(line))
    found: list[Citation] = []
    for place, act in enumerate(acts):
        end = acts[place + 1].start() if place + 1 < len(acts) else len(line)
        found.extend(_in_act(_name(act), line[act.end() : end]))
    return tuple(dict.fromkeys(found))


def _name(act: re.Match[str]) -> str:
    kind = act["kind"].casefold()
    return f"{_SYNONYMS.get(kind) or _KINDS[kind]} {int(act['number'])}/{act['year']}"


def _in_act(act: str, rest: str) -> Iterator[Citation]:
    articles = _ARTICLES.search(rest)
    if articles is None:
        yield Citation(act)
        return
    for found in _ARTICLE.finditer(articles["list"]):
        paragraph, letter = found["paragraph"], found["word"] or found["letter"]
        clause = " ".join(part for part in (f"({paragraph})" if paragraph else "", letter or "") if part)
        yield Citation(act, found["article"], clause)
