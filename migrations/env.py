"""Alembic's way in: the same records and the same engine settings as the platform."""

from typing import Any

from alembic import context
from sqlalchemy import JSON

from examapp.config import load_config
from examapp.persistence import records  # noqa: F401  (registers every table)
from examapp.persistence.base import Record, UtcDateTime
from examapp.persistence.database import Database


def render_item(kind: str, thing: Any, autogenerate: Any) -> str | bool:
    """Migrations stand on SQLAlchemy alone: application types may change after a migration was written."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    url = context.config.attributes.get("database_url") or load_config().database_url
    database = Database(url)
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            # SQLite can't alter most things in place; batch mode makes the table anew and copies the rows.
            render_as_batch=database.is_sqlite,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    database.dispose()


run()
