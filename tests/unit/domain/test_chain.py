"""Hash chains: whatever is done to a stored chain, the walk finds it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from examapp.domain.chain import GENESIS, Break, Link, link, sign_checkpoint, verify

payloads = st.lists(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3),
    min_size=1,
    max_size=12,
)


def chained(contents) -> list[Link]:
    links, previous = [], GENESIS
    for sequence, payload in enumerate(contents, 1):
        previous = link(previous, payload)
        links.append(Link(sequence, payload, previous))
    return links


def walk(links, length, head) -> Break | None:
    return verify("test", links, length, head)


@given(payloads)
def test_an_untouched_chain_holds(contents) -> None:
    links = chained(contents)
    assert walk(links, len(links), links[-1].hash) is None


@given(payloads, st.data())
def test_a_changed_entry_is_named(contents, data) -> None:
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    altered = dict(links[place].payload) | {"added": "x"}
    broken = [*links[:place], Link(place + 1, altered, links[place].hash), *links[place + 1 :]]
    assert walk(broken, len(links), links[-1].hash) == Break("test", place + 1, "changed")


@given(payloads, st.data())
def test_a_removed_entry_is_found_wherever_it_was(contents, data) -> None:
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    broken = links[:place] + links[place + 1 :]
    found = walk(broken, len(links), links[-1].hash)
    assert found is not None and found.sequence == place + 1


@given(payloads, st.data())
def test_swapped_entries_are_found_even_when_renumbered(contents, data) -> None:
    links = chained(contents)
    one, other = data.draw(st.tuples(*[st.integers(0, len(links) - 1)] * 2))
    assume(links[one].payload != links[other].payload)
    order = list(range(len(links)))
    order[one], order[other] = other, one
    broken = [Link(n, links[place].payload, links[place].hash) for n, place in enumerate(order, 1)]
    assert walk(broken, len(links), links[-1].hash) is not None


@given(payloads)
def test_a_chain_rebuilt_after_a_change_does_not_end_in_the_kept_head(contents) -> None:
    links = chained(contents)
    forged = chained([*contents[:-1], {**contents[-1], "added": "x"}])
    assert walk(forged, len(links), links[-1].hash) == Break("test", len(links), "head")


def test_a_checkpoint_is_of_one_chain_one_length_and_one_head() -> None:
    key = b"k" * 32
    signed = sign_checkpoint(key, "a", 2, GENESIS)
    others = [
        sign_checkpoint(key, "b", 2, GENESIS),
        sign_checkpoint(key, "a", 1, GENESIS),
        sign_checkpoint(key, "a", 2, "0" * 64),
        sign_checkpoint(b"other" * 8, "a", 2, GENESIS),
    ]
    assert signed not in others
    assert sign_checkpoint(key, "a", 2, GENESIS) == signed
