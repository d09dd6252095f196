"""What a format has no element for, carried beside the question: short cells as tags, the others in a comment."""

import json
import re

from question_bank.formats.columns import COLUMNS

PREFIX = "sim:"
# Moodle cuts a tag at 50 letters and takes these signs out of it.
TAG_LENGTH = 50
_UNFIT = re.compile(r"[&<>`\n]")
_COMMENT = re.compile(r"\s*simdaring (\{.*\})\s*", re.DOTALL)


def tags_of(cells: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Cells as tags, `sim:topic=signs`, and those that fit in none."""
    tags, rest = [], {}
    for name, cell in cells.items():
        tag = f"{PREFIX}{name}={cell.replace(', ', '|') if name in {'classes', 'enemies'} else cell}"
        if len(tag) <= TAG_LENGTH and not _UNFIT.search(tag):
            tags.append(tag)
        else:
            rest[name] = cell
    return tags, rest


def cell_of(tag: str) -> tuple[str, str] | None:
    """The column and its cell that a tag of ours names, else None."""
    name, sign, cell = tag.removeprefix(PREFIX).partition("=")
    return (name, cell) if tag.startswith(PREFIX) and sign and name in COLUMNS else None


def comment_of(cells: dict[str, str]) -> str:
    """Cells as the text of an XML comment, in which two hyphens may not stand."""
    return " simdaring " + json.dumps(cells, sort_keys=True).replace("-", "\\u002d") + " "


def cells_of(comment: str) -> dict[str, str]:
    """The cells of a comment of ours; empty for any other."""
    found = _COMMENT.fullmatch(comment)
    if not found:
        return {}
    try:
        data = json.loads(found[1])
    except ValueError:
        return {}
    return {name: cell for name, cell in data.items() if name in COLUMNS and isinstance(cell, str)}
