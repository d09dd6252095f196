"""Forms from a bank of ordinary size, and what is said when there is none."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.assembly import generated_bank
from question_bank.assembly import Infeasible, assemble, assemble_as, assemble_from, draw_form, prepare
from question_bank.blueprint import Band, check_blueprint
from question_bank.blueprint_loader import load_blueprints
from question_bank.canonical import digest
from question_bank.content_loader import load_items
from question_bank.draw import SeededDraw
from question_bank.eligibility import Exposure, Snapshot, snapshot
from question_bank.item import Difficulty, Topic
from question_bank.licence import LicenceClass
from question_bank.parameters import PRIOR, ItemParameters
from question_bank.pool import Pool
from question_bank.repair import repair
from question_bank.seeded_draw import search

BLUEPRINT = load_blueprints()["sim-a"]
BANK = generated_bank(300)


@pytest.fixture(scope="module")
def pool() -> Pool:
    return prepare(BANK, BLUEPRINT)


def test_the_generator_gives_the_numbers_it_always_gave() -> None:
    draw = SeededDraw("assembly-1", 42)
    assert [draw.below(1000) for _ in range(6)] == [421, 968, 651, 807, 537, 428]


def test_forms_of_the_first_algorithm_come_out_as_they_always_did(pool: Pool) -> None:
    form = draw_form(pool, 42).as_dict()
    assert all(item.pop("scored") for item in form["items"])
    # The whole form and its proof, from the shipped sim-a: a change here means old forms can't be drawn again.
    assert digest(form) == "b6cad999fdb5f1a16300cf752db09ed8b5483661e5c09fca19bb12be0adab5b2"
    assert assemble_as(pool, form["proof"]) == draw_form(pool, 42)


def test_a_seed_gives_the_same_form_for_ever(pool: Pool) -> None:
    form = assemble_from(pool, 42)
    assert form == assemble(list(reversed(BANK)), BLUEPRINT, 42)
    data = form.as_dict()
    # Which HiGHS found it does not matter as long as it is this form.
    assert data["proof"].pop("solver").startswith("HiGHS")
    assert digest(data) == "ed8e44201bab577869b4a5fcb66d84d1d81fbaaf6787b6b9c56a66b08a2b0fb6"


def test_forms_are_parallel_and_different(pool: Pool) -> None:
    forms = [assemble_from(pool, seed) for seed in range(60)]
    expected = [form.proof.expected_facility for form in forms]
    assert max(expected) - min(expected) <= 2 * BLUEPRINT.tolerance + 1e-4
    for name in ("information:-0.59", "information:-0.09", "information:+0.41"):
        measured = [c.actual for form in forms for c in form.proof.constraints if c.name == name]
        assert len(measured) == len(forms) and max(measured) <= 1.13 * min(measured)
    assert all(constraint.met for form in forms for constraint in form.proof.constraints)
    assert len({frozenset(item.item_id for item in form.items) for form in forms}) == len(forms)


def test_no_item_of_a_topic_is_shown_far_more_often_than_another(pool: Pool) -> None:
    shown = Counter(item.item_id for seed in range(150) for item in assemble_from(pool, seed).items)
    ethics = [
        item.item_id
        for item in pool.items
        if item.topic is Topic.ETHICS and item.difficulty is Difficulty.EASY
    ]
    counts = [shown[item_id] for item_id in ethics]
    assert min(counts) > 0.3 * sum(counts) / len(counts)
    assert max(counts) < 2.2 * sum(counts) / len(counts)


def test_the_proof_names_the_seed_the_blueprint_and_the_bank(pool: Pool) -> None:
    proof = assemble_from(pool, 7).proof
    assert (proof.seed, proof.blueprint, proof.blueprint_digest) == (7, "sim-a", BLUEPRINT.digest)
    assert proof.bank_digest != prepare(BANK[1:], BLUEPRINT).bank_digest


def test_repair_and_search_keep_the_counts_and_clear_the_clashes(pool: Pool) -> None:
    draw = SeededDraw("test", 1)
    clashing = [place for places in pool.pictures().values() for place in places[:1]][:30]
    repaired = repair(pool, tuple(clashing), draw)
    assert repaired is not None and not pool.clashes(repaired)
    cells = Counter((pool.items[place].topic, pool.items[place].difficulty) for place in clashing)
    assert Counter((pool.items[place].topic, pool.items[place].difficulty) for place in repaired) == cells
    found = search(pool, draw)
    assert found is not None and len(found) == 30 and not pool.clashes(found)


def test_a_topic_that_runs_short_is_named_with_the_number_missing() -> None:
    bank = [item for item in BANK if item.topic is not Topic.FIRST_AID]
    with pytest.raises(Infeasible) as refused:
        assemble(bank, BLUEPRINT, 1)
    assert [(r.constraint, r.required, r.available, r.missing) for r in refused.value.reasons] == [
        ("topic:first_aid", 2, 0, 2)
    ]
    assert sum(want.count for want in refused.value.wanted if want.topic is Topic.FIRST_AID) == 2


def test_a_difficulty_that_runs_short_is_named() -> None:
    bank = [item for item in BANK if item.difficulty is not Difficulty.HARD]
    with pytest.raises(Infeasible) as refused:
        assemble(bank, BLUEPRINT, 1)
    assert [reason.constraint for reason in refused.value.reasons] == ["difficulty:hard"]


def test_clashes_that_leave_no_form_are_named() -> None:
    bank = [replace(item, picture="sign:one" if item.topic is Topic.LAW else None) for item in BANK]
    with pytest.raises(Infeasible) as refused:
        assemble(bank, BLUEPRINT, 1)
    assert [(r.constraint, r.missing) for r in refused.value.reasons] == [("same_picture", 1)]


def test_enemies_in_a_circle_are_named_with_the_number_missing() -> None:
    bank = [item for item in BANK if item.topic is not Topic.LAW]
    law = [item for item in BANK if item.topic is Topic.LAW]
    circle = [
        replace(
            item, enemies=frozenset({law[(number + step) % len(law)].item_id for step in range(1, len(law))})
        )
        for number, item in enumerate(law)
    ]
    with pytest.raises(Infeasible) as refused:
        assemble([*bank, *circle], BLUEPRINT, 1)
    assert [(r.constraint, r.missing) for r in refused.value.reasons] == [("enemies", 1)]


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"weight": Band(90, 90)}, [("weight", 15)]),
        ({"information_target": 30.0}, [("contradiction", 30)]),
    ],
)
def test_a_demand_that_no_bank_of_this_kind_meets_is_named(change: dict, reasons: list) -> None:
    with pytest.raises(Infeasible) as refused:
        assemble(BANK, replace(BLUEPRINT, **change), 1)
    assert [(r.constraint, r.missing) for r in refused.value.reasons] == reasons


def test_an_empty_bank_lacks_every_item() -> None:
    with pytest.raises(Infeasible) as refused:
        assemble([], BLUEPRINT, 1)
    assert sum(reason.missing for reason in refused.value.reasons) == BLUEPRINT.items
    assert sum(wanted.count for wanted in refused.value.wanted) == BLUEPRINT.items


def test_points_stay_within_the_bounds_of_the_blueprint() -> None:
    bank = [replace(item, weight=1 + number // 7 % 5) for number, item in enumerate(BANK)]
    by_id = {item.item_id: item for item in bank}
    form = assemble(bank, replace(BLUEPRINT, weight=Band(58, 60)), 3)
    assert 58 <= sum(by_id[item.item_id].weight for item in form.items) <= 60


def test_trial_items_come_on_top_unscored_and_change_nothing_that_counts(pool: Pool) -> None:
    trial = [replace(item, item_id=item.item_id.replace("GEN", "TRY"), picture=None) for item in BANK[:40]]
    with_trials = assemble(BANK, replace(BLUEPRINT, pilot_share=0.1), 5, pilots=trial)
    unscored = [item.item_id for item in with_trials.items if not item.scored]
    assert len(with_trials.items) == 33 and len(unscored) == 3 and all(name[:3] == "TRY" for name in unscored)
    assert with_trials.proof.unscored == tuple(unscored)
    scored = {item.item_id for item in with_trials.items if item.scored}
    assert scored == {item.item_id for item in assemble_from(pool, 5).items}


def test_fewer_trial_items_than_wanted_leave_a_shorter_form() -> None:
    trial = [replace(BANK[1], item_id="TRY-0001", picture=None)]
    form = assemble(BANK, replace(BLUEPRINT, pilot_share=0.2), 5, pilots=trial)
    assert len(form.items) == 31


def test_calibrated_parameters_replace_the_authors_estimate() -> None:
    # Every item turns out far harder than its author thought: the same forms would no longer be parallel.
    calibration = {(item.item_id, item.version): ItemParameters.of(1.5) for item in BANK[:40]}
    form = assemble(BANK, BLUEPRINT, 2, calibration=calibration)
    facility = [
        calibration[key].facility() / 1000 if (key := (item.item_id, item.version)) in calibration else None
        for item in form.items
    ]
    by_id = {item.item_id: item for item in BANK}
    mean = sum(
        known if known is not None else by_id[item.item_id].difficulty.expected_facility
        for known, item in zip(facility, form.items, strict=True)
    ) / len(form.items)
    assert abs(mean - BLUEPRINT.facility) <= BLUEPRINT.tolerance + 1e-9


def test_the_prior_gives_back_the_authors_facility() -> None:
    for level, prior in PRIOR.items():
        assert abs(prior.facility() / 1000 - level.expected_facility) < 0.0015


def test_what_is_shown_too_often_is_done_without(pool: Pool) -> None:
    plain = assemble_from(pool, 9)
    busy = tuple(sorted(item.item_id for item in plain.items))[:12]
    other = assemble_from(pool, 9, Snapshot(withheld=busy))
    assert not {item.item_id for item in other.items} & set(busy)
    assert assemble_as(pool, other.as_dict()["proof"]) == other
    everything = tuple(item.item_id for item in pool.items)
    forced = assemble_from(pool, 9, Snapshot(withheld=everything))
    assert len(forced.proof.used) == 30


def test_two_that_met_too_often_are_kept_apart(pool: Pool) -> None:
    ids = sorted(item.item_id for item in assemble_from(pool, 9).items)
    pair = (ids[0], ids[1])
    assert not set(pair) <= {item.item_id for item in assemble_from(pool, 9, Snapshot(apart=(pair,))).items}


def test_rates_settle_below_the_limit(pool: Pool) -> None:
    given, withheld, pairs, forms = Counter(), Counter(), Counter(), 0
    blueprint = replace(BLUEPRINT, max_exposure=0.2, max_pair_exposure=0.06)
    own = prepare(BANK, blueprint)
    for seed in range(150):
        exposed = snapshot(Exposure(forms, given, withheld, pairs), blueprint, seed)
        ids = sorted(item.item_id for item in assemble_from(own, seed, exposed).items)
        given.update(ids)
        withheld.update(exposed.withheld)
        pairs.update((one, other) for place, one in enumerate(ids) for other in ids[place + 1 :])
        forms += 1
    assert max(given.values()) / forms <= 0.25
    assert max(pairs.values()) / forms <= 0.08


def test_two_versions_of_an_item_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="twice"):
        prepare([*BANK, replace(BANK[0], version=2)], BLUEPRINT)


@pytest.mark.parametrize(
    "change",
    [
        {"items": 29},
        {"minutes": 0},
        {"parts": ()},
        {"facility": 0.95},
        {"max_same_picture": 0},
        {"weight": Band(40, 30)},
        {"pilot_share": 2.0},
        {"max_exposure": 0.0},
        {"information_tolerance": 0.9},
    ],
)
def test_a_blueprint_that_contradicts_itself_is_refused(change: dict) -> None:
    assert check_blueprint(replace(BLUEPRINT, **change))


def test_the_shipped_blueprints_are_sound_and_there_is_one_for_each_class() -> None:
    shipped = load_blueprints().values()
    assert [blueprint.name for blueprint in shipped if check_blueprint(blueprint)] == []
    assert sorted(blueprint.licence_class for blueprint in shipped) == sorted(LicenceClass)


@pytest.mark.parametrize("name", sorted(load_blueprints()))
def test_the_shipped_bank_fills_each_blueprint(name: str) -> None:
    blueprint, bank = load_blueprints()[name], {item.item_id: item for item in load_items()}
    form = assemble(bank.values(), blueprint, 1)
    assert all(blueprint.licence_class in bank[item.item_id].classes for item in form.items)
    assert [constraint for constraint in form.proof.constraints if not constraint.met] == []
