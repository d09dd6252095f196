"""The index finds just what comparing each item with each would find, whatever was changed since."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.item import ItemVersion
from question_bank.similarity import SimilarityIndex, features, similarity
from question_bank.text import Text
from tests.support.strategies import distinct_items

_STEMS = ["kiri lurus kanan", "kiri lurus", "lurus kanan", "kiri lurus kanan berhenti", "berhenti", "?"]


def variants(items: list[ItemVersion], stems: list[str]) -> list[ItemVersion]:
    """Items that share much: the same options under few stems."""
    if not items:
        return []
    return [
        replace(items[number % len(items)], item_id=f"VAR-{number:04d}", stem=Text.of(id=stem))
        for number, stem in enumerate(stems)
    ]


banks = st.builds(variants, distinct_items(3), st.lists(st.sampled_from(_STEMS), max_size=9))


@settings(max_examples=60, deadline=None)
@given(banks, st.sampled_from([0.3, 0.6, 0.9, 1.0]))
def test_every_near_pair_is_found_and_no_other(items: list[ItemVersion], near: float) -> None:
    expected = {
        (one.item_id, other.item_id)
        for one in items
        for other in items
        if one.item_id < other.item_id and similarity(features(one), features(other)) >= near
    }
    assert {(found.item, found.other) for found in SimilarityIndex(items, near).pairs()} == expected


@settings(max_examples=40, deadline=None)
@given(banks, banks)
def test_an_index_brought_up_to_date_answers_as_one_made_anew(
    before: list[ItemVersion], after: list[ItemVersion]
) -> None:
    index = SimilarityIndex(before)
    for item in after:
        index.put(item)
    now = {item.item_id: item for item in [*before, *after]}
    fresh = SimilarityIndex(now.values())
    for item in now.values():
        assert index.like(item) == fresh.like(item)
