"""Forms from 1,000 and 5,000 items beside their limits, and the demands broken beside a draw by lot and catsim.

The pool is prepared once per state of the bank, as the services do; its cost is printed as a figure of its own.
catsim (an adaptive-test simulator) is measured where it is installed; it knows no blueprint, only information.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from statistics import mean

from examapp.persistence import migrate
from examapp.persistence.database import Database
from examapp.persistence.records.forms import ReadyForm
from examapp.services.sitting import form_pool
from question_bank.assembly import Pool, assemble_from, draw_form, prepare
from question_bank.blueprint_loader import load_blueprints
from question_bank.draw import SeededDraw
from question_bank.item import PART_OF_TOPIC, Difficulty, ItemType, ItemVersion, Option, Topic
from question_bank.licence import LicenceClass
from question_bank.text import Text
from question_bank.verification import constraints_of_form

FORMS, SOLVED, TAKEN = 1000, 100, 300
LIMIT_MS = 20.0
PREPARE_LIMIT_MS = 1000.0
SOLVE_LIMIT_MS = 1000.0


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


def figure(name: str, value: float, limit: float, unit: str = "ms", reference: str = "limit") -> str:
    return json.dumps(
        {
            "name": name,
            "value": round(value, 3),
            "unit": unit,
            "reference": reference,
            "reference_value": round(limit, 3),
            "ratio": round(value / limit, 4) if limit else None,
        }
    )


def p99(took: list[float]) -> float:
    return sorted(took)[int(0.99 * len(took))]


def drawn_from(pool: Pool) -> list[float]:
    """Milliseconds for each seeded draw, the way of issue 2, which a start still falls back on."""
    return [_timed(lambda: draw_form(pool, seed)) for seed in range(FORMS)]  # noqa: B023


def solved_from(pool: Pool) -> list[float]:
    """Milliseconds for each form by the integer program."""
    assemble_from(pool, 0)  # imports the solver
    return [_timed(lambda: assemble_from(pool, seed)) for seed in range(SOLVED)]  # noqa: B023


def taken_from_store(pool: Pool) -> list[float]:
    """Milliseconds to take a ready form within a start's transaction (SQLite), its commit not counted."""
    form = assemble_from(pool, 1).as_dict()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        migrate.upgrade(url)
        database, now = Database(url), datetime.now(UTC)
        with database.writing() as session:
            session.add_all(
                ReadyForm(
                    blueprint=pool.blueprint.name,
                    blueprint_digest=pool.blueprint_digest,
                    bank_stamp="bench",
                    form=form,
                    created_at=now + timedelta(seconds=number),
                )
                for number in range(TAKEN)
            )

        took = []
        for _ in range(TAKEN):
            with database.writing() as session:
                took.append(_timed(lambda: form_pool.take(session, pool.blueprint, "bench")))
        database.dispose()
    return took


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def broken_constraints(pool: Pool, places: Sequence[int]) -> int:
    """How many of the blueprint's demands a set of items breaks."""
    chosen = [pool.items[place] for place in places]
    return sum(not constraint.met for constraint in constraints_of_form(pool, chosen, ()))


def naive_draw(pool: Pool, seed: int) -> tuple[int, ...]:
    """Thirty items by lot."""
    return SeededDraw("naive", seed).chosen(range(len(pool.items)), pool.blueprint.items)


def catsim_forms(pool: Pool, forms: int) -> tuple[list[float], list[tuple[int, ...]]]:
    """Forms by catsim's randomesque selector at the cut score, with milliseconds for each."""
    import numpy
    from catsim import ItemBank
    from catsim.selection import RandomesqueSelector

    bank = ItemBank(
        numpy.array(
            [
                [p.discrimination_hundredths / 100, p.difficulty_hundredths / 100, 0, 1]
                for p in pool.parameters
            ]
        )
    )
    selector, generator, found = RandomesqueSelector(10), numpy.random.default_rng(1), []
    took, ability = [], pool.points[1].ability / 100

    def one() -> None:
        form: list[int] = []
        for _ in range(pool.blueprint.items):
            form.append(
                int(
                    selector.select(item_bank=bank, administered_items=form, est_theta=ability, rng=generator)
                )
            )
        found.append(tuple(form))

    for _ in range(forms):
        took.append(_timed(one))
    return took, found


def main() -> None:
    blueprint = load_blueprints()["sim-a"]
    bank = generated_bank(1000)
    start = time.perf_counter()
    pool = prepare(bank, blueprint)
    preparing = 1000 * (time.perf_counter() - start)
    print(figure("assemble a form from 1,000 items by the seeded draw, p99", p99(drawn_from(pool)), LIMIT_MS))
    print(figure("prepare a pool of 1,000 items, once per state of the bank", preparing, PREPARE_LIMIT_MS))
    pool = prepare(generated_bank(5000), blueprint)
    print(figure("form from 5,000 items taken from the pool, p99", p99(taken_from_store(pool)), LIMIT_MS))
    solved = solved_from(pool)
    print(figure("form from 5,000 items solved afresh, p99", p99(solved), SOLVE_LIMIT_MS))
    naive = [broken_constraints(pool, naive_draw(pool, seed)) for seed in range(200)]
    ours = [
        sum(not constraint.met for constraint in assemble_from(pool, seed).proof.constraints)
        for seed in range(SOLVED)
    ]
    name = "demands of the blueprint broken by a form from 5,000 items, mean"
    print(figure(name, mean(ours), mean(naive), "demands", "drawn by lot"))
    if find_spec("catsim") is None:
        print("catsim is not installed: pip install catsim, then run this again.", file=sys.stderr)
        return
    took, found = catsim_forms(pool, 20)
    theirs = [broken_constraints(pool, places) for places in found]
    print(figure(name, mean(ours), mean(theirs), "demands", "catsim, randomesque"))
    print(figure("form from 5,000 items solved afresh, mean", mean(solved), mean(took), "ms", "catsim"))


if __name__ == "__main__":
    main()
