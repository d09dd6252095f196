"""Responses to the psychology battery, made up for tests: an even, careful applicant, or one who marks at random."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part, Step
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.services.outcome import results
from examapp.services.platform import SYSTEM, Platform
from examapp.services.sitting import sittings, submission
from examapp.services.sitting.answers import SentEvent, record_events
from scoring.psychology import choice_reaction, missing_symbol, statements
from tests.support.people import Person, make_applicant
from tests.support.sitting import application_of

Values = Mapping[str, dict[str, Any]]
ROWS_A_COLUMN = 24


def renewal(platform: Platform, **more: Any) -> Person:
    """An applicant who sits psychology only."""
    held = {"held_class": "A", "held_since": date(2022, 1, 3), "held_until": date(2027, 1, 3)}
    return make_applicant(platform, kind="renewal", **{**held, **more})


def ready(platform: Platform, applicant: Person) -> UUID:
    """A sitting without theory whose steps are done; unlike `sitting.prepared` it needs no question bank."""
    attempt_id = sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    for step in Step:
        sittings.complete_step(platform, applicant.actor, attempt_id, step)
    return attempt_id


def honest_values(part: Part, seed: int) -> Values:
    """What an even, careful person answers: every check followed, a few slips, times that a hand can make."""
    match part:
        case Part.STATEMENTS:
            return {s.statement_id: {"choice": _agree(s, n), "rt_ms": 3200 + 37 * n} for n, s in _shown(seed)}
        case Part.MISSING_SYMBOL:
            return _rows(seed, wrong_each=20)
        case _:
            trials = choice_reaction.make_trials(seed)
            times = {
                trial.item_id: {"response": trial.right_response, "rt_ms": 430.5 + 11 * (n % 9)}
                for n, trial in enumerate(trials)
            }
            return {**times, "device": {"delay_ms": 21.4}}


def careless_values(part: Part, seed: int) -> Values:
    """Somebody who presses whatever is nearest."""
    match part:
        case Part.STATEMENTS:
            return {s.statement_id: {"choice": 3, "rt_ms": 600} for _, s in _shown(seed)}
        case Part.MISSING_SYMBOL:
            return _rows(seed, wrong_each=2)
        case _:
            trials = choice_reaction.make_trials(seed)
            return {trial.item_id: {"response": trial.right_response, "rt_ms": 90} for trial in trials}


def _shown(seed: int) -> list[tuple[int, statements.Statement]]:
    return list(enumerate(statements.presented(seed)))


def _agree(statement: statements.Statement, number: int) -> int:
    if statement.instructed is not None:
        return statement.instructed
    keyed = 4 + (number % 3 == 0)
    return 6 - keyed if statement.reverse else keyed


def _rows(seed: int, wrong_each: int) -> Values:
    found = {}
    for column in missing_symbol.make_sheet(seed).columns:
        for number, row in enumerate(column.rows[:ROWS_A_COLUMN], start=1):
            symbol = row.shown[0] if number % wrong_each == 0 else row.missing
            found[row.item_id] = {"symbol": symbol, "t_ms": 2300 * number}
    return found


def seed_of(platform: Platform, attempt_id: UUID, part: Part) -> int:
    """The seed a begun part was made from."""
    with platform.reading() as db:
        return int(db.get_one(AttemptPart, (attempt_id, part.value)).setup["seed"])


def sit_part(
    platform: Platform, person: Person, attempt_id: UUID, part: Part, values: Values | None = None
) -> None:
    """Begin, answer and submit one part; without `values` as an honest person does."""
    sittings.start_part(platform, person.actor, attempt_id, part)
    given = honest_values(part, seed_of(platform, attempt_id, part)) if values is None else values
    events = [
        SentEvent(uuid4(), part, "answer", item, value, n) for n, (item, value) in enumerate(given.items())
    ]
    for first in range(0, len(events), 200):
        receipt = record_events(platform, person.actor, attempt_id, events[first : first + 200])
        assert not receipt.rejected
    submission.submit_part(platform, person.actor, attempt_id, part)


def sit_battery(platform: Platform, person: Person, attempt_id: UUID, *, careless: bool = False) -> None:
    """All three parts in their order."""
    for part in PSYCHOLOGY_PARTS:
        sittings.start_part(platform, person.actor, attempt_id, part)
        make = careless_values if careless else honest_values
        sit_part(platform, person, attempt_id, part, make(part, seed_of(platform, attempt_id, part)))


def clear(platform: Platform, attempt_id: UUID, integrity: str = "clear") -> None:
    """What the camera's side concludes, as the periodic worker does it."""
    with platform.writing(SYSTEM) as tx:
        attempt = tx.session.get_one(Attempt, attempt_id)
        attempt.integrity = integrity
        results.derive_verdict(tx, attempt)
