"""What an import says about everything in a file, and an export about what its format can't hold."""

from dataclasses import dataclass, field
from enum import StrEnum

from question_bank.item import ItemVersion
from question_bank.problem import Problem


class BankFormat(StrEnum):
    """The kinds of file that items come in and go out."""

    CSV = "csv"
    XLSX = "xlsx"
    MOODLE_XML = "moodle-xml"
    GIFT = "gift"
    AIKEN = "aiken"
    QTI21 = "qti21"
    QTI30 = "qti30"


class TableFormat(StrEnum):
    """The kinds that are tables: one row an item, one column a field."""

    CSV = "csv"
    XLSX = "xlsx"


class RowStatus(StrEnum):
    """`changed`: taken in, but not letter for letter, or less a part. `error`: an item not taken in.

    `aside`: something outside every item, such as a stylesheet, that the bank has no place for.
    """

    OK = "ok"
    CHANGED = "changed"
    ERROR = "error"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row or question of the file. `row_number` is the one Excel shows (the header is row 1), elsewhere the place
    among the questions, from 1; `place` says where in the file, as in `items/RAM-0001.xml`; `identity` is the id.

    `problems` are what is wrong (for an error) or was put differently; `lost` the parts that were left out. The
    `field` of a problem is the name of a column or a path in the file. `item` is None for an error and aside.
    """

    row_number: int
    identity: str
    status: RowStatus
    item: ItemVersion | None
    problems: tuple[Problem, ...] = ()
    lost: tuple[Problem, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture, recording or film: its bytes, and its ending as the bytes tell it, as in `png`."""

    data: bytes
    ending: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read: a report on everything in it, and the media of its items by reference (`media:<sha256>.png`)."""

    reports: tuple[RowReport, ...]
    files: dict[str, MediaFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loss:
    """What an export could not hold of an item as it is. `kind`: `changed` or `lost`; `whole`: all of the item."""

    identity: str
    kind: str
    problem: Problem
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """An exported file, and what it does not hold."""

    data: bytes
    losses: tuple[Loss, ...] = ()


class TableRefused(ValueError):
    """The file as a whole can't be read, so no part of it is taken in; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.code} {dict(problem.params)}" for problem in problems))
