"""`simexam db`: the schema's versions."""

import click
from sqlalchemy.exc import SQLAlchemyError

from examapp.config import load_config
from examapp.persistence import migrate
from examapp.persistence.database import Database


@click.group()
def db() -> None:
    """Bring the database to a version of its schema."""


def _refuse(error: SQLAlchemyError) -> click.ClickException:
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return click.ClickException(
        f"The database refused: {cause}\n"
        "Check SIMEXAM_DATABASE_URL, that its server runs, and the space on its disk; nothing was half done."
    )


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Migrate forward to REVISION (default: the newest)."""
    try:
        migrate.upgrade(load_config().database_url, revision)
    except SQLAlchemyError as error:
        raise _refuse(error) from None


@db.command()
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def downgrade(revision: str, yes: bool) -> None:
    """Migrate back to REVISION (-1 for one step, base for nothing). What newer tables hold is lost."""
    if not yes:
        click.confirm("What the newer tables and columns hold will be lost. Go on?", abort=True)
    try:
        migrate.downgrade(load_config().database_url, revision)
    except SQLAlchemyError as error:
        raise _refuse(error) from None


@db.command()
def status() -> None:
    """Say whether the database is at the newest version; exit 1 when it is not."""
    database = Database(load_config().database_url)
    try:
        current = migrate.is_current(database)
    except SQLAlchemyError as error:
        raise _refuse(error) from None
    if not current:
        raise click.ClickException("The database is not at the newest version: run `simexam db upgrade`.")
    click.echo("The database is at the newest version.")
