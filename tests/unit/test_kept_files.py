"""What test processes share on the disk: made once, seen whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.support.kept import kept

CROWD = 6


def test_many_who_want_a_file_at_once_get_the_whole_of_the_one_that_was_made(tmp_path: Path) -> None:
    made: list[Path] = []
    together = Barrier(CROWD)

    def make(draft: Path) -> None:
        made.append(draft)
        with draft.open("w") as file:
            for _ in range(10_000):
                file.write("picture ")

    def want(_: int) -> str:
        together.wait(30)
        return kept(tmp_path / "film.mjpeg", make).read_text()

    with ThreadPoolExecutor(CROWD) as pool:
        found = set(pool.map(want, range(CROWD)))
    assert found == {"picture " * 10_000}
    assert len(made) == 1


def test_a_file_whose_making_failed_is_made_anew(tmp_path: Path) -> None:
    def give_up(draft: Path) -> None:
        draft.write_text("hal")
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        kept(tmp_path / "film.mjpeg", give_up)
    assert not (tmp_path / "film.mjpeg").exists()
    assert kept(tmp_path / "film.mjpeg", lambda draft: draft.write_text("half")).read_text() == "half"
    assert not list(tmp_path.glob(".making-*"))
