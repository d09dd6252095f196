from itertools import product

import pytest

from question_bank.lifecycle import TRANSITIONS, ItemState, MoveRefused, Step, may_approve, move, moves_from

PAIRS = list(product(ItemState, ItemState))


def test_the_table_decides_every_pair() -> None:
    assert set(TRANSITIONS) == set(PAIRS)


@pytest.mark.parametrize(("state", "to"), PAIRS)
def test_a_stranger_moves_what_the_table_allows_and_nothing_else(state: ItemState, to: ItemState) -> None:
    step = TRANSITIONS[state, to]
    if isinstance(step, Step):
        assert move(state, to, actor_id="second", author_ids={"first"}) == step
        assert (to, step) in moves_from(state)
    else:
        with pytest.raises(MoveRefused) as refused:
            move(state, to, actor_id="second", author_ids={"first"})
        assert refused.value.refusal == step


@pytest.mark.parametrize(("state", "to"), PAIRS)
def test_nothing_comes_into_use_by_its_own_author(state: ItemState, to: ItemState) -> None:
    # What was approved was read by a second person already: putting it into use is no second judgement.
    if to in {ItemState.APPROVED, ItemState.ACTIVE, ItemState.PILOT} and state is not ItemState.APPROVED:
        for authors in ({"first"}, set()):
            with pytest.raises(MoveRefused):
                move(state, to, actor_id="first", author_ids=authors)


def test_one_person_is_enough_to_stop_a_contested_item() -> None:
    assert (
        move(ItemState.ACTIVE, ItemState.SUSPENDED, actor_id="first", author_ids={"first"}).reason
        == "contested"
    )


def test_retired_is_for_good() -> None:
    assert moves_from(ItemState.RETIRED) == ()


def test_four_eyes() -> None:
    assert may_approve({"writer"}, "reader")
    assert not may_approve({"writer", "reader"}, "reader")
    assert not may_approve(set(), "reader")
