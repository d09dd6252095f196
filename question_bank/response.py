"""Which values can be a response to an item at all, right or wrong."""

from collections.abc import Collection
from typing import Any

from question_bank.item import SHAPES, ItemType


def is_response(kind: ItemType, option_ids: Collection[str], value: Any) -> bool:
    """Whether `value` is a list of option ids that an item of `kind` with `option_ids` can be answered with.

    One id where one option is chosen (a hotspot's region too), one or more where several may be, each option once
    where they are put in order. Taking an answer back is no response.
    """
    if not isinstance(value, list) or not all(isinstance(each, str) and each in option_ids for each in value):
        return False
    if len(set(value)) != len(value):
        return False
    if SHAPES[kind].ordered:
        return len(value) == len(option_ids)
    return 1 <= len(value) <= (len(option_ids) if SHAPES[kind].max_keys > 1 else 1)
