"""The editor: a new item, a new version of one, and the steps of its life."""

from dataclasses import replace
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from examapp.domain.errors import Conflict, Invalid, Refusal
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.persistence.queries import bank_search
from examapp.services.bank.checks import findings
from examapp.services.bank.difference import FieldDifference, differences
from examapp.services.bank.editing import BadItemContent, ItemChanged, create_item, edit_item, free_number
from examapp.services.bank.key_checks import checks_of, needs_official_review
from examapp.services.bank.lifecycle import move_item
from examapp.services.bank.pictures import address
from examapp.services.bank.reading import Dossier, read_dossier
from examapp.web.admin import bank_form
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_list import asked_filter, query_of
from examapp.web.admin.bank_preview import FRAMING_POLICY
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.item import PART_OF_TOPIC, ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.parse import read_item


def editor_page(
    values: dict[str, str],
    dossier: Dossier | None,
    *,
    problems: tuple[Any, ...] = (),
    note: str = "",
    refused: Refusal | None = None,
    conflict: ItemChanged | None = None,
    status: int = 200,
) -> Response:
    """The editor over `values`; `dossier` is None for a new item, `conflict` what somebody else saved meanwhile."""
    language = reader_language()
    typed = _readable(values)
    with platform().reading() as session:
        remarks = findings(session, typed, office_day(platform().clock.now())) if typed else []
        unreviewed = dossier is not None and needs_official_review(
            checks_of(session, dossier.id), dossier.current.version
        )
    response = make_response(
        render_template(
            "admin_bank/editor.html",
            values=values,
            dossier=dossier,
            official_needed=unreviewed,
            revision=conflict.revision if conflict else dossier.revision if dossier else 0,
            errors=bank_form.errors_by_field(problems, values, language),
            findings=remarks,
            note=note,
            refused=sentence(refused.code, refused.params) if refused else None,
            conflict=conflict,
            changes=_open_changes(dossier),
            theirs=_differences(conflict, typed) if conflict and typed else (),
            option_rows=bank_form.option_rows(values),
            classes=bank_form.all_classes(),
            chosen=bank_form.chosen_classes(values),
            keys=bank_form.chosen_keys(values),
            complete=bank_form.complete_parts(values),
            parts_of_topics={topic.value: part.value for topic, part in PART_OF_TOPIC.items()},
            picture_url=lambda reference: address(reference, language),
            words=words,
            query=query_of(asked_filter()),
            around=_neighbours(dossier),
        ),
        status,
    )
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


def _open_changes(dossier: Dossier | None) -> tuple[FieldDifference, ...]:
    """What the version being worked on changes in the one in use: what a second person has to judge."""
    if dossier is None or dossier.working is None or dossier.approved_version is None:
        return ()
    return differences(dossier.version(dossier.approved_version), dossier.current)


def _differences(conflict: ItemChanged, typed: ItemVersion) -> tuple[FieldDifference, ...]:
    # An author's name left empty is filled in when saving, so it is no difference between the two.
    named = typed if typed.author else replace(typed, author=conflict.current.author)
    return differences(conflict.current, named)


def _readable(values: dict[str, str]) -> ItemVersion | None:
    return read_item(bank_form.data_of(values)[0])[0]


def _neighbours(dossier: Dossier | None) -> tuple[str | None, str | None]:
    if dossier is None:
        return None, None
    with platform().reading() as session:
        return bank_search.neighbours(session, asked_filter(), dossier.id)


@blueprint.get("/items/new")
@requires(Permission.EDIT_BANK)
def new_item() -> Response:
    with platform().reading() as session:
        number = free_number(session, "RAM")
    return editor_page({**bank_form.NEW_ITEM, "id": number}, None)


@blueprint.post("/items/new")
@requires(Permission.EDIT_BANK)
def create() -> Any:
    values, note = bank_form.posted_values(request.form), request.form.get("note", "")
    data, problems = bank_form.data_of(values)
    try:
        if problems:
            raise BadItemContent(tuple(problems))
        made = create_item(platform(), actor(), data, note)
    except BadItemContent as error:
        return editor_page(values, None, problems=error.problems, note=note, refused=error, status=422)
    except Conflict as error:
        return editor_page(values, None, note=note, refused=error, status=409)
    flash(_("Saved as draft. Submit it for review when it is ready."), "success")
    return redirect(url_for("admin.item", item_id=made.item_id))


@blueprint.get("/items/<item_id>")
@requires(Permission.EDIT_BANK)
def item(item_id: str) -> Response:
    dossier = read_dossier(platform(), actor(), item_id)
    return editor_page(bank_form.values_of(dossier.current), dossier)


@blueprint.post("/items/<item_id>")
@requires(Permission.EDIT_BANK)
def save(item_id: str) -> Any:
    values, note = bank_form.posted_values(request.form) | {"id": item_id}, request.form.get("note", "")
    revision = request.form.get("revision", 0, int)
    data, problems = bank_form.data_of(values)
    try:
        if problems:
            raise BadItemContent(tuple(problems))
        made = edit_item(platform(), actor(), item_id, revision, data, note)
    except ItemChanged as error:
        dossier = read_dossier(platform(), actor(), item_id)
        return editor_page(values, dossier, note=note, conflict=error, status=409)
    except (BadItemContent, Conflict) as error:
        dossier = read_dossier(platform(), actor(), item_id)
        faults = error.problems if isinstance(error, BadItemContent) else ()
        return editor_page(
            values, dossier, problems=faults, note=note, refused=error, status=status_of(error)
        )
    flash(_("Version %(version)s is saved as a draft.", version=made.version), "success")
    return redirect(url_for("admin.item", item_id=item_id, **query_of(asked_filter())))


@blueprint.post("/items/<item_id>/move")
@requires(Permission.EDIT_BANK)
def move(item_id: str) -> Any:
    """Take a step in the item's life; a refusal is said on the item's page, where the step was asked for."""
    to = request.form.get("to", "")
    if to not in set(ItemState):
        raise Invalid("bad_request", field="to")
    try:
        state = move_item(
            platform(),
            actor(),
            item_id,
            ItemState(to),
            revision=request.form.get("revision", 0, int),
            reason=request.form.get("reason", ""),
            on_working=request.form.get("on_working") == "1",
        )
    except (Conflict, Invalid) as error:
        dossier = read_dossier(platform(), actor(), item_id)
        return editor_page(
            bank_form.values_of(dossier.current), dossier, refused=error, status=status_of(error)
        )
    flash(_("Done. The item is now: %(state)s.", state=words.STATES[state]), "success")
    return redirect(url_for("admin.item", item_id=item_id, **query_of(asked_filter())))
