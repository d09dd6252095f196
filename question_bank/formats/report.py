"""What an import says about every row."""

from dataclasses import dataclass
from enum import StrEnum

from question_bank.item import ItemVersion
from question_bank.problem import Problem


class TableFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class RowStatus(StrEnum):
    """`changed`: taken in, but not letter for letter; the problems say what differs. `error`: not taken in."""

    OK = "ok"
    CHANGED = "changed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of the table. `row_number` is the one Excel shows (the header is row 1); `identity` the id typed.

    The `field` of a problem is the name of a column. `item` is None when `status` is `error`.
    """

    row_number: int
    identity: str
    status: RowStatus
    item: ItemVersion | None
    problems: tuple[Problem, ...] = ()


class TableRefused(ValueError):
    """The file as a whole can't be read, so no row of it is taken in; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.code} {dict(problem.params)}" for problem in problems))
