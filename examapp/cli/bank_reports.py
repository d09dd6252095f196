"""An import's report for the command line: JSON for programs, lines for people."""

from typing import Any

from examapp.domain.errors import Refusal
from examapp.services.bank.importing import Fate, FileRefused, Report, Row
from question_bank.problem import Problem
from question_bank.problem_words import explain

_KEPT = {Fate.NEW: "new item", Fate.VERSION: "new version", Fate.SAME: "unchanged"}
_REFUSALS = {
    "format_unknown": "The format {format} is not known. Use csv or xlsx.",
    "account_missing": "There is no such administrator.",
    "item_moved": "Somebody else changed the bank at the same moment. Nothing was written; try again.",
}


def refusal(error: Refusal) -> str:
    """A sentence for a refusal."""
    return _REFUSALS.get(error.code, f"Not possible: {error.code} {error.params or ''}").format(
        **error.params
    )


def as_dict(report: Report, dry_run: bool) -> dict[str, Any]:
    """Every row once: `kept` as it stood, `changed` (taken in, but not letter for letter), or `lost`, and why."""
    kept = [row for row in report.rows if row.fate is not Fate.ERROR and not row.problems]
    changed = [row for row in report.rows if row.fate is not Fate.ERROR and row.problems]
    return {
        "dry_run": dry_run,
        "committed": report.committed,
        "kept": [_line(row, _KEPT[row.fate]) for row in kept],
        "changed": [_line(row, f"{_KEPT[row.fate]}; {_reasons(row.problems)}") for row in changed],
        "lost": [_line(row, _reasons(row.problems)) for row in report.errors],
    }


def refused_file(error: FileRefused) -> dict[str, Any]:
    """A file that can't be read at all: nothing of it is kept."""
    lost = [{"item": None, "row": None, "reason": explain(problem, "en")} for problem in error.problems]
    return {"dry_run": False, "committed": False, "kept": [], "changed": [], "lost": lost}


def as_text(report: Report, dry_run: bool) -> str:
    lines = [f"row {row.number}  {row.identity or '-'}  {_reasons(row.problems)}" for row in report.errors]
    counts = ", ".join(f"{len(report.of(fate))} {_KEPT.get(fate, 'in error')}" for fate in Fate)
    lines.append(f"{len(report.rows)} rows: {counts}.")
    if dry_run:
        lines.append("Only checked; nothing was written.")
    elif not report.committed:
        lines.append("Nothing was written. Correct the rows, or pass --keep-good to take in the others.")
    return "\n".join(lines)


def _line(row: Row, reason: str) -> dict[str, Any]:
    return {"item": row.identity, "row": row.number, "reason": reason}


def _reasons(problems: tuple[Problem, ...]) -> str:
    return "; ".join(_reason(problem) for problem in problems)


def _reason(problem: Problem) -> str:
    words = explain(problem, "en")
    return words if words.startswith(problem.field) else f"{problem.field}: {words}"
