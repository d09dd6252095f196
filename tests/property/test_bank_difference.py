"""A difference shown to people holds both texts: without the new words it is the old one, and the other way round."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from examapp.services.bank.difference import Fate, differences
from question_bank.canonical import same_content
from question_bank.item import ItemVersion
from question_bank.text import Text
from tests.support.strategies import items

_words = st.sampled_from(["rambu", "ini", "berarti", "apa?", "<b>", "\n"])
phrases = st.lists(_words, min_size=1, max_size=12).map(" ".join)


@given(items(), phrases, phrases)
def test_both_texts_can_be_read_out_of_the_pieces(item: ItemVersion, old: str, new: str) -> None:
    before, after = replace(item, stem=Text.of(id=old)), replace(item, stem=Text.of(id=new))
    found = {change.field: change.pieces for change in differences(before, after)}
    if before.stem == after.stem:
        assert found == {}
        return
    pieces = found["stem.id"]
    assert "".join(each.text for each in pieces if each.fate is not Fate.NEW) == before.stem.in_language("id")
    assert "".join(each.text for each in pieces if each.fate is not Fate.GONE) == after.stem.in_language("id")


@given(items(), items())
def test_nothing_differs_exactly_when_the_content_is_the_same(one: ItemVersion, other: ItemVersion) -> None:
    assert differences(one, one) == ()
    renamed = replace(other, item_id=one.item_id, author=one.author)
    assert (differences(one, renamed) == ()) == same_content(one, renamed)
