"""The review of flagged sittings: the queue, one case beside its facts, and the decision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.services.cases import case_view, review
from examapp.services.cases.case_view import CaseView, Timeline
from examapp.services.watching import evidence, live_wall
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language, reader_zone
from examapp.web.proctor import words
from examapp.web.proctor.blueprint import blueprint
from examapp.web.proctor.summary import minutes
from examapp.web.refusals import sentence
from scoring.review import FINAL, CaseState, Decision

# Risk points at which a bar of the list is full; ten grave episodes would reach twice that.
FULL_RISK = 60.0


@blueprint.get("/cases/")
@requires(Permission.DECIDE_CASES)
def queue() -> str | AnyResponse:
    with platform().reading() as db:
        lines = case_view.queue(db, actor(), platform().clock.now())
    if not lines:
        return render_template("proctor/queue_empty.html")
    return redirect(url_for("proctor.case", case_id=lines[0].case_id))


@blueprint.get("/cases/<uuid:case_id>")
@requires(Permission.DECIDE_CASES)
def case(case_id: UUID) -> str:
    return _page(case_id)


def _page(case_id: UUID, given: dict[str, Any] | None = None) -> str:
    now = platform().clock.now()
    with platform().reading() as db:
        view = case_view.case_view(db, actor(), case_id)
        lines = case_view.queue(db, actor(), now)
        shown = review.readable_decisions(view.case, actor())
        names = {made.decided_by: db.get_one(Account, made.decided_by).display_name for made in shown}
        table = minutes(case_view.timeline(db, view))
        holder = db.get(Account, view.case.claimed_by) if view.case.claimed_by else None
        blocked = review.why_not_mine(db, view.case, actor(), now)
    live_wall.note_viewing(platform(), actor(), view.attempt.id, live_wall.CASE_VIEWED)
    began, ended = case_view.span_of(view.attempt)
    return render_template(
        "proctor/case.html",
        view=view,
        lines=lines,
        mine=review.holds(view.case, actor(), now),
        blocked=blocked,
        blocked_text=sentence(blocked or "", {}),
        holder=holder.display_name if holder else None,
        decided=view.case.state in [state.value for state in FINAL],
        decisions=shown,
        names=names,
        hidden_decisions=len(view.case.decisions) - len(shown),
        reasons=review.REASONS,
        given=given or {},
        began=began,
        ended=ended,
        table=table,
        words=words,
        full_risk=FULL_RISK,
        places_of=_places_of(lines, case_id),
        third=view.case.state in (CaseState.ESCALATED.value, CaseState.CLAIMED_THIRD.value),
        second=view.case.state in (CaseState.AWAITING_SECOND.value, CaseState.CLAIMED_SECOND.value),
    )


def _places_of(lines: list[case_view.QueueLine], case_id: UUID) -> dict[str, UUID]:
    """The cases before and after this one in the list, for the keys J and K."""
    ids = [line.case_id for line in lines]
    if case_id not in ids:
        return {"next": ids[0]} if ids else {}
    at = ids.index(case_id)
    found = {"next": ids[at + 1]} if at + 1 < len(ids) else {}
    return found | ({"previous": ids[at - 1]} if at else {})


@blueprint.get("/cases/<uuid:case_id>/timeline.json")
@requires(Permission.DECIDE_CASES)
def case_timeline(case_id: UUID) -> Response:
    """What the timeline draws; times in seconds since its beginning."""
    with platform().reading() as db:
        view = case_view.case_view(db, actor(), case_id)
        line = case_view.timeline(db, view)
    return jsonify(_drawn(view, line))


def _drawn(view: CaseView, line: Timeline) -> dict[str, Any]:
    def seconds(at: datetime) -> float:
        return round((at - line.began).total_seconds(), 2)

    return {
        "began": round(line.began.timestamp() * 1000),
        "length": max(seconds(line.ended), 1.0),
        "zone": reader_zone(),
        "language": reader_language(),
        "parts": [
            {
                "name": str(words.PARTS[part.part]),
                "from": seconds(part.started_at),
                "to": seconds(part.finished_at or line.ended),
            }
            for part in view.attempt.parts
            if part.started_at is not None
        ],
        "sights": [
            [seconds(s.at), s.faces, int(s.dark), _rounded(s.yaw), _rounded(s.pitch)] for s in line.sights
        ],
        "events": [[kind, seconds(at)] for kind, at in line.page_events],
        "answers": [seconds(at) for at in line.answers],
        "episodes": [
            {
                "from": seconds(each.onset),
                "to": seconds(each.offset),
                "severity": each.severity,
                "name": str(words.EPISODES[each.kind]),
            }
            for each in view.episodes
        ],
        "gaps": [
            {"from": max(0.0, seconds(gap.began_at)), "to": seconds(gap.ended_at or line.ended)}
            for gap in view.gaps
            if not gap.reason.startswith("unread_")
        ],
        "reach": {"hold": line.hold, "silence": line.silence},
        "labels": {
            "face": _("Face"),
            "people": _("Number of people"),
            "yaw": _("Head: sideways"),
            "pitch": _("Head: up and down"),
            "page": _("Page and camera"),
            "answers": _("Answers"),
            "pause": _("pause"),
            "gap": _("not looked at"),
        },
    }


def _rounded(angle: float | None) -> float | None:
    return None if angle is None else round(angle, 1)


@blueprint.get("/cases/<uuid:case_id>/frames/<uuid:evidence_id>")
@requires(Permission.DECIDE_CASES)
def case_frame(case_id: UUID, evidence_id: UUID) -> Response:
    """A kept frame, decrypted for this reader alone; that they looked at the case is on its chain."""
    with platform().reading() as db:
        view = case_view.case_view(db, actor(), case_id)
        jpeg = evidence.open_evidence(platform(), db, view.attempt, evidence_id)
    response = Response(jpeg, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/cases/<uuid:case_id>/claim")
@requires(Permission.DECIDE_CASES)
def claim(case_id: UUID) -> AnyResponse:
    try:
        review.claim(platform(), actor(), case_id)
    except Conflict as refused:
        flash(sentence(refused.code, refused.params), "warning")
    return redirect(url_for("proctor.case", case_id=case_id))


@blueprint.post("/cases/<uuid:case_id>/release")
@requires(Permission.DECIDE_CASES)
def release(case_id: UUID) -> AnyResponse:
    try:
        review.release(platform(), actor(), case_id)
    except Conflict as refused:
        flash(sentence(refused.code, refused.params), "warning")
    return redirect(url_for("proctor.case", case_id=case_id))


@blueprint.post("/cases/<uuid:case_id>/decide")
@requires(Permission.DECIDE_CASES)
def decide(case_id: UUID) -> str | AnyResponse | tuple[str, int]:
    given = {
        "choice": request.form.get("choice", ""),
        "reasons": request.form.getlist("reasons"),
        "note": request.form.get("note", ""),
    }
    if given["choice"] not in set(Decision):
        flash(_("Choose a decision first: 1, 2 or 3."), "warning")
        return _page(case_id, given), 422
    revision = request.form.get("revision", type=int)
    ruling = review.Ruling(Decision(given["choice"]), tuple(given["reasons"]), given["note"], revision)
    try:
        state = review.decide(platform(), actor(), case_id, ruling)
    except (Conflict, Invalid) as refused:
        flash(sentence(refused.code, refused.params), "warning")
        # What was typed stays: a refusal must not cost a proctor their sentence.
        return _page(case_id, given), 409 if isinstance(refused, Conflict) else 422
    flash(_said(state), "success")
    return redirect(_next_case())


def _said(state: CaseState) -> str:
    if state is CaseState.AWAITING_SECOND:
        return _("Saved. A second proctor, who does not see your reason, decides too.")
    if state is CaseState.ESCALATED:
        return _("Saved. You and the first proctor see it differently, so an administrator decides.")
    return _("Saved. The applicant sees the result now.")


def _next_case() -> str:
    with platform().reading() as db:
        lines = case_view.queue(db, actor(), platform().clock.now())
    waiting = next((line for line in lines if line.blocked is None), None)
    if waiting is None:
        return url_for("proctor.queue")
    return url_for("proctor.case", case_id=waiting.case_id)


@blueprint.app_template_filter("seconds_between")
def seconds_between(until: datetime, since: datetime) -> float:
    return (until - since).total_seconds()
