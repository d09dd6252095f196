"""Shipped files that can't be used are named with their item."""

from pathlib import Path

import pytest

from question_bank.blueprint_loader import load_blueprints
from question_bank.content_loader import BadContent, load_items

ITEM = """
[[item]]
id = "TST-0001"
type = "true_false"
part = "ethics"
topic = "ethics"
classes = ["A"]
difficulty = "easy"
article = "UU 22/2009 Pasal 106(2)"
stem = { id = "Benar?", en = "True?" }
explanation = { id = "Ya", en = "Yes" }
key = "a"
options = [
  { id = "a", text = { id = "Benar", en = "True" } },
  { id = "b", text = { id = "Salah", en = "False" } },
]
"""


def refusal(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(BadContent) as refused:
        load_items(folder)
    return str(refused.value)


def test_items_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(ITEM, "utf-8")
    assert [(item.item_id, item.key) for item in load_items(tmp_path)] == [("TST-0001", frozenset({"a"}))]


def test_a_bad_item_is_named_with_its_file(tmp_path: Path) -> None:
    message = refusal(tmp_path, ethics=ITEM.replace('key = "a"', 'key = "q"'))
    assert message.startswith("ethics.toml: TST-0001: key: key_not_an_option")


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    assert "b.toml: TST-0001: id: duplicate_id" in refusal(tmp_path, a=ITEM, b=ITEM)


def test_an_enemy_must_exist(tmp_path: Path) -> None:
    assert "unknown_item" in refusal(
        tmp_path, a=ITEM.replace('key = "a"', 'key = "a"\nenemies = ["TST-0009"]')
    )


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, a="[[item]\n").startswith("a.toml")
    assert refusal(tmp_path, a="[[itm]]\nid = 1\n").startswith("a.toml")


def test_a_broken_blueprint_is_named(tmp_path: Path) -> None:
    (tmp_path / "sim-x.toml").write_text('name = "sim-x"\n', "utf-8")
    with pytest.raises(BadContent, match=r"sim-x\.toml"):
        load_blueprints(tmp_path)
