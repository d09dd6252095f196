"""Blueprints: how well the bank covers them, their versions and editor, and how often their items are shown."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Conflict
from examapp.domain.roles import Permission
from examapp.services.bank import blueprint_editing
from examapp.services.bank.blueprint_check import Check, check
from examapp.services.bank.coverage import coverage
from examapp.services.bank.exposure import exposure_report
from examapp.web.admin import bank_words as words
from examapp.web.admin import blueprint_form, blueprint_words
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.blueprint import Blueprint
from question_bank.feasibility_words import explain
from question_bank.item import PART_OF_TOPIC, Difficulty, Part, Topic

TOPICS_OF_PART = [
    (part.value, [topic.value for topic in Topic if PART_OF_TOPIC[topic] is part]) for part in Part
]


@blueprint.get("/blueprints")
@requires(Permission.EDIT_BANK)
def blueprints() -> str:
    return render_template(
        "admin_bank/blueprints.html",
        coverages=coverage(platform()),
        words=words,
        explain=lambda error: explain(error, reader_language()),
        difficulties=[level.value for level in Difficulty],
    )


@blueprint.get("/blueprints/<name>")
@requires(Permission.EDIT_BANK)
def blueprint_editor(name: str) -> str:
    file = blueprint_editing.read_file(platform(), actor(), name)
    return _editor(file, blueprint_form.values_of(file.in_force.blueprint))


@blueprint.post("/blueprints/<name>")
@requires(Permission.EDIT_BANK)
def propose_blueprint(name: str) -> Response | tuple[str, int]:
    file = blueprint_editing.read_file(platform(), actor(), name)
    current = file.in_force.blueprint
    values = blueprint_form.posted_values(request.form, current)
    data, unreadable = blueprint_form.data_of(values, current)
    try:
        if unreadable:
            raise blueprint_editing.BlueprintRefused(unreadable)
        version = blueprint_editing.propose(platform(), actor(), name, data, request.form.get("note", ""))
    except blueprint_editing.BlueprintRefused as refused:
        return _editor(file, values, blueprint_form.sentences(refused.problems, reader_language())), 422
    except Conflict as refused:
        return _editor(file, values, [("", sentence(refused.code, refused.params))]), 409
    flash(_("Version %(version)s waits for a second administrator's approval.", version=version), "success")
    return redirect(url_for("admin.blueprint_editor", name=name))


@blueprint.post("/blueprints/<name>/check")
@requires(Permission.EDIT_BANK)
def check_blueprint(name: str) -> Response:
    """What is being typed, against the bank: as a piece of the page, and whether forms can be made."""
    current = blueprint_editing.read_file(platform(), actor(), name).in_force.blueprint
    values = blueprint_form.posted_values(request.form, current)
    found, problems = _checked(values, current)
    html = render_template(
        "admin_bank/_blueprint_check.html",
        found=found,
        problems=problems,
        words=words,
        field_names=blueprint_words.FIELDS,
        explain=lambda error: explain(error, reader_language()),
    )
    return jsonify(html=html, items=found.blueprint.items if found and found.blueprint else None)


@blueprint.post("/blueprints/<name>/versions/<int:version>")
@requires(Permission.EDIT_BANK)
def decide_blueprint(name: str, version: int) -> Response:
    state = blueprint_editing.decide(
        platform(),
        actor(),
        name,
        version,
        approve=request.form.get("decision") == "approve",
        reason=request.form.get("reason", ""),
    )
    flash(
        {
            "approved": _(
                "Version %(version)s is in force. Sittings prepared before keep theirs.", version=version
            ),
            "rejected": _("Version %(version)s was sent back.", version=version),
            "withdrawn": _("Version %(version)s was withdrawn.", version=version),
        }[state],
        "success",
    )
    return redirect(url_for("admin.blueprint_editor", name=name))


@blueprint.get("/blueprints/<name>/exposure")
@requires(Permission.EDIT_BANK)
def blueprint_exposure(name: str) -> str:
    report = exposure_report(platform(), actor(), name)
    return render_template("admin_bank/exposure.html", report=report, words=words)


def _checked(values: dict[str, str], current: Blueprint) -> tuple[Check | None, list[tuple[str, str]]]:
    data, unreadable = blueprint_form.data_of(values, current)
    if unreadable:
        return None, blueprint_form.sentences(unreadable, reader_language())
    with platform().reading() as session:
        found: Check = check(session, data)
    return found, blueprint_form.sentences(found.problems, reader_language())


def _editor(
    file: blueprint_editing.BlueprintFile,
    values: dict[str, str],
    problems: list[tuple[str, str]] | None = None,
) -> str:
    found, unreadable = _checked(values, file.in_force.blueprint)
    return render_template(
        "admin_bank/blueprint.html",
        file=file,
        values=values,
        refused=problems or [],
        problems=unreadable,
        found=found,
        words=words,
        states=blueprint_words.STATES,
        field_names=blueprint_words.FIELDS,
        closed=words.CLOSED,
        explain=lambda error: explain(error, reader_language()),
        parts=TOPICS_OF_PART,
        difficulties=[level.value for level in Difficulty],
        changes=blueprint_words.changes(file),
    )
