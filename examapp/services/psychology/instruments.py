"""The psychology instruments as parts of a sitting: what each is made from, what a page may see, what it may answer."""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from examapp.domain.attempt import Part
from scoring.json_value import JsonValue
from scoring.psychology import battery, choice_reaction, missing_symbol, statements, validity
from scoring.psychology.battery import BatteryResult
from scoring.psychology.reading import BadResponse
from scoring.reasons import Reason

# Reading the instructions and the practice of a task come on top of what the task itself takes.
_AROUND = timedelta(minutes=5)


def limit_seconds(part: Part) -> int:
    """How long a part may take in all, instructions included; the tasks inside keep their own, shorter times."""
    instrument = next(i for i in battery.INSTRUMENTS if i.name == part.value)
    generous = timedelta(minutes=instrument.minutes) * (1 if instrument.timed else 2)
    return int((generous + _AROUND).total_seconds())


def make_setup(part: Part, seed: int) -> dict[str, Any]:
    """What is kept of a part to make it again: the seed (as text, JSON numbers lose digits) and the version."""
    return {"seed": str(seed), "instrument": part.value, "version": battery.VERSION}


def _sheet(setup: Mapping[str, Any]) -> missing_symbol.Sheet:
    """The sheet of a set-up, drawn as the version it was made in drew it."""
    return _made_sheet(int(setup["seed"]), repeats=setup.get("version") == "battery-1")


@lru_cache(maxsize=512)
def _made_sheet(seed: int, *, repeats: bool) -> missing_symbol.Sheet:
    return missing_symbol.make_sheet(seed, repeats=repeats)


@lru_cache(maxsize=512)
def _trials(seed: int) -> tuple[choice_reaction.Trial, ...]:
    return choice_reaction.make_trials(seed)


def public_setup(part: Part, setup: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What the page needs to show a part: what it shows and how it is timed."""
    seed = int(setup["seed"])
    match part:
        case Part.STATEMENTS:
            inventory = statements.inventory()
            shown = statements.presented(seed)
            return {
                "scale": list(inventory.scale[language]),
                "statements": [{"id": s.statement_id, "text": s.text[language]} for s in shown],
            }
        case Part.MISSING_SYMBOL:
            sheet = _sheet(setup)
            columns = [
                {"key": list(c.key), "rows": [{"id": r.item_id, "shown": list(r.shown)} for r in c.rows]}
                for c in sheet.columns
            ]
            return {"seconds_per_column": sheet.design.seconds_per_column, "columns": columns}
        case Part.CHOICE_REACTION:
            design = choice_reaction.Design()
            trials = [
                {
                    "id": t.item_id,
                    "stimulus": t.stimulus,
                    "foreperiod_ms": t.foreperiod_ms,
                    "practice": t.practice,
                }
                for t in _trials(seed)
            ]
            return {"mapping": dict(design.mapping), "timeout_ms": design.timeout_ms, "trials": trials}
        case Part.THEORY:
            raise ValueError("the theory exam has a form, not a set-up")


def check_answer(part: Part, setup: Mapping[str, Any], item_id: str, value: JsonValue) -> str | None:
    """Why an answer can't be one of this part: `item_unknown` or `value_unusable`; None when it can."""
    try:
        _read(part, setup, {item_id: value})
    except BadResponse as error:
        return "item_unknown" if error.problem.startswith("no such") else "value_unusable"
    return None


def _read(part: Part, setup: Mapping[str, Any], values: Mapping[str, JsonValue]) -> Any:
    seed = int(setup["seed"])
    match part:
        case Part.STATEMENTS:
            return statements.read_responses(statements.presented(seed), values)
        case Part.MISSING_SYMBOL:
            return missing_symbol.read_responses(_sheet(setup), values)
        case Part.CHOICE_REACTION:
            return choice_reaction.read_responses(_trials(seed), values)
        case Part.THEORY:
            raise ValueError("the theory exam is answered on its form")


def symbol_columns(
    setup: Mapping[str, Any], values: Mapping[str, JsonValue]
) -> tuple[missing_symbol.ColumnScore, ...]:
    """What was worked in each column, for people who want to see the curve."""
    sheet = _sheet(setup)
    return missing_symbol.score(sheet, missing_symbol.read_responses(sheet, values)).columns


def reaction_trials(
    setup: Mapping[str, Any], values: Mapping[str, JsonValue]
) -> tuple[tuple[choice_reaction.Trial, choice_reaction.TrialResponse | None], ...]:
    """Every trial in order with its response, None where there is none."""
    trials = _trials(int(setup["seed"]))
    given, _ = choice_reaction.read_responses(trials, values)
    by_item = {response.item_id: response for response in given}
    return tuple((trial, by_item.get(trial.item_id)) for trial in trials)


def score(
    setups: Mapping[Part, Mapping[str, Any]], answers: Mapping[Part, Mapping[str, JsonValue]]
) -> BatteryResult:
    """The battery's result from the parts that were sat (those in `setups`) and their standing answers."""
    traits = symbols = reaction = None
    flags: tuple[Reason, ...] = ()
    if Part.STATEMENTS in setups:
        given = _read(Part.STATEMENTS, setups[Part.STATEMENTS], answers.get(Part.STATEMENTS, {}))
        traits = statements.score(given)
        flags = validity.statement_flags(given)
    if Part.MISSING_SYMBOL in setups:
        sheet = _sheet(setups[Part.MISSING_SYMBOL])
        rows = missing_symbol.read_responses(sheet, answers.get(Part.MISSING_SYMBOL, {}))
        symbols = missing_symbol.score(sheet, rows)
    if Part.CHOICE_REACTION in setups:
        trials = _trials(int(setups[Part.CHOICE_REACTION]["seed"]))
        pressed, delay = choice_reaction.read_responses(trials, answers.get(Part.CHOICE_REACTION, {}))
        reaction = choice_reaction.score(trials, pressed, delay)
    flags += validity.task_flags(symbols, reaction)
    return battery.score_battery(traits, symbols, reaction, validity=flags)
