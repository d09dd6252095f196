"""`simexam audit`: verify the chains without the server."""

import json

import click

from examapp.config import load_config
from examapp.services.audit import audit_trail
from examapp.services.platform import open_platform

_REASONS = {
    "missing": "an entry is missing here",
    "changed": "this entry was changed after it was written",
    "truncated": "the chain was cut off here",
    "added": "an entry was added past the chain's end",
    "head": "the end that was kept is not the chain's end",
    "signature": "the signature over the chain's end is not ours",
    "lost": "the whole chain is gone",
}


@click.group()
def audit() -> None:
    """Verify the chains of audit and evidence."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def verify(as_json: bool) -> None:
    """Walk every audit chain and every sitting's events; exit 1 when a link is broken."""
    found = audit_trail.verify_all(open_platform(load_config()), files=True)
    if as_json:
        breaks = [{"chain": b.chain, "sequence": b.sequence, "reason": b.reason} for b in found.breaks]
        click.echo(
            json.dumps(
                {
                    "at": found.at.isoformat(timespec="milliseconds"),
                    "holds": found.holds,
                    "chains": found.chains,
                    "entries": found.entries,
                    "first_break": breaks[0] if breaks else None,
                    "breaks": breaks,
                }
            )
        )
    else:
        click.echo(f"{found.chains} chains with {found.entries} entries.")
        for broken in found.breaks:
            reason = _REASONS.get(broken.reason, broken.reason)
            click.echo(f"{broken.chain}, entry {broken.sequence}: {reason}.")
        click.echo("All of them hold." if found.holds else "Something was altered: compare with a backup.")
    if not found.holds:
        raise click.exceptions.Exit(1)
