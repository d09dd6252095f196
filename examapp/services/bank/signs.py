"""Signs that administrators describe in a few lines: drawn as the shipped ones are, kept, and there for every item."""

import threading
import tomllib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, TooMuch
from examapp.domain.roles import Permission
from examapp.persistence.records.signs import SignDrawing
from examapp.services.platform import Actor, Platform
from question_bank.signs.catalogue import Catalogue, shipped_catalogue
from question_bank.signs.description import SignDescription, SignError
from question_bank.signs.draw import render_sign
from question_bank.signs.glyphs import glyph_roles, shipped_glyphs
from question_bank.signs.parse import parse_sign

LONGEST = 20_000
_PREFIX = "sign:"

_lock = threading.Lock()
# What this process has read so far; a drawing never changes, so nothing here grows old.
_read: dict[str, SignDescription] = {}


def catalogue() -> Catalogue:
    """The shipped signs and the described ones that this process knows."""
    with _lock:
        return Catalogue({**_read, **shipped_catalogue()}, shipped_glyphs()) if _read else shipped_catalogue()


def describe(source: str) -> SignDescription:
    """The one sign that `source` describes, drawn once so that it can be drawn.

    Raises `Invalid("sign_unreadable")` with the reason, `Invalid("sign_not_one")`, `TooMuch("sign_long")`.
    """
    if len(source) > LONGEST:
        raise TooMuch("sign_long", field="source", maximum=LONGEST)
    try:
        tables = tomllib.loads(source)
        signs = [
            parse_sign(kind, name, table, glyph_roles(shipped_glyphs()))
            for kind, of_kind in tables.items()
            for name, table in dict(of_kind).items()
        ]
    except (tomllib.TOMLDecodeError, SignError, TypeError, ValueError, RecursionError) as error:
        raise Invalid("sign_unreadable", field="source", problem=str(error)[:300]) from error
    if len(signs) != 1:
        raise Invalid("sign_not_one", field="source", count=len(signs))
    render_sign(signs[0], label=None, glyphs=shipped_glyphs())
    return signs[0]


def add_sign(platform: Platform, actor: Actor, source: str) -> str:
    """Keep a sign and return its reference, `sign:kind/name`. Raises as `describe`, or `Conflict("sign_exists")`."""
    actor.must(Permission.EDIT_BANK)
    sign = describe(source)
    if sign.key in shipped_catalogue():
        raise Conflict("sign_exists", field="source", sign=sign.key)
    try:
        with platform.writing(actor) as tx:
            if tx.session.get(SignDrawing, sign.key) is not None:
                raise Conflict("sign_exists", field="source", sign=sign.key)
            drawing = SignDrawing(key=sign.key, source=source, created_at=tx.now, created_by=actor.account_id)
            tx.session.add(drawing)
            tx.session.flush()
            tx.audit("bank", "sign.added", sign=sign.key)
    except IntegrityError as error:
        raise Conflict("sign_exists", field="source", sign=sign.key) from error
    _learn({sign.key: source})
    return _PREFIX + sign.key


def learn(session: Session, references: Iterable[str | None] | None = None) -> set[str]:
    """Read the drawings behind `references` (all there are, when None); returns the keys that the bank holds."""
    query = select(SignDrawing.key, SignDrawing.source)
    if references is not None:
        wanted = {each.removeprefix(_PREFIX) for each in references if each and each.startswith(_PREFIX)}
        wanted -= shipped_catalogue().keys()
        if not wanted:
            return set()
        query = query.where(SignDrawing.key.in_(sorted(wanted)))
    found = {row.key: row.source for row in session.execute(query)}
    _learn(found)
    return set(found)


def _learn(found: dict[str, str]) -> None:
    with _lock:
        _read.update({key: describe(source) for key, source in found.items()})
