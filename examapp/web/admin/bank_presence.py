"""What an open editor asks now and then: who else is here, and did anybody save?"""

from flask import Response, jsonify, request
from flask_babel import gettext as _

from examapp.domain.roles import Permission
from examapp.services.bank.presence import Company, editing_here
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform


@blueprint.post("/items/<item_id>/editing")
@requires(Permission.EDIT_BANK)
def editing_here_now(item_id: str) -> Response:
    company = editing_here(platform(), actor(), item_id, request.form.get("revision", 0, int))
    return jsonify(words=_words(company))


def _words(company: Company) -> str:
    said = []
    if company.saved_by:
        said.append(
            _(
                "%(name)s saved version %(version)s while you were editing. When you save, you see both.",
                name=company.saved_by,
                version=company.version,
            )
        )
    if company.others:
        said.append(
            _(
                "%(names)s is editing this item too. Nothing is locked: whoever saves second is shown both.",
                names=", ".join(company.others),
            )
        )
    return " ".join(said)
