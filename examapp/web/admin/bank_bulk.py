"""Steps for the items chosen in the list, and their undoing."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid, Refusal
from examapp.domain.roles import Permission
from examapp.persistence.queries import bank_search
from examapp.services.bank.bulk import Outcome, move_items, undo_last
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_list import asked_filter, query_of
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence
from question_bank.lifecycle import ItemState

# Reasons are named for so many items; the others are counted.
NAMED = 8


@blueprint.post("/items/bulk")
@requires(Permission.EDIT_BANK)
def bulk_move() -> Response:
    """Move the ticked items, or with `all` every item of the filter."""
    wanted = asked_filter()
    try:
        to = request.form.get("to", "")
        if to not in words.BULK:
            raise Invalid("nothing_chosen")
        outcome = move_items(platform(), actor(), _chosen(), ItemState(to), request.form.get("reason", ""))
        _tell(outcome)
    except Refusal as refusal:
        flash(sentence(refusal.code, refusal.params), "error")
    return redirect(url_for("admin.items", **query_of(wanted)))


@blueprint.post("/items/bulk/undo")
@requires(Permission.EDIT_BANK)
def bulk_undo() -> Response:
    try:
        outcome = undo_last(platform(), actor())
        count = len(outcome.done)
        flash(
            ngettext("%(num)s item stands where it was.", "%(num)s items stand where they were.", count),
            "success",
        )
        _tell_refused(outcome)
    except Refusal as refusal:
        flash(sentence(refusal.code, refusal.params), "error")
    return redirect(url_for("admin.items"))


def _chosen() -> list[str]:
    if request.form.get("all") == "1":
        with platform().reading() as session:
            return bank_search.matching_ids(session, asked_filter())
    return request.form.getlist("item")


def _tell(outcome: Outcome) -> None:
    if outcome.done:
        count = len(outcome.done)
        flash(ngettext("%(num)s item took the step.", "%(num)s items took the step.", count), "success")
    _tell_refused(outcome)


def _tell_refused(outcome: Outcome) -> None:
    if not outcome.refused:
        return
    by_reason: dict[str, list[str]] = {}
    for item_id, code in outcome.refused:
        by_reason.setdefault(str(words.CLOSED.get(code) or sentence(code, {})), []).append(item_id)
    for reason, ids in by_reason.items():
        more = f" + {len(ids) - NAMED}" if len(ids) > NAMED else ""
        named = ", ".join(ids[:NAMED]) + more
        flash(_("Left as it was: %(items)s. %(reason)s", items=named, reason=reason), "warning")
