"""The export of what the list shows: every format, and what it can't hold, said before it is downloaded."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request

from examapp.domain.errors import NotFound
from examapp.domain.roles import Permission
from examapp.services.bank.importing import export_items
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_form import sentence_of
from examapp.web.admin.bank_format_words import FORMATS, HOLDS
from examapp.web.admin.bank_list import asked_filter, query_of
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import platform
from examapp.web.language import reader_language
from question_bank.formats import BankFormat, Loss, TableFormat, write_table
from question_bank.formats.cells import guard

# Media type and ending of each kind of file.
_FILES = {
    BankFormat.CSV: ("text/csv; charset=utf-8", "csv"),
    BankFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    BankFormat.MOODLE_XML: ("application/xml", "xml"),
    BankFormat.GIFT: ("text/plain; charset=utf-8", "gift"),
    BankFormat.AIKEN: ("text/plain; charset=utf-8", "txt"),
    BankFormat.QTI21: ("application/zip", "qti21.zip"),
    BankFormat.QTI30: ("application/zip", "qti30.zip"),
}
SHOWN = 200


@dataclass(frozen=True, slots=True)
class LossLine:
    """One reason, and the items it meets."""

    kind: str
    field: str
    reason: str
    items: tuple[str, ...]


@blueprint.get("/items/export")
@requires(Permission.EDIT_BANK)
def export_page() -> str:
    """Choose a format; for the one chosen, what it can't hold."""
    wanted = asked_filter()
    chosen = request.args.get("format", "")
    writing = export_items(platform(), wanted, _format(chosen)) if chosen else None
    lines = _lines(writing.losses) if writing else []
    return render_template(
        "admin_bank/export.html",
        formats=FORMATS,
        holds=HOLDS,
        chosen=chosen,
        writing=writing,
        lines=lines[:SHOWN],
        query=query_of(wanted),
    )


@blueprint.get("/items/export.<ending>")
@requires(Permission.EDIT_BANK)
def export(ending: str) -> Response:
    """What the list shows, all pages of it, as a file. `ending` is the format, as in `csv` or `qti30`."""
    kind = _format(ending)
    writing = export_items(platform(), asked_filter(), kind)
    media_type, name = _FILES[kind]
    return download(writing.data, f"soal-sim.{name}", media_type)


@blueprint.get("/items/export-losses.<ending>")
@requires(Permission.EDIT_BANK)
def export_losses(ending: str) -> Response:
    """What a format can't hold, item by item, as a table."""
    losses = export_items(platform(), asked_filter(), _format(ending)).losses
    rows = [(loss.identity, loss.kind, loss.problem.field, _reason(loss)) for loss in losses]
    return report_file(("item", "kind", "field", "reason"), rows, f"laporan-ekspor-{ending}.csv")


@blueprint.get("/import/template.<ending>")
@requires(Permission.EDIT_BANK)
def import_template(ending: str) -> Response:
    """The header of a table, ready to be filled in."""
    if ending not in set(TableFormat):
        raise NotFound()
    return download(write_table([], ending), f"templat-soal.{ending}", _FILES[BankFormat(ending)][0])


def download(data: bytes, name: str, media_type: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def report_file(header: tuple[str, ...], rows: list[tuple[str, ...]], name: str) -> Response:
    """A report as CSV that a spreadsheet opens and runs nothing of."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *([guard(cell) for cell in row] for row in rows)])
    return download(out.getvalue().encode("utf-8-sig"), name, "text/csv; charset=utf-8")


def _format(name: str) -> BankFormat:
    if name not in set(BankFormat):
        raise NotFound()
    return BankFormat(name)


def _reason(loss: Loss) -> str:
    return sentence_of(loss.problem, reader_language())


def _lines(losses: tuple[Loss, ...]) -> list[LossLine]:
    """Losses of one kind and field together: whole items first, then what meets most of them."""
    found: dict[tuple[Any, ...], list[Loss]] = {}
    for loss in losses:
        found.setdefault((not loss.whole, loss.kind, loss.problem.field, loss.problem.code), []).append(loss)
    order = Counter({key: len(group) for key, group in found.items()})
    return [
        LossLine(
            key[1],
            words.field_name(key[2]),
            _reason(found[key][0]),
            tuple(dict.fromkeys(loss.identity for loss in found[key])),
        )
        for key in sorted(found, key=lambda key: (key[0], -order[key], key[2]))
    ]
