"""Requests of people about their own data, and when what was kept of them was erased"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_ERASED = (
    ("attempt", "answers_erased_at"),
    ("psychology_report", "erased_at"),
    ("help_request", "erased_at"),
)


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_data_request_{name}_{table}"))
            for name, table in (
                ("account_id", "account"),
                ("attempt_id", "attempt"),
                ("decided_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    for column in ("account_id", "attempt_id", "state"):
        op.create_index(op.f(f"ix_data_request_{column}"), "data_request", [column])
    for table, column in _ERASED:
        op.add_column(table, sa.Column(column, _TIME, nullable=True))


def downgrade() -> None:
    for table, column in _ERASED:
        op.drop_column(table, column)
    op.drop_table("data_request")
