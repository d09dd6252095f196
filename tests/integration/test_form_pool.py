"""Forms that lie ready: given once, never when stale, made on the spot when there are none; exposure counted."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from examapp.domain.roles import Role
from examapp.persistence.records.attempts import FormItem, FormRecord
from examapp.persistence.records.bank import Item, ItemStep
from examapp.persistence.records.forms import (
    ExposureTotal,
    ItemCalibration,
    ItemExposure,
    PairExposure,
    ReadyForm,
)
from examapp.persistence.repositories import bank
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.sitting import blueprints, exposure, form_pool, forms, rederive
from question_bank.lifecycle import ItemState
from tests.support import bank_items
from tests.support.people import make_applicant
from tests.support.sitting import begun


@pytest.fixture
def ready(platform):
    """A platform with the shipped bank and three forms of each blueprint."""
    seed_shipped_items(platform)
    form_pool.fill(platform, depth=3)
    return platform


def in_pool(platform, name: str = "sim-a") -> int:
    with platform.reading() as db:
        query = select(func.count()).select_from(ReadyForm).where(ReadyForm.blueprint == name)
        return db.scalar(query)


def seed_of(platform, attempt_id) -> str:
    with platform.reading() as db:
        return db.get_one(FormRecord, attempt_id).seed


def test_a_start_takes_a_ready_form_and_it_can_be_made_again(ready) -> None:
    with ready.reading() as db:
        seeds = {form["proof"]["seed"] for form in db.scalars(select(ReadyForm.form))}
    attempt_id = begun(ready, make_applicant(ready))
    assert int(seed_of(ready, attempt_id)) in seeds
    assert in_pool(ready) == 2
    with ready.reading() as db:
        proof = db.get_one(FormRecord, attempt_id).proof
        assert rederive.derive(db, proof, None).differences == ()
    assert form_pool.fill(ready, depth=3).added == 1


def test_parallel_takers_never_get_the_same_form(ready) -> None:
    def take(_: int) -> int | None:
        with ready.writing() as tx:
            blueprint = blueprints.shipped()["sim-a"]
            form = form_pool.take(tx.session, blueprint, bank.bank_stamp(tx.session))
            return form["proof"]["seed"] if form else None

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(take, range(12)))
    given = [seed for seed in taken if seed is not None]
    assert len(given) == len(set(given)) == 3
    assert in_pool(ready) == 0


def test_a_start_that_fails_leaves_its_form_in_the_pool(ready) -> None:
    with pytest.raises(RuntimeError), ready.writing() as tx:
        form_pool.take(tx.session, blueprints.shipped()["sim-a"], bank.bank_stamp(tx.session))
        raise RuntimeError
    assert in_pool(ready) == 3


def test_a_form_with_a_suspended_item_is_never_given(ready, person) -> None:
    ratna = person(Role.ADMINISTRATOR)
    with ready.reading() as db:
        suspended = db.scalars(select(ReadyForm.form)).first()["items"][0]["item_id"]
    bank_items.step(ready, ratna, suspended, ItemState.SUSPENDED, working=False)
    attempt_id = begun(ready, make_applicant(ready))
    with ready.reading() as db:
        assert suspended not in set(db.scalars(select(FormItem.item_id)))
        proof = db.get_one(FormRecord, attempt_id).proof
        assert proof["algorithm"] == "assembly-2"
    assert form_pool.fill(ready, depth=1).dropped >= 3


def test_work_on_drafts_leaves_the_pool_as_it_is(ready, person) -> None:
    bank_items.edit(
        ready, person(Role.ADMINISTRATOR), "RAM-0001", stem={"id": "Rumusan lain?", "en": "Else?"}
    )
    assert form_pool.fill(ready, depth=3) == form_pool.Filled()


def test_a_form_of_an_earlier_bank_is_made_again_from_its_history(ready, person) -> None:
    attempt_id = begun(ready, make_applicant(ready))
    with ready.reading() as db:
        record = db.get_one(FormRecord, attempt_id)
        proof, at, item_id = record.proof, record.created_at, record.items[0].item_id
    ready.clock.at = at.replace(minute=at.minute + 1)
    bank_items.step(ready, person(Role.ADMINISTRATOR), item_id, ItemState.SUSPENDED, working=False)
    with ready.reading() as db:
        assert rederive.derive(db, proof, at).differences == ()


def test_what_was_given_is_counted_and_withheld_items_stay_away(platform) -> None:
    seed_shipped_items(platform)
    for _ in range(4):
        begun(platform, make_applicant(platform))
    with platform.reading() as db:
        assert db.get_one(ExposureTotal, "sim-a").forms == 4
        counted = dict(db.execute(select(ItemExposure.item_id, ItemExposure.given)).all())
        shown = dict(db.execute(select(FormItem.item_id, func.count()).group_by(FormItem.item_id)).all())
        assert {name: count for name, count in counted.items() if count} == shown
        assert db.scalar(select(func.sum(PairExposure.given))) == 4 * 435
        seen = exposure.read(db, "sim-a")
    assert seen.forms == 4 and all(one < other for one, other in seen.pairs)


def test_counts_fade_once_enough_forms_were_given(platform, monkeypatch) -> None:
    seed_shipped_items(platform)
    monkeypatch.setattr(exposure, "FADE_AT", 2)
    for _ in range(2):
        begun(platform, make_applicant(platform))
    with platform.writing() as tx:
        assert exposure.fade(tx.session, "sim-a")
    with platform.reading() as db:
        assert db.get_one(ExposureTotal, "sim-a").forms == 1
        assert db.scalar(select(func.max(ItemExposure.given))) <= 1


def approve(tx, ratna, **change) -> None:
    """A second version of sim-a in force, as an administrator would have it."""
    content = blueprints.shipped()["sim-a"].as_dict() | change
    tx.session.add(
        blueprints.BlueprintVersion(
            name="sim-a",
            version=2,
            content=content,
            digest=blueprints.read(content).digest,
            state="approved",
            created_at=tx.now,
            created_by=ratna.account_id,
        )
    )


def test_trial_items_are_shown_and_never_scored(platform, person) -> None:
    seed_shipped_items(platform)
    with platform.writing() as tx:
        # A trial item is approved for trial by two people; here its life is written down directly.
        for item in tx.session.scalars(select(Item).where(Item.id.like("%-0002"))):
            item.state, item.revision = "pilot", item.revision + 1
            tx.session.add(
                ItemStep(item_id=item.id, number=item.revision, version=1, to_state="pilot", at=tx.now)
            )
    ratna = person(Role.ADMINISTRATOR)
    with platform.writing() as tx:
        approve(tx, ratna, pilot_share=0.1)
    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as db:
        keyed = forms.keyed_items(db, attempt_id)
        record = db.get_one(FormRecord, attempt_id)
        unscored = [place.item_id for place in record.items if not place.scored]
        trial = {item.item_id for item in bank.pilot_items(db)}
        derived = rederive.derive(db, record.proof, None)
    assert len(keyed) == 33 and [item.item_id for item in keyed if item.weight == 0] == unscored
    assert len(unscored) == 3 and set(unscored) <= trial
    assert record.proof["unscored"] == unscored and derived.differences == ()


def test_a_calibration_changes_what_the_next_form_rests_on(ready) -> None:
    with ready.writing() as tx:
        for item in tx.session.scalars(select(Item).limit(5)):
            tx.session.add(
                ItemCalibration(
                    id=uuid4(),
                    item_id=item.id,
                    version=1,
                    difficulty=1.1,
                    discrimination=0.9,
                    responses=400,
                    method="rasch",
                    set_at=tx.now,
                )
            )
    attempt_id = begun(ready, make_applicant(ready))
    with ready.reading() as db:
        proof = db.get_one(FormRecord, attempt_id).proof
        assert rederive.derive(db, proof, None).differences == ()
    assert in_pool(ready) == 3, "a form made before the calibration must not be given"


def test_where_the_program_finds_none_the_draw_is_named_in_the_proof(platform, person) -> None:
    seed_shipped_items(platform)
    ratna = person(Role.ADMINISTRATOR)
    with platform.writing() as tx:
        approve(tx, ratna, weight={"min": 900, "max": 900})
    attempt_id = begun(platform, make_applicant(platform))
    with platform.reading() as db:
        proof = db.get_one(FormRecord, attempt_id).proof
    assert (proof["algorithm"], proof["instead_of"]["reason"]) == ("assembly-1", "infeasible")
    assert form_pool.fill(platform, depth=1).impossible == ("sim-a",)
