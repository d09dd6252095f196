"""Finding items by words and facets."""

from datetime import timedelta

import pytest

from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.persistence.queries.bank_search import Filter, facet_counts, find_items, neighbours
from examapp.services.bank.key_checks import CheckKind, Outcome, record_check
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Platform
from question_bank.content_loader import load_items
from question_bank.lifecycle import ItemState
from tests.support.bank_items import approved, edit, step
from tests.support.people import make_staff


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


def test_every_shipped_item_waits_for_the_authority_until_its_last_word_is_yes(
    seeded: Platform, clock: SettableClock
) -> None:
    author, second = (make_staff(seeded, Role.ADMINISTRATOR) for _ in range(2))
    item_id = approved(seeded, author, second)

    def needed_and_done() -> tuple[int, int]:
        with seeded.reading() as session:
            counts = facet_counts(session, Filter())["review"]
            assert counts.get("needed", 0) == find_items(session, Filter(review="needed")).total
            return counts.get("needed", 0), counts.get("done", 0)

    everything = len(load_items()) + 1
    assert needed_and_done() == (everything, 0)
    for outcome, done in ((Outcome.AGREES, 1), (Outcome.DISAGREES, 0), (Outcome.AGREES, 1)):
        clock.at += timedelta(seconds=1)
        record_check(seeded, second.actor, item_id, 1, CheckKind.OFFICIAL, outcome, "Korlantas", "dicocokkan")
        assert needed_and_done() == (everything - done, done)
    assert _ids(seeded, review="done") == [item_id]


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
