"""Bring the Indonesian catalogue up to date with the sources: extract, merge, compile.

Translations already there are kept; a new string appears with an empty translation, which the tests then name.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "examapp" / "translations"
# `_l` marks strings of modules that load before there is a reader; `ngettext` and the like are known already.
KEYWORDS = ("_l", "lazy_gettext")
# Header lines that change with the clock, or that nobody filled in: they would only make changes hard to read.
_TIMES_AND_BLANKS = re.compile(
    r'^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):.*\n',
    re.MULTILINE,
)


def pybabel(*arguments: str | Path) -> None:
    program = Path(sys.executable).parent / "pybabel"
    subprocess.run([str(program), *map(str, arguments)], cwd=ROOT, check=True)


def extract(template: Path) -> None:
    """All marked strings of Python files and templates into `template`."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    options = ["--no-location", "--sort-output", "--omit-header", "--no-wrap"]
    pybabel("-q", "extract", "-F", "babel.cfg", *keywords, *options, "-o", template, ".")


def main() -> int:
    template = ROOT / ".venv" / "messages.pot"
    extract(template)
    catalogue = TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.po"
    if catalogue.exists():
        # No guessing: a fuzzy translation would be shown to nobody and hide that one is missing.
        options = ["--no-fuzzy-matching", "--ignore-obsolete", "--no-wrap"]
        pybabel("-q", "update", "-i", template, "-d", TRANSLATIONS, "-l", "id", *options)
    else:
        pybabel("-q", "init", "-i", template, "-d", TRANSLATIONS, "-l", "id", "--no-wrap")
    catalogue.write_text(_TIMES_AND_BLANKS.sub("", catalogue.read_text("utf-8")), "utf-8")
    pybabel("-q", "compile", "-d", TRANSLATIONS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
