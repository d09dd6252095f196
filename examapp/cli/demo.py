"""`simexam demo`: people and sittings to try the platform with. Their passwords are public: refused off loopback."""

from functools import lru_cache

import click

from examapp.config import load_config
from examapp.domain.errors import Refusal
from examapp.services.demo import make
from examapp.services.demo.camera import Look, picture
from examapp.services.demo.make import Made
from examapp.services.demo.people import APPLICANTS, PASSWORD, STAFF
from examapp.services.platform import Platform, open_platform
from proctoring.observation import Observation

__all__ = ["APPLICANTS", "PASSWORD", "STAFF", "demo", "make_demo"]

_SENTENCES = {
    "demo_off_loopback": (
        "Demo passwords are public: demo accounts exist on loopback only (SIMEXAM_LOOPBACK=1)."
    ),
    "demo_beside_people": (
        "People have registered here, and the demonstration would lie among them. Nothing was made. "
        "Use an instance folder of its own (SIMEXAM_INSTANCE), start with DEMO=0, or say --force."
    ),
    "demo_while_serving": (
        "The platform is running: its workers would end sittings of yesterday at once. "
        "Stop it, run `simexam demo`, start it again."
    ),
}


def make_demo(platform: Platform, *, force: bool = False) -> Made:
    """Make whatever is not there yet, with the real model's eyes. Raises `Refusal` as `make.make_demo` does."""
    return make.make_demo(platform, lambda: _open_look(platform), force=force)


def _open_look(platform: Platform) -> Look | None:
    """The analysis of a JPEG; the same picture is looked at once. None without the model."""
    from proctoring.vision.decode import Refused, decode_frame
    from proctoring.vision.model_file import ModelError
    from proctoring.vision.quiet import quiet_native
    from proctoring.vision.worker_api import load

    try:
        with quiet_native():
            analyser = load(platform.config.model_path)
    except ModelError as error:
        click.echo(f"No sittings: {error}", err=True)
        return None

    @lru_cache(maxsize=512)
    def look(jpeg: bytes) -> Observation:
        decoded = decode_frame(jpeg)
        if isinstance(decoded, Refused):
            raise click.ClickException(f"A drawn picture could not be read ({decoded.reason.value}).")
        return analyser.analyse(decoded.bgr)

    # The first look wakes the native libraries, and they are talkative.
    with quiet_native():
        look(picture((), 0))
    return look


@click.command()
@click.option("--force", is_flag=True, help="Also beside applicants who registered themselves.")
def demo(force: bool) -> None:
    """Fill the platform with people and sittings to try it; safe to call again."""
    try:
        made = make_demo(open_platform(load_config()), force=force)
    except Refusal as error:
        if error.code not in _SENTENCES:
            raise
        raise click.ClickException(_SENTENCES[error.code]) from None
    click.echo(
        f"Demo: {made.people} accounts, {made.items} items and {made.sittings} sittings new. "
        f"Password of each account: {PASSWORD}"
    )
    for each in STAFF:
        click.echo(f"  {each.login:<18} {each.role.value:<14} {each.name:<24} {each.note}")
    for person in APPLICANTS:
        left_out = "  (no sitting: the vision model is missing)" if person in made.left_out else ""
        click.echo(f"  {person.nik:<18} {'applicant':<14} {person.name:<24} {person.note}{left_out}")
