"""Agreement statements on emotional stability, self-control and adjustment, after items of the public-domain IPIP.

Wire format, one response a statement: item_id the statement's id, value {"choice": 1-5, "rt_ms": ms since
it appeared}. 1 is "strongly disagree", 5 "strongly agree". Wording is ours; the item each idea comes from
is named in statements.toml. Source: Goldberg et al. (2006), The International Personality Item Pool;
reverse key 6 − x.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from scoring.json_value import JsonValue
from scoring.psychology.aspects import Aspect
from scoring.psychology.reading import BadResponse, fields, milliseconds
from scoring.psychology.seeded import generator, shuffled

NAME = "statements"
LOWEST, HIGHEST = 1, 5
MISSING_ALLOWED = 0.10
"""Share of an aspect's statements that may be missing before it is left unscored."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` by language ("id", "en"). An instructed statement has an `instructed` choice and no aspect."""

    statement_id: str
    text: Mapping[str, str]
    aspect: Aspect | None = None
    reverse: bool = False
    instructed: int | None = None
    source_scale: str = ""
    source_item: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """`pairs` name two statements whose keyed answers should agree; `scale` labels 1-5 by language."""

    version: str
    statements: tuple[Statement, ...]
    pairs: tuple[tuple[str, str], ...]
    scale: Mapping[str, tuple[str, ...]]

    def of(self, aspect: Aspect) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.aspect is aspect)


@dataclass(frozen=True, slots=True)
class StatementResponse:
    statement_id: str
    choice: int
    rt_ms: float


@dataclass(frozen=True, slots=True)
class AspectScore:
    """`mean` (1-5) and `total` of the keyed answers, both None when more than a tenth is missing.

    `total` is prorated to the full number of statements. `sem` is None: one person's answers don't tell the
    reliability; it comes with a norm sample.
    """

    aspect: Aspect
    mean: float | None
    total: float | None
    answered: int
    statements: int
    sem: float | None = None


@cache
def inventory() -> Inventory:
    """The shipped inventory."""
    data = tomllib.loads(resources.files(__package__).joinpath("statements.toml").read_text(encoding="utf-8"))
    keyed = tuple(
        Statement(
            statement_id=row["code"],
            text={"id": row["id"], "en": row["en"]},
            aspect=Aspect(row["aspect"]),
            reverse=row["reverse"],
            source_scale=row["source_scale"],
            source_item=row["source_item"],
        )
        for row in data["statement"]
    )
    instructed = tuple(
        Statement(row["code"], {"id": row["id"], "en": row["en"]}, instructed=row["choice"])
        for row in data["instructed"]
    )
    pairs = tuple((first, second) for first, second in data["pairs"])
    scale = {language: tuple(labels) for language, labels in data["scale"].items()}
    return Inventory(data["version"], keyed + instructed, pairs, scale)


def presented(seed: int, shown: Inventory | None = None) -> tuple[Statement, ...]:
    """The order of `seed`, always the same; instructed statements are spread through it, never first or last."""
    shown = shown or inventory()
    rng = generator(seed, NAME)
    order = list(shuffled(rng, [item for item in shown.statements if item.instructed is None]))
    instructed = [item for item in shown.statements if item.instructed is not None]
    step = len(order) // (len(instructed) + 1)
    for number, item in enumerate(instructed, start=1):
        order.insert(number * step + number - 1, item)
    return tuple(order)


def keyed_choice(statement: Statement, choice: int) -> int:
    """The choice turned so that higher always means more of the aspect (6 − x when reversed)."""
    return LOWEST + HIGHEST - choice if statement.reverse else choice


def read_responses(
    order: Sequence[Statement], values: Mapping[str, JsonValue]
) -> tuple[StatementResponse, ...]:
    """The part's answers in the order they were shown. Raises `BadResponse`."""
    known = {statement.statement_id for statement in order}
    for item_id in values:
        if item_id not in known:
            raise BadResponse(item_id, "no such statement")
    return tuple(
        _response(statement.statement_id, values[statement.statement_id])
        for statement in order
        if statement.statement_id in values
    )


def _response(item_id: str, value: JsonValue) -> StatementResponse:
    choice = fields(item_id, value).get("choice")
    if isinstance(choice, bool) or not isinstance(choice, int) or not LOWEST <= choice <= HIGHEST:
        raise BadResponse(item_id, f"choice must be a whole number from {LOWEST} to {HIGHEST}")
    return StatementResponse(item_id, choice, milliseconds(item_id, value, "rt_ms"))


def score(responses: Sequence[StatementResponse], shown: Inventory | None = None) -> tuple[AspectScore, ...]:
    """One score an aspect, in the order the aspects appear in the inventory."""
    shown = shown or inventory()
    given = {response.statement_id: response.choice for response in responses}
    aspects = dict.fromkeys(item.aspect for item in shown.statements if item.aspect is not None)
    return tuple(_aspect(aspect, shown.of(aspect), given) for aspect in aspects)


def _aspect(aspect: Aspect, items: Sequence[Statement], given: Mapping[str, int]) -> AspectScore:
    keyed = [keyed_choice(item, given[item.statement_id]) for item in items if item.statement_id in given]
    missing = len(items) - len(keyed)
    if not keyed or missing > MISSING_ALLOWED * len(items):
        return AspectScore(aspect, None, None, len(keyed), len(items))
    mean = sum(keyed) / len(keyed)
    return AspectScore(aspect, mean, mean * len(items), len(keyed), len(items))
