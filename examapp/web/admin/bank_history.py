"""An item's history: its versions with what changed between any two, and every step with who, when and why."""

from flask import render_template, request

from examapp.domain.roles import Permission
from examapp.services.bank.comments import comments_of
from examapp.services.bank.difference import differences
from examapp.services.bank.key_checks import checks_of, needs_official_review
from examapp.services.bank.reading import read_dossier
from examapp.web.admin import bank_words as words
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform


@blueprint.get("/items/<item_id>/history")
@requires(Permission.EDIT_BANK)
def item_history(item_id: str) -> str:
    dossier = read_dossier(platform(), actor(), item_id)
    newest = dossier.versions[0].item.version
    older = [line.item.version for line in dossier.versions[1:]]
    new = request.args.get("new", newest, int)
    old = request.args.get("old", older[0] if older else newest, int)
    with platform().reading() as session:
        checks = checks_of(session, item_id)
        said = comments_of(session, item_id)
    return render_template(
        "admin_bank/history.html",
        dossier=dossier,
        checks=checks,
        comments=said,
        official_needed=needs_official_review(checks, dossier.current.version),
        old=old,
        new=new,
        changes=differences(dossier.version(old), dossier.version(new)),
        words=words,
    )
