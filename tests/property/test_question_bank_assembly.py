"""Every form keeps its blueprint, and a bank that allows a form is never said to allow none."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.assembly import Infeasible, assemble, assemble_as, assemble_from, draw_form, prepare
from question_bank.blueprint import Band, Blueprint, check_blueprint
from question_bank.draw import SeededDraw
from question_bank.eligibility import Snapshot
from question_bank.form import Form
from question_bank.item import PART_OF_TOPIC, Difficulty, ItemType, ItemVersion, Option, Topic
from question_bank.licence import LicenceClass
from question_bank.parameters import PRIOR
from question_bank.targets import information_points
from question_bank.text import Text

_TOPICS = (Topic.SIGNS, Topic.ETHICS, Topic.HAZARD)
slow = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def banks(draw: st.DrawFn, size: int = 12) -> list[ItemVersion]:
    """Small banks over three topics, with few pictures and many enemies, so that clashes are the rule."""
    count = draw(st.integers(0, size))
    numbers = range(count)
    return [
        ItemVersion(
            item_id=f"TST-{number:04d}",
            version=draw(st.integers(1, 3)),
            type=draw(st.sampled_from(ItemType)),
            part=PART_OF_TOPIC[topic],
            topic=topic,
            classes=frozenset({draw(st.sampled_from([LicenceClass.A, LicenceClass.A, LicenceClass.C]))}),
            difficulty=draw(st.sampled_from(Difficulty)),
            stem=Text.of(id=f"Soal {number}"),
            options=(Option("a", Text.of(id="Benar")), Option("b", Text.of(id="Salah"))),
            key=frozenset({"a"}),
            picture=draw(st.sampled_from([None, "sign:a/one", "sign:a/two"])),
            enemies=frozenset(
                f"TST-{other:04d}" for other in draw(st.frozensets(st.sampled_from(numbers), max_size=2))
            )
            - {f"TST-{number:04d}"},
            weight=draw(st.integers(1, 3)),
        )
        for number in numbers
        for topic in [draw(st.sampled_from(_TOPICS))]
    ]


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    counts = {topic: draw(st.integers(0, 2)) for topic in _TOPICS}
    size = max(1, sum(counts.values()))
    if not any(counts.values()):
        counts[Topic.SIGNS] = 1
    return Blueprint(
        name="tiny",
        licence_class=LicenceClass.A,
        title=Text.of(id="Kecil"),
        items=size,
        minutes=5,
        topics=tuple(counts.items()),
        parts=tuple((PART_OF_TOPIC[topic], count) for topic, count in counts.items()),
        difficulty=((Difficulty.HARD, Band(0, draw(st.integers(0, size)))),),
        facility=0.70,
        tolerance=draw(st.sampled_from([0.05, 0.15, 0.3])),
        max_same_picture=draw(st.integers(1, 2)),
        weight=draw(st.sampled_from([None, None, Band(size, 2 * size)])),
        pilot_share=draw(st.sampled_from([None, 0.5])),
        information_tolerance=draw(st.sampled_from([None, 0.03, 0.5])),
    )


def keeps(chosen: tuple[ItemVersion, ...], blueprint: Blueprint) -> bool:
    """The rules once more, written without the code under test."""
    topics, levels = Counter(item.topic for item in chosen), Counter(item.difficulty for item in chosen)
    pictures = Counter(item.picture for item in chosen if item.picture)
    easiness = {Difficulty.EASY: 85, Difficulty.MEDIUM: 65, Difficulty.HARD: 45}
    distance = abs(sum(easiness[item.difficulty] for item in chosen) - 70 * len(chosen))
    return (
        all(topics[topic] == count for topic, count in blueprint.topics)
        and levels[Difficulty.HARD] <= blueprint.band(Difficulty.HARD).high
        and 1000 * distance <= round(1000 * blueprint.tolerance) * 100 * len(chosen)
        and all(count <= blueprint.max_same_picture for count in pictures.values())
        and not any(item.item_id in other.enemies for item in chosen for other in chosen)
    )


def measures_alike(chosen: tuple[ItemVersion, ...], blueprint: Blueprint) -> bool:
    weight = blueprint.weight
    return (weight is None or weight.holds(sum(item.weight for item in chosen))) and all(
        point.low <= sum(PRIOR[item.difficulty].information(point.ability) for item in chosen) <= point.high
        for point in information_points(blueprint)
    )


def possible(bank: list[ItemVersion], blueprint: Blueprint, *, alike: bool = True) -> bool:
    eligible = [item for item in bank if blueprint.licence_class in item.classes]
    return any(
        keeps(chosen, blueprint) and (not alike or measures_alike(chosen, blueprint))
        for chosen in combinations(eligible, blueprint.items)
    )


@slow
@given(banks(), blueprints(), st.integers())
def test_a_form_is_found_exactly_when_one_exists(
    bank: list[ItemVersion], blueprint: Blueprint, seed: int
) -> None:
    if check_blueprint(blueprint):
        return
    try:
        form = assemble(bank, blueprint, seed)
    except Infeasible as refusal:
        assert not possible(bank, blueprint)
        assert refusal.reasons and all(reason.missing > 0 for reason in refusal.reasons)
        assert sum(wanted.count for wanted in refusal.wanted) > 0
    else:
        by_id = {item.item_id: item for item in bank}
        chosen = tuple(by_id[item.item_id] for item in form.items)
        assert keeps(chosen, blueprint) and measures_alike(chosen, blueprint)
        assert all(constraint.met for constraint in form.proof.constraints)


@slow
@given(banks(), blueprints(), st.integers())
def test_the_first_algorithm_too_finds_a_form_exactly_when_one_exists(bank, blueprint, seed) -> None:
    if check_blueprint(blueprint):
        return
    try:
        form = draw_form(prepare(bank, blueprint), seed)
    except Infeasible as refusal:
        assert not possible(bank, blueprint, alike=False)
        assert refusal.reasons and all(reason.missing > 0 for reason in refusal.reasons)
    else:
        by_id = {item.item_id: item for item in bank}
        assert keeps(tuple(by_id[item.item_id] for item in form.items), blueprint)


@slow
@given(banks(), blueprints(), st.integers(), st.data())
def test_exposure_never_leaves_anybody_without_a_form_and_a_proof_gives_it_again(
    bank, blueprint, seed, data
) -> None:
    if check_blueprint(blueprint) or not possible(bank, blueprint):
        return
    ids = sorted(item.item_id for item in bank)
    pairs = list(combinations(ids, 2))
    withheld = tuple(sorted(data.draw(st.sets(st.sampled_from(ids)))))
    apart = tuple(sorted(data.draw(st.sets(st.sampled_from(pairs), max_size=4)))) if pairs else ()
    pool = prepare(bank, blueprint)
    form = assemble_from(pool, seed, Snapshot(withheld, apart))
    shown = {item.item_id for item in form.items}
    if not form.proof.used:
        assert shown.isdisjoint(withheld)
    if form.proof.apart_kept:
        assert not any(set(pair) <= shown for pair in apart)
    # Withheld items are used only where no form does without them.
    if form.proof.apart_kept and not apart and form.proof.used:
        rest = [item for item in bank if item.item_id not in withheld]
        assert not possible(rest, blueprint)
    assert assemble_as(pool, form.proof.as_dict()) == form


@slow
@given(banks(), banks(), blueprints(), st.integers())
def test_trial_items_come_on_top_and_clash_with_nothing(bank, trial, blueprint, seed) -> None:
    if check_blueprint(blueprint) or not possible(bank, blueprint):
        return
    pilots = [replace(item, item_id=item.item_id.replace("TST", "TRY")) for item in trial]
    form = assemble(bank, blueprint, seed, pilots=pilots)
    by_id = {item.item_id: item for item in (*bank, *pilots)}
    scored = [by_id[item.item_id] for item in form.items if item.scored]
    unscored = [by_id[item.item_id] for item in form.items if not item.scored]
    assert keeps(tuple(scored), blueprint) and len(unscored) <= blueprint.pilots
    assert all(item.item_id.startswith("TRY") for item in unscored)
    pictures = Counter(item.picture for item in (*scored, *unscored) if item.picture)
    assert all(count <= blueprint.max_same_picture for count in pictures.values())
    together = {item.item_id for item in (*scored, *unscored)}
    assert not any(item.enemies & together for item in (*scored, *unscored))


@slow
@given(banks(), blueprints(), st.integers(), st.randoms(use_true_random=False))
def test_the_order_of_the_bank_does_not_matter(bank, blueprint, seed, random) -> None:
    if check_blueprint(blueprint) or not possible(bank, blueprint):
        return
    shuffled = list(bank)
    random.shuffle(shuffled)
    assert assemble(bank, blueprint, seed) == assemble(shuffled, blueprint, seed)


@slow
@given(banks(), blueprints(), st.integers())
def test_items_follow_the_parts_and_options_are_complete(bank, blueprint, seed) -> None:
    if check_blueprint(blueprint) or not possible(bank, blueprint):
        return
    form: Form = assemble_from(prepare(bank, blueprint), seed)
    by_id = {item.item_id: item for item in bank}
    parts = [by_id[item.item_id].part for item in form.items]
    assert parts == sorted(parts, key=list(type(parts[0])).index)
    for item in form.items:
        own = by_id[item.item_id]
        assert item.version == own.version
        assert sorted(item.option_order) == sorted(own.option_ids)
        if own.type is ItemType.TRUE_FALSE:
            assert item.option_order == own.option_ids


@given(st.integers(1, 10**40), st.integers())
def test_draws_stay_below_their_bound(bound: int, seed: int) -> None:
    draw = SeededDraw("test", seed)
    assert all(0 <= draw.below(bound) < bound for _ in range(5))


@given(st.lists(st.integers(), max_size=30), st.integers())
def test_a_shuffle_keeps_every_value(values: list[int], seed: int) -> None:
    assert sorted(SeededDraw("test", seed).shuffled(values)) == sorted(values)
