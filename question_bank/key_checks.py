"""The second checks of shipped keys: `content/key_checks/*.toml`, each bound to the very wording that was checked."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from question_bank.content_loader import read_toml, shipped_folder, toml_files


@dataclass(frozen=True, slots=True)
class ShippedCheck:
    """`digest` is `canonical.content_digest` of the item as it was checked; `outcome` agrees, disagrees or unsure.

    `source` says where the text of the article (or of the practice) was read, `note` what was found.
    """

    item_id: str
    digest: str
    outcome: str
    checked_by: str
    checked_on: date
    source: str
    note: str = ""


@cache
def shipped_checks() -> tuple[ShippedCheck, ...]:
    """All shipped checks, file by file. A file says once what holds for all its checks: who, when, outcome, source."""
    return tuple(
        ShippedCheck(
            item_id=entry["item"],
            digest=entry["digest"],
            outcome=table["outcome"],
            checked_by=table["checked_by"],
            checked_on=table["checked_on"],
            source=table["source"],
            note=entry.get("note") or table.get("note", ""),
        )
        for file in toml_files(shipped_folder("key_checks"))
        for table in [read_toml(file)]
        for entry in table["check"]
    )
