"""`simexam proctor analyse`, as an outsider calls it."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.support import footage
from tests.support.portrait import draw_portrait
from tests.support.repository import ROOT

FRAME_KEYS = [
    "source",
    "t",
    "faces",
    "yaw",
    "pitch",
    "roll",
    "gaze_yaw",
    "gaze_pitch",
    "attention",
    "quality",
]
EPISODE_KEYS = ["episode", "start", "end", "severity"]
PORTRAIT = draw_portrait(0.1)


def analyse(*arguments: object, cwd: Path | None = None) -> tuple[list[dict[str, Any]], int]:
    """The command's lines and its exit code, from a process of its own: whatever is on stdout must be JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "examapp.cli", "proctor", "analyse", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=None if cwd is None else {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def test_a_film_gives_its_frames_and_then_its_episodes(tmp_path: Path) -> None:
    lines, code = analyse(footage.footage(footage.FACE_LEAVES), cwd=tmp_path)
    frames, episodes = [x for x in lines if "t" in x], [x for x in lines if "episode" in x]
    assert code == 0
    assert lines == frames + episodes
    assert all(list(frame) == FRAME_KEYS for frame in frames)
    assert [frame["t"] for frame in frames] == pytest.approx([n * 0.5 for n in range(13)], abs=0.05)
    assert [list(episode) for episode in episodes] == [EPISODE_KEYS]
    assert episodes[0]["episode"] == "nobody"
    assert episodes[0]["start"] == pytest.approx(2.9, abs=0.5)
    before, after = frames[2], frames[8]
    assert (before["faces"], before["attention"]) == (1, "on_screen")
    assert (after["faces"], after["attention"], after["yaw"]) == (0, "unknown", None)


def test_every_sets_the_sampling() -> None:
    lines, _ = analyse(footage.footage(footage.ONE_FACE), "--every", "1")
    assert [line["t"] for line in lines] == pytest.approx([0, 1, 2], abs=0.05)


def test_a_folder_is_taken_in_order_whatever_kind_its_pictures_are(tmp_path: Path) -> None:
    rgb = Image.fromarray(PORTRAIT[:, :, ::-1].copy())
    rgb.save(tmp_path / "a.jpg")
    rgb.convert("CMYK").save(tmp_path / "b.jpg")
    rgb.convert("L").save(tmp_path / "c.png")
    cv2.imwrite(str(tmp_path / "d.png"), PORTRAIT.astype(np.uint16) * 257)
    cv2.imwrite(str(tmp_path / "e.png"), cv2.cvtColor(PORTRAIT, cv2.COLOR_BGR2GRAY).astype(np.uint16) * 257)
    turned, exif = rgb.rotate(90, expand=True), Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "f.jpg", exif=exif)
    rgb.convert("P").save(tmp_path / "g.gif")
    (tmp_path / "notes.txt").write_text("no picture")
    lines, code = analyse(tmp_path)
    assert code == 0
    assert [line["source"] for line in lines] == [
        "a.jpg",
        "b.jpg",
        "c.png",
        "d.png",
        "e.png",
        "f.jpg",
        "g.gif",
    ]
    for line in lines:
        assert (line["faces"], line["attention"]) == (1, "on_screen"), line
        assert line["roll"] == pytest.approx(0, abs=5)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "b.jpg"), PORTRAIT)
    (tmp_path / "a.jpg").write_bytes((tmp_path / "b.jpg").read_bytes()[:900])
    (tmp_path / "c.jpg").write_text("<html>")
    Image.new("RGB", (40_000, 2)).save(tmp_path / "d.png")
    lines, code = analyse(tmp_path)
    assert code != 0
    assert [(line["source"], "error" in line) for line in lines] == [
        ("a.jpg", True),
        ("b.jpg", False),
        ("c.jpg", True),
        ("d.png", True),
    ]


@pytest.mark.parametrize("name", ["none.mp4", "none.jpg", "broken.mp4", "empty"])
def test_a_wrong_path_is_an_error_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"no film at all" * 100)
    (tmp_path / "empty").mkdir()
    lines, code = analyse(tmp_path / name)
    assert code != 0
    assert [list(line) for line in lines] == [["source", "error"]]
    assert lines[0]["source"] == name


def test_calibration_frames_give_this_person_their_zero(tmp_path: Path) -> None:
    # The drawn person looks at five points; in frames between them the fit must know where.
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    rows = []
    for number, (yaw, pitch) in enumerate([(-12, -4), (12, -4), (0, 0), (-12, 4), (12, 4), (0, -4)]):
        cv2.imwrite(str(pictures / f"{number}.png"), gazing(yaw, pitch))
        rows.append((f"pictures/{number}.png", yaw, pitch))
    with (tmp_path / "known.csv").open("w", newline="") as table:
        csv.writer(table).writerows([("file", "gaze_yaw", "gaze_pitch"), *rows])
    cv2.imwrite(str(tmp_path / "left.png"), gazing(-8, 0))
    cv2.imwrite(str(tmp_path / "right.png"), gazing(8, 0))
    lines, code = analyse(tmp_path, "--calibrate", tmp_path / "known.csv")
    assert code == 0
    assert [line["source"] for line in lines] == ["left.png", "right.png"]
    assert lines[0]["gaze_yaw"] == pytest.approx(-8, abs=5)
    assert lines[1]["gaze_yaw"] == pytest.approx(8, abs=5)


def gazing(right: float, up: float) -> np.ndarray[Any, Any]:
    """The portrait with its irises that many degrees off the middle."""
    return draw_portrait(0.0, gaze=(right, up))


@pytest.mark.parametrize(
    "table", ["file,gaze_yaw\na.jpg,1\n", "file,gaze_yaw,gaze_pitch\nnone.jpg,1,2\n", ""]
)
def test_a_broken_calibration_is_told(tmp_path: Path, table: str) -> None:
    cv2.imwrite(str(tmp_path / "a.jpg"), PORTRAIT)
    (tmp_path / "known.csv").write_text(table)
    lines, code = analyse(tmp_path / "a.jpg", "--calibrate", tmp_path / "known.csv")
    assert code != 0
    assert [line["source"] for line in lines] == ["known.csv"]
    assert lines[0]["error"]


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.jpg"), PORTRAIT)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "examapp.cli",
            "proctor",
            "analyse",
            tmp_path / "a.jpg",
            "--model",
            tmp_path / "m",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stdout == ""
    assert "make model" in done.stderr
