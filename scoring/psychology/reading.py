"""Reads what a device sent for a psychology task, and refuses what the task cannot have produced."""

from collections.abc import Mapping

from scoring.json_value import JsonValue


class BadResponse(ValueError):
    """A value that the instrument's client never sends. `item_id` says where; the message says what is wrong."""

    def __init__(self, item_id: str, problem: str) -> None:
        super().__init__(f"{item_id}: {problem}")
        self.item_id = item_id
        self.problem = problem


def fields(item_id: str, value: JsonValue) -> Mapping[str, JsonValue]:
    """The value as a JSON object."""
    if not isinstance(value, Mapping):
        raise BadResponse(item_id, "expected an object")
    return value


def milliseconds(item_id: str, value: JsonValue, name: str) -> float:
    """A duration ≥ 0 in ms, from `performance.now()` differences."""
    number = fields(item_id, value).get(name)
    # NaN fails the comparison as well, and True is an int to Python.
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 3_600_000:
        raise BadResponse(item_id, f"{name} must be milliseconds between 0 and one hour")
    return float(number)


def one_of(item_id: str, value: JsonValue, name: str, allowed: tuple[str, ...]) -> str | None:
    """One of `allowed`, or None where the person gave no answer."""
    chosen = fields(item_id, value).get(name)
    if chosen is None:
        return None
    if not isinstance(chosen, str) or chosen not in allowed:
        raise BadResponse(item_id, f"{name} must be one of {', '.join(allowed)}")
    return chosen
