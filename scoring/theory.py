"""The theory exam: right answers against keys, and the pass mark of the rule in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.json_value import JsonValue
from scoring.policy.values import TheoryRule
from scoring.responses import AnswerSheet

Key = str | frozenset[str] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyedItem:
    """An item of a form with its key.

    `key` is an option id (one choice), a frozenset of ids (all of them and no other) or a tuple (an order).
    `weight` is in points; 0 marks a pilot item, shown and never scored. `part` is the blueprint's part.
    """

    item_id: str
    version: int
    key: Key
    topic: str
    part: str = ""
    weight: int = 1
    article: str = ""


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Right of total items in one topic or one part."""

    name: str
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class TheoryResult:
    """`right` of `total` items, `points` of `max_points`; passed at `pass_mark` points.

    `percent` is cut, not rounded, to one decimal, so that a fail never shows as the pass mark.
    `to_review` lists (topic, article) of what was missed, once each, in form order; never items or keys.
    """

    right: int
    total: int
    points: int
    max_points: int
    percent: float
    pass_mark: int
    passed: bool
    by_topic: tuple[GroupScore, ...]
    by_part: tuple[GroupScore, ...]
    to_review: tuple[tuple[str, str], ...]
    unanswered: tuple[str, ...]
    rule_version: str


def pass_mark(max_points: int, rule: TheoryRule) -> int:
    """The fewest whole points that pass: 21 of 30 at 70 %. In integers, so no rounding can move the mark."""
    return -(-rule.pass_percent * max_points // 100)


def is_right(key: Key, value: JsonValue) -> bool:
    """Whether `value`, as the device sent it, answers `key`. One option may come alone or as a list of one."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        return False
    # A hand-made request may nest anything: what is no option id is no answer, and must not break the scoring.
    options = tuple(option for option in given if isinstance(option, str))
    if len(options) != len(given):
        return False
    if isinstance(key, frozenset):
        return len(options) == len(key) and set(options) == key
    return options == ((key,) if isinstance(key, str) else key)


def score_theory(
    form: Sequence[KeyedItem], sheet: AnswerSheet, rule: TheoryRule, *, part: str = "theory"
) -> TheoryResult:
    """Score the answers of `part` against `form`. Raises `ValueError` when the form has no scored item."""
    scored = [item for item in form if item.weight > 0]
    if not scored:
        raise ValueError("A form without scored items can neither be passed nor failed.")
    values = {item.item_id: sheet.value(part, item.item_id) for item in scored}
    right = [item for item in scored if is_right(item.key, values[item.item_id])]
    right_ids = {item.item_id for item in right}
    missed = [item for item in scored if item.item_id not in right_ids]
    points, max_points = sum(item.weight for item in right), sum(item.weight for item in scored)
    mark = pass_mark(max_points, rule)
    return TheoryResult(
        right=len(right),
        total=len(scored),
        points=points,
        max_points=max_points,
        percent=points * 1000 // max_points / 10,
        pass_mark=mark,
        passed=points >= mark,
        by_topic=_tally([(item.topic, item.item_id in right_ids) for item in scored]),
        by_part=_tally([(item.part, item.item_id in right_ids) for item in scored]),
        to_review=tuple(dict.fromkeys((item.topic, item.article) for item in missed)),
        unanswered=tuple(item_id for item_id, value in values.items() if value is None),
        rule_version=rule.code,
    )


def _tally(rows: Sequence[tuple[str, bool]]) -> tuple[GroupScore, ...]:
    names = dict.fromkeys(name for name, _ in rows)
    return tuple(
        GroupScore(
            name, sum(ok for owner, ok in rows if owner == name), sum(owner == name for owner, _ in rows)
        )
        for name in names
    )
