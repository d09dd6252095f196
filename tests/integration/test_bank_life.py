"""Versions and the life of an item: nobody approves their own work, nothing in use changes before it is approved."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from examapp.domain import chain as chains
from examapp.domain.errors import Conflict, Invalid, NotAllowed
from examapp.domain.roles import Role
from examapp.persistence.audit_log import stored_links
from examapp.persistence.records.audit import AuditEntry, AuditHead
from examapp.persistence.repositories import bank
from examapp.services.bank import editing
from examapp.services.bank.difference import Fate, differences
from examapp.services.bank.reading import read_dossier
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Platform
from examapp.services.sitting import blueprints, forms
from examapp.services.sitting.banks import PREPARED
from question_bank.canonical import to_dict
from question_bank.lifecycle import ItemState
from tests.support import bank_items
from tests.support.people import Person, make_applicant
from tests.support.sitting import begun, in_one_go

Make = Callable[[Role], Person]


@pytest.fixture
def ratna(person: Make) -> Person:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def budi(person: Make) -> Person:
    return person(Role.ADMINISTRATOR)


def _in_use(platform: Platform) -> dict[str, int]:
    with platform.reading() as session:
        return {item.item_id: item.version for item in bank.usable_items(session)}


def test_an_item_is_used_only_after_a_second_person_approved_it(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    made = editing.create_item(platform, ratna.actor, bank_items.content())
    with pytest.raises(Conflict, match="move_needs_review"):
        bank_items.step(platform, budi, made.item_id, ItemState.ACTIVE)
    bank_items.step(platform, ratna, made.item_id, ItemState.IN_REVIEW)
    with pytest.raises(NotAllowed, match="move_own_work"):
        bank_items.step(platform, ratna, made.item_id, ItemState.ACTIVE)
    assert _in_use(platform) == {}
    bank_items.step(platform, budi, made.item_id, ItemState.ACTIVE)
    assert _in_use(platform) == {made.item_id: 1}


def test_an_approved_version_stays_in_use_until_the_next_one_is_approved(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    assert bank_items.edit(platform, budi, item_id, difficulty="hard") == 2
    dossier = read_dossier(platform, ratna.actor, item_id)
    assert (dossier.state, dossier.working, dossier.approved_version) == ("active", "draft", 1)
    assert _in_use(platform) == {item_id: 1}
    bank_items.step(platform, budi, item_id, ItemState.IN_REVIEW)
    with pytest.raises(NotAllowed, match="move_own_work"):
        bank_items.step(platform, budi, item_id, ItemState.ACTIVE)
    bank_items.step(platform, ratna, item_id, ItemState.ACTIVE)
    assert _in_use(platform) == {item_id: 2}


def test_whoever_wrote_any_change_since_the_approval_is_no_second_person(
    platform: Platform, ratna: Person, budi: Person, person: Make
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    bank_items.edit(platform, ratna, item_id, difficulty="hard")
    bank_items.edit(platform, budi, item_id, difficulty="medium")
    bank_items.step(platform, budi, item_id, ItemState.IN_REVIEW)
    for author in (ratna, budi):
        with pytest.raises(NotAllowed, match="move_own_work"):
            bank_items.step(platform, author, item_id, ItemState.ACTIVE)
    bank_items.step(platform, person(Role.ADMINISTRATOR), item_id, ItemState.ACTIVE)
    assert _in_use(platform) == {item_id: 3}


def test_a_discarded_draft_leaves_the_version_in_use_alone(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    bank_items.edit(platform, ratna, item_id, difficulty="hard")
    with pytest.raises(Conflict, match="move_open_version"):
        bank_items.step(platform, ratna, item_id, ItemState.RETIRED, working=False)
    bank_items.step(platform, ratna, item_id, ItemState.RETIRED, working=True)
    dossier = read_dossier(platform, ratna.actor, item_id)
    assert (dossier.state, dossier.working, dossier.current.version) == ("active", None, 1)
    # Its number is not given out again: history would lie.
    assert bank_items.edit(platform, ratna, item_id, difficulty="medium") == 3


def test_one_person_takes_an_item_out_of_use_and_another_brings_it_back(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    seed_shipped_items(platform)
    with pytest.raises(Invalid, match="reason_missing"):
        bank_items.step(platform, ratna, "RAM-0001", ItemState.SUSPENDED, working=False, reason=" ")
    bank_items.step(platform, ratna, "RAM-0001", ItemState.SUSPENDED, working=False, reason="kunci digugat")
    assert "RAM-0001" not in _in_use(platform)
    with pytest.raises(NotAllowed, match="move_own_work"):
        bank_items.step(platform, ratna, "RAM-0001", ItemState.ACTIVE, working=False, reason="ternyata benar")
    bank_items.step(platform, budi, "RAM-0001", ItemState.ACTIVE, working=False, reason="kunci benar")
    assert _in_use(platform)["RAM-0001"] == 1


def test_every_move_is_on_the_items_chain_with_who_and_why(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    bank_items.step(platform, ratna, item_id, ItemState.RETIRED, working=False, reason="pasal dicabut")
    chain = f"item:{item_id}"
    with platform.reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.sequence)
        ).all()
        head = session.get(AuditHead, chain)
        assert head is not None
        assert chains.verify(chain, stored_links(session, chain), head.length, head.head) is None
    assert [(each.action, each.actor_id) for each in entries] == [
        ("item.created", ratna.account_id),
        ("item.submitted", ratna.account_id),
        ("item.approved", budi.account_id),
        ("item.withdrawn", ratna.account_id),
    ]
    assert entries[-1].detail["reason"] == "pasal dicabut"
    steps = read_dossier(platform, ratna.actor, item_id).steps
    assert [step.after for step in steps] == ["draft", "in_review", "active", "retired"]


def test_the_second_of_two_editors_is_told_and_shown_the_others_version(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    made = editing.create_item(platform, ratna.actor, bank_items.content())
    both_began_at = bank_items.revision(platform, ratna, made.item_id)
    theirs = bank_items.content(stem={"id": "Apa makna rambu ini?"})
    editing.edit_item(platform, budi.actor, made.item_id, both_began_at, theirs)
    with pytest.raises(editing.ItemChanged) as told:
        mine = bank_items.content(article="PM 13/2014 Pasal 9")
        editing.edit_item(platform, ratna.actor, made.item_id, both_began_at, mine)
    assert told.value.current.stem.in_language("id") == "Apa makna rambu ini?"
    assert len(read_dossier(platform, ratna.actor, made.item_id).versions) == 2


def test_a_decision_about_an_item_that_changed_since_is_refused(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    made = editing.create_item(platform, ratna.actor, bank_items.content())
    bank_items.step(platform, ratna, made.item_id, ItemState.IN_REVIEW)
    read_at = bank_items.revision(platform, budi, made.item_id)
    bank_items.edit(platform, ratna, made.item_id, key=["b"])
    with pytest.raises(Conflict, match="item_moved"):
        bank_items.lifecycle.move_item(
            platform, budi.actor, made.item_id, ItemState.ACTIVE, revision=read_at, on_working=True
        )


def test_what_is_no_sound_item_is_refused_with_every_fault(platform: Platform, ratna: Person) -> None:
    bad = bank_items.content(
        key=["z"], enemies=["UJI-9999"], picture="sign:warning/no-such-sign", stem={"en": "Only English"}
    )
    with pytest.raises(editing.BadItemContent) as refused:
        editing.create_item(platform, ratna.actor, bad)
    faults = {(problem.field, problem.code) for problem in refused.value.problems}
    assert {
        ("stem.id", "missing"),
        ("key", "key_not_an_option"),
        ("enemies", "unknown_item"),
        ("picture", "bad_picture"),
    } <= faults
    assert _in_use(platform) == {}


def test_a_proctor_may_not_edit(platform: Platform, person: Make) -> None:
    with pytest.raises(NotAllowed):
        editing.create_item(platform, person(Role.PROCTOR).actor, bank_items.content())


def test_a_change_of_the_bank_is_seen_by_the_next_form(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    seed_shipped_items(platform)
    blueprint = blueprints.shipped()["sim-a"]
    with platform.reading() as session:
        before = PREPARED.get(session, blueprint)
    bank_items.step(platform, ratna, "RAM-0001", ItemState.SUSPENDED, working=False)
    with platform.reading() as session:
        after = PREPARED.get(session, blueprint)
    assert {item.item_id for item in before.items} - {item.item_id for item in after.items} == {"RAM-0001"}


def test_the_difference_names_the_field_and_the_words(platform: Platform, ratna: Person) -> None:
    made = editing.create_item(platform, ratna.actor, bank_items.content())
    bank_items.edit(
        platform, ratna, made.item_id, stem={"id": "Apa makna rambu ini?", "en": "What does this sign mean?"}
    )
    dossier = read_dossier(platform, ratna.actor, made.item_id)
    (change,) = differences(dossier.version(1), dossier.version(2))
    assert change.field == "stem.id"
    told = [(piece.text, piece.fate) for piece in change.pieces if piece.fate is not Fate.SAME]
    assert told == [("arti", Fate.GONE), ("makna", Fate.NEW)]


def test_running_and_past_sittings_keep_the_version_they_were_given(
    platform: Platform, ratna: Person, budi: Person
) -> None:
    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as session:
        before = forms.public_items(session, attempt_id, "id")
        keys = {item.item_id: item.key for item in forms.keyed_items(session, attempt_id)}
    item_id = before[0]["item_id"]
    old = read_dossier(platform, ratna.actor, item_id)
    assert [line.sittings for line in old.versions] == [1]
    other_key = next(option for option in old.current.option_ids if option not in old.current.key)
    changed = to_dict(old.current) | {"stem": {"id": "Rumusan yang baru?"}, "key": [other_key]}
    editing.edit_item(platform, ratna.actor, item_id, old.revision, changed)
    bank_items.step(platform, ratna, item_id, ItemState.IN_REVIEW)
    bank_items.step(platform, budi, item_id, ItemState.ACTIVE)
    with platform.reading() as session:
        assert forms.public_items(session, attempt_id, "id") == before
        assert {item.item_id: item.key for item in forms.keyed_items(session, attempt_id)} == keys
    assert _in_use(platform)[item_id] == 2


def test_of_editors_who_save_at_one_moment_exactly_one_does(platform: Platform, ratna: Person) -> None:
    made = editing.create_item(platform, ratna.actor, bank_items.content())

    def save(number: int) -> object:
        wording = bank_items.content(stem={"id": f"Rumusan nomor {number}?"})
        return editing.edit_item(platform, ratna.actor, made.item_id, 1, wording)

    outcomes = in_one_go(save, 6)
    assert sum(isinstance(each, editing.ItemChanged) for each in outcomes) == 5
    assert len(read_dossier(platform, ratna.actor, made.item_id).versions) == 2
