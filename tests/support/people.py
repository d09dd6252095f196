"""Accounts of every role in a line, made by the services themselves."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from examapp.domain.roles import Role
from examapp.services.people import accounts, registration, staff
from examapp.services.platform import Actor, Platform

PASSWORD = "kuda laut biru 27"
OPERATOR = Actor(None, Role.ADMINISTRATOR, "tests")
_serials = count(1)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in: what they type (`login`, `password`), and who they are to the platform."""

    account_id: UUID
    role: Role
    login: str
    password: str = PASSWORD

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.role, "tests")


def make_nik(
    birth_date: date, *, woman: bool = False, region: str = "327301", serial: int | None = None
) -> str:
    """A well-formed NIK nobody in this run has had yet."""
    day = birth_date.day + (40 if woman else 0)
    number = next(_serials) if serial is None else serial
    return f"{region}{day:02d}{birth_date.month:02d}{birth_date.year % 100:02d}{number:04d}"


def make_staff(platform: Platform, role: Role, name: str = "") -> Person:
    """A member of staff with `PASSWORD`."""
    login = name or f"{role.value}{next(_serials)}"
    made = staff.create_staff(
        platform, OPERATOR, staff.NewStaff(login=login, display_name=login.title(), role=role)
    )
    accounts.set_password(platform, OPERATOR, made.account_id, PASSWORD)
    return Person(made.account_id, role, login)


def make_applicant(
    platform: Platform,
    *,
    licence_class: str = "A",
    kind: str = "new",
    birth_date: date = date(1998, 4, 12),
    name: str = "Sari Wulandari",
    language: str = "id",
    held_class: str | None = None,
    held_since: date | None = None,
    held_until: date | None = None,
) -> Person:
    """An applicant with one open application and `PASSWORD`."""
    nik = make_nik(birth_date)
    wish = registration.Wish(licence_class, kind, held_class, held_since, held_until)
    newcomer = registration.Newcomer(
        nik=nik,
        name=name,
        birth_date=birth_date,
        phone=f"0812{next(_serials):08d}",
        password=PASSWORD,
        language=language,
    )
    account_id = registration.register(platform, Actor(request_id="tests"), newcomer, wish)
    assert account_id is not None, "this NIK was taken already"
    return Person(account_id, Role.APPLICANT, nik)


def make_person(platform: Platform, role: Role) -> Person:
    return make_applicant(platform) if role is Role.APPLICANT else make_staff(platform, role)
