"""The life of an item version: who may move it where, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ItemState(StrEnum):
    """`approved` ones wait to be asked; `pilot` ones are shown and never scored; only `active` ones count."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PILOT = "pilot"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"


SCORED = frozenset({ItemState.ACTIVE})


@dataclass(frozen=True, slots=True)
class Step:
    """A move that is allowed: its `reason` as a stable word, and whether a second person must make it."""

    reason: str
    four_eyes: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a move is refused. Codes: the second column of `REFUSED`, `own_work`, `tied_to_author`, `no_author_known`."""

    code: str


class MoveRefused(Exception):
    def __init__(self, refusal: Refusal, state: ItemState, to: ItemState) -> None:
        self.refusal, self.state, self.to = refusal, state, to
        super().__init__(f"{state} -> {to}: {refusal.code}")


_D, _R, _K, _P, _A, _S, _X = ItemState

# Every pair of states stands here once, allowed (`Step`) or refused (a code), the reason beside it.
TRANSITIONS: MappingProxyType[tuple[ItemState, ItemState], Step | Refusal] = MappingProxyType(
    {
        (_D, _D): Refusal("no_change"),
        (_D, _R): Step("submitted"),
        (_D, _K): Refusal("needs_review"),  # nobody but its author has read it
        (_D, _P): Refusal("needs_review"),
        (_D, _A): Refusal("needs_review"),
        (_D, _S): Refusal("not_in_use"),  # nothing to take out of use
        (_D, _X): Step("abandoned"),
        (_R, _D): Step("sent_back"),
        (_R, _R): Refusal("no_change"),
        (_R, _K): Step("approved_for_later", four_eyes=True),
        (_R, _P): Step("approved_for_pilot", four_eyes=True),
        (_R, _A): Step("approved", four_eyes=True),
        (_R, _S): Refusal("not_in_use"),
        (_R, _X): Refusal("send_back_first"),  # its author must see why before it disappears
        (_K, _D): Step("sent_back"),  # nobody was asked yet, so it may still be rewritten
        (_K, _R): Refusal("approved_already"),
        (_K, _K): Refusal("no_change"),
        (_K, _P): Step("put_on_trial"),
        (_K, _A): Step("put_in_use"),
        (_K, _S): Refusal("not_in_use"),
        (_K, _X): Step("withdrawn"),
        (_P, _K): Refusal("answers_exist"),
        (_P, _D): Refusal("answers_exist"),  # people answered this wording: change it as a new version
        (_P, _R): Refusal("answers_exist"),
        (_P, _P): Refusal("no_change"),
        (_P, _A): Step("proved", four_eyes=True),
        (_P, _S): Step("doubted"),
        (_P, _X): Step("withdrawn"),
        (_A, _K): Refusal("answers_exist"),
        (_A, _D): Refusal("answers_exist"),
        (_A, _R): Refusal("answers_exist"),
        (_A, _P): Refusal("answers_exist"),  # scored answers can't become trial answers afterwards
        (_A, _A): Refusal("no_change"),
        (_A, _S): Step("contested"),  # one person is enough to stop harm
        (_A, _X): Step("withdrawn"),
        (_S, _K): Refusal("answers_exist"),
        (_S, _D): Refusal("answers_exist"),
        (_S, _R): Refusal("answers_exist"),
        (_S, _P): Refusal("answers_exist"),
        (_S, _A): Step("reinstated", four_eyes=True),
        (_S, _S): Refusal("no_change"),
        (_S, _X): Step("withdrawn"),
        # Results rest on retired wordings; they stay as they were. To ask again, write a new version.
        (_X, _D): Refusal("retired_for_good"),
        (_X, _R): Refusal("retired_for_good"),
        (_X, _K): Refusal("retired_for_good"),
        (_X, _P): Refusal("retired_for_good"),
        (_X, _A): Refusal("retired_for_good"),
        (_X, _S): Refusal("retired_for_good"),
        (_X, _X): Refusal("no_change"),
    }
)


def may_approve(author_ids: Collection[str], approver_id: str) -> bool:
    """Whether `approver_id` is a second pair of eyes.

    `author_ids` are all who wrote a change since the last approval. Nobody known means nobody may approve: an
    unknown author could be the approver.
    """
    return bool(author_ids) and approver_id not in author_ids


def move(
    state: ItemState,
    to: ItemState,
    *,
    actor_id: str,
    author_ids: Collection[str] = frozenset(),
    tied_ids: Collection[str] = frozenset(),
) -> Step:
    """The step from `state` to `to` made by `actor_id`. Raises `MoveRefused` with its reason code.

    `tied_ids` are accounts that may belong to the same person as `actor_id`.
    """
    step = TRANSITIONS[state, to]
    if isinstance(step, Refusal):
        raise MoveRefused(step, state, to)
    if step.four_eyes and not may_approve(author_ids, actor_id):
        raise MoveRefused(Refusal("own_work" if author_ids else "no_author_known"), state, to)
    if step.four_eyes and not set(tied_ids).isdisjoint(author_ids):
        raise MoveRefused(Refusal("tied_to_author"), state, to)
    return step


def moves_from(state: ItemState) -> tuple[tuple[ItemState, Step], ...]:
    """Where an item may go from `state`, for a page that offers the buttons."""
    steps = ((to, TRANSITIONS[state, to]) for to in ItemState)
    return tuple((to, step) for to, step in steps if isinstance(step, Step))
