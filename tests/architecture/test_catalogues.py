"""Both languages are complete: every string of the sources has its Indonesian, with the same gaps to fill."""

import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.support.repository import ROOT

PO = ROOT / "examapp" / "translations" / "id" / "LC_MESSAGES" / "messages.po"
_GAP = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` would extract now."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    script = (
        "import sys; from pathlib import Path; from tools.messages import extract; extract(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", script, template], cwd=ROOT, check=True, capture_output=True)
    return read_po(template.open("rb"))


@pytest.fixture(scope="module")
def held() -> Catalog:
    return read_po(PO.open("rb"), locale="id")


def _forms(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


def test_every_string_of_the_sources_is_in_the_catalogue(wanted: Catalog, held: Catalog) -> None:
    assert [message.id for message in wanted if message.id and held.get(message.id) is None] == []


def test_every_string_has_its_indonesian(wanted: Catalog, held: Catalog) -> None:
    used = {str(message.id) for message in wanted}
    mine = [message for message in held if message.id and str(message.id) in used]
    assert mine
    assert [message.id for message in mine if message.fuzzy or not all(_forms(message.string))] == []


def test_a_translation_has_the_gaps_of_its_original(held: Catalog) -> None:
    wrong = []
    for message in held:
        if not message.id or not all(_forms(message.string)):
            continue
        gaps = set(_GAP.findall(_forms(message.id)[-1]))
        wrong += [form for form in _forms(message.string) if set(_GAP.findall(form)) != gaps]
    assert wrong == []


def test_nothing_shouts(held: Catalog) -> None:
    """A courteous officer does not use exclamation marks, in either language."""
    said = [form for message in held if message.id for form in (*_forms(message.id), *_forms(message.string))]
    assert [form for form in said if "!" in form] == []
