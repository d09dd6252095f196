"""Classical item statistics from a tidy frame of responses, each with a caution where the numbers are too few.

A tidy frame has one row a person and item: `person`, `item`, `option` (the chosen option, missing when
unanswered), `right` (bool). Every statistic assumes that an unanswered item is wrong, as the exam does.
Items a person never saw have no row.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import pandas as pd

COLUMNS = ("person", "item", "option", "right")
FEW_FOR_FACILITY = 30
FEW_FOR_DISCRIMINATION = 100
FEW_FOR_RELIABILITY = 100


class Caution(StrEnum):
    """Why a figure must not be acted on alone."""

    FEW_ANSWERS = "few_answers"
    NEGATIVE_DISCRIMINATION = "negative_discrimination"  # the key is suspect
    EVERYBODY_ALIKE = "everybody_alike"  # all right or all wrong: nothing can be discriminated
    INCOMPLETE = "incomplete"  # people saw different items, so totals are not comparable


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """`facility`: share right (0-1). `discrimination`: correlation with the other items (−1 to 1) or None.

    .2-.4 is fair, .4-.7 good; negative means a suspect key.
    """

    item: str
    answers: int
    facility: float
    discrimination: float | None
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Reliability:
    """`kr20` (at most 1, None when undefined) and `sem` = SD √(1 − KR-20) in items, over people who saw every item."""

    people: int
    items: int
    kr20: float | None
    sem: float | None
    cautions: tuple[Caution, ...]


def _checked(responses: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in COLUMNS if name not in responses.columns]
    if missing:
        raise ValueError(f"The responses lack the column(s) {', '.join(missing)}.")
    if responses.duplicated(["person", "item"]).any():
        raise ValueError("A person answers an item once: fold repeated answers first.")
    return responses


def score_matrix(responses: pd.DataFrame) -> pd.DataFrame:
    """People × items of 1.0 and 0.0; NaN where a person never saw the item. Raises `ValueError` when not tidy."""
    checked = _checked(responses)
    return checked.assign(right=checked["right"].astype(float)).pivot_table(
        index="person", columns="item", values="right", aggfunc="first"
    )


def item_statistics(responses: pd.DataFrame) -> tuple[ItemStatistics, ...]:
    """Facility and corrected item-total correlation of every item, in the items' order."""
    matrix = score_matrix(responses)
    seen = matrix.notna()
    # With forms drawn at random, people sat different items: the rest score is a share of what each one saw.
    totals, counts = matrix.sum(axis=1), seen.sum(axis=1)
    found = []
    for name in matrix.columns:
        answered = seen[name]
        scores = matrix.loc[answered, name]
        others = counts[answered] - 1
        rest = ((totals[answered] - scores) / others)[others > 0]
        found.append(_item(str(name), scores, rest))
    return tuple(found)


def _item(name: str, scores: "pd.Series[float]", rest: "pd.Series[float]") -> ItemStatistics:
    paired = scores.loc[rest.index]
    undefined = len(paired) < 3 or paired.nunique() < 2 or rest.nunique() < 2
    discrimination = None if undefined else float(paired.corr(rest))
    cautions = []
    if len(scores) < FEW_FOR_FACILITY or (
        discrimination is not None and len(scores) < FEW_FOR_DISCRIMINATION
    ):
        cautions.append(Caution.FEW_ANSWERS)
    if discrimination is not None and discrimination < 0:
        cautions.append(Caution.NEGATIVE_DISCRIMINATION)
    if scores.nunique() < 2:
        cautions.append(Caution.EVERYBODY_ALIKE)
    return ItemStatistics(name, len(scores), float(scores.mean()), discrimination, tuple(cautions))


def distractor_table(responses: pd.DataFrame) -> pd.DataFrame:
    """How each option fared: columns item, option, chosen (people), share (0-1), mean_score (their mean share right).

    A distractor nobody takes does no work; one whose takers score higher than the key's is a suspect key. An unanswered
    item appears as option "".
    """
    checked = _checked(responses)
    ability = checked.groupby("person")["right"].mean().rename("ability")
    joined = checked.assign(option=checked["option"].fillna("")).join(ability, on="person")
    table = joined.groupby(["item", "option"]).agg(chosen=("person", "size"), mean_score=("ability", "mean"))
    flat = table.reset_index()
    flat["share"] = flat["chosen"] / flat.groupby("item")["chosen"].transform("sum")
    return flat[["item", "option", "chosen", "share", "mean_score"]]


def reliability(responses: pd.DataFrame) -> Reliability:
    """KR-20 and SEM over the people who saw every item.

    Source: Kuder & Richardson (1937), formula 20, with the population variance of the totals.
    """
    matrix = score_matrix(responses)
    complete = matrix.dropna()
    cautions = [Caution.INCOMPLETE] if len(complete) < len(matrix) else []
    people, items = complete.shape
    if people < FEW_FOR_RELIABILITY:
        cautions.append(Caution.FEW_ANSWERS)
    variance = float(complete.sum(axis=1).var(ddof=0)) if people else 0.0
    if items < 2 or variance == 0:
        return Reliability(people, items, None, None, (*cautions, Caution.EVERYBODY_ALIKE))
    share = complete.mean()
    kr20 = items / (items - 1) * (1 - float((share * (1 - share)).sum()) / variance)
    return Reliability(people, items, kr20, sqrt(variance * max(0.0, 1 - kr20)), tuple(cautions))
