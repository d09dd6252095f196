"""Searching a bank of 20,000 items, on SQLite and on PostgreSQL: a page of hits with the counts of all facets.

The items are the shipped ones under other numbers, each with a question of words drawn from all questions, so that
words are as common as they are. Asked are rare and common words, two words, a word within a topic, an article, all.
"""

import json
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from examapp.config import Config
from examapp.persistence.migrate import upgrade
from examapp.persistence.queries.bank_search import Filter, facet_counts, find_items
from examapp.services.bank.writing import add_items
from examapp.services.platform import Platform, open_platform
from question_bank.content_loader import load_items
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.text import Text
from tests.support.databases import TEMPLATE, PostgresServer

ITEMS = 20_000
ROUNDS = 40
LIMIT_MS = 100.0
A_NUMBER = 9_999


def _bank(rng: random.Random) -> tuple[list[ItemVersion], list[str]]:
    shipped = load_items()
    words = [word for item in shipped for word in item.stem.in_language("id").split()]
    items = [
        replace(
            shipped[number % len(shipped)],
            item_id=f"{'ABCDEFGHIJ'[number // A_NUMBER]}ZZ-{number % A_NUMBER:04d}",
            enemies=frozenset(),
            stem=Text.of(id=" ".join(rng.choices(words, k=14)), en="A question?"),
        )
        for number in range(ITEMS)
    ]
    return items, sorted(set(words))


def _searches(rng: random.Random, words: list[str]) -> list[Filter]:
    one = [Filter(words=word) for word in rng.sample(words, ROUNDS)]
    two = [Filter(words=" ".join(rng.sample(words, 2))) for _ in range(ROUNDS)]
    within = [Filter(words=word, topic="signs") for word in rng.sample(words, ROUNDS)]
    rest = [
        Filter(words="yang"),
        Filter(),
        Filter(topic="signs"),
        Filter(article="UU 22/2009"),
        Filter(state="active"),
    ]
    return [*one, *two, *within, *rest * 4]


@contextmanager
def _databases(folder: Path) -> Iterator[list[tuple[str, str]]]:
    server = PostgresServer()
    try:
        sqlite = f"sqlite:///{folder / 'bank.sqlite3'}"
        upgrade(sqlite)
        yield [("sqlite", sqlite), ("postgresql", server.url_of(TEMPLATE))]
    finally:
        server.stop()


def _p99_ms(platform: Platform, searches: list[Filter]) -> float:
    took = []
    with platform.reading() as session:
        for wanted in searches:
            began = time.perf_counter()
            find_items(session, wanted)
            facet_counts(session, wanted)
            took.append((time.perf_counter() - began) * 1000)
    return sorted(took)[int(0.99 * len(took))]


def main() -> None:
    rng = random.Random(2026)
    items, words = _bank(rng)
    searches = _searches(rng, words)
    with tempfile.TemporaryDirectory() as name, _databases(Path(name)) as databases:
        for kind, url in databases:
            platform = open_platform(
                Config(instance=Path(name) / kind, database_url=url, model_path=Path(name))
            )
            with platform.writing() as tx:
                add_items(tx, items, ItemState.ACTIVE)
            with platform.database.engine.begin() as connection:
                # PostgreSQL's autovacuum does this by itself a minute later.
                connection.execute(text("ANALYZE"))
            value = _p99_ms(platform, searches)
            platform.database.dispose()
            line = {"name": f"bank.search_20000_p99_{kind}", "value": round(value, 1), "unit": "ms"}
            line |= {"reference": "limit", "reference_value": LIMIT_MS, "ratio": round(value / LIMIT_MS, 3)}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
