"""Refusals: what the rules say no to, with a reason a reader can act on.

Domain errors know no HTTP; `examapp.web.errors` maps them to a status and to a sentence in the reader's language.
"""

from typing import Any


class Refusal(Exception):
    """A request the rules don't allow. `code` is stable, `params` fill the sentence that explains it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFound(Refusal):
    """The thing does not exist, or is not the asker's to know of: the two must look alike."""

    def __init__(self, code: str = "not_found", **params: Any) -> None:
        super().__init__(code, **params)


class NotAllowed(Refusal):
    """The asker is known, and may not do this."""


class Conflict(Refusal):
    """The state has moved on, or somebody else holds the thing."""


class Invalid(Refusal):
    """What was sent can't be used as it is; `params["field"]` names the field where there is one."""


class TooMuch(Refusal):
    """More or larger than is taken: a size, a rate."""


class Unavailable(Refusal):
    """Something we need (disk, store, model) is not there at the moment; asking again later may work."""
