"""Who may be one person: accounts that lead up to the same pair of hands."""

from hypothesis import given
from hypothesis import strategies as st

from examapp.domain.hands import holders, maybe_one_person

HANDED = {"puppet": {"ratna"}, "puppet_of_puppet": {"puppet"}, "shared": {"ratna", "budi"}}


def test_whoever_handed_an_account_out_may_be_the_one_who_uses_it() -> None:
    assert holders("puppet_of_puppet", HANDED) == {"puppet_of_puppet", "puppet", "ratna"}
    for one, other in (("ratna", "puppet"), ("puppet_of_puppet", "ratna"), ("puppet", "shared")):
        assert maybe_one_person(one, other, HANDED)
        assert maybe_one_person(other, one, HANDED)


def test_two_who_handed_somebody_an_account_are_still_two() -> None:
    assert not maybe_one_person("ratna", "budi", HANDED)
    assert not maybe_one_person("puppet", "budi", HANDED)


def test_two_who_reset_each_other_end_the_walk() -> None:
    circle = {"ratna": {"budi"}, "budi": {"ratna"}}
    assert holders("ratna", circle) == {"ratna", "budi"}


_PEOPLE = st.integers(0, 7)
_HANDS = st.dictionaries(_PEOPLE, st.sets(_PEOPLE, max_size=3))


@given(_HANDS, _PEOPLE, _PEOPLE)
def test_it_holds_both_ways_and_for_oneself(handed: dict[int, set[int]], one: int, other: int) -> None:
    assert maybe_one_person(one, one, handed)
    assert maybe_one_person(one, other, handed) == maybe_one_person(other, one, handed)


@given(_HANDS, _PEOPLE, _PEOPLE, _PEOPLE, _PEOPLE)
def test_another_hand_never_makes_two_of_one(
    handed: dict[int, set[int]], one: int, other: int, account: int, by: int
) -> None:
    more = {**handed, account: handed.get(account, set()) | {by}}
    assert maybe_one_person(one, other, more) or not maybe_one_person(one, other, handed)


@given(_HANDS, _PEOPLE)
def test_every_holder_is_reached_by_hands(handed: dict[int, set[int]], one: int) -> None:
    found = holders(one, handed)
    assert one in found
    assert all(by in found for account in found for by in handed.get(account, ()))
