"""Regions of a hotspot: QTI's pixels as thousandths of the picture."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from question_bank.formats.columns import LETTERS
from question_bank.formats.drafts import Draft
from question_bank.formats.media import ending_of, size_of
from question_bank.formats.qti_write import coords_of
from question_bank.formats.report import MediaFile
from question_bank.item import Region, RegionShape
from question_bank.problem import Problem


def read_regions(
    draft: Draft, choices: Sequence[Element], size: tuple[int, int], picture: bytes | None, where: str
) -> None:
    """The region of each choice into its cell; the exact one that travelled with it, where both mean the same pixels.

    `size` is the one declared for the picture, 0 where none was: then it is the picture's own.
    """
    if not all(size):
        size = size_of(MediaFile(picture, ending_of(picture) or "")) if picture else (1000, 1000)
    for letter, choice in zip(LETTERS, choices, strict=False):
        column = f"option_{letter}_region"
        label = choice.get("hotspotLabel", "")
        if label and " ".join(label.split()) != " ".join(draft.row.get(f"option_{letter}_id", "").split()):
            draft.row[f"option_{letter}_id"] = label
        shape, coords = choice.get("shape", ""), choice.get("coords", "")
        if shape not in set(RegionShape) or not re.fullmatch(
            r"\s*\d{1,6}(?:\s*,\s*\d{1,6})*\s*", coords, re.ASCII
        ):
            draft.faults.append(Problem.of(where, "region_unknown", value=f"{shape} {coords}"[:60]))
            return
        pixels = [int(each) for each in coords.split(",")]
        if not _same(draft.row.get(column, ""), shape, pixels, size):
            draft.row[column] = " ".join([shape, *map(str, _thousandths(pixels, size))])


def _same(cell: str, shape: str, pixels: list[int], size: tuple[int, int]) -> bool:
    named, *coords = cell.split() or [""]
    if named != shape or not all(re.fullmatch(r"\d{1,4}", each, re.ASCII) for each in coords):
        return False
    region = Region(RegionShape(shape), tuple(map(int, coords)))
    return coords_of(region, size) == ",".join(map(str, pixels))


def _thousandths(pixels: list[int], size: tuple[int, int]) -> list[int]:
    ends = [round(each * 1000 / size[place % 2]) for place, each in enumerate(pixels)]
    if len(pixels) == 3:
        ends[2] = round(pixels[2] * 1000 / size[0])
    return ends
