"""The list of items with its facets."""

from dataclasses import asdict, dataclass

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from examapp.domain.roles import Permission
from examapp.persistence.queries import bank_search
from examapp.persistence.queries.bank_search import Filter, Line
from examapp.services.bank.bulk import last_step
from examapp.services.bank.pictures import address
from examapp.web.admin import bank_words as words
from examapp.web.admin.bank_form import all_classes
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language

# Items of each kind of open work above the list; the rest is one press away.
NEEDED_SHOWN = 5


def asked_filter() -> Filter:
    """The filter that the address names."""
    named = {name: request.args.get(name, "")[:100] for name in asdict(Filter())}
    return Filter(**named)


def query_of(wanted: Filter, **changes: object) -> dict[str, object]:
    """The filter as the words of an address, with `changes`; what is empty is left out."""
    return {name: value for name, value in {**asdict(wanted), **changes}.items() if value}


@blueprint.get("/items")
@requires(Permission.EDIT_BANK)
def items() -> str:
    wanted = asked_filter()
    page = request.args.get("page", 1, int)
    with platform().reading() as session:
        found = bank_search.find_items(session, wanted, page)
        counts = bank_search.facet_counts(session, wanted)
        needed = _needed(session) if page == 1 and wanted == Filter() else None
        last_bulk = last_step(session, actor())
    language = reader_language()
    return render_template(
        "admin_bank/items.html",
        found=found,
        wanted=wanted,
        counts=counts,
        needed=needed,
        last_bulk=last_bulk,
        facets=_facets(),
        words=words,
        picture_url=lambda reference: address(reference, language),
        link=lambda **changes: url_for("admin.items", **query_of(wanted, **changes)),
        query=query_of(wanted),
    )


@dataclass(frozen=True, slots=True)
class Needed:
    """Open work: some items with the state that waits, and how many there are where not all are shown."""

    lines: tuple[tuple[Line, str], ...]
    more: tuple[tuple[str, int], ...]


def _needed(session: Session) -> Needed | None:
    """What waits for an administrator: reviews, drafts, then what is approved for later; None when nothing does."""
    found = {
        state: bank_search.find_items(session, Filter(state=state))
        for state in ("in_review", "draft", "approved")
    }
    lines = [(line, state) for state, each in found.items() for line in each.lines[:NEEDED_SHOWN]]
    more = [(state, each.total) for state, each in found.items() if each.total > NEEDED_SHOWN]
    return Needed(tuple(lines), tuple(more)) if lines else None


def _facets() -> list[tuple[str, list[tuple[str, object]]]]:
    return [
        ("state", list(words.STATES.items())),
        ("topic", list(words.TOPICS.items())),
        ("part", list(words.PARTS.items())),
        ("difficulty", list(words.DIFFICULTIES.items())),
        ("licence", [(name, name) for name in all_classes()]),
        ("review", list(words.REVIEWS.items())),
    ]
