"""A device's clock in milliseconds since 1970 needs 64 bits"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite's INTEGER holds 64 bits as it is.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("attempt_event", "client_time_ms", type_=sa.BigInteger())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "attempt_event",
            "client_time_ms",
            type_=sa.Integer(),
            postgresql_using="CASE WHEN client_time_ms <= 2147483647 THEN client_time_ms END",
        )
