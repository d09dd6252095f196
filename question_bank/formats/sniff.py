"""Which format a file has, told by what is in it; its name does not count."""

import io
import re
import zipfile

from question_bank.formats.columns import COLUMNS, REQUIRED_COLUMNS
from question_bank.formats.report import BankFormat

_HEAD = 200_000
_ROOT = re.compile(r"<(?:[\w-]+:)?(quiz|assessmentItem|qti-assessment-item)[\s>/]")
_ANSWER = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE | re.IGNORECASE)
_CHOICE = re.compile(r"^[A-Z][.)]\s", re.MULTILINE)
_BRACES = re.compile(r"(?<!\\)\{[^{}]*(?<!\\)\}", re.DOTALL)


def detect(data: bytes) -> BankFormat | None:
    """The format of `data`, or None when it is none of them. Nothing is unpacked but a manifest."""
    if data.startswith(b"PK"):
        return _archive(data)
    text = data[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    if text.startswith("<"):
        return _markup(text)
    if _is_table(text):
        return BankFormat.CSV
    if _ANSWER.search(text) and _CHOICE.search(text):
        return BankFormat.AIKEN
    return BankFormat.GIFT if _BRACES.search(text) else None


def _archive(data: bytes) -> BankFormat | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" in names:
                return BankFormat.XLSX
            manifest = next((name for name in names if name.lower() == "imsmanifest.xml"), None)
            if manifest is None:
                return None
            with archive.open(manifest) as part:
                head = part.read(_HEAD).decode("utf-8", "replace")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):
        return None
    return BankFormat.QTI30 if "v3p0" in head else BankFormat.QTI21


def _markup(text: str) -> BankFormat | None:
    found = _ROOT.search(text)
    kinds = {"quiz": BankFormat.MOODLE_XML, "assessmentItem": BankFormat.QTI21}
    return kinds.get(found[1], BankFormat.QTI30) if found else None


def _is_table(text: str) -> bool:
    """Whether the first line, or the one after a line `sep=;`, names at least three of the columns."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    names = {
        name.strip().strip('"').lower() for line in lines[:2] for name in re.split(r"[,;\t]", line)
    } & set(COLUMNS)
    return len(names) >= 3 or bool(names & (set(REQUIRED_COLUMNS) - {"id", "type"}))
