"""Missing symbol (kecermatan): a key of five symbols, rows that show four of them; name the one that is missing.

Wire format, one response a row: item_id "c1r1" (column, row, from 1), value {"symbol": name or null,
"t_ms": ms since the column appeared}. The client draws the symbols from their names; they are plain
geometry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.json_value import JsonValue
from scoring.psychology import kraepelin
from scoring.psychology.reading import BadResponse, milliseconds, one_of
from scoring.psychology.seeded import balanced, generator, shuffled

NAME = "missing_symbol"
SYMBOLS = (
    "circle", "triangle", "square", "star", "cross", "diamond", "crescent", "hexagon", "arrow", "ring", "drop", "wave",
)  # fmt: skip
KEY_SIZE = 5


@dataclass(frozen=True, slots=True)
class Design:
    """Size of the sheet. The tradition uses about ten columns of 45-60 rows at 60-120 s; the default is shorter."""

    columns: int = 5
    rows: int = 45
    seconds_per_column: int = 60

    def __post_init__(self) -> None:
        if not (1 <= self.columns <= 20 and 1 <= self.rows <= 60 and 10 <= self.seconds_per_column <= 120):
            raise ValueError("A sheet has 1-20 columns of 1-60 rows at 10-120 seconds.")


@dataclass(frozen=True, slots=True)
class Row:
    item_id: str
    shown: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Column:
    key: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    seed: int
    design: Design
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class RowResponse:
    """`t_ms` is counted from the onset of the column; `symbol` None for a row passed over."""

    item_id: str
    symbol: str | None
    t_ms: float


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """`skips` are rows left empty before the last one answered; rows never reached count as nothing."""

    correct: int
    errors: int
    skips: int

    @property
    def answered(self) -> int:
        return self.correct + self.errors


@dataclass(frozen=True, slots=True)
class MissingSymbolScores:
    """Counts over the sheet, and the column statistics of scoring.psychology.kraepelin.

    `speed`: rows answered a column. `accuracy_lost`: errors + skips. `error_share`: that over all rows
    worked, 0-1, None when no row was worked. `steadiness`: mean absolute deviation in rows. `endurance`:
    rows from the line's start to its end, None below two columns. `too_late`: answers after a column's
    time, not scored.
    """

    columns: tuple[ColumnScore, ...]
    correct: int
    errors: int
    skips: int
    accuracy_lost: int
    error_share: float | None
    speed: float
    steadiness: float
    steadiness_range: int
    endurance: float | None
    too_late: int


def make_sheet(seed: int, design: Design | None = None, *, repeats: bool = False) -> Sheet:
    """The sheet of `seed`, always the same. Each column has its own key; each symbol is missing equally often.

    No two rows in succession look alike: a press that changes nothing on the screen seems not to have counted.
    With `repeats` they may, as on the sheets of battery-1; keys and missing symbols are the same either way.
    """
    design = design or Design()
    rng = generator(seed, NAME)
    columns = []
    for number in range(1, design.columns + 1):
        key = shuffled(rng, SYMBOLS)[:KEY_SIZE]
        missing = balanced(rng, key, design.rows)
        orders = [shuffled(rng, [symbol for symbol in key if symbol != gone]) for gone in missing]
        shown = orders if repeats else _unlike_neighbours(orders)
        rows = tuple(
            Row(f"c{number}r{row}", symbols, gone)
            for row, (symbols, gone) in enumerate(zip(shown, missing, strict=True), start=1)
        )
        columns.append(Column(key, rows))
    return Sheet(seed, design, tuple(columns))


def _unlike_neighbours(orders: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same rows, one that equals the row before it turned by a place; no draw is spent on it."""
    found: list[tuple[str, ...]] = []
    for order in orders:
        same = bool(found) and order == found[-1]
        found.append((*order[1:], order[0]) if same else order)
    return found


def read_responses(sheet: Sheet, values: Mapping[str, JsonValue]) -> tuple[RowResponse, ...]:
    """The part's answers as row responses. Raises `BadResponse` for what is not on the sheet."""
    keys = {row.item_id: column.key for column in sheet.columns for row in column.rows}
    found = []
    for item_id, value in values.items():
        if item_id not in keys:
            raise BadResponse(item_id, "no such row on this sheet")
        symbol = one_of(item_id, value, "symbol", keys[item_id])
        found.append(RowResponse(item_id, symbol, milliseconds(item_id, value, "t_ms")))
    return tuple(found)


def score(sheet: Sheet, responses: Sequence[RowResponse]) -> MissingSymbolScores:
    """Score a sheet; responses in any order, at most one a row (the answer sheet already folded them)."""
    limit = sheet.design.seconds_per_column * 1000
    given = {response.item_id: response.symbol for response in responses if response.t_ms <= limit}
    columns = tuple(_column(column, given) for column in sheet.columns)
    correct, errors = sum(column.correct for column in columns), sum(column.errors for column in columns)
    skips = sum(column.skips for column in columns)
    counts = [column.answered for column in columns]
    worked = correct + errors + skips
    lost = kraepelin.tianker(errors, skips)
    return MissingSymbolScores(
        columns=columns,
        correct=correct,
        errors=errors,
        skips=skips,
        accuracy_lost=lost,
        error_share=lost / worked if worked else None,
        speed=kraepelin.panker(counts),
        steadiness=kraepelin.janker(counts),
        steadiness_range=kraepelin.janker_range(counts),
        endurance=kraepelin.hanker(counts) if len(counts) > 1 else None,
        too_late=sum(response.t_ms > limit for response in responses),
    )


def _column(column: Column, given: Mapping[str, str | None]) -> ColumnScore:
    chosen = [given.get(row.item_id) for row in column.rows]
    answered = [index for index, symbol in enumerate(chosen) if symbol is not None]
    reached = answered[-1] + 1 if answered else 0
    correct = sum(chosen[index] == column.rows[index].missing for index in answered)
    return ColumnScore(correct=correct, errors=len(answered) - correct, skips=reached - len(answered))
