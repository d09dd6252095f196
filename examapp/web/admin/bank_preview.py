"""An item as an applicant sees it: the exam's own room, in a frame of the editor or as a page of its own."""

from typing import Any

from flask import Response, current_app, jsonify, make_response, render_template, request
from flask_babel import force_locale

from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.services.bank.checks import findings
from examapp.services.bank.editing import read_content
from examapp.services.bank.reading import read_dossier
from examapp.services.bank.recordings import about
from examapp.services.sitting.forms import public_item
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_form import complete_parts, data_of, errors_by_field, posted_values
from examapp.web.admin.blueprint import blueprint
from examapp.web.applicant.texts import both_languages
from examapp.web.applicant.texts import words as applicant_words
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import LANGUAGES, reader_language
from examapp.web.security import CONTENT_POLICY
from question_bank.item import ItemVersion

FRAMED_POLICY = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
FRAMING_POLICY = f"{CONTENT_POLICY}; frame-src 'self'"


def shown_item(item: ItemVersion, language: str) -> dict[str, Any]:
    with platform().reading() as session:
        clips = about(session, [item.clip])
    return public_item(item, list(item.option_ids), language, clips)


def asked_language() -> str:
    chosen = request.args.get("language", "")
    return chosen if chosen in LANGUAGES else reader_language()


def _page(item: ItemVersion | None, language: str) -> Response:
    """The exam's room around the item; it speaks the item's language, as the exam does."""
    with force_locale(language):
        page = render_template(
            "admin_bank/preview.html",
            language=language,
            item=shown_item(item, language) if item else None,
            texts=both_languages(),
            words=applicant_words(),
            help_contact=current_app.config["SIMEXAM"].help_contact,
        )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


@blueprint.get("/items/<item_id>/preview")
@requires(Permission.EDIT_BANK)
def item_preview(item_id: str) -> Response:
    dossier = read_dossier(platform(), actor(), item_id)
    version = request.args.get("version", dossier.current.version, int)
    return _page(dossier.version(version), asked_language())


@blueprint.get("/items/preview")
@requires(Permission.EDIT_BANK)
def empty_preview() -> Response:
    return _page(None, asked_language())


@blueprint.post("/items/preview")
@requires(Permission.EDIT_BANK)
def draft_preview() -> Response:
    """What is being typed: the applicant's view of it, and what lint and the rules say. Stores nothing."""
    values = posted_values(request.form)
    values["id"] = values["id"] or "XXX-0000"
    data, unreadable = data_of(values)
    with platform().reading() as session:
        item, problems = read_content(session, data)
        remarks_found = findings(session, item, office_day(platform().clock.now())) if item else []
    problems = (*unreadable, *problems)
    shown = item if item and _can_be_shown(item) else None
    remarks = render_template(
        "admin_bank/_findings.html",
        errors=errors_by_field(problems, values, reader_language()),
        findings=remarks_found,
        words=words,
    )
    return jsonify(
        item=shown_item(shown, asked_language()) if shown else None,
        findings=remarks,
        errors=len(problems),
        complete=sorted(complete_parts(values)),
    )


def _can_be_shown(item: ItemVersion) -> bool:
    return len(set(item.option_ids)) == len(item.options)
