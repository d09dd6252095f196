"""Forms from a bank of ordinary size, and what is said when there is none."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.assembly import generated_bank
from question_bank.assembly import Infeasible, assemble, assemble_from, prepare
from question_bank.blueprint import check_blueprint
from question_bank.blueprint_loader import load_blueprints
from question_bank.canonical import digest
from question_bank.draw import SeededDraw
from question_bank.item import Difficulty, Topic
from question_bank.pool import Pool
from question_bank.repair import repair
from question_bank.search import search

BLUEPRINT = load_blueprints()["sim-a"]
BANK = generated_bank(300)


@pytest.fixture(scope="module")
def pool() -> Pool:
    return prepare(BANK, BLUEPRINT)


def test_the_generator_gives_the_numbers_it_always_gave() -> None:
    draw = SeededDraw("assembly-1", 42)
    assert [draw.below(1000) for _ in range(6)] == [421, 968, 651, 807, 537, 428]


def test_a_seed_gives_the_same_form_for_ever(pool: Pool) -> None:
    form = assemble_from(pool, 42)
    assert form == assemble(list(reversed(BANK)), BLUEPRINT, 42)
    # The whole form and its proof, from the shipped sim-a: a change here means old forms can't be drawn again.
    assert digest(form.as_dict()) == "b6cad999fdb5f1a16300cf752db09ed8b5483661e5c09fca19bb12be0adab5b2"


def test_forms_are_parallel_and_different(pool: Pool) -> None:
    forms = [assemble_from(pool, seed) for seed in range(60)]
    expected = [form.proof.expected_facility for form in forms]
    assert max(expected) - min(expected) <= 2 * BLUEPRINT.tolerance + 1e-4
    assert all(constraint.met for form in forms for constraint in form.proof.constraints)
    assert len({frozenset(item.item_id for item in form.items) for form in forms}) == len(forms)


def test_no_item_of_a_topic_is_shown_far_more_often_than_another(pool: Pool) -> None:
    shown = Counter(item.item_id for seed in range(400) for item in assemble_from(pool, seed).items)
    ethics = [
        item.item_id
        for item in pool.items
        if item.topic is Topic.ETHICS and item.difficulty is Difficulty.EASY
    ]
    counts = [shown[item_id] for item_id in ethics]
    assert min(counts) > 0.4 * sum(counts) / len(counts)
    assert max(counts) < 2.0 * sum(counts) / len(counts)


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
    ],
)
def test_a_blueprint_that_contradicts_itself_is_refused(change: dict) -> None:
    assert check_blueprint(replace(BLUEPRINT, **change))


def test_the_shipped_blueprints_are_sound() -> None:
    assert {blueprint.name: check_blueprint(blueprint) for blueprint in load_blueprints().values()} == {
        "sim-a": (),
        "sim-c": (),
    }
