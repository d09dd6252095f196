"""Reading the audit chains and verifying them. Nothing here changes anything, and nothing sealed is opened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from examapp.domain.errors import NotFound
from examapp.domain.roles import Permission
from examapp.services.audit import audit_trail
from examapp.services.audit.chain_subjects import subjects
from examapp.web.auditor.blueprint import blueprint
from examapp.web.auditor.deeds import chain_title, deed_name
from examapp.web.auditor.words import BREAKS
from examapp.web.guard import requires
from examapp.web.identity import platform
from examapp.web.language import reader_zone


def _page_number() -> int:
    return max(1, request.args.get("page", 1, type=int))


def _day(text: str | None) -> datetime | None:
    """Midnight of a typed day where the reader is; what is no day counts as not asked for."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(reader_zone()))


def _filter(asked: MultiDict[str, str]) -> audit_trail.DeedFilter:
    until = _day(asked.get("until"))
    return audit_trail.DeedFilter(
        action=asked.get("action") or None,
        actor=asked.get("actor") or None,
        since=_day(asked.get("since")),
        until=until + timedelta(days=1) if until else None,
    )


def _titles(chains: Iterable[str], verification: audit_trail.Verification | None = None) -> dict[str, str]:
    """Chains by their names, in words; those that a verification found broken too."""
    named = {*chains, *(each.chain for each in verification.breaks)} if verification else set(chains)
    return {name: chain_title(subject) for name, subject in subjects(platform(), named).items()}


def _overview(verification: audit_trail.Verification | None = None) -> str:
    lines, pages = audit_trail.recent_chains(platform(), _page_number())
    return render_template(
        "auditor/overview.html",
        figures=audit_trail.overview(platform()),
        lines=lines,
        page=_page_number(),
        pages=pages,
        verification=verification,
        breaks=BREAKS,
        titles=_titles((line.name for line in lines), verification),
        deed_name=deed_name,
        address=lambda page: url_for("auditor.overview", page=page),
    )


@blueprint.get("/")
@requires(Permission.READ_AUDIT)
def overview() -> str:
    return _overview()


@blueprint.post("/")
@requires(Permission.READ_AUDIT)
def verify_everything() -> str:
    """Walk every chain now and say what was found."""
    return _overview(audit_trail.verify_all(platform()))


@blueprint.get("/deeds")
@requires(Permission.READ_AUDIT)
def deeds() -> str:
    wanted = _filter(request.args)
    found, pages = audit_trail.deeds(platform(), wanted, _page_number())
    asked = {
        key: value for key, value in request.args.items() if key in {"action", "actor", "since", "until"}
    }
    return render_template(
        "auditor/deeds.html",
        deeds=found,
        asked=asked,
        actions=sorted(
            ((code, deed_name(code)) for code in audit_trail.overview(platform()).actions),
            key=lambda each: each[1],
        ),
        titles=_titles(deed.chain for deed in found),
        deed_name=deed_name,
        page=_page_number(),
        pages=pages,
        address=lambda page: url_for("auditor.deeds", page=page, **asked),
    )


def _chain(name: str, verification: audit_trail.Verification | None = None) -> str:
    wanted = replace(audit_trail.DeedFilter(), chain=name)
    found, pages = audit_trail.deeds(platform(), wanted, _page_number())
    if not found and verification is None and not name.startswith("events:"):
        raise NotFound()
    return render_template(
        "auditor/chain.html",
        name=name,
        deeds=found,
        verification=verification,
        breaks=BREAKS,
        titles=_titles([name], verification),
        deed_name=deed_name,
        page=_page_number(),
        pages=pages,
        address=lambda page: url_for("auditor.chain", name=name, page=page),
    )


@blueprint.get("/chains/<name>")
@requires(Permission.READ_AUDIT)
def chain(name: str) -> str:
    if name.startswith("events:"):
        # Answers are not for auditors: of a sitting's events they see the length and whether the chain holds.
        return _chain(name, audit_trail.verify_one(platform(), name))
    return _chain(name)


@blueprint.post("/chains/<name>")
@requires(Permission.READ_AUDIT)
def verify_chain(name: str) -> str:
    return _chain(name, audit_trail.verify_one(platform(), name))
