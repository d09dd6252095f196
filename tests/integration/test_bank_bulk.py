"""Steps for many items, their undoing, approval for later, and comments."""

from datetime import timedelta

import pytest

from examapp.domain.errors import Conflict, Invalid, NotFound, TooMuch
from examapp.domain.roles import Role
from examapp.persistence.queries.bank_search import Filter, find_items
from examapp.persistence.repositories import bank
from examapp.services.bank import bulk, comments, editing
from examapp.services.bank.reading import read_dossier
from question_bank.lifecycle import ItemState
from tests.support.bank_items import approved, content, edit, step

IDS = ["UJI-0001", "UJI-0002", "UJI-0003"]


@pytest.fixture
def author(platform, person):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def second(platform, person):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def drafts(platform, author):
    for item_id in IDS:
        editing.create_item(platform, author.actor, content(item_id))
    return IDS


def states(platform, who) -> list[str]:
    return [read_dossier(platform, who.actor, item_id).state.value for item_id in IDS]


def test_those_that_may_take_the_step_do_and_the_others_say_why(platform, author, second, drafts) -> None:
    assert bulk.move_items(platform, author.actor, drafts[:2], ItemState.IN_REVIEW).done == tuple(IDS[:2])
    own = bulk.move_items(platform, author.actor, drafts, ItemState.ACTIVE)
    assert own.done == ()
    assert dict(own.refused) == {
        "UJI-0001": "move_own_work",
        "UJI-0002": "move_own_work",
        "UJI-0003": "move_needs_review",
    }
    outcome = bulk.move_items(platform, second.actor, drafts, ItemState.ACTIVE)
    assert (outcome.done, [item for item, _ in outcome.refused]) == (("UJI-0001", "UJI-0002"), ["UJI-0003"])
    assert states(platform, author) == ["active", "active", "draft"]


def test_a_step_that_wants_a_reason_is_refused_without_one(platform, author, drafts) -> None:
    outcome = bulk.move_items(platform, author.actor, drafts, ItemState.RETIRED)
    assert {code for _, code in outcome.refused} == {"reason_missing"}
    assert states(platform, author) == ["draft"] * 3


def test_the_last_step_is_undone_but_not_for_what_somebody_touched_since(platform, author, drafts) -> None:
    bulk.move_items(platform, author.actor, drafts, ItemState.RETIRED, "salah impor")
    bulk.undo_last(platform, author.actor)
    assert states(platform, author) == ["draft"] * 3
    bulk.move_items(platform, author.actor, drafts[:2], ItemState.IN_REVIEW)
    edit(platform, author, "UJI-0001", stem={"id": "Apa makna rambu ini?"})
    outcome = bulk.undo_last(platform, author.actor)
    assert (outcome.done, outcome.refused) == (("UJI-0002",), (("UJI-0001", "item_moved"),))
    with pytest.raises(Conflict):
        bulk.undo_last(platform, author.actor)


def test_undoing_brings_back_the_draft_and_the_words_it_is_found_by(platform, author, second) -> None:
    item_id = approved(platform, author, second)
    edit(platform, author, item_id, stem={"id": "Apa maksud gerobak?"})
    bulk.move_items(platform, author.actor, [item_id], ItemState.RETIRED, "keliru")
    assert read_dossier(platform, author.actor, item_id).current.version == 1
    bulk.undo_last(platform, author.actor)
    dossier = read_dossier(platform, author.actor, item_id)
    assert (dossier.current.version, dossier.working, dossier.state) == (2, ItemState.DRAFT, ItemState.ACTIVE)
    with platform.reading() as db:
        assert [line.id for line in find_items(db, Filter(words="gerobak")).lines] == [item_id]


def _use(platform, clock) -> tuple[str, list[tuple[str, int]], list[tuple[str, int]]]:
    """The word that ready forms are good for, what may be asked, and what the steps say was in use by now."""
    with platform.reading() as db:
        asked = [(item.item_id, item.version) for item in bank.usable_items(db)]
        by_steps = [(item.item_id, item.version) for item in bank.items_in_use_at(db, clock.now())[0]]
        return bank.bank_stamp(db), sorted(asked), sorted(by_steps)


@pytest.mark.parametrize("drafted", [False, True])
@pytest.mark.parametrize("to", [ItemState.SUSPENDED, ItemState.RETIRED])
def test_what_is_put_back_in_use_is_in_use_by_its_steps_too(
    platform, author, second, clock, to, drafted
) -> None:
    item_id = approved(platform, author, second)
    if drafted:
        edit(platform, author, item_id, stem={"id": "Apa maksud gerobak?"})
    # A draft is retired before the version in use is: then nothing that may be asked changes.
    before = _use(platform, clock)
    bulk.move_items(platform, second.actor, [item_id], to, "keliru")
    bulk.undo_last(platform, second.actor)
    assert _use(platform, clock)[1:] == before[1:] == ([(item_id, 1)], [(item_id, 1)])


def test_forms_made_of_an_approval_that_was_undone_are_good_for_nothing(
    platform, author, second, clock
) -> None:
    item_id = approved(platform, author, second)
    edit(platform, author, item_id, stem={"id": "Apa maksud gerobak?"})
    step(platform, author, item_id, ItemState.IN_REVIEW)
    bulk.move_items(platform, second.actor, [item_id], ItemState.ACTIVE)
    meanwhile, asked, _ = _use(platform, clock)
    assert asked == [(item_id, 2)]
    bulk.undo_last(platform, second.actor)
    now, asked, by_steps = _use(platform, clock)
    assert (asked, by_steps) == ([(item_id, 1)], [(item_id, 1)])
    assert now != meanwhile


def test_a_first_approval_that_was_undone_leaves_nothing_in_use(
    platform, author, second, drafts, clock
) -> None:
    bulk.move_items(platform, author.actor, drafts, ItemState.IN_REVIEW)
    bulk.move_items(platform, second.actor, drafts, ItemState.ACTIVE)
    bulk.undo_last(platform, second.actor)
    assert _use(platform, clock)[1:] == ([], [])
    assert states(platform, author) == ["in_review"] * 3


def test_another_person_has_nothing_to_undo_and_nobody_has_after_a_day(
    platform, author, second, drafts, clock
) -> None:
    bulk.move_items(platform, author.actor, drafts, ItemState.IN_REVIEW)
    with pytest.raises(Conflict):
        bulk.undo_last(platform, second.actor)
    clock.at += timedelta(hours=25)
    with pytest.raises(Conflict) as late:
        bulk.undo_last(platform, author.actor)
    assert late.value.code == "undo_too_late"


def test_nothing_and_too_much_are_refused_whole(platform, author) -> None:
    with pytest.raises(Invalid):
        bulk.move_items(platform, author.actor, [], ItemState.RETIRED)
    with pytest.raises(TooMuch):
        bulk.move_items(platform, author.actor, [f"UJI-{n}" for n in range(2001)], ItemState.RETIRED)


def test_an_item_approved_for_later_waits_and_anybody_may_put_it_in_use(
    platform, author, second, drafts
) -> None:
    step(platform, author, IDS[0], ItemState.IN_REVIEW)
    step(platform, second, IDS[0], ItemState.APPROVED)
    dossier = read_dossier(platform, author.actor, IDS[0])
    assert (dossier.state, dossier.approved_version) == (ItemState.APPROVED, None)
    step(platform, author, IDS[0], ItemState.ACTIVE)
    assert read_dossier(platform, author.actor, IDS[0]).approved_version == 1


def test_comments_stay_with_the_version_they_were_made_of(platform, author, second, drafts, clock) -> None:
    made = comments.comment(platform, second.actor, IDS[0], "  Kuncinya meragukan.  ")
    edit(platform, author, IDS[0], stem={"id": "Apa makna rambu ini?"})
    clock.at += timedelta(minutes=1)
    comments.comment(platform, author.actor, IDS[0], "Sudah saya perjelas.")
    comments.resolve(platform, author.actor, IDS[0], made)
    with platform.reading() as db:
        said = comments.comments_of(db, IDS[0])
        assert comments.open_comments(db, IDS[0]) == 1
    assert [(line.version, line.text, line.resolved_by is not None) for line in said] == [
        (2, "Sudah saya perjelas.", False),
        (1, "Kuncinya meragukan.", True),
    ]
    with pytest.raises(NotFound):
        comments.resolve(platform, author.actor, IDS[1], made)
    with pytest.raises(Invalid):
        comments.comment(platform, author.actor, IDS[0], "   ")
