"""`simexam demo`: people to try the platform with. Their passwords are public, so it is refused off loopback."""

from dataclasses import dataclass
from datetime import date, timedelta

import click
from sqlalchemy import select

from examapp.cli.accounts import OPERATOR
from examapp.config import load_config
from examapp.domain.errors import Refusal
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.services import accounts, registration, staff
from examapp.services.platform import Actor, Platform, open_platform
from examapp.services.sign_in import login_key

PASSWORD = "jalan-aman-2026"  # noqa: S105 -- public on purpose, refused off loopback


@dataclass(frozen=True, slots=True)
class DemoPerson:
    login: str
    name: str
    role: Role
    note: str = ""


STAFF = (
    DemoPerson("admin", "Ratna Kusuma", Role.ADMINISTRATOR),
    DemoPerson("admin2", "Hendra Wijaya", Role.ADMINISTRATOR, "approves what the other one wrote"),
    DemoPerson("pengawas", "Dewi Lestari", Role.PROCTOR),
    DemoPerson("pengawas2", "Agus Pratama", Role.PROCTOR, "for the second decision"),
    DemoPerson("psikolog", "Maya Anggraini", Role.PSYCHOLOGIST),
    DemoPerson("auditor", "Yusuf Hakim", Role.AUDITOR),
)


@dataclass(frozen=True, slots=True)
class DemoApplicant:
    """An applicant that nobody is: the serial 9xxx is ours, and the region is a real one."""

    nik: str
    name: str
    birth_date: date
    licence_class: str
    kind: str
    note: str


APPLICANTS = (
    DemoApplicant("3273015204989001", "Sari Wulandari", date(1998, 4, 12), "A", "new", "SIM A, new"),
    DemoApplicant("3174031708019002", "Budi Santoso", date(2001, 8, 17), "C", "new", "SIM C, new"),
    DemoApplicant("3578044505099003", "Rina Amelia", date(2009, 5, 5), "C", "new", "17: a guardian consents"),
    DemoApplicant(
        "7371062302859004", "Joko Susilo", date(1985, 2, 23), "A", "renewal", "renewal: psychology"
    ),
)


def make_demo(platform: Platform) -> int:
    """Make whoever is not there yet; how many were made. Raises `Refusal` off loopback."""
    if not platform.config.loopback:
        raise Refusal("demo_off_loopback")
    return sum(_make_staff(platform, each) for each in STAFF) + sum(
        _make_applicant(platform, each) for each in APPLICANTS
    )


def _known(platform: Platform, typed: str) -> bool:
    key = login_key(platform.vault, typed)
    with platform.reading() as session:
        return session.scalar(select(Account.id).where(Account.login == key)) is not None


def _make_staff(platform: Platform, person: DemoPerson) -> bool:
    if _known(platform, person.login):
        return False
    new = staff.NewStaff(person.login, person.name, person.role, demo=True)
    made = staff.create_staff(platform, OPERATOR, new)
    accounts.set_password(platform, OPERATOR, made.account_id, PASSWORD)
    return True


def _make_applicant(platform: Platform, person: DemoApplicant) -> bool:
    if _known(platform, person.nik):
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
    actor = Actor(request_id="command-line")
    return registration.register(platform, actor, newcomer, wish) is not None


@click.command()
def demo() -> None:
    """Fill the platform with people to try it; safe to call again."""
    try:
        made = make_demo(open_platform(load_config()))
    except Refusal as error:
        if error.code != "demo_off_loopback":
            raise
        raise click.ClickException(
            "Demo passwords are public: demo accounts exist on loopback only (SIMEXAM_LOOPBACK=1)."
        ) from None
    click.echo(f"Demo accounts ({made} new), password of each: {PASSWORD}")
    for each in STAFF:
        click.echo(f"  {each.login:<18} {each.role.value:<14} {each.name}  {each.note}".rstrip())
    for person in APPLICANTS:
        click.echo(f"  {person.nik:<18} {'applicant':<14} {person.name}  {person.note}")
