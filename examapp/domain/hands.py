"""Who may be one person: whoever gave out the code of an account could have kept it, and be its user.

`handed` maps an account to those who gave out codes for it and for whom nobody else has vouched.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Account = TypeVar("Account", bound=Hashable)


def holders(account: Account, handed: Mapping[Account, Collection[Account]]) -> frozenset[Account]:
    """Everybody who could be using `account`: itself, and all whose hands its codes lead back to."""
    found, ahead = set(), [account]
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead.extend(handed.get(each, ()))
    return frozenset(found)


def maybe_one_person(one: Account, other: Account, handed: Mapping[Account, Collection[Account]]) -> bool:
    """Whether a single person could hold both accounts. Two who gave the same third an account are still two."""
    first, second = holders(one, handed), holders(other, handed)
    return not first.isdisjoint(second)
