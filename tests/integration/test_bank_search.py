"""Finding items by words and facets."""

import pytest

from examapp.domain.roles import Role
from examapp.persistence.queries.bank_search import Filter, facet_counts, find_items, neighbours
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Platform
from question_bank.lifecycle import ItemState
from tests.support.bank_items import approved, edit, step


@pytest.fixture
def seeded(platform: Platform) -> Platform:
    seed_shipped_items(platform)
    return platform


def _ids(platform: Platform, **wanted: str) -> list[str]:
    with platform.reading() as session:
        return [line.id for line in find_items(session, Filter(**wanted)).lines]


def test_all_words_must_occur_in_whatever_language_and_case(seeded: Platform) -> None:
    assert _ids(seeded, words="ram-0001") == ["RAM-0001"]
    assert "RAM-0001" in _ids(seeded, words="HURUF simpang")
    assert "RAM-0001" in _ids(seeded, words="shaped junction")
    assert _ids(seeded, words="simpang zebu") == []


def test_letters_that_mean_something_to_a_database_are_letters(seeded: Platform) -> None:
    assert _ids(seeded, words="%") == _ids(seeded, words="%%")
    assert "RAM-0001" not in _ids(seeded, words="RAM_0001")


def test_class_a_is_not_class_a_umum(seeded: Platform) -> None:
    with seeded.reading() as session:
        lines = find_items(session, Filter(licence="A Umum")).lines
    assert lines and all("A Umum" in line.classes for line in lines)


def test_counts_agree_with_what_choosing_them_gives(seeded: Platform) -> None:
    with seeded.reading() as session:
        counts = facet_counts(session, Filter(topic="signs"))
        for facet, values in counts.items():
            for value, count in values.items():
                wanted = Filter(**({"topic": "signs"} | {facet: value}))
                assert find_items(session, wanted).total == count, (facet, value)


def test_pages_hold_every_item_once_and_a_page_beyond_is_the_last(seeded: Platform) -> None:
    with seeded.reading() as session:
        first = find_items(session, Filter())
        ids = [
            line.id
            for page in range(1, first.pages + 1)
            for line in find_items(session, Filter(), page).lines
        ]
        assert len(ids) == len(set(ids)) == first.total
        assert find_items(session, Filter(), 999).page == first.pages
        assert neighbours(session, Filter(), ids[1]) == (ids[0], ids[2])


def test_an_item_is_found_by_the_words_of_its_present_version_alone(platform: Platform, person) -> None:
    author = person(Role.ADMINISTRATOR)
    second = person(Role.ADMINISTRATOR)
    item_id = approved(platform, author, second)
    edit(platform, author, item_id, stem={"id": "Apa maksud kendaraan gerobak?"})
    assert _ids(platform, words="gerobak maksud") == [item_id]
    assert _ids(platform, words="rambu ini") == []
    step(platform, author, item_id, ItemState.RETIRED)
    assert _ids(platform, words="rambu ini") == [item_id]
    assert _ids(platform, words="gerobak") == []


def test_the_beginning_of_a_word_is_enough_and_its_middle_is_not(seeded: Platform) -> None:
    assert set(_ids(seeded, words="simp")) >= set(_ids(seeded, words="simpang"))
    assert "RAM-0001" in _ids(seeded, words="simp")
    assert "RAM-0001" not in _ids(seeded, words="impang")
