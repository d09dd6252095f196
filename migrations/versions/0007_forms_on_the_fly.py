"""Blueprints by version, exposure, ready forms, calibrated items, and which item of a form counts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("attempt", sa.Column("blueprint_version", sa.Integer(), nullable=True))
    # Every item of every form so far counted.
    op.add_column("form_item", sa.Column("scored", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index(op.f("ix_item_step_to_state"), "item_step", ["to_state"])
    op.create_table(
        "blueprint_version",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.String(300), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_note", sa.String(300), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_blueprint_version_{name}_account"))
            for name in ("created_by", "decided_by")
        ),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_blueprint_version")),
    )
    op.create_index(op.f("ix_blueprint_version_digest"), "blueprint_version", ["digest"])
    op.create_table(
        "item_calibration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("discrimination", sa.Double(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(60), nullable=False),
        sa.Column("set_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "version"],
            ["item_version.item_id", "item_version.version"],
            name=op.f("fk_item_calibration_item_id_item_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_calibration")),
    )
    op.create_index(op.f("ix_item_calibration_item_id"), "item_calibration", ["item_id", "version"])
    _exposure()
    op.create_table(
        "ready_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("blueprint", sa.String(40), nullable=False),
        sa.Column("blueprint_digest", sa.String(64), nullable=False),
        sa.Column("bank_stamp", sa.String(60), nullable=False),
        sa.Column("form", _JSON, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_form")),
    )
    op.create_index(
        op.f("ix_ready_form_blueprint"),
        "ready_form",
        ["blueprint", "blueprint_digest", "bank_stamp", "created_at"],
    )


def _exposure() -> None:
    op.create_table(
        "exposure_total",
        sa.Column("blueprint", sa.String(40), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("blueprint", name=op.f("pk_exposure_total")),
    )
    op.create_table(
        "exposure_item",
        sa.Column("blueprint", sa.String(40), nullable=False),
        sa.Column("item_id", sa.String(20), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("blueprint", "item_id", name=op.f("pk_exposure_item")),
    )
    op.create_table(
        "exposure_pair",
        sa.Column("blueprint", sa.String(40), nullable=False),
        sa.Column("one", sa.String(20), nullable=False),
        sa.Column("other", sa.String(20), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("blueprint", "one", "other", name=op.f("pk_exposure_pair")),
    )


def downgrade() -> None:
    for table in (
        "ready_form",
        "exposure_pair",
        "exposure_item",
        "exposure_total",
        "item_calibration",
        "blueprint_version",
    ):
        op.drop_table(table)
    op.drop_index(op.f("ix_item_step_to_state"), "item_step")
    op.drop_column("form_item", "scored")
    op.drop_column("attempt", "blueprint_version")
