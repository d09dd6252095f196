"""Signs that answers may not mean what they say. They send a result to a psychologist; they never fail anyone.

Source: Meade & Craig (2012), identifying careless responses; Huang et al. (2012) for two seconds a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from scoring.psychology.choice_reaction import ReactionScores
from scoring.psychology.missing_symbol import MissingSymbolScores
from scoring.psychology.statements import Inventory, StatementResponse, inventory, keyed_choice
from scoring.reasons import Reason


@dataclass(frozen=True, slots=True)
class ValidityPolicy:
    """Thresholds, all provisional until local data set them.

    `longstring`: the same choice that often in a row. `seconds_a_statement`: a mean below it. `pair_gap`:
    keyed points apart (0-4); `pairs_apart`: that many pairs. `anticipations`, `marking_errors`: shares
    (0-1) above which a task was guessed.
    """

    version: str = "validity-1"
    longstring: int = 12
    seconds_a_statement: float = 2.0
    pair_gap: int = 3
    pairs_apart: int = 2
    anticipations: float = 0.10
    marking_errors: float = 0.40


def statement_flags(
    responses: Sequence[StatementResponse],
    policy: ValidityPolicy | None = None,
    shown: Inventory | None = None,
) -> tuple[Reason, ...]:
    """Flags of the agreement scale; `responses` in the order they were shown."""
    policy, shown = policy or ValidityPolicy(), shown or inventory()
    if not responses:
        return ()
    flags: list[Reason] = []
    run = longest_run([response.choice for response in responses])
    if run >= policy.longstring:
        flags.append(Reason("validity_longstring", {"run": run}))
    seconds = fmean(response.rt_ms for response in responses) / 1000
    if seconds < policy.seconds_a_statement:
        flags.append(Reason("validity_too_fast", {"seconds": round(seconds, 1)}))
    missed = _instructed_missed(responses, shown)
    if missed:
        flags.append(Reason("validity_instructed_missed", {"missed": missed}))
    apart = _pairs_apart(responses, policy, shown)
    if apart >= policy.pairs_apart:
        flags.append(Reason("validity_inconsistent", {"pairs": apart}))
    return tuple(flags)


def task_flags(
    symbols: MissingSymbolScores | None,
    reaction: ReactionScores | None,
    policy: ValidityPolicy | None = None,
) -> tuple[Reason, ...]:
    """Flags of the two timed tasks."""
    policy = policy or ValidityPolicy()
    flags: list[Reason] = []
    if symbols and symbols.error_share is not None and symbols.error_share > policy.marking_errors:
        flags.append(Reason("validity_marking_at_random", {"percent": round(100 * symbols.error_share)}))
    if reaction and reaction.anticipations > policy.anticipations * reaction.trials:
        flags.append(Reason("validity_anticipations", {"count": reaction.anticipations}))
    return tuple(flags)


def longest_run(choices: Sequence[int]) -> int:
    """How often the same choice was given in a row, at most."""
    return max((len(list(group)) for _, group in groupby(choices)), default=0)


def _instructed_missed(responses: Sequence[StatementResponse], shown: Inventory) -> int:
    wanted = {item.statement_id: item.instructed for item in shown.statements if item.instructed is not None}
    return sum(
        response.choice != wanted[response.statement_id]
        for response in responses
        if response.statement_id in wanted
    )


def _pairs_apart(responses: Sequence[StatementResponse], policy: ValidityPolicy, shown: Inventory) -> int:
    items = {item.statement_id: item for item in shown.statements}
    keyed = {
        response.statement_id: keyed_choice(items[response.statement_id], response.choice)
        for response in responses
    }
    return sum(
        abs(keyed[first] - keyed[second]) >= policy.pair_gap
        for first, second in shown.pairs
        if first in keyed and second in keyed
    )
