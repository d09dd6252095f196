"""`simexam bank`: the question bank from the command line. Refusals are one sentence and a non-zero exit."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from examapp.cli import bank_assemble, bank_reports
from examapp.cli.progress_line import ProgressLine
from examapp.config import load_config
from examapp.domain.errors import Refusal
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission, Role, allows
from examapp.persistence.queries.bank_search import Filter
from examapp.services.bank import importing
from examapp.services.bank.checks import bank_findings
from examapp.services.bank.import_defaults import defaults_of
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.people import staff
from examapp.services.platform import Actor, Platform, open_platform
from question_bank.assembly import Infeasible
from question_bank.formats import MAX_BYTES, BankFormat
from question_bank.formats.columns import split_list
from question_bank.item import Difficulty, Topic

FORMATS = click.Choice([each.value for each in BankFormat])


def _platform() -> Platform:
    try:
        return open_platform(load_config())
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Say what was refused in one sentence; a traceback helps nobody at a prompt."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Refusal as error:
            raise click.ClickException(bank_reports.refusal(error)) from None
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise click.ClickException(
                f"The database refused: {cause}\nRun `simexam db upgrade`, then try again; nothing was half done."
            ) from None

    return run


def _importer(platform: Platform, login: str | None) -> Actor:
    """Who answers for the import. Without a name the items come in as drafts that somebody must take on."""
    if login is None:
        return Actor(None, Role.ADMINISTRATOR, "command line")
    account = staff.staff_by_login(platform, login)
    if not allows(Role(account.role), Permission.EDIT_BANK) or account.disabled_at is not None:
        raise click.ClickException(f"{login} may not edit the bank. Name an administrator.")
    return Actor(account.id, Role(account.role), "command line")


@click.group()
def bank() -> None:
    """Import, export, check and assemble the question bank."""


@bank.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "wanted", type=FORMATS, help="Default: told by the content.")
@click.option("--dry-run", is_flag=True, help="Report on everything in the file, write nothing.")
@click.option("--keep-good", is_flag=True, help="Take the good items in although others are bad.")
@click.option("--by", "login", help="The administrator who answers for it; the items then stand in review.")
@click.option(
    "--topic", type=click.Choice([each.value for each in Topic]), help="For questions that name none."
)
@click.option("--classes", help='For questions that name none, as in "A, C I".')
@click.option("--difficulty", type=click.Choice([each.value for each in Difficulty]), help="Likewise.")
@click.option(
    "--prefix", default="IMP", show_default=True, help="Three capitals, for questions without a number."
)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@_plainly
def import_command(
    file: Path,
    wanted: str | None,
    dry_run: bool,
    keep_good: bool,
    login: str | None,
    topic: str | None,
    classes: str | None,
    difficulty: str | None,
    prefix: str,
    as_json: bool,
) -> None:
    """Take the items of FILE in: all or nothing, unless --keep-good."""
    defaults = defaults_of(prefix, topic or "", split_list(classes or ""), difficulty or "")
    platform = _platform()
    actor = _importer(platform, login)
    # One byte more than is taken is enough to know that it is too much.
    with file.open("rb") as handle:
        data = handle.read(MAX_BYTES + 1)
    progress = ProgressLine(sys.stderr)
    try:
        kind = importing.format_of(data, wanted)
        report = (
            importing.dry_run(platform, actor, data, kind, defaults, progress)
            if dry_run
            else importing.import_items(
                platform, actor, data, kind, keep_good=keep_good, defaults=defaults, progress=progress
            )
        )
    except importing.FileRefused as error:
        progress.end()
        if as_json:
            click.echo(json.dumps(bank_reports.refused_file(error), ensure_ascii=False, indent=2))
        raise click.ClickException(bank_reports.refused_file(error)["lost"][0]["reason"]) from None
    finally:
        progress.end()
    if as_json:
        click.echo(json.dumps(bank_reports.as_dict(report, dry_run), ensure_ascii=False, indent=2))
    else:
        click.echo(bank_reports.as_text(report, dry_run))
    if report.errors and not (keep_good and not dry_run):
        sys.exit(1)


@bank.command("export")
@click.option("--format", "wanted", type=FORMATS, required=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True, help="What the format can't hold, as JSON.")
@_plainly
def export_command(wanted: str, output: Path, as_json: bool) -> None:
    """Write the current version of every item to a file, and say what the format can't hold."""
    writing = importing.export_items(_platform(), Filter(), BankFormat(wanted))
    try:
        output.write_bytes(writing.data)
    except OSError as error:
        raise click.ClickException(f"{output} can't be written: {error.strerror}.") from None
    if as_json:
        click.echo(json.dumps(bank_reports.losses_as_dict(writing.losses), ensure_ascii=False, indent=2))
    click.echo(f"{output}: {len(writing.data)} bytes", err=True)
    for line in bank_reports.losses_as_lines(writing.losses):
        click.echo(line, err=True)


@bank.command("assemble")
@click.option("--blueprint", help="As in sim-a; with --seed.")
@click.option("--seed", type=click.IntRange(min=0))
@click.option("--attempt", help="Make the form of this attempt again (its reference) and compare.")
@click.option(
    "--proof", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same, from a file."
)
@click.option("--json", "as_json", is_flag=True)
@_plainly
def assemble_command(
    blueprint: str | None, seed: int | None, attempt: str | None, proof: Path | None, as_json: bool
) -> None:
    """Make a form, or make one again: the same bank, blueprint and seed give the same form.

    With --attempt or --proof the exit is 1 when anything differs from what was given.
    """
    try:
        form, differences = bank_assemble.assemble(_platform(), blueprint, seed, attempt, proof)
    except Infeasible as error:
        bank_assemble.print_infeasible(error, as_json)
        return
    bank_assemble.print_form(form, differences, bool(attempt or proof), as_json)


@bank.command("lint")
@click.option("--json", "as_json", is_flag=True)
@_plainly
def lint_command(as_json: bool) -> None:
    """Remarks on the current version of every item. Remarks are no failure: the exit is 0."""
    platform = _platform()
    with platform.reading() as session:
        remarks = list(bank_findings(session, office_day(platform.clock.now())))
    if as_json:
        click.echo(json.dumps([finding.as_dict() for finding in remarks], ensure_ascii=False, indent=2))
        return
    for finding in remarks:
        click.echo(f"{finding.item}  {finding.rule}: {finding.message}")
    click.echo(f"{len(remarks)} remarks", err=True)


@bank.command("seed")
@_plainly
def seed_command() -> None:
    """Lay the shipped items into the bank; what is there already is left alone."""
    click.echo(f"{seed_shipped_items(_platform())} items added.")
