"""Sheets, scores and ranks for any seed and any behaviour."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scoring.psychology import choice_reaction, kraepelin, missing_symbol
from scoring.psychology.missing_symbol import Design, RowResponse, make_sheet
from scoring.psychology.norms import NormTable, percentile_rank, proportion_interval
from scoring.psychology.statements import inventory, presented

seeds = st.integers(0, 2**63)
counts = st.lists(st.integers(0, 60), min_size=2, max_size=50)
small = Design(columns=3, rows=10)


@given(seeds)
def test_every_sheet_can_be_solved(seed: int) -> None:
    sheet = make_sheet(seed, small)
    solved = [RowResponse(row.item_id, row.missing, 1) for column in sheet.columns for row in column.rows]
    scores = missing_symbol.score(sheet, solved)
    assert (scores.correct, scores.errors, scores.skips, scores.error_share) == (30, 0, 0, 0.0)


@given(seeds, st.builds(Design, columns=st.integers(1, 20), rows=st.integers(1, 60)))
def test_a_press_always_changes_the_row_that_is_seen(seed: int, design: Design) -> None:
    sheet, before = make_sheet(seed, design), make_sheet(seed, design, repeats=True)
    for column, old in zip(sheet.columns, before.columns, strict=True):
        assert all(one.shown != other.shown for one, other in pairwise(column.rows))
        assert column.key == old.key
        # What is right stayed what it was, so responses to sheets of before are scored as before.
        assert [(row.item_id, row.missing) for row in column.rows] == [
            (row.item_id, row.missing) for row in old.rows
        ]
        assert all({*row.shown, row.missing} == set(column.key) for row in column.rows)


@given(seeds, st.data())
def test_whatever_is_marked_every_row_is_counted_once(seed: int, data: st.DataObject) -> None:
    sheet = make_sheet(seed, small)
    rows = [(row, column.key) for column in sheet.columns for row in column.rows]
    marked = data.draw(st.lists(st.sampled_from(rows), unique_by=lambda pair: pair[0].item_id))
    responses = [
        RowResponse(
            row.item_id,
            data.draw(st.one_of(st.none(), st.sampled_from(key))),
            data.draw(st.floats(0, 90_000)),
        )
        for row, key in marked
    ]
    scores = missing_symbol.score(sheet, responses)
    assert 0 <= scores.correct + scores.errors + scores.skips <= 30
    assert all(column.correct >= 0 and column.skips >= 0 for column in scores.columns)
    assert scores.error_share is None or 0 <= scores.error_share <= 1


@given(seeds)
def test_statements_all_appear_once(seed: int) -> None:
    order = [item.statement_id for item in presented(seed)]
    assert sorted(order) == sorted(item.statement_id for item in inventory().statements)


@given(seeds, st.integers(1, 80), st.sampled_from([2, 4]))
def test_stimuli_are_balanced(seed: int, trials: int, choices: int) -> None:
    design = choice_reaction.Design(trials=trials, practice=0, choices=choices)
    stimuli = [trial.stimulus for trial in choice_reaction.make_trials(seed, design)]
    tally = [stimuli.count(name) for name in design.mapping]
    assert max(tally) - min(tally) <= 1


@given(counts, st.integers(0, 20))
def test_working_faster_throughout_moves_speed_and_nothing_else(columns: list[int], more: int) -> None:
    faster = [count + more for count in columns]
    assert abs(kraepelin.panker(faster) - kraepelin.panker(columns) - more) < 1e-9
    assert abs(kraepelin.janker(faster) - kraepelin.janker(columns)) < 1e-9
    assert abs(kraepelin.hanker(faster) - kraepelin.hanker(columns)) < 1e-9


@given(counts)
def test_endurance_turns_its_sign_when_the_columns_are_reversed(columns: list[int]) -> None:
    assert abs(kraepelin.hanker(columns) + kraepelin.hanker(columns[::-1])) < 1e-9


@given(
    st.dictionaries(st.integers(0, 20), st.integers(1, 30), min_size=1),
    st.integers(-1, 21),
    st.integers(-1, 21),
)
def test_a_higher_score_never_ranks_lower(rows: dict[int, int], one: int, other: int) -> None:
    values = tuple((float(value), people) for value, people in rows.items())
    norm = NormTable("any", "any", 2026, sum(rows.values()), 1, "none", True, values)
    low, high = sorted((one, other))
    assert 0 <= percentile_rank(low, norm) <= percentile_rank(high, norm) <= 100


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share_and_narrows_with_more_cases(n: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(0, n)) / n
    few, many = proportion_interval(share, n), proportion_interval(share, n * 10)
    assert few.low - 1e-9 <= share <= few.high + 1e-9
    assert many.high - many.low < few.high - few.low
