"""How long 10,000 items take to come in, beside the limit of 60 s: as a table (CSV) and as a package (QTI 3.0).

Each import is whole: the file read, every item judged against the bank, all of it written in one transaction of an
SQLite file with the durability that the platform has.
"""

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.assembly import generated_bank
from examapp.config import Config
from examapp.domain.roles import Role
from examapp.persistence.migrate import upgrade
from examapp.services.bank.importing import import_items
from examapp.services.platform import Actor, open_platform
from question_bank.formats import BankFormat, write_bank
from question_bank.item import ItemVersion

ITEMS = 10_000
LIMIT_SECONDS = 60.0
MACHINE = Actor(None, Role.ADMINISTRATOR, "benchmark")


def main() -> None:
    bank = [replace(item, picture=_drawn(item), enemies=frozenset()) for item in generated_bank(ITEMS)]
    for kind in (BankFormat.CSV, BankFormat.QTI30):
        data = write_bank(bank, kind).data
        print(f"{kind}: {len(data) / 2**20:.1f} MB", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            config = Config(Path(folder), f"sqlite:///{folder}/bank.db", Path(folder) / "no-model")
            upgrade(config.database_url)
            platform = open_platform(config)
            start = time.perf_counter()
            report = import_items(platform, MACHINE, data, kind, progress=_say)
            taken = time.perf_counter() - start
            assert report.committed and len(report.to_write) == ITEMS, report.errors[:1]
            platform.database.dispose()
        print(figure(f"import of 10,000 items, {kind}", taken))


def _drawn(item: ItemVersion) -> str | None:
    return "sign:warning/y-junction" if item.picture else None


def _say(phase: str, done: int, total: int) -> None:
    print(f"{phase} {done} of {total}", file=sys.stderr)


def figure(name: str, value: float) -> str:
    return json.dumps(
        {
            "name": name,
            "value": round(value, 2),
            "unit": "s",
            "reference": "limit",
            "reference_value": LIMIT_SECONDS,
            "ratio": round(value / LIMIT_SECONDS, 4),
        }
    )


if __name__ == "__main__":
    main()
