"""The items that may enter a form, indexed once for one blueprint and used for many seeds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from question_bank.allocation import AllocationTable
from question_bank.blueprint import Blueprint
from question_bank.canonical import bank_digest, digest
from question_bank.item import Difficulty, ItemVersion, Topic
from question_bank.parameters import Calibration, ItemParameters, expected_facility, parameters_of
from question_bank.targets import Point, information_points

NO_CALIBRATION: Calibration = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pool:
    """An index over one state of the bank. Build it with `prepare`; it stays valid while `bank_digest` does.

    `items` are those of the blueprint's class and topics, sorted by id; `cells` holds their places by topic
    and difficulty; `enemies` holds, by place, the places it must not meet (both ways, whichever item
    declared it). `parameters`, `facility` (thousandths) and `information` (ten-thousandths, at each of `points`)
    go by place. `pilots` are trial items, never scored, sorted by id; `enemy_ids` holds the enemies of all by id.
    """

    blueprint: Blueprint
    blueprint_digest: str
    bank_digest: str
    items: tuple[ItemVersion, ...]
    cells: dict[tuple[Topic, Difficulty], tuple[int, ...]]
    enemies: dict[int, frozenset[int]]
    table: AllocationTable
    parameters: tuple[ItemParameters, ...]
    facility: tuple[int, ...]
    points: tuple[Point, ...]
    information: tuple[tuple[int, ...], ...]
    parameter_digest: str
    pilots: tuple[ItemVersion, ...]
    pilot_digest: str
    enemy_ids: Mapping[str, frozenset[str]]

    def pictures(self) -> dict[str, list[int]]:
        """Places by the picture they show."""
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            if item.picture:
                found.setdefault(item.picture, []).append(place)
        return found

    def clashes(self, places: Sequence[int]) -> bool:
        """Whether the items at `places` hold two enemies or too many of one picture."""
        chosen = set(places)
        if any(not chosen.isdisjoint(self.enemies[place]) for place in places if place in self.enemies):
            return True
        shown: dict[str, int] = {}
        for place in places:
            picture = self.items[place].picture
            if picture:
                shown[picture] = shown.get(picture, 0) + 1
                if shown[picture] > self.blueprint.max_same_picture:
                    return True
        return False


def prepare(
    items: Sequence[ItemVersion],
    blueprint: Blueprint,
    *,
    pilots: Sequence[ItemVersion] = (),
    calibration: Calibration = NO_CALIBRATION,
    digests: tuple[str, str] | None = None,
) -> Pool:
    """A pool of `items` (those that count, one version each) and `pilots` for `blueprint`. About 40 ms for 1,000.

    `calibration` holds the parameters that item analysis estimated, by item id and version; the others have the
    author's prior. `digests` of items and pilots, where the caller knows them, save nine tenths of the time. Raises
    `ValueError` when an item stands in them twice.
    """
    ids = {item.item_id for item in (*items, *pilots)}
    if len(ids) != len(items) + len(pilots):
        raise ValueError("an item stands in the pool twice; pass one version of each")
    eligible, trial = _eligible(items, blueprint), _eligible(pilots, blueprint)
    places = {item.item_id: place for place, item in enumerate(eligible)}
    cells: dict[tuple[Topic, Difficulty], list[int]] = {}
    for place, item in enumerate(eligible):
        cells.setdefault((item.topic, item.difficulty), []).append(place)
    parameters = tuple(parameters_of(item, calibration) for item in eligible)
    points = information_points(blueprint)
    by_id = _enemy_ids((*eligible, *trial))
    return Pool(
        blueprint=blueprint,
        blueprint_digest=blueprint.digest,
        bank_digest=digests[0] if digests else bank_digest(items),
        items=eligible,
        cells={cell: tuple(found) for cell, found in cells.items()},
        enemies={
            place: frozenset(places[enemy] for enemy in by_id[item_id] if enemy in places)
            for item_id, place in places.items()
            if not by_id.get(item_id, frozenset()).isdisjoint(places)
        },
        table=AllocationTable(blueprint, {cell: len(found) for cell, found in cells.items()}),
        parameters=parameters,
        facility=tuple(map(expected_facility, eligible, parameters)),
        points=points,
        information=tuple(tuple(each.information(at.ability) for at in points) for each in parameters),
        parameter_digest=_parameter_digest(items, calibration),
        pilots=trial,
        pilot_digest=digests[1] if digests else bank_digest(pilots),
        enemy_ids=by_id,
    )


def _eligible(items: Iterable[ItemVersion], blueprint: Blueprint) -> tuple[ItemVersion, ...]:
    wanted = {topic for topic, count in blueprint.topics if count}
    return tuple(
        item
        for item in sorted(items, key=lambda item: item.item_id)
        if blueprint.licence_class in item.classes and item.topic in wanted
    )


def _parameter_digest(items: Iterable[ItemVersion], calibration: Calibration) -> str:
    """Over what is calibrated: the priors stand in the items themselves."""
    versions = sorted((item.item_id, item.version) for item in items)
    return digest([[*key, calibration[key].as_list()] for key in versions if key in calibration])


def _enemy_ids(items: tuple[ItemVersion, ...]) -> dict[str, frozenset[str]]:
    """Both ways, whichever of two declared the other; items that are not among `items` are left out."""
    present = {item.item_id for item in items}
    pairs: dict[str, set[str]] = {}
    for item in items:
        for enemy in item.enemies & present - {item.item_id}:
            pairs.setdefault(item.item_id, set()).add(enemy)
            pairs.setdefault(enemy, set()).add(item.item_id)
    return {item_id: frozenset(others) for item_id, others in pairs.items()}
