"""Signs that administrators described"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_drawing",
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_sign_drawing_created_by_account")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_drawing")),
    )


def downgrade() -> None:
    op.drop_table("sign_drawing")
