"""Who has an item open in the editor"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_editor",
        sa.Column("item_id", sa.String(20), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_editor_item_id_item")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_item_editor_account_id_account")
        ),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_item_editor")),
    )


def downgrade() -> None:
    op.drop_table("item_editor")
