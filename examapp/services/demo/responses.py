"""What an even, careful person answers: a few slips, and times that a hand can make."""

from random import Random
from typing import Any
from uuid import UUID, uuid4

from examapp.domain.attempt import Part
from examapp.persistence.records.attempts import AttemptPart
from examapp.services.platform import Platform
from examapp.services.sitting import forms
from examapp.services.sitting.answers import SentEvent
from scoring.psychology import choice_reaction, missing_symbol, statements

# An event and the second of its part at which it is given.
Timed = tuple[float, SentEvent]
ROWS_A_COLUMN = 22


def theory(platform: Platform, attempt_id: UUID, wrong: int, seconds_each: float) -> list[Timed]:
    """An answer to every item of the form, `wrong` of them wrongly, spread over it."""
    with platform.reading() as db:
        items = forms.keyed_items(db, attempt_id)
    slips = set(range(1, 1 + 2 * wrong, 2))
    events = []
    for number, item in enumerate(items):
        right = sorted(item.key) if isinstance(item.key, frozenset) else list(item.key)
        # Any other first option makes a wrong answer of every type: another choice, a wrong set, a wrong order.
        wrong_one = ["b" if right[0] == "a" else "a"]
        choice = wrong_one if number in slips else right
        events.append((seconds_each * (number + 1), _answer(Part.THEORY, item.item_id, choice, number)))
    return events


def instrument(platform: Platform, attempt_id: UUID, part: Part, chance: Random) -> list[Timed]:
    """Responses to a begun part of the battery."""
    with platform.reading() as db:
        seed = int(db.get_one(AttemptPart, (attempt_id, part.value)).setup["seed"])
    match part:
        case Part.STATEMENTS:
            given = _statements(seed, chance)
        case Part.MISSING_SYMBOL:
            given = _symbols(seed, chance)
        case _:
            given = _reactions(seed, chance)
    return [(at, _answer(part, item, value, n)) for n, (at, item, value) in enumerate(given)]


def _answer(part: Part, item_id: str, value: Any, number: int) -> SentEvent:
    return SentEvent(uuid4(), part, "answer", item_id, value, number)


def _statements(seed: int, chance: Random) -> list[tuple[float, str, dict[str, Any]]]:
    found, at = [], 2.0
    for shown in statements.presented(seed):
        keyed = chance.choice((3, 4, 4, 4, 5))
        choice = shown.instructed or (6 - keyed if shown.reverse else keyed)
        took = chance.uniform(1.9, 3.6)
        at += took
        found.append((at, shown.statement_id, {"choice": choice, "rt_ms": round(took * 1000)}))
    return found


def _symbols(seed: int, chance: Random) -> list[tuple[float, str, dict[str, Any]]]:
    sheet = missing_symbol.make_sheet(seed)
    length = sheet.design.seconds_per_column
    found = []
    for place, column in enumerate(sheet.columns):
        spent = 0.0
        for row in column.rows[:ROWS_A_COLUMN]:
            spent += chance.uniform(0.7, 0.95) * length / ROWS_A_COLUMN
            symbol = row.shown[0] if chance.random() < 0.05 else row.missing
            given = {"symbol": symbol, "t_ms": round(spent * 1000)}
            found.append((place * length + spent, row.item_id, given))
    return found


def _reactions(seed: int, chance: Random) -> list[tuple[float, str, dict[str, Any]]]:
    found: list[tuple[float, str, dict[str, Any]]] = []
    at = 2.0
    for trial in choice_reaction.make_trials(seed):
        took = min(900.0, max(290.0, chance.gauss(470, 70)))
        at += (trial.foreperiod_ms + took + 500) / 1000
        found.append((at, trial.item_id, {"response": trial.right_response, "rt_ms": round(took, 1)}))
    return [*found, (at, "device", {"delay_ms": 21.4})]
