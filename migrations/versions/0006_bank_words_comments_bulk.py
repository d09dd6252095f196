"""Items are found by their words; comments on items; steps taken for many items at once"""

import json
import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_FACETS = ["item_id", "version", "part", "topic", "difficulty", "classes", "article"]
_WORD = re.compile(r"\w+(?:-\w+)*")


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}_account"))


def upgrade() -> None:
    word = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
    op.create_table(
        "item_word",
        sa.Column("word", word, nullable=False),
        sa.Column("item_id", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_word_item_id_item")),
        sa.PrimaryKeyConstraint("word", "item_id", name=op.f("pk_item_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_version_facets", "item_version", _FACETS)
    _note_words()
    op.drop_column("item_version", "search_text")
    op.create_table(
        "item_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("resolved_at", _TIME, nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id", "version"],
            ["item_version.item_id", "item_version.version"],
            name=op.f("fk_item_comment_item_id_item_version"),
        ),
        _account("item_comment", "author_id"),
        _account("item_comment", "resolved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_comment")),
    )
    op.create_index(op.f("ix_item_comment_item_id"), "item_comment", ["item_id"])
    op.create_table(
        "bulk_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.Column("changes", _JSON, nullable=False),
        sa.Column("undone_at", _TIME, nullable=True),
        _account("bulk_step", "actor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_step")),
    )
    op.create_index("ix_bulk_step_latest", "bulk_step", ["actor_id", "at"])


def _present() -> sa.Select:
    item = sa.table("item", sa.column("id"), sa.column("current_version"))
    version = sa.table(
        "item_version",
        sa.column("item_id"),
        sa.column("version"),
        sa.column("article"),
        sa.column("content", _JSON),
    )
    return sa.select(item.c.id, version.c.article, version.c.content).join_from(
        item, version, (version.c.item_id == item.c.id) & (version.c.version == item.c.current_version)
    )


def _text(article: str, content: dict | str) -> str:
    data = json.loads(content) if isinstance(content, str) else content
    texts = [data["stem"], data.get("explanation") or {}, *(option["text"] for option in data["options"])]
    return " ".join(
        [data["id"], article, data.get("source") or "", *(w for text in texts for w in text.values())]
    )


def _note_words() -> None:
    connection = op.get_bind()
    rows = []
    for item_id, article, content in connection.execute(_present()).all():
        found = set()
        for word in _WORD.findall(_text(article, content).casefold()):
            found.update(part[:60] for part in (word, *word.split("-")))
        rows += [{"word": word, "item_id": item_id} for word in sorted(found)]
    if rows:
        connection.execute(sa.table("item_word", sa.column("word"), sa.column("item_id")).insert(), rows)


def downgrade() -> None:
    for table in ("bulk_step", "item_comment", "item_word"):
        op.drop_table(table)
    op.drop_index("ix_item_version_facets", "item_version")
    op.add_column("item_version", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    version = sa.table(
        "item_version", sa.column("item_id"), sa.column("version"), sa.column("article"), sa.column("content", _JSON),
        sa.column("search_text"),
    )  # fmt: skip
    for item_id, number, article, content in connection.execute(
        sa.select(version.c.item_id, version.c.version, version.c.article, version.c.content)
    ).all():
        connection.execute(
            version.update()
            .where(version.c.item_id == item_id, version.c.version == number)
            .values(search_text=_text(article, content).lower())
        )
