"""A law register, the articles that item versions cite, and checks of keys against them"""

import sqlalchemy as sa
from alembic import op

from question_bank.law.citation import read_citations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def _of_version(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["item_id", "version"],
        ["item_version.item_id", "item_version.version"],
        name=op.f(f"fk_{table}_item_id_item_version"),
    )


def _text(name: str, size: int) -> sa.Column:
    return sa.Column(name, sa.String(size), nullable=False)


def upgrade() -> None:
    op.create_table(
        "law_article",
        _text("id", 60),
        _text("act", 40),
        _text("article", 20),
        _text("title_id", 300),
        _text("title_en", 300),
        _text("reference", 500),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["account.id"], name=op.f("fk_law_article_changed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_article")),
    )
    op.create_index(op.f("ix_law_article_act"), "law_article", ["act"])
    op.create_table(
        "item_citation",
        _text("item_id", 20),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        _text("act", 40),
        _text("article", 20),
        _text("clause", 20),
        _of_version("item_citation"),
        sa.PrimaryKeyConstraint(
            "item_id", "version", "act", "article", "clause", name=op.f("pk_item_citation")
        ),
    )
    op.create_index("ix_item_citation_article", "item_citation", ["act", "article"])
    op.create_table(
        "key_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("item_id", 20),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("kind", 10),
        _text("outcome", 10),
        _text("source", 500),
        _text("note", 500),
        _text("checked_by", 120),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_key_check_account_id_account")),
        _of_version("key_check"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_check")),
    )
    op.create_index("ix_key_check_item", "key_check", ["item_id", "version"])
    _cite()


def _cite() -> None:
    """What the versions already stored cite."""
    connection = op.get_bind()
    version = sa.table("item_version", sa.column("item_id"), sa.column("version"), sa.column("article"))
    rows = [
        {"item_id": item_id, "version": number, "act": c.act, "article": c.article, "clause": c.clause}
        for item_id, number, line in connection.execute(sa.select(version)).all()
        for c in read_citations(line)
    ]
    if rows:
        names = ("item_id", "version", "act", "article", "clause")
        connection.execute(sa.table("item_citation", *(sa.column(name) for name in names)).insert(), rows)


def downgrade() -> None:
    for table in ("key_check", "item_citation", "law_article"):
        op.drop_table(table)
