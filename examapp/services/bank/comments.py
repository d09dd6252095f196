"""What people say to each other about an item, kept with the version it was said of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid, NotFound, TooMuch
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.bank_work import ItemComment
from examapp.services.bank.writing import lock_item
from examapp.services.platform import Actor, Platform

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as the item's page shows it; `resolved_by` names who marked it as done with, if anybody did."""

    id: UUID
    version: int
    text: str
    by: str
    at: datetime
    resolved_by: str | None


def comment(platform: Platform, actor: Actor, item_id: str, text: str) -> UUID:
    """Say something of the present version. Raises `Invalid("comment_empty")`, `TooMuch("comment_long")`."""
    actor.must(Permission.EDIT_BANK)
    text = text.strip()
    if not text or actor.account_id is None:
        raise Invalid("comment_empty", field="text")
    if len(text) > LONGEST:
        raise TooMuch("comment_long", field="text", maximum=LONGEST)
    with platform.writing(actor) as tx:
        item = lock_item(tx.session, item_id)
        made = ItemComment(
            id=uuid4(),
            item_id=item_id,
            version=item.current_version,
            text=text,
            author_id=actor.account_id,
            at=tx.now,
            resolved_at=None,
            resolved_by=None,
        )
        tx.session.add(made)
        tx.audit(f"item:{item_id}", "item.commented", version=item.current_version)
    return made.id


def resolve(platform: Platform, actor: Actor, item_id: str, comment_id: UUID) -> None:
    """Mark a comment as done with; doing it again changes nothing. Raises `NotFound`."""
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        found = tx.session.get(ItemComment, comment_id, with_for_update=True)
        if found is None or found.item_id != item_id:
            raise NotFound()
        if found.resolved_at is None:
            found.resolved_at, found.resolved_by = tx.now, actor.account_id
            tx.audit(f"item:{item_id}", "item.comment_resolved")


def comments_of(session: Session, item_id: str) -> list[CommentLine]:
    """All that was said of an item, the latest first."""
    query = select(ItemComment).where(ItemComment.item_id == item_id).order_by(ItemComment.at.desc())
    found = list(session.scalars(query))
    ids = {each.author_id for each in found} | {each.resolved_by for each in found if each.resolved_by}
    names = {row.id: row.display_name for row in session.scalars(select(Account).where(Account.id.in_(ids)))}
    return [
        CommentLine(
            each.id,
            each.version,
            each.text,
            names[each.author_id],
            each.at,
            names[each.resolved_by] if each.resolved_by else None,
        )
        for each in found
    ]


def open_comments(session: Session, item_id: str) -> int:
    """How many comments on an item nobody has marked as done with."""
    query = select(func.count()).where(ItemComment.item_id == item_id, ItemComment.resolved_at.is_(None))
    return int(session.scalar(query) or 0)
