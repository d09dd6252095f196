"""A form from the bank by a blueprint and a seed: an integer program whose costs are random."""

from collections.abc import Mapping, Sequence
from typing import Any

from question_bank import seeded_draw
from question_bank.blueprint import Blueprint
from question_bank.draw import SeededDraw
from question_bank.eligibility import NO_SNAPSHOT, Snapshot
from question_bank.feasibility import Infeasible, diagnose
from question_bank.form import Form, FormItem, ProgramProof
from question_bank.item import ItemVersion, Part
from question_bank.parameters import Calibration
from question_bank.pool import NO_CALIBRATION, Pool, prepare
from question_bank.program import TIME_LIMIT_S, SearchGaveUp, cheapest_form, solver_name
from question_bank.seeded_draw import draw_form
from question_bank.targets import expected_share
from question_bank.verification import constraints_of_form

ALGORITHM = "assembly-2"
# With n items and whole costs up to k, two cheapest forms exist with a probability below n/k (Mulmuley, Vazirani &
# Vazirani 1987, the isolation lemma): then, and only then, the platform could choose.
_COST_RANGE = 1 << 20
# More than any form costs without: a withheld item enters only where the blueprint can't be kept otherwise.
_WITHHELD_COST = 1 << 22
# The program over the cheapest few items of each cell has an optimum as a rule, and takes a tenth of the time (a core
# problem: Balas & Zemel 1980). Twice what the topic gives, and some.
_CORE_SPARE = 4
HURRIED_S = 1.0

__all__ = [
    "ALGORITHM",
    "Infeasible",
    "Pool",
    "SearchGaveUp",
    "assemble",
    "assemble_as",
    "assemble_from",
    "draw_form",
    "prepare",
]


def assemble(
    items: Sequence[ItemVersion],
    blueprint: Blueprint,
    seed: int,
    *,
    pilots: Sequence[ItemVersion] = (),
    calibration: Calibration = NO_CALIBRATION,
) -> Form:
    """A form of `items` (those that count, one version each) that keeps `blueprint`; same arguments, same form.

    For many forms from one bank, `prepare` a pool once and call `assemble_from`: indexing and digesting the
    bank costs far more than a form. Raises `Infeasible` when no form exists, saying what is missing.
    """
    return assemble_from(prepare(items, blueprint, pilots=pilots, calibration=calibration), seed)


def assemble_from(pool: Pool, seed: int, exposed: Snapshot = NO_SNAPSHOT, *, hurried: bool = False) -> Form:
    """A form from a prepared pool: seed, bank, blueprint and `exposed` alone decide which, on any platform.

    Every item gets a random whole cost from the seed, a withheld one more than a whole form's; the form is the
    cheapest that keeps every demand, so forms differ while agreeing in difficulty and information. Trial items are
    drawn afterwards: they can't change what is scored. Raises `Infeasible`, or `SearchGaveUp` when the solver ran
    out of time (never a form that depends on how fast the machine is). `hurried`, while somebody waits: a second
    and no more, and an `Infeasible` without its reasons, which cost several searches.
    """
    draw = SeededDraw(ALGORITHM, seed)
    withheld = set(exposed.withheld)
    costs = {
        place: 1 + draw.below(_COST_RANGE) + (_WITHHELD_COST if item.item_id in withheld else 0)
        for place, item in enumerate(pool.items)
    }
    places, method, apart_kept = _places(pool, costs, _pairs(pool, exposed), hurried)
    chosen = sorted((pool.items[place] for place in places), key=lambda item: item.item_id)
    trial = _trial_items(pool, chosen, draw)
    items = _in_order(chosen, trial, draw)
    parameters = [pool.parameters[place] for place in places]
    proof = ProgramProof(
        algorithm=ALGORITHM,
        seed=seed,
        blueprint=pool.blueprint.name,
        blueprint_digest=pool.blueprint_digest,
        bank_digest=pool.bank_digest,
        pilot_digest=pool.pilot_digest,
        parameter_digest=pool.parameter_digest,
        method=method,
        solver=solver_name(),
        expected_facility=round(sum(pool.facility[place] for place in places) / (1000 * len(places)), 4),
        expected_at_cut=expected_share(parameters, pool.points[1].ability),
        unscored=tuple(item.item_id for item in items if not item.scored),
        withheld=exposed.withheld,
        used=tuple(item.item_id for item in chosen if item.item_id in withheld),
        apart=exposed.apart,
        apart_kept=apart_kept,
        constraints=constraints_of_form(pool, chosen, trial),
    )
    broken = [constraint.name for constraint in proof.constraints if not constraint.met]
    if broken:
        # Counted afresh from the items: a form that breaks its blueprint must never reach an applicant.
        raise AssertionError(f"assembly broke its own blueprint: {', '.join(broken)}")
    return Form(items, proof)


def assemble_as(pool: Pool, proof: Mapping[str, Any]) -> Form:
    """The form that `proof` (as `as_dict` gives it) is of, by the algorithm it names, from its bank as `pool`.

    Raises `ValueError` for an algorithm nobody here knows.
    """
    if proof["algorithm"] == seeded_draw.ALGORITHM:
        return draw_form(pool, int(proof["seed"]))
    if proof["algorithm"] != ALGORITHM:
        raise ValueError(f"unknown algorithm {proof['algorithm']}")
    exposure = proof["exposure"]
    apart = tuple((one, other) for one, other in exposure["apart"])
    return assemble_from(pool, int(proof["seed"]), Snapshot(tuple(exposure["withheld"]), apart))


def _pairs(pool: Pool, exposed: Snapshot) -> list[tuple[int, int]]:
    if not exposed.apart:
        return []
    places = {item.item_id: place for place, item in enumerate(pool.items)}
    return [(places[a], places[b]) for a, b in exposed.apart if a in places and b in places]


def _places(
    pool: Pool, costs: dict[int, int], apart: list[tuple[int, int]], hurried: bool
) -> tuple[tuple[int, ...], str, bool]:
    """The places of the form, over which items it was sought, and whether the pairs were kept apart."""
    core, limit = _core(pool, costs), HURRIED_S if hurried else TIME_LIMIT_S
    for kept in [True, False] if apart else [True]:
        for method, sought in (("core", core), ("all", costs)):
            if method == "all" and len(core) == len(costs):
                continue
            pairs = apart if kept else ()
            found = cheapest_form(pool, sought, pairs, time_limit_s=limit) if sought else None
            if found is not None:
                return found, method, kept
    raise Infeasible(pool.blueprint.name, (), ()) if hurried else diagnose(pool)


def _core(pool: Pool, costs: dict[int, int]) -> dict[int, int]:
    counts = dict(pool.blueprint.topics)
    core: dict[int, int] = {}
    for (topic, _level), places in pool.cells.items():
        cheapest = sorted(places, key=lambda place: (costs[place], place))
        core |= {place: costs[place] for place in cheapest[: 2 * counts[topic] + _CORE_SPARE]}
    return core


def _trial_items(pool: Pool, chosen: list[ItemVersion], draw: SeededDraw) -> list[ItemVersion]:
    """As many as the blueprint wants and the bank has, none at odds with what is in the form already."""
    blueprint, found = pool.blueprint, list[ItemVersion]()
    if not blueprint.pilots:
        return found
    present = {item.item_id for item in chosen}
    pictures = [item.picture for item in chosen if item.picture]
    for item in draw.shuffled(pool.pilots):
        if len(found) == blueprint.pilots:
            break
        crowded = item.picture and pictures.count(item.picture) >= blueprint.max_same_picture
        if crowded or not present.isdisjoint(pool.enemy_ids.get(item.item_id, ())):
            continue
        found.append(item)
        present.add(item.item_id)
        pictures += [item.picture] if item.picture else []
    return found


def _in_order(chosen: list[ItemVersion], trial: list[ItemVersion], draw: SeededDraw) -> tuple[FormItem, ...]:
    """Items by part, shuffled within, trial items among the others so that nothing shows which they are."""
    unscored = {item.item_id for item in trial}
    together = sorted([*chosen, *trial], key=lambda item: item.item_id)
    placed: list[FormItem] = []
    for part in Part:
        for item in draw.shuffled([item for item in together if item.part is part]):
            order = draw.shuffled(item.option_ids) if item.shape.shuffles else item.option_ids
            placed.append(FormItem(item.item_id, item.version, order, item.item_id not in unscored))
    return tuple(placed)
