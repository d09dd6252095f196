"""The two timed tasks and the column statistics."""

import pytest

from scoring.psychology import choice_reaction, kraepelin, missing_symbol
from scoring.psychology.choice_reaction import TrialResponse, make_trials
from scoring.psychology.missing_symbol import Design, RowResponse, Sheet, make_sheet
from scoring.psychology.reading import BadResponse
from scoring.psychology.validity import task_flags

# Fifty columns whose sum is 476 and whose absolute deviations from the mean sum to 57.84, as the manual's example.
CHECK = [8] * 18 + [9] * 3 + [10] * 14 + [11] * 15


def test_the_check_values_of_the_manual() -> None:
    assert sum(CHECK) == 476
    assert kraepelin.panker(CHECK) == pytest.approx(9.52)
    assert kraepelin.janker(CHECK) == pytest.approx(57.84 / 50)
    assert round(kraepelin.janker(CHECK), 3) == 1.157
    assert kraepelin.janker_range(CHECK) == 3
    assert kraepelin.tianker(errors=4, skips=3) == 7


def test_endurance_is_the_rise_of_the_line() -> None:
    assert kraepelin.hanker([10, 12, 14, 16]) == pytest.approx(8)
    assert kraepelin.hanker([16, 14, 12, 10]) == pytest.approx(-8)
    assert kraepelin.hanker([9, 9, 9]) == pytest.approx(0)
    assert kraepelin.trend([10, 12, 14, 16]) == pytest.approx((8, 2))


def test_a_line_needs_two_columns() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        kraepelin.hanker([9])


def right(sheet: Sheet, rows: dict[int, int]) -> list[RowResponse]:
    """The first rows of each column (numbered from 1) answered rightly, a row a second."""
    return [
        RowResponse(row.item_id, row.missing, 1000.0 * place)
        for number, count in rows.items()
        for place, row in enumerate(sheet.columns[number - 1].rows[:count])
    ]


def test_a_sheet_is_fair_and_the_seeds_own() -> None:
    sheet = make_sheet(11)
    assert sheet == make_sheet(11)
    assert sheet != make_sheet(12)
    for column in sheet.columns:
        assert len(set(column.key)) == 5
        for row in column.rows:
            assert {*row.shown, row.missing} == set(column.key)
        gone = [row.missing for row in column.rows]
        assert {gone.count(symbol) for symbol in column.key} == {9}


def test_a_row_that_would_come_twice_is_turned_except_on_a_sheet_made_before_that_rule() -> None:
    now, before = (make_sheet(4, repeats=repeats).columns[0].rows for repeats in (False, True))
    assert before[4].shown == before[5].shown
    first, *rest = before[5].shown
    assert now[5].shown == (*rest, first)
    assert now[:5] == before[:5]


def test_errors_skips_and_rows_never_reached_differ() -> None:
    sheet = make_sheet(1, Design(columns=2, rows=10))
    first = sheet.columns[0].rows
    responses = [
        RowResponse(first[0].item_id, first[0].missing, 900),
        RowResponse(first[1].item_id, first[1].shown[0], 1800),
        RowResponse(first[2].item_id, None, 2500),
        RowResponse(first[5].item_id, first[5].missing, 4000),
    ]
    scores = missing_symbol.score(sheet, responses)
    column = scores.columns[0]
    assert (column.correct, column.errors, column.skips) == (2, 1, 3)
    assert scores.accuracy_lost == 4
    assert scores.error_share == pytest.approx(4 / 6)
    assert scores.columns[1].answered == 0


def test_speed_steadiness_and_endurance_follow_the_columns() -> None:
    sheet = make_sheet(1)
    scores = missing_symbol.score(sheet, right(sheet, {1: 10, 2: 12, 3: 14, 4: 16, 5: 18}))
    assert (scores.correct, scores.errors, scores.error_share) == (70, 0, 0.0)
    assert scores.speed == 14
    assert scores.steadiness == pytest.approx(2.4)
    assert scores.steadiness_range == 8
    assert scores.endurance == pytest.approx(10)


def test_an_answer_after_the_columns_time_is_not_scored() -> None:
    sheet = make_sheet(1)
    row = sheet.columns[0].rows[0]
    scores = missing_symbol.score(sheet, [RowResponse(row.item_id, row.missing, 60_001)])
    assert (scores.correct, scores.too_late, scores.error_share) == (0, 1, None)


@pytest.mark.parametrize(
    ("item_id", "value"),
    [
        ("c9r1", {"symbol": "circle", "t_ms": 1}),
        ("c1r1", {"symbol": "elephant", "t_ms": 1}),
        ("c1r1", {"symbol": None, "t_ms": None}),
        ("c1r1", "circle"),
    ],
)
def test_a_symbol_that_is_not_on_the_key_is_refused(item_id: str, value: object) -> None:
    with pytest.raises(BadResponse):
        missing_symbol.read_responses(make_sheet(1), {item_id: value})  # type: ignore[dict-item]


def test_marking_at_random_is_flagged_and_honest_slips_are_not() -> None:
    sheet = make_sheet(1)
    shown = [RowResponse(row.item_id, row.shown[0], 500) for row in sheet.columns[0].rows]
    assert [flag.code for flag in task_flags(missing_symbol.score(sheet, shown), None)] == [
        "validity_marking_at_random"
    ]
    assert task_flags(missing_symbol.score(sheet, [*right(sheet, {1: 40}), shown[41]]), None) == ()


TRIALS = make_trials(5)
SCORED = [trial for trial in TRIALS if not trial.practice]


def pressed(times: list[float], wrong: frozenset[int] = frozenset()) -> list[TrialResponse]:
    other = {"left": "right", "right": "left", "up": "down", "down": "up"}
    return [
        TrialResponse(
            trial.item_id, other[trial.right_response] if place in wrong else trial.right_response, time
        )
        for place, (trial, time) in enumerate(zip(SCORED, times, strict=False))
    ]


def test_trials_are_balanced_reproducible_and_unforeseeable() -> None:
    assert make_trials(5) == TRIALS
    assert make_trials(6) != TRIALS
    stimuli = [trial.stimulus for trial in SCORED]
    assert {stimuli.count(name) for name in stimuli} == {12}
    assert len({trial.foreperiod_ms for trial in SCORED}) > 20
    assert all(600 <= trial.foreperiod_ms <= 1600 for trial in TRIALS)
    assert sum(trial.practice for trial in TRIALS) == 8


def test_median_and_spread_are_those_of_right_answers() -> None:
    times = [400.0, 500.0, 600.0, 700.0] * 12
    scores = choice_reaction.score(TRIALS, pressed(times), device_delay_ms=12.5)
    assert (scores.median_ms, scores.iqr_ms, scores.error_rate) == (550.0, 150.0, 0.0)
    assert (scores.valid, scores.lapses, scores.anticipations, scores.device_delay_ms) == (48, 0, 0, 12.5)


def test_errors_anticipations_lapses_and_silence_are_told_apart() -> None:
    times = [149.0, 150.0, 1500.0, 1501.0] + [500.0] * 40
    scores = choice_reaction.score(TRIALS, pressed(times, wrong=frozenset({10, 11})))
    assert scores.anticipations == 1
    assert scores.lapses == 1 + 4  # one slow press and four trials without any
    assert scores.valid == 40
    assert scores.error_rate == pytest.approx(2 / 43)


def test_practice_is_not_scored() -> None:
    practice = [TrialResponse(trial.item_id, trial.right_response, 300) for trial in TRIALS if trial.practice]
    assert choice_reaction.score(TRIALS, practice).valid == 0


def test_too_few_usable_trials_give_no_score() -> None:
    scores = choice_reaction.score(TRIALS, pressed([500.0] * 23))
    assert (scores.median_ms, scores.iqr_ms, scores.error_rate) == (None, None, None)
    assert scores.valid == 23


def test_hammering_the_button_is_flagged() -> None:
    scores = choice_reaction.score(TRIALS, pressed([50.0] * 20 + [500.0] * 28))
    assert [flag.code for flag in task_flags(None, scores)] == ["validity_anticipations"]


def test_responses_are_read_from_what_the_browser_sends() -> None:
    values = {
        "t1": {"response": "left", "rt_ms": 412.3},
        "t2": {"response": None, "rt_ms": None},
        "device": {"delay_ms": 16.7},
    }
    responses, delay = choice_reaction.read_responses(TRIALS, values)
    assert responses == (TrialResponse("t1", "left", 412.3), TrialResponse("t2", None, None))
    assert delay == 16.7
    with pytest.raises(BadResponse):
        choice_reaction.read_responses(TRIALS, {"t999": {"response": "left", "rt_ms": 1}})
    with pytest.raises(BadResponse):
        choice_reaction.read_responses(TRIALS, {"t1": {"response": "sideways", "rt_ms": 1}})


def test_an_answer_at_the_last_moment_of_a_column_counts() -> None:
    sheet = make_sheet(1)
    row = sheet.columns[0].rows[0]
    assert missing_symbol.score(sheet, [RowResponse(row.item_id, row.missing, 60_000)]).correct == 1
