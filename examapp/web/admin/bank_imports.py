"""The import page: choose a file of any format, read what would become of everything in it, then take it in."""

import hashlib
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from examapp.domain.errors import Invalid, NotFound, Refusal
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.bank.import_defaults import defaults_of
from examapp.services.bank.importing import Fate, FileRefused, Report, dry_run, format_of, import_items
from examapp.web import limits
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_exports import report_file
from examapp.web.admin.bank_form import all_classes, sentence_of
from examapp.web.admin.bank_format_words import FORMATS
from examapp.web.admin.bank_import_lines import Line, lines_of
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.formats import Defaults
from question_bank.formats.columns import COLUMNS, REQUIRED_COLUMNS
from question_bank.problem import Problem

# Lines shown of each group; the report as a file holds the rest.
SHOWN = 200
CHOICES = ("format", "prefix", "topic", "difficulty")


def _place() -> str:
    """Where the file waits between the report and the decision: one a person, overwritten by the next."""
    return f"imports/{actor().account_id}"


@blueprint.get("/import", endpoint="import_items")
@requires(Permission.EDIT_BANK)
def import_page() -> str:
    return _page()


def _page(report: Report | None = None, refusal: list[str] | None = None, **more: Any) -> str:
    groups = lines_of(report) if report else {}
    return render_template(
        "admin_bank/import.html",
        report=report,
        groups={group: lines[:SHOWN] for group, lines in groups.items()},
        counts={group: len(lines) for group, lines in groups.items()},
        refusal=refusal,
        columns=COLUMNS,
        required=REQUIRED_COLUMNS,
        words=words,
        formats=FORMATS,
        classes=all_classes(),
        typed={name: request.values.get(name, "") for name in CHOICES},
        typed_classes=request.values.getlist("classes"),
        Fate=Fate,
        names_of=lambda fields: ", ".join(words.field_name(field) for field in fields),
        sentence_of=lambda problem: sentence_of(problem, reader_language()),
        **more,
    )


def _defaults() -> Defaults:
    """What was chosen for questions of other systems."""
    values = request.values
    return defaults_of(
        values.get("prefix") or "IMP",
        values.get("topic", ""),
        values.getlist("classes"),
        values.get("difficulty", ""),
    )


@blueprint.post("/import")
@requires(Permission.EDIT_BANK)
@limiter.limit(limits.UPLOADS)
def read_import() -> Any:
    """The dry run: what would become of everything in the file. Nothing is written but the waiting file."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Invalid("import_no_file", field="file")
        data = sent.read()
        kind = format_of(data, request.form.get("format") or None)
        report = dry_run(platform(), actor(), data, kind, _defaults())
        platform().media.put(_place(), data)
    except FileRefused as error:
        refusal = [sentence_of(problem, reader_language()) for problem in error.problems]
        return _page(refusal=refusal), 422
    except Refusal as error:
        return _page(refusal=[sentence(error.code, error.params)]), status_of(error)
    return _page(report, name=sent.filename, kind=kind.value, digest=hashlib.sha256(data).hexdigest())


@blueprint.get("/import/report.csv")
@requires(Permission.EDIT_BANK)
def import_report() -> Response:
    """The report on the waiting file, all of it, as a table."""
    data = _waiting(request.args.get("digest"))
    report = dry_run(platform(), actor(), data, format_of(data, request.args.get("format")), _defaults())
    rows = [
        (
            line.group,
            line.place,
            line.row.identity,
            line.row.fate.value,
            problem.field if problem else "",
            reason,
        )
        for lines in lines_of(report).values()
        for line in lines
        for problem, reason in _said(line)
    ]
    header = ("group", "place", "item", "fate", "field", "reason")
    return report_file(header, rows, "laporan-impor.csv")


def _said(line: Line) -> list[tuple[Problem | None, str]]:
    return [(problem, sentence_of(problem, reader_language())) for problem in line.problems] or [(None, "")]


def _waiting(digest: str | None) -> bytes:
    """The file whose report was read. Raises `Invalid("import_gone")`."""
    try:
        data = platform().media.get(_place())
    except NotFound:
        raise Invalid("import_gone", field="file") from None
    if hashlib.sha256(data).hexdigest() != digest:
        # Another window of the same person brought another file since.
        raise Invalid("import_gone", field="file")
    return data


@blueprint.post("/import/commit")
@requires(Permission.EDIT_BANK)
def commit_import() -> Any:
    """Take in the file whose report was read."""
    data = _waiting(request.form.get("digest"))
    kind = format_of(data, request.form.get("format"))
    keep_good = request.form.get("keep_good") == "1"
    report = import_items(platform(), actor(), data, kind, keep_good=keep_good, defaults=_defaults())
    if not report.committed:
        return _page(
            report,
            name=request.form.get("name", ""),
            kind=kind.value,
            digest=request.form.get("digest"),
            refusal=[_("Nothing was taken in: some items are not in order.")],
        ), 409
    platform().media.delete(_place())
    flash(
        _(
            "Taken in: %(new)s new items, %(versions)s new versions. A second person approves them.",
            new=len(report.of(Fate.NEW)),
            versions=len(report.of(Fate.VERSION)),
        ),
        "success",
    )
    return redirect(url_for("admin.items", state="in_review"))
