"""The demonstration's people. Nobody real: every NIK ends in a serial 90xx of ours, applicants are named "(contoh)"."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.services.people import accounts, registration, staff
from examapp.services.people.sign_in import login_key
from examapp.services.platform import Actor, Platform

PASSWORD = "jalan-aman-2026"  # noqa: S105 -- public on purpose, refused off loopback
OPERATOR = Actor(None, Role.ADMINISTRATOR, "demo")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    login: str
    name: str
    role: Role
    note: str = ""


STAFF = (
    DemoPerson("admin", "Ratna Kusuma", Role.ADMINISTRATOR, "menulis soal · writes items"),
    DemoPerson("admin2", "Hendra Wijaya", Role.ADMINISTRATOR, "menyetujui · approves what the other wrote"),
    DemoPerson("pengawas", "Dewi Lestari", Role.PROCTOR, "antrean · queue of flagged sittings"),
    DemoPerson("pengawas2", "Agus Pratama", Role.PROCTOR, "putusan kedua · second decision waits"),
    DemoPerson("psikolog", "Maya Anggraini", Role.PSYCHOLOGIST, "tanda tangan · reports to sign"),
    DemoPerson("auditor", "Yusuf Hakim", Role.AUDITOR, "rantai audit · audit chains"),
)


class Story(StrEnum):
    """What becomes of an applicant's sitting."""

    FRESH = "fresh"
    FAILED = "failed"
    TO_SIGN = "to_sign"
    HELD = "held"
    SECOND = "second"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class DemoApplicant:
    nik: str
    name: str
    birth_date: date
    licence_class: str
    kind: str
    note: str
    story: Story = Story.FRESH


_D = DemoApplicant
APPLICANTS = (
    _D("3273015204989001", "Sari Wulandari (contoh)", date(1998, 4, 12), "A", "new", "SIM A · try the exam"),
    _D("3174031708019002", "Budi Santoso (contoh)", date(2001, 8, 17), "C", "new", "SIM C · motorcycle"),
    _D(
        "3578044505099003",
        "Rina Amelia (contoh)",
        date(2009, 5, 5),
        "C",
        "new",
        "17 th, wali · guardian consents",
    ),
    _D(
        "7371062302859004",
        "Joko Susilo (contoh)",
        date(1985, 2, 23),
        "A",
        "renewal",
        "perpanjangan · renewal",
    ),
    _D(
        "3174030311959005",
        "Dimas Prakoso (contoh)",
        date(1995, 11, 3),
        "A",
        "new",
        "gagal teori · failed, retake date",
        Story.FAILED,
    ),
    _D(
        "3273016107999006",
        "Nadia Rahma (contoh)",
        date(1999, 7, 21),
        "A",
        "new",
        "menunggu psikolog · awaits signature",
        Story.TO_SIGN,
    ),
    _D(
        "3578041501969007",
        "Bayu Firmansyah (contoh)",
        date(1996, 1, 15),
        "A",
        "new",
        "ditahan · held for review",
        Story.HELD,
    ),
    _D(
        "3174037009929008",
        "Indah Permata (contoh)",
        date(1992, 9, 30),
        "C",
        "new",
        "satu suara batal · one vote to void",
        Story.SECOND,
    ),
    _D(
        "7371060806909009",
        "Tono Hidayat (contoh)",
        date(1990, 6, 8),
        "A",
        "new",
        "lulus · passed and signed",
        Story.PASSED,
    ),
)


def account_of(platform: Platform, typed: str) -> UUID | None:
    """The account that signs in with `typed` (a login or a NIK), or None."""
    key = login_key(platform.vault, typed)
    with platform.reading() as session:
        return session.scalar(select(Account.id).where(Account.login == key))


def make_staff(platform: Platform, person: DemoPerson) -> bool:
    """Whether `person` had to be made."""
    if account_of(platform, person.login):
        return False
    new = staff.NewStaff(person.login, person.name, person.role, demo=True)
    made = staff.create_staff(platform, OPERATOR, new)
    accounts.set_password(platform, OPERATOR, made.account_id, PASSWORD)
    return True


def make_applicant(platform: Platform, person: DemoApplicant) -> bool:
    """Whether `person` had to be registered."""
    if account_of(platform, person.nik):
        return False
    today = accounts.today(platform.clock.now())
    renewal = person.kind == "renewal"
    wish = registration.Wish(
        person.licence_class,
        person.kind,
        held_class=person.licence_class if renewal else None,
        held_since=today - timedelta(days=5 * 365 - 60) if renewal else None,
        held_until=today + timedelta(days=60) if renewal else None,
    )
    newcomer = registration.Newcomer(
        person.nik, person.name, person.birth_date, f"08120000{person.nik[-4:]}", PASSWORD, demo=True
    )
    return registration.register(platform, Actor(request_id="demo"), newcomer, wish) is not None
