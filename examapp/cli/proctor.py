"""`simexam proctor …`: the proctoring model on files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from proctoring.analyse import Line, error_line, film_lines, picture_line
from proctoring.calibration import Calibration, CalibrationError, fit
from proctoring.policy import Policy, load_policy

if TYPE_CHECKING:
    from proctoring.vision.analyser import FaceAnalyser

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".pgm", ".ppm"})


@click.group()
def proctor() -> None:
    """Look at camera pictures as the proctoring does."""


@proctor.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--every", type=click.FloatRange(min=0, min_open=True), default=0.5, help="Seconds between frames."
)
@click.option(
    "--calibrate",
    type=click.Path(path_type=Path),
    help="CSV (file,gaze_yaw,gaze_pitch) of frames of this person whose gaze is known.",
)
@click.option("--model", type=click.Path(path_type=Path), help="Another place of the face model.")
def analyse(path: Path, every: float, calibrate: Path | None, model: Path | None) -> None:
    """Print one JSON line for each frame of PATH (a film, a picture, or a folder of pictures).

    A film's episodes follow its frames. Exits with 1 when anything could not be read.
    """
    from proctoring.vision.model_file import ModelError
    from proctoring.vision.quiet import quiet_native
    from proctoring.vision.worker_api import load

    failed = False
    try:
        with quiet_native():
            for line in _lines(load(model), path, every, calibrate):
                failed = failed or "error" in line
                click.echo(json.dumps(line, allow_nan=False))
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    if failed:
        raise SystemExit(1)


def _lines(analyser: FaceAnalyser, path: Path, every: float, calibrate: Path | None) -> Iterator[Line]:
    policy = load_policy()
    calibration: Calibration | None = None
    if calibrate is not None:
        try:
            calibration = _calibration(analyser, calibrate)
        except CalibrationError as error:
            yield error_line(calibrate.name, str(error))
            return
    for file in _files(path):
        yield from _file_lines(analyser, file, every, policy, calibration)
    if path.is_dir() and not _files(path):
        yield error_line(path.name, "the folder holds no pictures")


def _files(path: Path) -> list[Path]:
    """A folder's pictures in order of name; what is no picture by its name (labels, notes) is left out."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in PICTURES and file.is_file())


def _file_lines(
    analyser: FaceAnalyser, file: Path, every: float, policy: Policy, calibration: Calibration | None
) -> Iterator[Line]:
    from proctoring.vision.decode import UnreadablePictureError, read_picture
    from proctoring.vision.film import SUFFIXES, Film, UnreadableFilmError

    try:
        if file.suffix.lower() not in SUFFIXES:
            seen = analyser.analyse(read_picture(file), features=calibration is not None)
            yield picture_line(file.name, seen, policy, calibration)
            return
        if not file.is_file():
            raise UnreadableFilmError("there is no such file")
        with Film(file) as film:
            asked = calibration is not None
            frames = (analyser.analyse(bgr, t, features=asked) for t, bgr in film.frames(every))
            yield from film_lines(file.name, frames, policy, lambda: film.seconds_passed, calibration)
    except (UnreadablePictureError, UnreadableFilmError) as error:
        yield error_line(file.name, str(error))


def _calibration(analyser: FaceAnalyser, table: Path) -> Calibration:
    """The fit from a CSV's frames; paths in it are relative to the CSV or absolute."""
    from proctoring.vision.decode import UnreadablePictureError, read_picture

    samples = []
    number, picture = 1, table
    try:
        with table.open(newline="", encoding="utf-8-sig") as source:
            for number, row in enumerate(csv.DictReader(source), start=2):  # noqa: B007 (told in errors)
                picture = table.parent / row["file"]
                seen = analyser.analyse(read_picture(picture), features=True)
                samples.append((seen, float(row["gaze_yaw"]), float(row["gaze_pitch"])))
    except (OSError, UnicodeError, csv.Error) as error:
        raise CalibrationError(f"the table cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, UnreadablePictureError):
            raise CalibrationError(f"line {number}: {picture.name}: {error}") from error
        raise CalibrationError(
            "the table needs the columns file, gaze_yaw and gaze_pitch, with a number of degrees in each row"
        ) from error
    return fit(samples)
