"""`simexam …`: a command is imported only when it is called, so that `simexam --help` answers at once."""

from importlib import import_module

import click

# The command's name, the module and the object that holds it, and one line of help for the list.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("examapp.cli.serve:serve", "Serve the platform and its workers."),
    "db": ("examapp.cli.db:db", "Bring the database to a version of its schema."),
    "demo": ("examapp.cli.demo:demo", "Fill the platform with people and sittings to try it."),
    "accounts": ("examapp.cli.accounts:accounts", "Create and disable accounts of staff."),
    "bank": ("examapp.cli.bank:bank", "Import, export, check and assemble the question bank."),
    "proctor": ("examapp.cli.proctor:proctor", "Analyse pictures and videos as the proctoring does."),
    "retention": ("examapp.cli.retention:retention", "Erase what is kept no longer, or count it."),
    "audit": ("examapp.cli.audit:audit", "Verify the chains of audit and evidence."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """SIM Daring: theory and psychology examinations for the Indonesian driving licence."""
