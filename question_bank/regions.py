"""Regions of a hotspot item's picture: whether they lie in it and are large enough for a finger."""

from collections.abc import Iterator

from question_bank.item import ItemVersion, Region, RegionShape
from question_bank.problem import Problem

WHOLE = 1000
# A finger needs about 48 of 328 px of a narrow phone's picture; a tenth of its width comes near to it.
LEAST_SIZE = 60
MAX_CORNERS = 24


def check_regions(item: ItemVersion) -> Iterator[Problem]:
    """Faults of a hotspot's regions; an item of another type has none."""
    if item.shape.regions and not item.picture:
        yield Problem.of("picture", "missing")
    for option in item.options:
        field = f"options.{option.id}.region"
        if not item.shape.regions:
            if option.region:
                yield Problem.of(field, "no_region_here")
        elif option.region is None:
            yield Problem.of(field, "missing")
        elif not _is_sound(option.region):
            yield Problem.of(field, "bad_region")
        elif min(_size(option.region)) < LEAST_SIZE:
            yield Problem.of(field, "region_too_small", low=LEAST_SIZE)


def _is_sound(region: Region) -> bool:
    coords = region.coords
    if not all(0 <= each <= WHOLE for each in coords):
        return False
    if region.shape is RegionShape.RECT:
        return len(coords) == 4 and coords[0] < coords[2] and coords[1] < coords[3]
    if region.shape is RegionShape.CIRCLE:
        return len(coords) == 3 and coords[2] > 0
    return len(coords) % 2 == 0 and 3 <= len(coords) // 2 <= MAX_CORNERS


def _size(region: Region) -> tuple[int, int]:
    """Width and height of what encloses the region, in thousandths."""
    coords = region.coords
    if region.shape is RegionShape.RECT:
        return coords[2] - coords[0], coords[3] - coords[1]
    if region.shape is RegionShape.CIRCLE:
        return 2 * coords[2], 2 * coords[2]
    return max(coords[::2]) - min(coords[::2]), max(coords[1::2]) - min(coords[1::2])
