"""The NIK, the 16-digit number of an identity card: 6 region, 6 birth date (women: day + 40), 4 serial."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# Provinces whose code a card can carry, old and new. Codes change and the card keeps that of first issue,
# so an unknown one warns and never refuses.
PROVINCES = frozenset(
    {11, 12, 13, 14, 15, 16, 17, 18, 19, 21}
    | {31, 32, 33, 34, 35, 36, 51, 52, 53, 54}
    | {61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76, 81, 82}
    | {91, 92, 93, 94, 95, 96, 97}
)
WOMEN_DAY_OFFSET = 40
SEPARATORS = re.compile(r"[\s.\-]+")


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class InvalidNik(ValueError):
    """`code` is nik_missing, nik_not_digits, nik_length or nik_birth_date; reasons.toml has the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Nik:
    """A well-formed NIK. Its repr hides the digits, so that none reaches a log.

    `birth_dates` are the dates it may mean, the earlier century first: two digits of a year don't say which.
    """

    digits: str = field(repr=False)
    region: str = field(repr=False)
    region_known: bool
    birth_dates: tuple[date, ...] = field(repr=False)
    sex: Sex = field(repr=False)
    serial: str = field(repr=False)

    def agrees_with(self, birth_date: date) -> bool:
        """Whether the birth date that was typed is one this NIK can mean."""
        return birth_date in self.birth_dates

    def birth_date(self, on_date: date) -> date | None:
        """The latest possible birth date not after `on_date`: a guess for a form, never proof of an age."""
        past = [day for day in self.birth_dates if day <= on_date]
        return past[-1] if past else None

    @property
    def masked(self) -> str:
        """For screens where a person must recognise it: the first and last two digits."""
        return f"{self.digits[:2]}{'•' * 12}{self.digits[-2:]}"


def parse_nik(text: str) -> Nik:
    """Read a NIK as people write it, with spaces, dots or hyphens between the digits. Raises `InvalidNik`."""
    digits = SEPARATORS.sub("", text)
    if not digits:
        raise InvalidNik("nik_missing")
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidNik("nik_not_digits")
    if len(digits) != 16:
        raise InvalidNik("nik_length")
    day = int(digits[6:8])
    female = day > WOMEN_DAY_OFFSET
    dates = _dates(day - WOMEN_DAY_OFFSET if female else day, int(digits[8:10]), int(digits[10:12]))
    if not dates:
        raise InvalidNik("nik_birth_date")
    return Nik(
        digits=digits,
        region=digits[:6],
        region_known=int(digits[:2]) in PROVINCES,
        birth_dates=dates,
        sex=Sex.FEMALE if female else Sex.MALE,
        serial=digits[12:],
    )


def _dates(day: int, month: int, year: int) -> tuple[date, ...]:
    found = []
    for century in (1900, 2000):
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)
