"""The agreement scale: content, scoring and signs of carelessness."""

import pytest

from scoring.psychology.aspects import Aspect
from scoring.psychology.reading import BadResponse
from scoring.psychology.statements import (
    Inventory,
    Statement,
    StatementResponse,
    inventory,
    keyed_choice,
    presented,
    read_responses,
    score,
)
from scoring.psychology.validity import longest_run, statement_flags

TRAITS = (Aspect.EMOTIONAL_STABILITY, Aspect.SELF_CONTROL, Aspect.ADJUSTMENT)


def honest(seed: int = 1, leaning: int = 4, rt_ms: float = 4000) -> list[StatementResponse]:
    """Somebody who has `leaning` (1-5) of every aspect, and reads the instructed statements."""
    return [
        StatementResponse(item.statement_id, item.instructed or keyed_choice(item, leaning), rt_ms)
        for item in presented(seed)
    ]


def flag_codes(responses: list[StatementResponse]) -> list[str]:
    return [flag.code for flag in statement_flags(responses)]


def test_the_inventory_is_what_it_says() -> None:
    shown = inventory()
    for aspect in TRAITS:
        items = shown.of(aspect)
        assert len(items) >= 14
        assert 0.4 <= sum(item.reverse for item in items) / len(items) <= 0.6
        assert all(item.source_scale.startswith("IPIP") and item.source_item for item in items)
    assert sum(item.instructed is not None for item in shown.statements) == 2
    assert len(shown.pairs) == 3
    assert len({item.statement_id for item in shown.statements}) == len(shown.statements)
    assert all(len(labels) == 5 for labels in shown.scale.values())


def test_the_wording_is_ours_in_both_languages() -> None:
    for item in inventory().statements:
        assert item.text["id"].endswith(".")
        assert item.text["en"].endswith(".")
        assert item.text["en"].lower() != f"i {item.source_item}".lower()


def test_the_order_is_the_seeds_and_instructed_statements_are_hidden_in_it() -> None:
    assert presented(7) == presented(7)
    assert presented(7) != presented(8)
    order = presented(7)
    assert len(order) == len(inventory().statements)
    places = [place for place, item in enumerate(order) if item.instructed is not None]
    assert places[0] > 5
    assert places[0] + 5 < places[1] < len(order) - 5


@pytest.mark.parametrize("leaning", [1, 2, 3, 4, 5])
def test_agreeing_with_either_side_gives_the_same_mean(leaning: int) -> None:
    for trait in score(honest(leaning=leaning)):
        assert trait.mean == leaning
        assert trait.total == leaning * trait.statements
        assert trait.sem is None


def test_saying_yes_to_everything_lands_in_the_middle() -> None:
    yes = [StatementResponse(item.statement_id, 5, 4000) for item in presented(1)]
    assert [trait.mean for trait in score(yes)] == [3.0, 3.0, 3.0]


def test_a_tenth_may_be_missing_and_more_is_not_scored() -> None:
    skipped = [item.statement_id for item in inventory().of(Aspect.SELF_CONTROL)]
    one_missing = [given for given in honest() if given.statement_id not in skipped[:1]]
    two_missing = [given for given in honest() if given.statement_id not in skipped[:2]]
    kept = {trait.aspect: trait for trait in score(one_missing)}[Aspect.SELF_CONTROL]
    lost = {trait.aspect: trait for trait in score(two_missing)}[Aspect.SELF_CONTROL]
    assert (kept.mean, kept.total, kept.answered) == (4.0, 56.0, 13)
    assert (lost.mean, lost.total, lost.answered) == (None, None, 12)


def test_an_attentive_person_is_not_flagged() -> None:
    for leaning in (2, 3.0, 4):
        assert flag_codes(honest(leaning=int(leaning))) in ([], ["validity_longstring"])
    assert flag_codes(honest(leaning=4)) == []


def test_the_same_answer_all_along_is_flagged() -> None:
    assert (
        flag_codes([StatementResponse(item.statement_id, 3, 4000) for item in presented(1)])[0]
        == "validity_longstring"
    )
    assert longest_run([1, 2, 2, 2, 1, 1]) == 3
    assert longest_run([]) == 0


def test_under_two_seconds_a_statement_is_flagged() -> None:
    assert flag_codes(honest(rt_ms=1900)) == ["validity_too_fast"]
    assert flag_codes(honest(rt_ms=2000)) == []


def test_a_missed_instruction_is_flagged() -> None:
    wrong = [
        StatementResponse(given.statement_id, 3, given.rt_ms) if given.statement_id == "in-01" else given
        for given in honest()
    ]
    assert flag_codes(wrong) == ["validity_instructed_missed"]


def test_contradicting_oneself_in_two_pairs_is_flagged_and_in_one_is_not() -> None:
    def contradict(pairs: int) -> list[StatementResponse]:
        turned = {second for _, second in inventory().pairs[:pairs]}
        items = {item.statement_id: item for item in inventory().statements}
        return [
            StatementResponse(g.statement_id, keyed_choice(items[g.statement_id], 1), g.rt_ms)
            if g.statement_id in turned
            else g
            for g in honest()
        ]

    assert flag_codes(contradict(1)) == []
    assert flag_codes(contradict(2)) == ["validity_inconsistent"]


def test_nobody_who_answered_nothing_is_flagged() -> None:
    assert statement_flags([]) == ()


@pytest.mark.parametrize(
    ("item_id", "value"),
    [
        ("es-01", {"choice": 6, "rt_ms": 10}),
        ("es-01", {"choice": 0, "rt_ms": 10}),
        ("es-01", {"choice": True, "rt_ms": 10}),
        ("es-01", {"choice": 3}),
        ("es-01", {"choice": 3, "rt_ms": -1}),
        ("es-01", {"choice": 3, "rt_ms": float("nan")}),
        ("es-01", 3),
        ("es-99", {"choice": 3, "rt_ms": 10}),
    ],
)
def test_what_the_client_never_sends_is_refused(item_id: str, value: object) -> None:
    with pytest.raises(BadResponse) as refused:
        read_responses(presented(1), {item_id: value})  # type: ignore[dict-item]
    assert refused.value.item_id == item_id


def test_answers_are_read_in_the_order_they_were_shown() -> None:
    order = presented(3)
    sent = {item.statement_id: {"choice": 3, "rt_ms": 2500} for item in reversed(order)}
    assert [given.statement_id for given in read_responses(order, sent)] == [
        item.statement_id for item in order
    ]


def test_reversing_twice_is_nothing() -> None:
    item = Statement("x", {}, reverse=True)
    assert [keyed_choice(item, keyed_choice(item, choice)) for choice in range(1, 6)] == [1, 2, 3, 4, 5]


def test_exactly_a_tenth_missing_is_still_scored() -> None:
    ten = tuple(Statement(f"x{n}", {}, aspect=Aspect.SELF_CONTROL) for n in range(10))
    shown = Inventory("test", ten, (), {})
    nine = [StatementResponse(item.statement_id, 2, 4000) for item in ten[:9]]
    assert score(nine, shown)[0].total == 20.0
    assert score(nine[:8], shown)[0].total is None


@pytest.mark.parametrize(("run", "flagged"), [(11, False), (12, True)])
def test_the_twelfth_same_answer_in_a_row_is_flagged(run: int, flagged: bool) -> None:
    order = [item for item in presented(1) if item.instructed is None][:20]
    choices = [4] * run + [2, 5] * 20
    given = [
        StatementResponse(item.statement_id, choice, 4000)
        for item, choice in zip(order, choices, strict=False)
    ]
    assert ("validity_longstring" in flag_codes(given)) is flagged
