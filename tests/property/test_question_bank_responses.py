"""What a device may send as an answer: never more, fewer or other options than the type allows, and the key always."""

from hypothesis import given
from hypothesis import strategies as st

from question_bank.item import ItemVersion
from question_bank.response import is_response
from scoring.theory import is_right
from tests.support.strategies import items


@given(items())
def test_the_right_answer_is_always_taken(item: ItemVersion) -> None:
    key = item.scoring_key
    value = list(key) if isinstance(key, tuple) else sorted(key)
    assert is_response(item.type, item.option_ids, value)
    assert is_right(key, value)


@given(items(), st.data())
def test_only_whole_answers_of_the_type_are_taken(item: ItemVersion, data: st.DataObject) -> None:
    value = data.draw(st.lists(st.sampled_from([*item.option_ids, "zz", 3, None])))
    known_once = all(each in item.option_ids for each in value) and len(set(value)) == len(value)
    fewest, most = {
        "ordering": (len(item.options), len(item.options)),
        "multiple_response": (1, len(item.options)),
    }.get(item.type, (1, 1))
    assert is_response(item.type, item.option_ids, value) == (known_once and fewest <= len(value) <= most)


@given(items(), st.sampled_from([None, "a", {"a": 1}, 0, [["a"]], [{}]]))
def test_what_is_no_list_of_options_is_refused(item: ItemVersion, value: object) -> None:
    assert not is_response(item.type, item.option_ids, value)
