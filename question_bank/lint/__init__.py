"""Faults of style and care that an item may have and still be sound. Nothing here stops an item; people decide."""

from collections.abc import Iterable
from types import MappingProxyType

from question_bank.item import ItemVersion
from question_bank.lint import completeness, options, wording
from question_bank.lint.remark import Finding, Rule

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "missing_translation": completeness.missing_translation,
        "longest_key": options.longest_key,
        "option_lengths": options.uneven_lengths,
        "all_or_none": options.all_or_none,
        "all_are_keys": options.all_are_keys,
        "double_negative": wording.double_negative,
        "hard_to_read": wording.hard_to_read,
        "picture_without_alt": completeness.picture_without_alt,
        "audio_in_part": completeness.audio_in_part,
        "no_article": completeness.no_article,
        "no_explanation": completeness.no_explanation,
    }
)

__all__ = ["RULES", "Finding", "lint", "lint_item"]


def lint_item(item: ItemVersion) -> tuple[Finding, ...]:
    """All remarks on `item` by itself, rule by rule. What only its neighbours show: `similarity`."""
    return tuple(
        Finding(item.item_id, name, english, indonesian)
        for name, rule in RULES.items()
        for english, indonesian in rule(item)
    )


def lint(items: Iterable[ItemVersion]) -> tuple[Finding, ...]:
    return tuple(finding for item in items for finding in lint_item(item))
