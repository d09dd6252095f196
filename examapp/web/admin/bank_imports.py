"""The import page: choose a file, read what would become of every row, then take it in."""

import hashlib
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from examapp.domain.errors import Invalid, NotFound, Refusal
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.bank.importing import Fate, FileRefused, Report, dry_run, format_of, import_items
from examapp.web import limits
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_form import sentence_of
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.formats import TableFormat
from question_bank.formats.columns import COLUMNS, REQUIRED_COLUMNS

# Rows shown of each kind; errors first. The file itself holds the rest.
SHOWN = 200
_ORDER = (Fate.ERROR, Fate.NEW, Fate.VERSION, Fate.SAME, Fate.ASIDE)


def _place() -> str:
    """Where the file waits between the report and the decision: one a person, overwritten by the next."""
    return f"imports/{actor().account_id}"


@blueprint.get("/import", endpoint="import_items")
@requires(Permission.EDIT_BANK)
def import_page() -> str:
    return _page()


def _page(report: Report | None = None, refusal: list[str] | None = None, **more: Any) -> str:
    rows = sorted(report.rows, key=lambda row: _ORDER.index(row.fate)) if report else []
    return render_template(
        "admin_bank/import.html",
        report=report,
        rows=rows[:SHOWN],
        hidden=max(0, len(rows) - SHOWN),
        refusal=refusal,
        columns=COLUMNS,
        required=REQUIRED_COLUMNS,
        words=words,
        Fate=Fate,
        names_of=lambda fields: ", ".join(words.field_name(field) for field in fields),
        sentence_of=lambda problem: sentence_of(problem, reader_language()),
        **more,
    )


@blueprint.post("/import")
@requires(Permission.EDIT_BANK)
@limiter.limit(limits.UPLOADS)
def read_import() -> Any:
    """The dry run: what would become of every row. Nothing is written but the waiting file."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Invalid("import_no_file", field="file")
        data = sent.read()
        table_format = format_of(data)
        report = dry_run(platform(), actor(), data, table_format)
        platform().media.put(_place(), data)
    except FileRefused as error:
        refusal = [sentence_of(problem, reader_language()) for problem in error.problems]
        return _page(refusal=refusal), 422
    except Refusal as error:
        return _page(refusal=[sentence(error.code, error.params)]), status_of(error)
    return _page(
        report,
        name=sent.filename,
        format=table_format.value,
        digest=hashlib.sha256(data).hexdigest(),
    )


@blueprint.post("/import/commit")
@requires(Permission.EDIT_BANK)
def commit_import() -> Any:
    """Take in the file whose report was read."""
    try:
        data = platform().media.get(_place())
    except NotFound:
        raise Invalid("import_gone", field="file") from None
    if hashlib.sha256(data).hexdigest() != request.form.get("digest"):
        # Another window of the same person brought another file since.
        raise Invalid("import_gone", field="file")
    table_format = format_of(data, request.form.get("format") or TableFormat.CSV.value)
    keep_good = request.form.get("keep_good") == "1"
    report = import_items(platform(), actor(), data, table_format, keep_good=keep_good)
    if not report.committed:
        return _page(
            report,
            name=request.form.get("name", ""),
            format=table_format.value,
            digest=request.form.get("digest"),
            refusal=[_("Nothing was taken in: some rows are not in order.")],
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
