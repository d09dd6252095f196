"""The battery's result: six aspects, what is left open, and no percentile without a norm."""

from dataclasses import replace

import pytest

from scoring.psychology import choice_reaction, missing_symbol, statements
from scoring.psychology.aspects import Aspect, Coverage
from scoring.psychology.battery import INSTRUMENTS, BatteryResult, CutOff, score_battery
from scoring.psychology.missing_symbol import Design, MissingSymbolScores, RowResponse, make_sheet
from scoring.psychology.norms import NormOutOfRange, NormTable, percentile_rank, proportion_interval
from scoring.reasons import Reason, reason_texts

NORM = NormTable(
    "Example 2026", "applicants, SIM A", 2026, 10, 5, "unpublished", True, ((1.0, 2), (2.0, 4), (4.0, 4))
)


def symbols(columns: int = 5, wrong: int = 0) -> MissingSymbolScores:
    sheet = make_sheet(1, Design(columns=columns))
    rows = [row for column in sheet.columns for row in column.rows[:20]]
    return missing_symbol.score(
        sheet,
        [
            RowResponse(row.item_id, row.shown[0] if n < wrong else row.missing, 100)
            for n, row in enumerate(rows)
        ],
    )


def traits(leaning: int = 4) -> tuple[statements.AspectScore, ...]:
    return statements.score(
        [
            statements.StatementResponse(item.statement_id, statements.keyed_choice(item, leaning), 3000)
            for item in statements.inventory().statements
            if item.aspect
        ]
    )


def reaction() -> choice_reaction.ReactionScores:
    trials = choice_reaction.make_trials(1)
    presses = [
        choice_reaction.TrialResponse(t.item_id, t.right_response, 400 + n) for n, t in enumerate(trials)
    ]
    return choice_reaction.score(trials, presses, device_delay_ms=9.0)


def by_aspect(result: BatteryResult, aspect: Aspect):  # type: ignore[no-untyped-def]
    return next(found for found in result.aspects if found.aspect is aspect)


def test_all_six_aspects_are_always_named() -> None:
    for result in (score_battery(None, None, None), score_battery(traits(), symbols(), reaction())):
        assert {found.aspect for found in result.aspects} == set(Aspect)
        assert {found.explanation for found in result.aspects} <= set(reason_texts())
        assert {found.code for found in result.observations} <= set(reason_texts())


def test_each_aspect_is_measured_by_its_task_and_says_how_far() -> None:
    result = score_battery(traits(), symbols(wrong=10), reaction())
    found = {aspect.aspect: (aspect.instrument, aspect.coverage) for aspect in result.aspects}
    assert found == {
        Aspect.CONCENTRATION: ("choice_reaction", Coverage.PARTIAL),
        Aspect.ACCURACY: ("missing_symbol", Coverage.COVERED),
        Aspect.SELF_CONTROL: ("statements", Coverage.COVERED),
        Aspect.ADJUSTMENT: ("statements", Coverage.COVERED),
        Aspect.EMOTIONAL_STABILITY: ("statements", Coverage.COVERED),
        Aspect.WORK_ENDURANCE: (None, Coverage.OPEN),
    }
    assert by_aspect(result, Aspect.ACCURACY).raw == pytest.approx(0.10)
    assert by_aspect(result, Aspect.SELF_CONTROL).raw == 4.0
    assert result.domains_open == ("cognitive",)


def test_five_minutes_are_not_endurance_but_ten_columns_say_something() -> None:
    short = by_aspect(score_battery(None, symbols(5), None), Aspect.WORK_ENDURANCE)
    long = by_aspect(score_battery(None, symbols(10), None), Aspect.WORK_ENDURANCE)
    assert (short.raw, short.explanation) == (None, "open_work_endurance")
    assert (long.raw, long.coverage) == (0.0, Coverage.PARTIAL)


def test_without_a_norm_there_is_no_percentile_cut_off_or_margin() -> None:
    result = score_battery(traits(), symbols(), reaction(), cut_offs={Aspect.ACCURACY: CutOff(16, "nobody")})
    for found in result.aspects:
        assert (found.norm, found.percentile, found.cut_off, found.margin) == (None, None, None, None)


def test_with_a_norm_the_result_names_it_and_higher_is_better() -> None:
    cut_off = {Aspect.ACCURACY: CutOff(33, "policy of the example")}
    share = replace(NORM, values=((0.0, 1), (0.05, 1), (0.10, 2), (0.50, 6)))
    result = score_battery(None, symbols(wrong=10), None, norms={Aspect.ACCURACY: share}, cut_offs=cut_off)
    accuracy = by_aspect(result, Aspect.ACCURACY)
    assert accuracy.percentile == 70.0  # six of ten made more errors, two as many
    assert accuracy.margin == 37.0
    assert accuracy.norm.name == "Example 2026"
    assert accuracy.norm.provisional


def test_a_share_carries_its_uncertainty_and_a_single_self_report_none() -> None:
    result = score_battery(traits(), symbols(wrong=10), None)
    interval = by_aspect(result, Aspect.ACCURACY).uncertainty
    assert interval.low < 0.10 < interval.high
    assert by_aspect(result, Aspect.SELF_CONTROL).uncertainty is None


def test_a_part_not_sat_differs_from_one_with_too_few_answers() -> None:
    too_few = tuple(replace(trait, mean=None, total=None) for trait in traits())
    assert by_aspect(score_battery(None, None, None), Aspect.ADJUSTMENT).explanation == "open_not_sat"
    assert (
        by_aspect(score_battery(too_few, None, None), Aspect.ADJUSTMENT).explanation == "open_too_few_answers"
    )


def test_validity_flags_change_no_score() -> None:
    flags = (Reason("validity_too_fast", {"seconds": "1.2"}),)
    flagged = score_battery(traits(), symbols(), reaction(), validity=flags)
    assert replace(flagged, validity=()) == score_battery(traits(), symbols(), reaction())


def test_the_device_delay_stands_beside_the_times_and_is_not_subtracted() -> None:
    seen = {found.code: found.value for found in score_battery(None, None, reaction()).observations}
    assert seen["reaction_device_delay"] == 9.0
    assert seen["reaction_median"] == reaction().median_ms


def test_the_battery_is_sat_in_a_fixed_order() -> None:
    assert [part.name for part in INSTRUMENTS] == ["statements", "missing_symbol", "choice_reaction"]


@pytest.mark.parametrize(
    ("raw", "percent"), [(0.5, 0), (1.0, 10), (1.5, 20), (2.0, 40), (4.0, 80), (5.0, 100)]
)
def test_ties_count_half(raw: float, percent: float) -> None:
    assert percentile_rank(raw, NORM) == percent


def test_a_small_norm_group_is_refused() -> None:
    with pytest.raises(NormOutOfRange, match="needs 200"):
        percentile_rank(2.0, replace(NORM, minimum_n=200))


def test_a_norm_table_that_miscounts_its_people_is_refused() -> None:
    with pytest.raises(ValueError, match="don't add up"):
        replace(NORM, n=11)


def test_an_interval_of_nothing_seen_still_has_width() -> None:
    nothing = proportion_interval(0.0, 20)
    assert nothing.low == 0.0
    assert 0.10 < nothing.high < 0.20
