"""Making the demonstration: the bank, people, and sittings of yesterday; what is there already is left alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from examapp.domain.clock import SettableClock
from examapp.domain.errors import Refusal
from examapp.domain.office_time import OFFICE_ZONE, office_day
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.operations import WorkerBeat
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.demo import people
from examapp.services.demo.camera import Look, photo_desk
from examapp.services.demo.items import make_items, missing_items
from examapp.services.demo.people import APPLICANTS, STAFF, DemoApplicant, Story
from examapp.services.demo.sittings import has_sat, sit
from examapp.services.people.sign_in import login_key
from examapp.services.platform import Actor, Platform
from examapp.services.watching.analysis import PERIODIC_WORKER, SILENCE

FIRST_SITTING = time(8, 10)
BETWEEN_SITTINGS = timedelta(minutes=95)
# Gives the eyes of the analysis, or None where the model is missing.
OpenLook = Callable[[], Look | None]


@dataclass(frozen=True, slots=True)
class Made:
    """How much was new, and whose sittings had to be left out because the vision model is missing."""

    people: int = 0
    items: int = 0
    sittings: int = 0
    left_out: tuple[DemoApplicant, ...] = ()


def make_demo(platform: Platform, open_look: OpenLook = lambda: None, *, force: bool = False) -> Made:
    """Make whatever is not there yet.

    Raises `Refusal`: `demo_off_loopback`; `demo_beside_people` when others than ours have registered (`force`
    overrides); `demo_while_serving` when the workers run, as they would end sittings that lie in the past.
    """
    if not platform.config.loopback:
        raise Refusal("demo_off_loopback")
    absent = _absent(platform)
    unsat = [each for each in APPLICANTS if each.story is not Story.FRESH and not has_sat(platform, each)]
    if not absent and not unsat and not missing_items(platform):
        return Made()
    if not force:
        _must_be_ours(platform)
    if unsat:
        _must_be_at_rest(platform)
    today = office_day(platform.clock.now())
    first = datetime.combine(today - timedelta(days=1), FIRST_SITTING, OFFICE_ZONE).astimezone(UTC)
    clock = SettableClock(first - timedelta(hours=1))
    past = replace(platform, clock=clock)
    items = seed_shipped_items(past)
    made = sum(people.make_staff(past, each) for each in STAFF)
    made += sum(people.make_applicant(past, each) for each in APPLICANTS)
    items += make_items(past, Actor(people.account_of(past, "admin"), Role.ADMINISTRATOR, "demo"))
    look = open_look() if unsat else None
    if look is None:
        return Made(made, items, 0, tuple(unsat))
    with photo_desk(past, look):
        for place, person in enumerate(unsat):
            sit(past, clock, look, person, first + place * BETWEEN_SITTINGS)
    return Made(made, items, len(unsat))


def _absent(platform: Platform) -> set[str]:
    """The logins of ours that nobody has yet."""
    wanted = {login_key(platform.vault, each.login) for each in STAFF}
    wanted |= {login_key(platform.vault, each.nik) for each in APPLICANTS}
    with platform.reading() as db:
        return wanted - set(db.scalars(select(Account.login).where(Account.login.in_(wanted))))


def _must_be_ours(platform: Platform) -> None:
    with platform.reading() as db:
        others = select(Account.id).where(Account.role == Role.APPLICANT.value, Account.demo.is_(False))
        if db.scalars(others.limit(1)).first() is not None:
            raise Refusal("demo_beside_people")


def _must_be_at_rest(platform: Platform) -> None:
    with platform.reading() as db:
        beat = db.get(WorkerBeat, PERIODIC_WORKER)
    if beat is not None and platform.clock.now() - beat.at < SILENCE:
        raise Refusal("demo_while_serving")
