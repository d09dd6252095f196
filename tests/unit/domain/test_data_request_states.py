"""The states of a request about one's own data: every pair is allowed or refused."""

from itertools import product

import pytest

from examapp.domain.data_request import TRANSITIONS, WAITING, RequestState, move_request
from examapp.domain.errors import Conflict

PAIRS = list(product(RequestState, RequestState))


@pytest.mark.parametrize(("state", "to"), PAIRS)
def test_a_request_moves_as_the_table_says_and_an_answer_is_final(
    state: RequestState, to: RequestState
) -> None:
    if (state, to) in TRANSITIONS:
        assert state in WAITING
        assert move_request(state, to) is to
    else:
        with pytest.raises(Conflict, match="request_state"):
            move_request(state, to)


def test_every_state_is_reached_and_every_waiting_one_left() -> None:
    assert {to for _, to in TRANSITIONS} == set(RequestState) - {RequestState.OPEN}
    assert {state for state, _ in TRANSITIONS} == set(WAITING)
