"""The platform itself: catalogues, the vision model, the database and the demonstration's people."""

from bootstrap.command import run
from bootstrap.console import say, step
from bootstrap.places import BIN, INSTANCE, PYTHON, ROOT, Stamp, digest

MODEL = INSTANCE / "models" / "face_landmarker.task"
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"


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
    with step("Vision model"):
        run("fetch_model", [PYTHON, "tools/fetch_model.py", "--to", MODEL])
        Stamp("model", _model_state(), INSTANCE / "stamps").write()


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
