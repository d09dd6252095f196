"""Whose hands the codes of staff accounts went through"""

from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account_hand_out",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("handed_by", sa.Uuid(), nullable=False),
        sa.Column("handed_at", _TIME, nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", _TIME, nullable=True),
        *(
            sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_account_hand_out_{name}_account"))
            for name in ("account_id", "handed_by", "confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_hand_out")),
    )
    op.create_index(op.f("ix_account_hand_out_account_id"), "account_hand_out", ["account_id"])
    _fill()


def _fill() -> None:
    """From what is known: who created an account, and who issued codes by its audit chain."""
    connection = op.get_bind()
    account = sa.table(
        "account",
        sa.column("id", sa.Uuid()),
        sa.column("role", sa.String()),
        sa.column("created_by", sa.Uuid()),
        sa.column("created_at", _TIME),
    )
    entry = sa.table(
        "audit_entry",
        sa.column("chain", sa.String()),
        sa.column("action", sa.String()),
        sa.column("actor_id", sa.Uuid()),
        sa.column("at", _TIME),
    )
    created = sa.select(account.c.id, account.c.created_by, account.c.created_at).where(
        account.c.role != "applicant", account.c.created_by.is_not(None)
    )
    known = [tuple(row) for row in connection.execute(created)]
    codes = sa.select(entry.c.chain, entry.c.actor_id, entry.c.at).where(
        entry.c.action == "password.code_issued", entry.c.actor_id.is_not(None)
    )
    for chain, by, at in connection.execute(codes):
        known.append((UUID(chain.partition(":")[2]), by, at))
    if known:
        table = sa.table(
            "account_hand_out",
            *(sa.column(name, sa.Uuid()) for name in ("id", "account_id", "handed_by")),
            sa.column("handed_at", _TIME),
        )
        rows = [
            {"id": uuid4(), "account_id": account_id, "handed_by": by, "handed_at": at}
            for account_id, by, at in known
        ]
        connection.execute(table.insert(), rows)


def downgrade() -> None:
    op.drop_table("account_hand_out")
