"""Recording that somebody held an item's key against the text of its article."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid, Refusal
from examapp.domain.roles import Permission
from examapp.services.bank.key_checks import CheckKind, Outcome, record_check
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence


@blueprint.post("/items/<item_id>/key-checks")
@requires(Permission.EDIT_BANK)
def check_key(item_id: str) -> Response:
    given = request.form
    try:
        if given.get("kind") not in set(CheckKind) or given.get("outcome") not in set(Outcome):
            raise Invalid("check_incomplete")
        record_check(
            platform(),
            actor(),
            item_id,
            given.get("version", 0, int),
            CheckKind(given["kind"]),
            Outcome(given["outcome"]),
            given.get("source", ""),
            given.get("note", ""),
        )
        flash(_("The check is recorded."), "success")
    except Refusal as refusal:
        flash(sentence(refusal.code, refusal.params), "error")
    return redirect(url_for("admin.item_history", item_id=item_id, _anchor="checks"))
