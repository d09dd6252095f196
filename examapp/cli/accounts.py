"""`simexam accounts`: the operator of the machine creates, disables and lists accounts of staff."""

import sys

import click

from examapp.config import load_config
from examapp.domain.errors import Refusal
from examapp.domain.roles import STAFF, Role
from examapp.services.people import accounts as account_service
from examapp.services.people import hands, staff
from examapp.services.platform import Actor, Platform, open_platform

# Who holds the machine holds the database: the deed is written down as the command line's.
OPERATOR = Actor(None, Role.ADMINISTRATOR, "command-line")
_ROLES = click.Choice(sorted(role.value for role in STAFF))
_SENTENCES = {
    "login_invalid": "Use 3 to 40 small letters, digits, dots, hyphens or underscores, and begin with a letter.",
    "login_taken": "This name is taken.",
    "name_invalid": "Give the full name with --name.",
    "account_missing": "There is no member of staff with this name: see `simexam accounts list`.",
    "account_disabled": "This account is disabled: run `simexam accounts enable` first.",
    "last_administrator": "This is the last administrator: create another one first.",
    "password_short": "The password is too short: use at least 10 characters.",
    "password_guessed": "This password is easy to guess.",
    "password_personal": "The password contains the name.",
}


def refuse(error: Refusal) -> click.ClickException:
    return click.ClickException(_SENTENCES.get(error.code, error.code))


def _platform() -> Platform:
    return open_platform(load_config())


def _show_code(made: staff.StaffCode) -> None:
    click.echo(f"{made.login}: {made.code}")
    click.echo("Shown this once; good for 48 hours; works once, at “Sign in”, “I have a code”.", err=True)


@click.group()
def accounts() -> None:
    """Create and disable accounts of staff."""


@accounts.command()
@click.argument("login")
@click.option("--role", type=_ROLES, required=True)
@click.option("--name", default="", help="Full name; default: LOGIN.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(login: str, role: str, name: str, language: str, password_stdin: bool) -> None:
    """Create LOGIN; prints a one-time code for their password unless one is given."""
    platform = _platform()
    new = staff.NewStaff(login, name or login, Role(role), language)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    try:
        made = staff.create_staff(platform, OPERATOR, new)
        if password is None:
            _show_code(made)
        else:
            account_service.set_password(platform, OPERATOR, made.account_id, password)
            click.echo(f"{made.login} is created.")
    except Refusal as error:
        raise refuse(error) from None


@accounts.command()
@click.argument("login")
def disable(login: str) -> None:
    """Close the account of LOGIN at once."""
    platform = _platform()
    try:
        staff.disable_staff(platform, OPERATOR, staff.staff_by_login(platform, login).id)
    except Refusal as error:
        raise refuse(error) from None
    click.echo(f"{login} is disabled and signed out everywhere.")


@accounts.command()
@click.argument("login")
def enable(login: str) -> None:
    """Open the account of LOGIN again."""
    platform = _platform()
    try:
        staff.enable_staff(platform, OPERATOR, staff.staff_by_login(platform, login).id)
    except Refusal as error:
        raise refuse(error) from None
    click.echo(f"{login} is open again.")


@accounts.command("reset-password")
@click.argument("login")
def reset_password(login: str) -> None:
    """Print a one-time code with which LOGIN sets a new password; the old one and open sessions end."""
    platform = _platform()
    try:
        _show_code(staff.issue_code(platform, OPERATOR, staff.staff_by_login(platform, login).id))
    except Refusal as error:
        raise refuse(error) from None


@accounts.command()
@click.argument("login")
def confirm(login: str) -> None:
    """Vouch that LOGIN is held by another person than whoever gave out its code."""
    platform = _platform()
    try:
        hands.confirm(platform, OPERATOR, staff.staff_by_login(platform, login).id)
    except Refusal as error:
        raise refuse(error) from None
    click.echo(f"{login} is confirmed: it counts as a person of its own.")


@accounts.command("list")
def list_accounts() -> None:
    """Everybody who works here. Applicants are not listed."""
    for each in staff.list_staff(_platform()):
        state = "disabled" if each.disabled_at else "open"
        demo = "  demo" if each.demo else ""
        click.echo(f"{each.login:<24} {each.role:<14} {state:<9} {each.display_name}{demo}")
