"""Right answers, pass mark, and what an applicant is told to study."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from scoring.policy import rules_on
from scoring.responses import AnswerSheet, ResponseEvent, ResponseKind, answer_sheet
from scoring.theory import KeyedItem, is_right, pass_mark, score_theory

RULE = rules_on(date(2026, 11, 23)).theory
AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


def sheet(values: dict[str, str]) -> AnswerSheet:
    return answer_sheet(
        ResponseEvent(number, UUID(int=number), 1, "theory", ResponseKind.ANSWER, item, value, None, AT)
        for number, (item, value) in enumerate(values.items(), start=1)
    )


def form(count: int) -> list[KeyedItem]:
    return [KeyedItem(f"i{n}", 1, "a", f"topic-{n % 3}", article=f"art. {n % 3}") for n in range(count)]


@pytest.mark.parametrize(("points", "mark"), [(30, 21), (10, 7), (65, 46), (1, 1), (33, 24), (100, 70)])
def test_the_pass_mark_is_the_fewest_whole_points_of_seventy_percent(points: int, mark: int) -> None:
    assert pass_mark(points, RULE) == mark


@pytest.mark.parametrize(("right", "passed"), [(20, False), (21, True)])
def test_twenty_one_of_thirty_passes_and_twenty_does_not(right: int, passed: bool) -> None:
    result = score_theory(form(30), sheet({f"i{n}": "a" for n in range(right)}), RULE)
    assert (result.right, result.total, result.passed) == (right, 30, passed)
    assert len(result.unanswered) == 30 - right
    assert result.rule_version == "theory-2021"


def test_a_fail_never_shows_as_seventy_percent() -> None:
    items = [KeyedItem(f"i{n}", 1, "a", "t") for n in range(1000)]
    result = score_theory(items, sheet({f"i{n}": "a" for n in range(699)}), RULE)
    assert not result.passed
    assert result.percent == 69.9


def test_a_pilot_item_neither_helps_nor_harms() -> None:
    pilot = KeyedItem("pilot", 1, "a", "new topic", weight=0)
    with_pilot = score_theory([*form(3), pilot], sheet({"i0": "a", "pilot": "b"}), RULE)
    assert with_pilot == score_theory(form(3), sheet({"i0": "a"}), RULE)


def test_a_heavier_item_counts_more() -> None:
    items = [KeyedItem("light", 1, "a", "t"), KeyedItem("heavy", 1, "a", "t", weight=3)]
    assert score_theory(items, sheet({"heavy": "a"}), RULE).passed
    assert not score_theory(items, sheet({"light": "a"}), RULE).passed


def test_what_was_missed_comes_as_topics_with_articles_once_each() -> None:
    result = score_theory(form(6), sheet({"i0": "a", "i1": "b", "i3": "a", "i4": "a"}), RULE)
    assert result.to_review == (("topic-1", "art. 1"), ("topic-2", "art. 2"))
    assert [(score.name, score.right, score.total) for score in result.by_topic] == [
        ("topic-0", 2, 2),
        ("topic-1", 1, 2),
        ("topic-2", 0, 2),
    ]


def test_answers_of_another_part_do_not_count() -> None:
    assert score_theory(form(1), sheet({"i0": "a"}), RULE, part="other").right == 0


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("a", ["a"], True),
        ("a", ["a", "b"], False),
        ("a", 1, False),
        (frozenset("a"), "a", True),
        (frozenset("a"), "b", False),
        (frozenset("a"), [], False),
        ("a", None, False),
        (frozenset("ab"), ["b", "a"], True),
        (frozenset("ab"), ["a"], False),
        (frozenset("ab"), ["a", "b", "c"], False),
        (frozenset("ab"), ["a", "a"], False),
        (frozenset("ab"), "ab", False),
        (frozenset("ab"), [["a"], "b"], False),
        (("a", "b"), ["a", "b"], True),
        (("a", "b"), ["b", "a"], False),
    ],
)
def test_each_kind_of_key(key: object, value: object, right: bool) -> None:
    assert is_right(key, value) is right  # type: ignore[arg-type]


def test_an_empty_form_is_nobodys_pass() -> None:
    with pytest.raises(ValueError, match="without scored items"):
        score_theory([], sheet({}), RULE)
