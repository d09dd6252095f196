"""`simexam bank assemble`: a form by blueprint and seed, or a given form made again and compared."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from examapp.domain.errors import NotFound
from examapp.services.platform import Platform
from examapp.services.sitting import rederive
from question_bank.assembly import Infeasible, SearchGaveUp
from question_bank.feasibility_words import as_dict, explain

_REFUSED = {
    "blueprint_missing": "There is no blueprint {blueprint}. Known: {known}.",
    "attempt_missing": "No form was given to an attempt {reference}.",
    "blueprint_of_proof_missing": "The proof names a version of {blueprint} that is not stored here.",
    "bank_of_proof_missing": "The proof rests on a state of the bank ({bank}) that is not this one and can't be "
    "restored from its history.",
}


def assemble(
    platform: Platform, blueprint: str | None, seed: int | None, attempt: str | None, proof: Path | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The form, and how it differs from a given one. Refusals are `click.ClickException`s with a sentence."""
    try:
        if attempt or proof:
            given = rederive.given_form(platform, attempt) if attempt else _read(proof)
            derived = rederive.compare(platform, given)
            return derived.form, derived.differences
        if blueprint is None or seed is None:
            raise click.UsageError("Say --blueprint and --seed, or --attempt, or --proof.")
        return rederive.form_for(platform, blueprint, seed), ()
    except NotFound as error:
        raise click.ClickException(_REFUSED[error.code].format(**error.params)) from None
    except SearchGaveUp as error:
        raise click.ClickException(f"{error}. Nothing was written; try again on a machine at rest.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise click.ClickException(f"That is no proof of a form: {error}") from None


def print_infeasible(error: Infeasible, as_json: bool) -> None:
    """Which constraint, and how many items are missing; as JSON on standard output, else as sentences."""
    if as_json:
        click.echo(json.dumps({"infeasible": as_dict(error)}, ensure_ascii=False, indent=2))
    for sentence in explain(error, "en"):
        click.echo(sentence, err=True)
    sys.exit(1)


def print_form(form: dict[str, Any], differences: tuple[str, ...], compared: bool, as_json: bool) -> None:
    """The form; when it was compared, what differs, with exit 1 if anything does."""
    if as_json:
        compare = {"same": not differences, "differences": list(differences)} if compared else {}
        click.echo(json.dumps({**form, **compare}, ensure_ascii=False, indent=2))
    else:
        for number, item in enumerate(form["items"], 1):
            mark = "" if item["scored"] else "  trial"
            click.echo(
                f"{number:3}  {item['item_id']}  v{item['version']}  {' '.join(item['option_order'])}{mark}"
            )
        if compared and not differences:
            click.echo("The given form, bit for bit.")
        for difference in differences:
            click.echo(difference)
    if differences:
        sys.exit(1)


def _read(file: Path | None) -> Any:
    """A proof, or a form with its proof, from a JSON file."""
    try:
        data = json.loads(file.read_text("utf-8")) if file else None
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file} can't be read as JSON: {error}") from None
    if not isinstance(data, dict):
        raise click.ClickException(f"{file} holds no proof of a form.")
    return data if "proof" in data else {"proof": data}
