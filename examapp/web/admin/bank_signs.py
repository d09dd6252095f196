"""Every sign there is, and a place to describe another one and see it drawn before it is kept."""

from base64 import b64encode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Refusal
from examapp.domain.roles import Permission
from examapp.services.bank import signs
from examapp.services.bank.pictures import address
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.signs.description import SignDescription
from question_bank.signs.draw import render_sign
from question_bank.signs.glyphs import shipped_glyphs

EXAMPLE = """[warning.contoh-baru]
shape = "diamond"
parts = [{path = "M50 77V30", stroke = "symbol", width = 9}]
name = {id = "Nama rambu", en = "Name of the sign"}
alt = {id = "garis hitam tegak", en = "an upright black line"}
meaning = {id = "Artinya bagi pengemudi.", en = "What it means for a driver."}
article = "PM 13/2014 Pasal 8"
"""


def _page(source: str, sign: SignDescription | None = None, refused: Refusal | None = None) -> str:
    with platform().reading() as session:
        added = signs.learn(session)
    language = reader_language()
    known = signs.catalogue()
    drawn = render_sign(sign, label=None, glyphs=shipped_glyphs()) if sign else ""
    return render_template(
        "admin_bank/signs.html",
        source=source,
        sign=sign,
        drawing=b64encode(drawn.encode()).decode() if drawn else None,
        refused=sentence(refused.code, refused.params) if refused else None,
        groups=_groups(known, language),
        added=added,
        count=len(known),
    )


def _groups(known: signs.Catalogue, language: str) -> dict[str, list[tuple[str, str, str]]]:
    """Kind → (key, name, address) of each sign."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for key, sign in known.items():
        entry = (key, sign.name.get(language), address(f"sign:{key}", language))
        found.setdefault(sign.kind.value, []).append(entry)
    return found


@blueprint.get("/signs")
@requires(Permission.EDIT_BANK)
def all_signs() -> str:
    return _page(EXAMPLE)


@blueprint.post("/signs")
@requires(Permission.EDIT_BANK)
def describe_sign() -> str | Response | tuple[str, int]:
    """Draw what was described; with `keep`, keep it too."""
    source = request.form.get("source", "").replace("\r\n", "\n")
    try:
        if request.form.get("keep") != "1":
            return _page(source, signs.describe(source))
        reference = signs.add_sign(platform(), actor(), source)
    except Refusal as refusal:
        return _page(source, refused=refusal), status_of(refusal)
    flash(_("The sign is kept. Items show it as %(reference)s.", reference=reference), "success")
    return redirect(url_for("admin.all_signs"))
