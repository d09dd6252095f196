"""An import's report for the command line: JSON for programs, lines for people."""

from collections import Counter
from dataclasses import replace
from typing import Any

from examapp.domain.errors import Refusal
from examapp.services.bank.importing import Fate, FileRefused, Report, Row
from question_bank.formats import Loss
from question_bank.problem import Problem
from question_bank.problem_words import explain

_KEPT = {Fate.NEW: "new item", Fate.VERSION: "new version", Fate.SAME: "unchanged"}
_REFUSALS = {
    "format_unknown": "The format {format} is not known.",
    "default_unknown": "{value} is not known here. Use {allowed}.",
    "account_missing": "There is no such administrator.",
    "item_moved": "Somebody else changed the bank at the same moment. Nothing was written; try again.",
}


def refusal(error: Refusal) -> str:
    """A sentence for a refusal."""
    return _REFUSALS.get(error.code, f"Not possible: {error.code} {error.params or ''}").format(
        **error.params
    )


def as_dict(report: Report, dry_run: bool) -> dict[str, Any]:
    """Everything of the file: `kept` as it stood, `changed` (taken in, but not letter for letter), `lost`, and why.

    An item that is taken in less a part stands in `changed`, and each part in `lost` with the item's identity.
    """
    taken = [row for row in report.rows if row.fate not in {Fate.ERROR, Fate.ASIDE}]
    kept = [row for row in taken if not row.problems and not row.lost]
    changed = [row for row in taken if row.problems or row.lost]
    return {
        "dry_run": dry_run,
        "committed": report.committed,
        "kept": [_line(row, _KEPT[row.fate]) for row in kept],
        "changed": [_line(row, _change(row)) for row in changed],
        "lost": [
            *(_line(row, _reasons(row.problems)) for row in report.errors),
            *(_line(row, _reason(problem)) for row in report.rows for problem in row.lost),
        ],
    }


def _change(row: Row) -> str:
    parts = f"{len(row.lost)} parts left out" if row.lost else ""
    return "; ".join(each for each in (_KEPT[row.fate], _reasons(row.problems), parts) if each)


def losses_as_dict(losses: tuple[Loss, ...]) -> dict[str, Any]:
    """What an export changed or left out, item by item."""
    lines = {kind: [loss for loss in losses if loss.kind == kind] for kind in ("changed", "lost")}
    return {
        kind: [{"item": loss.identity, "reason": _reason(loss.problem)} for loss in found]
        for kind, found in lines.items()
    }


def losses_as_lines(losses: tuple[Loss, ...]) -> list[str]:
    """The same for people: each reason once, with how many items it meets."""
    counts = Counter((loss.kind, _reason(replace(loss.problem, params=_general(loss)))) for loss in losses)
    return [f"{kind}: {reason} ({count} times)" for (kind, reason), count in sorted(counts.items())]


def _general(loss: Loss) -> tuple[tuple[str, str | int], ...]:
    """The params of a loss without what is each item's own."""
    return loss.problem.params if loss.whole else tuple((name, "…") for name, _ in loss.problem.params)


def refused_file(error: FileRefused) -> dict[str, Any]:
    """A file that can't be read at all: nothing of it is kept."""
    lost = [
        {"item": None, "row": None, "place": "", "reason": explain(problem, "en")}
        for problem in error.problems
    ]
    return {"dry_run": False, "committed": False, "kept": [], "changed": [], "lost": lost}


def as_text(report: Report, dry_run: bool) -> str:
    lines = [f"{_place(row)}  {row.identity or '-'}  {_reasons(row.problems)}" for row in report.errors]
    for row in report.rows:
        if row.fate is not Fate.ERROR:
            lines += [f"{_place(row)}  {row.identity or '-'}  {_reason(problem)}" for problem in row.problems]
        lines += [f"{_place(row)}  {row.identity or '-'}  lost: {_reason(problem)}" for problem in row.lost]
    names = {**_KEPT, Fate.ERROR: "in error", Fate.ASIDE: "beside the items"}
    counts = ", ".join(f"{len(report.of(fate))} {names[fate]}" for fate in Fate)
    lines.append(f"{len(report.rows)} in the file: {counts}.")
    if dry_run:
        lines.append("Only checked; nothing was written.")
    elif not report.committed:
        lines.append("Nothing was written. Correct the rows, or pass --keep-good to take in the others.")
    return "\n".join(lines)


def _line(row: Row, reason: str) -> dict[str, Any]:
    return {"item": row.identity, "row": row.number, "place": row.place, "reason": reason}


def _place(row: Row) -> str:
    return row.place or f"row {row.number}"


def _reasons(problems: tuple[Problem, ...]) -> str:
    return "; ".join(_reason(problem) for problem in problems)


def _reason(problem: Problem) -> str:
    words = explain(problem, "en")
    return words if words.startswith(problem.field) else f"{problem.field}: {words}"
