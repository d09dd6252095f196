"""Applicants register: who they are, which licence they wish for, and whether the rules let them apply.

That a NIK is registered already is never shown: the caller sees the same answer, takes as long, and the owner of the
account is told by a message.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid, NotAllowed, NotFound
from examapp.domain.passwords import check_password
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account, Applicant, Application
from examapp.persistence.records.audit import AuditEntry
from examapp.services.messaging.messages import queue_message
from examapp.services.outcome import retakes
from examapp.services.people import accounts
from examapp.services.platform import Actor, Platform, Transaction
from examapp.services.sitting.blueprints import for_class
from scoring.nik import InvalidNik, Nik, parse_nik
from scoring.policy import (
    ApplicationKind,
    Eligible,
    HeldLicence,
    Ineligible,
    Reason,
    check_eligibility,
)

# The owner of a NIK is told once a day at most that somebody registers with it.
TELL_AGAIN_AFTER = timedelta(days=1)
_PHONE_NOISE = re.compile(r"[\s().\-]+")
_PHONE = re.compile(r"\+62[2-9]\d{7,11}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a person says of themselves. The repr shows neither NIK, phone nor password."""

    nik: str = field(repr=False)
    name: str
    birth_date: date
    phone: str = field(repr=False)
    password: str = field(repr=False)
    language: str = "id"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """The licence wished for, and the one held already where the kind of application rests on one."""

    licence_class: str
    kind: str
    held_class: str | None = None
    held_since: date | None = None
    held_until: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something can't be taken: the form's field and a reason with its article."""

    field: str
    reason: Reason


def normal_phone(text: str) -> str:
    """`text` as `+62…`. Raises `Invalid("phone_invalid")` when it is no Indonesian number."""
    digits = _PHONE_NOISE.sub("", text)
    if digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    if not _PHONE.fullmatch(digits):
        raise Invalid("phone_invalid", field="phone")
    return digits


def normal_name(text: str) -> str:
    """A name with single spaces. Raises `Invalid("name_invalid")` when it is empty, too long or not a name."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= 120 or not name.isprintable() or not any(letter.isalpha() for letter in name):
        raise Invalid("name_invalid", field="name")
    return name


def identity_problems(newcomer: Newcomer) -> list[Problem]:
    """What is wrong with the NIK, and whether it agrees with the birth date."""
    try:
        nik = parse_nik(newcomer.nik)
    except InvalidNik as error:
        return [Problem("nik", Reason(error.code))]
    return [] if nik.agrees_with(newcomer.birth_date) else [Problem("birth_date", Reason("nik_disagrees"))]


def wish_problems(session: Session, wish: Wish, birth_date: date, on_date: date) -> list[Problem]:
    """Every rule that stands against `wish` on `on_date`, and whether the class can be examined here yet."""
    found = _eligibility(wish, birth_date, on_date)
    reasons = found.reasons if isinstance(found, Ineligible) else ()
    problems = [Problem("licence_class", reason) for reason in reasons]
    if wish.kind != ApplicationKind.RENEWAL and for_class(session, wish.licence_class) is None:
        not_yet = Reason("class_not_available", {"licence_class": wish.licence_class})
        problems.insert(0, Problem("licence_class", not_yet))
    return problems


def _eligibility(wish: Wish, birth_date: date, on_date: date) -> Eligible | Ineligible:
    held = []
    if wish.held_class and wish.held_since:
        held.append(HeldLicence(wish.held_class, wish.held_since, wish.held_until))
    return check_eligibility(wish.licence_class, wish.kind, birth_date, on_date, held)


def register(platform: Platform, actor: Actor, newcomer: Newcomer, wish: Wish) -> UUID | None:
    """Open an account with its first application. None: the NIK was taken; show the caller's reader no difference.

    Raises `Invalid` with the first thing that can't be taken; ask `identity_problems` and `wish_problems` for all.
    """
    name, phone = normal_name(newcomer.name), normal_phone(newcomer.phone)
    with platform.reading() as session:
        problems = identity_problems(newcomer) or wish_problems(
            session, wish, newcomer.birth_date, accounts.today(platform.clock.now())
        )
    if problems:
        raise Invalid(problems[0].reason.code, field=problems[0].field, **problems[0].reason.params)
    nik = parse_nik(newcomer.nik)
    words = [word for word in name.split() if len(word) >= 4]
    check_password(newcomer.password, personal=(*words, nik.digits, phone.removeprefix("+62")))
    # Before the transaction and in every case, so that a NIK that is taken costs the same time as a new one.
    hashed = accounts.hash_password(platform, newcomer.password)
    try:
        return _open_account(platform, actor, newcomer, wish, nik, name, phone, hashed)
    except IntegrityError:
        # Another registration with this NIK came first by a breath; now it is there to be found.
        return _open_account(platform, actor, newcomer, wish, nik, name, phone, hashed)


def _open_account(
    platform: Platform,
    actor: Actor,
    newcomer: Newcomer,
    wish: Wish,
    nik: Nik,
    name: str,
    phone: str,
    hashed: str,
) -> UUID | None:
    login = platform.vault.lookup_digest("nik", nik.digits)
    with platform.writing(actor) as tx:
        owner = tx.session.scalar(select(Account).where(Account.login == login))
        if owner is not None:
            _tell_owner(platform, tx, owner)
            return None
        account = Account(
            id=uuid4(),
            role=Role.APPLICANT.value,
            login=login,
            display_name=name,
            password_hash=hashed,
            language=newcomer.language if newcomer.language in accounts.LANGUAGES else "id",
            demo=newcomer.demo,
            created_at=tx.now,
        )
        tx.session.add(account)
        tx.session.flush()
        platform.vault.create_person_key(tx.session, account.id, tx.now)
        tx.session.flush()
        seal = platform.vault.seal_for
        tx.session.add(
            Applicant(
                account_id=account.id,
                nik_cipher=seal(tx.session, account.id, nik.digits, "nik"),
                phone_cipher=seal(tx.session, account.id, phone, "phone"),
                birth_date=newcomer.birth_date,
                region_known=nik.region_known,
            )
        )
        tx.session.flush()
        tx.audit(f"account:{account.id}", "account.registered", region_known=nik.region_known)
        _add_application(tx, account.id, newcomer.birth_date, wish)
        return account.id


def _tell_owner(platform: Platform, tx: Transaction, owner: Account) -> None:
    chain = f"account:{owner.id}"
    told = tx.session.scalar(
        select(AuditEntry.sequence).where(
            AuditEntry.chain == chain,
            AuditEntry.action == "registration.repeated",
            AuditEntry.at > tx.now - TELL_AGAIN_AFTER,
        )
    )
    applicant = tx.session.get(Applicant, owner.id)
    if told is None and applicant is not None and owner.disabled_at is None:
        phone = platform.vault.open_for(tx.session, owner.id, applicant.phone_cipher, "phone")
        contact = platform.config.help_contact
        queue_message(tx, platform.vault, "registered_again", phone, owner.language, contact=contact)
        tx.audit(chain, "registration.repeated")
    else:
        # Counted too, and so that this way also ends in a commit like the others.
        tx.audit(chain, "registration.repeated_again")


def _add_application(tx: Transaction, applicant_id: UUID, birth_date: date, wish: Wish) -> UUID:
    found = _eligibility(wish, birth_date, accounts.today(tx.now))
    if isinstance(found, Ineligible):
        raise Invalid(found.reasons[0].code, field="licence_class", **found.reasons[0].params)
    application = Application(
        id=uuid4(),
        applicant_id=applicant_id,
        licence_class=wish.licence_class,
        kind=wish.kind,
        held_class=wish.held_class,
        held_since=wish.held_since,
        # Age, holding and parts; the guardian's rule is asked again at the consent.
        rule_version=",".join(found.rule_versions[:3]),
        created_at=tx.now,
    )
    tx.session.add(application)
    tx.audit(
        f"account:{applicant_id}",
        "application.made",
        application=str(application.id),
        licence_class=wish.licence_class,
        kind=wish.kind,
        rules=list(found.rule_versions),
    )
    return application.id


def problems_of(platform: Platform, actor: Actor, wish: Wish) -> list[Problem]:
    """What stands against a further application of the applicant who asks."""
    with platform.reading() as session:
        applicant = session.get(Applicant, actor.account_id) if actor.account_id else None
        if applicant is None:
            raise NotFound("account_missing")
        return wish_problems(session, wish, applicant.birth_date, accounts.today(platform.clock.now()))


def apply_again(platform: Platform, actor: Actor, wish: Wish) -> UUID:
    """A further application of somebody registered. Raises `Invalid` as `register` does.

    One for a class at a time, whatever its kind: tries are counted by application. One that is over gives way.
    """
    if actor.account_id is None or actor.role is not Role.APPLICANT:
        raise NotAllowed("not_allowed")
    with platform.writing(actor) as tx:
        applicant = tx.session.get(Applicant, actor.account_id, with_for_update=True)
        if applicant is None:
            raise NotFound("account_missing")
        problems = wish_problems(tx.session, wish, applicant.birth_date, accounts.today(tx.now))
        if problems:
            raise Invalid(problems[0].reason.code, field=problems[0].field, **problems[0].reason.params)
        _close_former(tx, applicant.account_id, wish.licence_class)
        return _add_application(tx, applicant.account_id, applicant.birth_date, wish)


def _close_former(tx: Transaction, applicant_id: UUID, licence_class: str) -> None:
    """Close what is over for this class. Raises `Invalid("application_open")` when something is not."""
    query = select(Application).where(
        Application.applicant_id == applicant_id,
        Application.licence_class == licence_class,
        Application.closed_at.is_(None),
    )
    for former in tx.session.scalars(query):
        if not retakes.is_over(tx.session, former, tx.now):
            raise Invalid("application_open", field="licence_class", licence_class=licence_class)
        former.closed_at = tx.now
        tx.audit(f"account:{applicant_id}", "application.closed", application=str(former.id))
