"""Bringing a database to a version of the schema, and asking which one it has."""

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from examapp.config import REPOSITORY
from examapp.persistence.database import Database


def _alembic(database_url: str) -> AlembicConfig:
    config = AlembicConfig(str(REPOSITORY / "migrations" / "alembic.ini"))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    command.upgrade(_alembic(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    command.downgrade(_alembic(database_url), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration."""
    wanted = ScriptDirectory.from_config(_alembic(database.url)).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == wanted
