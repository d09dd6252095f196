"""How long it takes to draw a form from a bank of 1,000 items, beside the limit of 20 ms (p99, one core).

The pool is prepared once per state of the bank, as the services do; its cost is printed as a second figure.
"""

import json
import time

from question_bank.assembly import assemble_from, prepare
from question_bank.blueprint_loader import load_blueprints
from question_bank.item import PART_OF_TOPIC, Difficulty, ItemType, ItemVersion, Option, Topic
from question_bank.licence import LicenceClass
from question_bank.text import Text

FORMS = 2000
LIMIT_MS = 20.0
PREPARE_LIMIT_MS = 1000.0


def generated_bank(size: int) -> list[ItemVersion]:
    """A bank shaped like the real one: shared pictures, and every twentieth item an enemy of its neighbour."""
    return [_item(number) for number in range(size)]


def _item(number: int) -> ItemVersion:
    topic = list(Topic)[number % len(Topic)]
    return ItemVersion(
        item_id=f"GEN-{number:04d}",
        version=1,
        type=ItemType.SINGLE_CHOICE,
        part=PART_OF_TOPIC[topic],
        topic=topic,
        classes=frozenset({LicenceClass.A, LicenceClass.C}),
        difficulty=list(Difficulty)[number // len(Topic) % 3],
        stem=Text.of(id=f"Pertanyaan {number}", en=f"Question {number}"),
        options=tuple(Option(name, Text.of(id=f"Jawaban {name}", en=f"Answer {name}")) for name in "abcd"),
        key=frozenset({"abcd"[number % 4]}),
        picture=f"sign:generated/p{number // 7}" if number % 2 else None,
        enemies=frozenset({f"GEN-{number + 10:04d}"}) if number % 20 == 0 else frozenset(),
    )


def figure(name: str, value: float, limit: float) -> str:
    return json.dumps(
        {
            "name": name,
            "value": round(value, 3),
            "unit": "ms",
            "reference": "limit",
            "reference_value": limit,
            "ratio": round(value / limit, 4),
        }
    )


def main() -> None:
    blueprint = load_blueprints()["sim-a"]
    bank = generated_bank(1000)
    start = time.perf_counter()
    pool = prepare(bank, blueprint)
    preparing = 1000 * (time.perf_counter() - start)
    took = []
    for seed in range(FORMS):
        start = time.perf_counter()
        assemble_from(pool, seed)
        took.append(1000 * (time.perf_counter() - start))
    p99 = sorted(took)[int(0.99 * FORMS)]
    print(figure("assemble a form from 1,000 items, p99", p99, LIMIT_MS))
    print(figure("prepare a pool of 1,000 items, once per state of the bank", preparing, PREPARE_LIMIT_MS))


if __name__ == "__main__":
    main()
