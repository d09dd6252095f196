"""The first way to a form, `assembly-1`: a draw, repaired where items clash. It must never change.

Forms that were given before the integer program came are reproduced by it, and it is what a start falls back on.
"""

from question_bank.draw import SeededDraw
from question_bank.feasibility import Infeasible, diagnose
from question_bank.form import Form, FormItem, Proof, constraints_of, expected_facility
from question_bank.item import ItemVersion, Part
from question_bank.pool import Pool
from question_bank.program import cheapest_form
from question_bank.repair import repair

ALGORITHM = "assembly-1"
# A draw costs about 0.3 ms. So many in a row that clash are the sign of a bank where valid forms are rare.
MAX_DRAWS = 20
MAX_REPAIRS = 10

# What this way keeps beside counts and bands.
_FAMILIES = ("difficulty_mix", "enemies", "same_picture")
_COST_RANGE = 1 << 16


def draw_form(pool: Pool, seed: int, *, hurried: bool = False) -> Form:
    """A form from a prepared pool. The seed, the pool's bank and its blueprint alone decide which.

    Among forms without clashes each is equally likely (see `AllocationTable`), unless `MAX_DRAWS` draws clashed.
    Then clashing items are exchanged, and if that fails too an exact search decides, so that a clash never hides
    a form that exists. Raises `Infeasible` (without its reasons when `hurried`), or `SearchGaveUp` when the search
    ran out of time.
    """
    if pool.table.forms == 0:
        raise _infeasible(pool, hurried)
    draw = SeededDraw(ALGORITHM, seed)
    places, method, draws = _places(pool, draw, hurried)
    chosen = [pool.items[place] for place in places]
    items = _in_order(chosen, draw)
    return Form(items, _proof(pool, seed, chosen, method, draws))


def _places(pool: Pool, draw: SeededDraw, hurried: bool) -> tuple[tuple[int, ...], str, int]:
    """The places of a form without clashes, how it was found, and after how many draws."""
    for draws in range(1, MAX_DRAWS + 1):
        places = _draw_places(pool, draw)
        if not pool.clashes(places):
            return places, "draw", draws
    for draws in range(MAX_DRAWS + 1, MAX_DRAWS + MAX_REPAIRS + 1):
        repaired = repair(pool, _draw_places(pool, draw), draw)
        if repaired is not None:
            return repaired, "repair", draws
    found = search(pool, draw)
    if found is None:
        raise _infeasible(pool, hurried)
    return found, "search", MAX_DRAWS + MAX_REPAIRS


def _infeasible(pool: Pool, hurried: bool) -> Infeasible:
    return Infeasible(pool.blueprint.name, (), ()) if hurried else diagnose(pool, _FAMILIES)


def search(pool: Pool, draw: SeededDraw) -> tuple[int, ...] | None:
    """Places of a form without clashes, the cheapest under seeded random costs; None when there is none."""
    costs = {place: 1 + draw.below(_COST_RANGE) for place in range(len(pool.items))}
    return cheapest_form(pool, costs, families=_FAMILIES)


def _draw_places(pool: Pool, draw: SeededDraw) -> tuple[int, ...]:
    places: list[int] = []
    for cell, count in pool.table.draw(draw).items():
        if count:
            places.extend(draw.chosen(pool.cells[cell], count))
    return tuple(places)


def _proof(pool: Pool, seed: int, chosen: list[ItemVersion], method: str, draws: int) -> Proof:
    constraints = constraints_of(chosen, pool.blueprint)
    broken = [constraint.name for constraint in constraints if not constraint.met]
    if broken:
        # Counted afresh from the items: a form that breaks its blueprint must never reach an applicant.
        raise AssertionError(f"assembly broke its own blueprint: {', '.join(broken)}")
    return Proof(
        algorithm=ALGORITHM,
        seed=seed,
        blueprint=pool.blueprint.name,
        blueprint_digest=pool.blueprint_digest,
        bank_digest=pool.bank_digest,
        method=method,
        draws=draws,
        expected_facility=expected_facility(chosen),
        constraints=constraints,
    )


def _in_order(chosen: list[ItemVersion], draw: SeededDraw) -> tuple[FormItem, ...]:
    """Items by part, shuffled within; sorted first, so that how they were found does not show."""
    placed: list[FormItem] = []
    chosen = sorted(chosen, key=lambda item: item.item_id)
    for part in Part:
        for item in draw.shuffled([item for item in chosen if item.part is part]):
            order = draw.shuffled(item.option_ids) if item.shape.shuffles else item.option_ids
            placed.append(FormItem(item.item_id, item.version, order))
    return tuple(placed)
