"""`simexam retention`: what is due to be erased, and erasing it now instead of in the worker's next round."""

import json

import click

from examapp.config import load_config
from examapp.services.platform import open_platform
from examapp.services.privacy import retention as rounds

_NAMES = {
    "accepted_erasures": "erasures that people asked for and that waited for a hold",
    "pictures": "sittings whose kept pictures are over",
    "answers": "sittings whose answers are over",
    "psychology": "psychology reports that are over",
    "registrations": "registrations that were never used",
    "messages": "messages",
    "help": "answered requests for help",
}


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what is due.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def retention(dry_run: bool, as_json: bool) -> None:
    """Erase everything whose time is over; exit 1 when something could not be erased."""
    platform = open_platform(load_config())
    if dry_run:
        found = {name: {"due": len(ids)} for name, ids in rounds.due_now(platform).items()}
    else:
        done = rounds.run(platform, limit=None)
        found = {name: {"erased": each.done, "failed": each.failed} for name, each in done.items()}
    if as_json:
        click.echo(json.dumps(found))
    else:
        for name, counts in found.items():
            said = ", ".join(f"{count} {what}" for what, count in counts.items())
            click.echo(f"{_NAMES[name]}: {said}")
    failed = sum(counts.get("failed", 0) for counts in found.values())
    if failed:
        raise click.ClickException(
            f"{failed} could not be erased: see the log above. They are tried again by the worker."
        )
