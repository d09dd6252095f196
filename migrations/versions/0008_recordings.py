"""Sounds and films beside pictures: what an uploaded file is, and how long it plays"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("media") as table:
        table.add_column(sa.Column("kind", sa.String(10), nullable=False, server_default="picture"))
        table.add_column(sa.Column("duration_ms", sa.Integer(), nullable=True))


def downgrade() -> None:
    # The older version knows pictures alone; a sound among them would be a broken picture.
    op.execute("DELETE FROM media WHERE kind <> 'picture'")
    with op.batch_alter_table("media") as table:
        table.drop_column("duration_ms")
        table.drop_column("kind")
