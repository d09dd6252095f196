"""Comments on an item."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid, TooMuch
from examapp.domain.roles import Permission
from examapp.services.bank import comments
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence


@blueprint.post("/items/<item_id>/comments")
@requires(Permission.EDIT_BANK)
def comment_item(item_id: str) -> Response:
    try:
        comments.comment(platform(), actor(), item_id, request.form.get("text", ""))
        flash(_("Your comment stands with the item."), "success")
    except (Invalid, TooMuch) as refusal:
        flash(sentence(refusal.code, refusal.params), "error")
    return _back(item_id)


@blueprint.post("/items/<item_id>/comments/<uuid:comment_id>/resolved")
@requires(Permission.EDIT_BANK)
def resolve_comment(item_id: str, comment_id: UUID) -> Response:
    comments.resolve(platform(), actor(), item_id, comment_id)
    return _back(item_id)


def _back(item_id: str) -> Response:
    return redirect(url_for("admin.item_history", item_id=item_id, _anchor="comments"))
