"""The platform itself: catalogues, the vision model, the database and the demonstration's people."""

import os
import sys
from pathlib import Path

from bootstrap.command import run
from bootstrap.console import Stop, say, step
from bootstrap.places import BIN, INSTANCE, PYTHON, ROOT, Stamp, digest, is_root

CONFIGURED_MODEL = os.environ.get("SIMEXAM_MODEL")
MODEL = Path(CONFIGURED_MODEL or INSTANCE / "models" / "face_landmarker.task").resolve()
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
PROCESSORS = Path("/sys/devices/system/cpu/possible")

_LOOK = """
import sys
import numpy
from proctoring.vision.worker_api import load
load(sys.argv[1]).analyse(numpy.zeros((240, 320, 3), numpy.uint8))
"""


def make_instance() -> None:
    """The folder of data, closed to other users from its first file on; one that exists stays as it is."""
    if not INSTANCE.exists():
        INSTANCE.mkdir(parents=True, mode=0o700)


def compile_catalogues() -> None:
    catalogues = list((ROOT / "examapp" / "translations").glob("*/LC_MESSAGES/*.po"))
    stamp = Stamp("catalogues", digest(catalogues))
    if stamp.fresh() and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    with step("Languages"):
        run("pybabel compile", [BIN / "pybabel", "compile", "-d", "examapp/translations"])
        stamp.write()


def fetch_model() -> None:
    """The face model, its hash checked once; afterwards its size and time must stay as they were."""
    stamp = Stamp("model", _model_state(), INSTANCE / "stamps")
    if MODEL.exists() and stamp.fresh():
        return
    if CONFIGURED_MODEL and not MODEL.exists():
        raise Stop(
            f"SIMEXAM_MODEL names {MODEL}, and there is no such file.", "correct it, or leave it unset."
        )
    with step("Vision model"):
        run("fetch_model", [PYTHON, "tools/fetch_model.py", "--to", MODEL])
        Stamp("model", _model_state(), INSTANCE / "stamps").write()


def check_vision() -> None:
    """Let the model look at an empty picture once: what can't work should say so now, not in the middle of an exam."""
    if _model_state() == "absent":
        return
    stamp = Stamp("vision", _model_state() + digest([ROOT / "requirements.lock"]))
    if stamp.fresh():
        return
    with step("A first look with the vision model"):
        run("vision model", [PYTHON, "-c", _LOOK, MODEL])
        stamp.write()


def ensure_sysfs() -> None:
    """Mount /sys where it is missing: without it MediaPipe, which the tests use, ends its whole process."""
    if PROCESSORS.exists():
        return
    line = "mount -t sysfs -o ro sysfs /sys"
    if is_root() and sys.platform == "linux":
        say(f"   {line} (this tree has no /sys)")
        try:
            run("mount", line.split())
        except Stop:
            say("   that was not allowed")
    if not PROCESSORS.exists():
        raise Stop(
            "/sys is not mounted in this tree, and MediaPipe, which the tests use, needs it.",
            f"as root, run this line (from outside, for a tree: with its path before /sys), then run again:\n   {line}",
        )


def _model_state() -> str:
    if not MODEL.exists():
        return "absent"
    return f"{MODEL_SHA256} {MODEL.stat().st_size} {MODEL.stat().st_mtime_ns}"


def migrate() -> None:
    run("simexam db upgrade", [BIN / "simexam", "db", "upgrade"])


def seed_demo() -> None:
    """The demonstration's people and sittings, once for each instance folder."""
    stamp = Stamp("demo", "seeded", INSTANCE / "stamps")
    if stamp.fresh():
        return
    with step("Demonstration accounts and sittings"):
        run("simexam demo", [BIN / "simexam", "demo"], on_line=lambda line: say(f"   {line.rstrip()}"))
        stamp.write()
