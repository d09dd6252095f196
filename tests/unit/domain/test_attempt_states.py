"""The two tables of an attempt's life: every pair of states is allowed or refused, and says why."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examapp.domain.attempt import (
    ARRIVAL_GRACE,
    AttemptState,
    PartState,
    is_late,
    move_attempt,
    move_part,
    part_deadline,
)
from examapp.domain.errors import Conflict

A, P = AttemptState, PartState

# A row a pair; None: allowed. A pair the table forgot fails the test.
ATTEMPTS: dict[tuple[AttemptState, AttemptState], str | None] = {
    (A.PREPARING, A.PREPARING): "nothing moves",
    (A.PREPARING, A.RUNNING): None,
    (A.PREPARING, A.FINISHED): "nothing was sat",
    (A.PREPARING, A.ABANDONED): None,
    (A.RUNNING, A.PREPARING): "what was seen can't be unseen",
    (A.RUNNING, A.RUNNING): "nothing moves",
    (A.RUNNING, A.FINISHED): None,
    (A.RUNNING, A.ABANDONED): "a begun sitting is finished and scored, never thrown away",
    (A.FINISHED, A.PREPARING): "final",
    (A.FINISHED, A.RUNNING): "final",
    (A.FINISHED, A.FINISHED): "once",
    (A.FINISHED, A.ABANDONED): "final",
    (A.ABANDONED, A.PREPARING): "final; a new one is prepared",
    (A.ABANDONED, A.RUNNING): "final",
    (A.ABANDONED, A.FINISHED): "final",
    (A.ABANDONED, A.ABANDONED): "once",
}
PARTS: dict[tuple[PartState, PartState], str | None] = {
    (P.PENDING, P.PENDING): "nothing moves",
    (P.PENDING, P.RUNNING): None,
    (P.PENDING, P.SUBMITTED): "nothing was begun",
    (P.PENDING, P.EXPIRED): None,
    (P.RUNNING, P.PENDING): "what was seen can't be unseen",
    (P.RUNNING, P.RUNNING): "a second start would win a second deadline",
    (P.RUNNING, P.SUBMITTED): None,
    (P.RUNNING, P.EXPIRED): None,
    (P.SUBMITTED, P.PENDING): "final",
    (P.SUBMITTED, P.RUNNING): "final",
    (P.SUBMITTED, P.SUBMITTED): "exactly one submission",
    (P.SUBMITTED, P.EXPIRED): "final",
    (P.EXPIRED, P.PENDING): "final",
    (P.EXPIRED, P.RUNNING): "final",
    (P.EXPIRED, P.SUBMITTED): "too late: what was saved is scored",
    (P.EXPIRED, P.EXPIRED): "once",
}


@pytest.mark.parametrize(("states", "table", "move"), [(A, ATTEMPTS, move_attempt), (P, PARTS, move_part)])
def test_every_pair_of_states_is_in_the_table_and_moves_as_it_says(states, table, move) -> None:
    assert set(table) == set(product(states, states))
    for (before, after), refused_because in table.items():
        if refused_because is None:
            assert move(before, after) is after
        else:
            with pytest.raises(Conflict) as refused:
                move(before, after)
            assert refused.value.params == {"current": before.value, "wanted": after.value}


START = datetime(2026, 11, 23, 3, tzinfo=UTC)


@given(st.integers(1, 36_000), st.integers(0, 200))
def test_extra_time_only_ever_moves_the_deadline_back(seconds: int, extra: int) -> None:
    plain = part_deadline(START, timedelta(seconds=seconds), 0)
    longer = part_deadline(START, timedelta(seconds=seconds), extra)
    assert plain == START + timedelta(seconds=seconds)
    assert plain <= longer <= START + 3 * timedelta(seconds=seconds)


@given(st.integers(-100_000, 100_000))
def test_an_answer_is_late_only_after_the_deadline_and_its_travel(milliseconds: int) -> None:
    received = START + timedelta(milliseconds=milliseconds)
    assert is_late(received, START, closed=False) == (received > START + ARRIVAL_GRACE)
    assert is_late(received, START, closed=True)
