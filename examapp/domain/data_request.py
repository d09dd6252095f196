"""A person's request about their own data (UU PDP 27/2022), and the states it goes through."""

from enum import StrEnum

from examapp.domain.errors import Conflict


class RequestKind(StrEnum):
    """What the consent page promises: to see, to correct, to delete, to withdraw the consent, to object."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    WITHDRAWAL = "withdrawal"
    OBJECTION = "objection"


class RequestState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"


# What deletes, and so waits while somebody's decision still needs the data.
ERASING = frozenset({RequestKind.ERASURE, RequestKind.WITHDRAWAL})
WAITING = frozenset({RequestState.OPEN, RequestState.ACCEPTED})

TRANSITIONS: dict[tuple[RequestState, RequestState], str] = {
    (RequestState.OPEN, RequestState.DONE): "an officer did what was asked, and said so",
    (RequestState.OPEN, RequestState.ACCEPTED): "an officer agreed to erase; a legal hold still stands",
    (RequestState.OPEN, RequestState.DECLINED): "an officer said no, with the reason",
    (RequestState.OPEN, RequestState.CANCELLED): "the person took it back",
    (RequestState.ACCEPTED, RequestState.DONE): "the last hold is gone, and the data with it",
    (RequestState.ACCEPTED, RequestState.CANCELLED): "the person took it back while it waited",
}


def move_request(current: RequestState, to: RequestState) -> RequestState:
    """The new state, or `Conflict("request_state")` when the table has no such row."""
    if (current, to) not in TRANSITIONS:
        raise Conflict("request_state")
    return to
