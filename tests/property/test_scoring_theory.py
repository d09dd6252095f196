"""The pass mark, in exact arithmetic."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from scoring.policy import rules_on
from scoring.responses import ResponseEvent, ResponseKind, answer_sheet
from scoring.theory import KeyedItem, pass_mark, score_theory

RULE = rules_on(date(2026, 11, 23)).theory
AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


@given(st.integers(1, 5000), st.integers(0, 100))
def test_the_pass_mark_is_the_least_number_that_reaches_the_percentage(points: int, percent: int) -> None:
    mark = pass_mark(points, replace(RULE, pass_percent=percent))
    assert Fraction(mark, points) >= Fraction(percent, 100)
    assert mark == 0 or Fraction(mark - 1, points) < Fraction(percent, 100)


weights = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["a", "b", None])), min_size=1, max_size=40
).filter(lambda rows: any(weight for weight, _ in rows))


@given(weights)
def test_points_topics_and_verdict_agree(rows: list[tuple[int, str | None]]) -> None:
    form = [KeyedItem(f"i{n}", 1, "a", f"t{n % 4}", weight=weight) for n, (weight, _) in enumerate(rows)]
    events = [
        ResponseEvent(n, UUID(int=n), 1, "theory", ResponseKind.ANSWER, f"i{n}", answer, None, AT)
        for n, (_, answer) in enumerate(rows)
        if answer is not None
    ]
    result = score_theory(form, answer_sheet(events), RULE)
    assert result.points == sum(weight for weight, answer in rows if answer == "a")
    assert result.passed is (Fraction(result.points, result.max_points) >= Fraction(70, 100))
    assert result.passed is (result.percent >= 70)
    assert sum(group.right for group in result.by_topic) == result.right
    assert sum(group.total for group in result.by_topic) == result.total
    assert bool(result.to_review) is (result.right < result.total)
