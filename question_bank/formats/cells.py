"""Cells that a spreadsheet would take for a formula."""

import re

# A spreadsheet runs a cell that starts like this (OWASP, CSV injection); the wide forms count in East Asian ones.
_RISKY = "=+\\-@\t\r＝＋－＠"
_NEEDS_GUARD = re.compile(f"'*[{_RISKY}]")
_GUARDED = re.compile(f"'+[{_RISKY}]")


def guard(cell: str) -> str:
    """`cell` with an apostrophe before it when a spreadsheet might run it. `unguard` takes exactly it away."""
    return f"'{cell}" if _NEEDS_GUARD.match(cell) else cell


def unguard(cell: str) -> str:
    """`cell` without the apostrophe that `guard` set; other apostrophes stay."""
    return cell[1:] if _GUARDED.match(cell) else cell
