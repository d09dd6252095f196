"""Exchanging the items of a draw that clash, for banks where most draws do."""

from question_bank.draw import SeededDraw
from question_bank.pool import Pool


def repair(pool: Pool, places: tuple[int, ...], draw: SeededDraw) -> tuple[int, ...] | None:
    """`places` without clashes, or None when some item has no substitute.

    Takes the items in random order and keeps those that go with the ones kept so far; each other one gives way to
    a random item of its topic and difficulty that does. Counts, bands and facility therefore stay as they were.
    """
    kept: list[int] = []
    for place in draw.shuffled(places):
        substitute = place if _fits(pool, kept, place) else _substitute(pool, kept, places, place, draw)
        if substitute is None:
            return None
        kept.append(substitute)
    return tuple(kept)


def _fits(pool: Pool, kept: list[int], place: int) -> bool:
    return place not in kept and not pool.clashes([*kept, place])


def _substitute(
    pool: Pool, kept: list[int], places: tuple[int, ...], place: int, draw: SeededDraw
) -> int | None:
    item = pool.items[place]
    cell = pool.cells[item.topic, item.difficulty]
    # Items still to come in this draw would leave a gap behind them, so only others are tried.
    fresh = [other for other in cell if other not in places]
    for other in draw.shuffled(fresh):
        if _fits(pool, kept, other):
            return other
    return None
