"""Item statistics against a worked example and against planted faults."""

import pandas as pd
import pytest

from scoring.item_analysis import Caution, distractor_table, item_statistics, reliability, score_matrix


def tidy(rows: list[tuple[str, str, str | None, bool]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person", "item", "option", "right"])


def from_matrix(matrix: list[list[int]]) -> pd.DataFrame:
    return tidy(
        [
            (f"p{person:03d}", f"i{item}", "a" if right else "b", bool(right))
            for person, row in enumerate(matrix)
            for item, right in enumerate(row)
        ]
    )


# A Guttman scale of four items: whoever solves a harder one solves all easier ones.
GUTTMAN = [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]]


def test_facility_and_discrimination_of_a_perfect_scale() -> None:
    stats = {item.item: item for item in item_statistics(from_matrix(GUTTMAN))}
    assert [stats[f"i{n}"].facility for n in range(4)] == [0.8, 0.6, 0.4, 0.2]
    # Item 0 against the rest (0, 0, 1, 2, 3): covariance .24, deviations .4 and 1.16619.
    assert stats["i0"].discrimination == pytest.approx(0.5145, abs=1e-4)


def test_kr20_and_sem_of_a_perfect_scale() -> None:
    found = reliability(from_matrix(GUTTMAN))
    # 4/3 × (1 − (.16 + .24 + .24 + .16) / 2) = 0.8; SEM = √(2 × 0.2).
    assert found.kr20 == pytest.approx(0.8)
    assert found.sem == pytest.approx(0.4**0.5)
    assert Caution.FEW_ANSWERS in found.cautions


def test_a_wrong_key_shows_as_negative_discrimination() -> None:
    keyed_wrong = [[*row, 1 - row[1]] for row in GUTTMAN * 30]
    suspect = {item.item: item for item in item_statistics(from_matrix(keyed_wrong))}["i4"]
    assert suspect.discrimination is not None
    assert suspect.discrimination < 0
    assert suspect.cautions == (Caution.NEGATIVE_DISCRIMINATION,)


def test_few_answers_are_cautioned_and_many_are_not() -> None:
    assert Caution.FEW_ANSWERS in item_statistics(from_matrix(GUTTMAN * 5))[0].cautions
    assert item_statistics(from_matrix(GUTTMAN * 20))[0].cautions == ()


def test_an_item_everybody_solves_discriminates_nothing() -> None:
    solved = item_statistics(from_matrix([[1, *row] for row in GUTTMAN]))[0]
    assert (solved.facility, solved.discrimination) == (1.0, None)
    assert Caution.EVERYBODY_ALIKE in solved.cautions


def test_people_with_different_forms_are_compared_by_share() -> None:
    frame = from_matrix(GUTTMAN * 2)
    partial = frame[~((frame["person"] == "p004") & (frame["item"] == "i3"))]
    assert score_matrix(partial).isna().sum().sum() == 1
    assert {item.item: item.answers for item in item_statistics(partial)}["i3"] == 9
    assert Caution.INCOMPLETE in reliability(partial).cautions
    assert reliability(partial).people == 9


def test_the_distractor_table_shows_who_takes_what() -> None:
    frame = tidy(
        [
            ("strong", "q1", "a", True),
            ("strong", "q2", "a", True),
            ("weak", "q1", "b", False),
            ("weak", "q2", "a", True),
            ("silent", "q1", None, False),
            ("silent", "q2", None, False),
        ]
    )
    table = distractor_table(frame).set_index(["item", "option"])
    assert table.loc[("q1", "a"), "mean_score"] == 1.0
    assert table.loc[("q1", "b"), "mean_score"] == 0.5
    assert table.loc[("q1", ""), "chosen"] == 1
    assert table.loc[("q2", "a"), "share"] == pytest.approx(2 / 3)


def test_a_frame_that_is_not_tidy_is_refused() -> None:
    with pytest.raises(ValueError, match="lack the column"):
        item_statistics(pd.DataFrame({"person": []}))
    with pytest.raises(ValueError, match="answers an item once"):
        item_statistics(tidy([("p", "q", "a", True), ("p", "q", "b", False)]))


def test_nobody_examined_yet_gives_empty_tables_not_errors() -> None:
    empty = tidy([])
    assert item_statistics(empty) == ()
    assert distractor_table(empty).empty
    assert reliability(empty).kr20 is None
