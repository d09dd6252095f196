"""Many writers, one commit: each gets its own answer, and nobody is answered before the commit."""

import threading

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from examapp.domain.errors import Invalid
from examapp.persistence.records.operations import WorkerBeat
from tests.support.sitting import in_one_go

BEATS = WorkerBeat.__table__


def beat(platform, name: str):
    def work(together):
        if name.startswith("refuse"):
            raise Invalid("refused", name=name)
        together.connection.execute(insert(BEATS), {"name": name, "at": platform.clock.now(), "detail": {}})
        return name

    return work


def names(platform) -> set[str]:
    with platform.reading() as db:
        return set(db.scalars(select(WorkerBeat.name)))


def test_forty_writers_at_once_are_all_answered_and_all_kept(platform) -> None:
    answers = in_one_go(lambda n: platform.database.write_together(beat(platform, f"w{n}")), 20)
    answers += in_one_go(lambda n: platform.database.write_together(beat(platform, f"x{n}")), 20)
    assert set(answers) == names(platform)
    assert len(set(answers)) == 40


def test_a_refusal_touches_nobody_else(platform) -> None:
    wanted = [f"refuse{n}" if n % 3 == 0 else f"w{n}" for n in range(18)]
    answers = in_one_go(lambda n: platform.database.write_together(beat(platform, wanted[n])), 18)
    for name, answer in zip(wanted, answers, strict=True):
        if name.startswith("refuse"):
            assert isinstance(answer, Invalid) and answer.params["name"] == name
        else:
            assert answer == name
    assert names(platform) == {name for name in wanted if name.startswith("w")}


def test_an_error_of_the_database_is_told_to_everybody_whose_work_it_undid(platform) -> None:
    platform.database.write_together(beat(platform, "twice"))
    wanted = ["twice", *(f"w{n}" for n in range(9))]
    answers = in_one_go(lambda n: platform.database.write_together(beat(platform, wanted[n])), 10)
    assert isinstance(answers[0], IntegrityError)
    told = {answer for answer in answers if isinstance(answer, str)}
    assert names(platform) == told | {"twice"}


def test_nobody_is_answered_before_the_commit_is_visible(platform) -> None:
    seen_by_others: list[bool] = []

    def write(number: int) -> None:
        platform.database.write_together(beat(platform, f"w{number}"))
        with platform.database.engine.connect() as other:
            query = text("SELECT count(*) FROM worker_beat WHERE name = :name")
            seen_by_others.append(other.execute(query, {"name": f"w{number}"}).scalar() == 1)

    in_one_go(write, 12)
    assert seen_by_others == [True] * 12


def test_group_and_single_transactions_wait_for_each_other(platform) -> None:
    inside = threading.Event()

    def slow(number: int) -> str:
        if number == 0:
            with platform.writing() as tx:
                inside.set()
                tx.session.add(WorkerBeat(name="single", at=tx.now, detail={}))
            return "single"
        inside.wait(10)
        return platform.database.write_together(beat(platform, f"w{number}"))

    assert set(in_one_go(slow, 6)) == names(platform)


@pytest.mark.parametrize("rounds", [3])
def test_after_an_error_the_next_group_goes_on(platform, rounds) -> None:
    platform.database.write_together(beat(platform, "twice"))
    for number in range(rounds):
        with pytest.raises(IntegrityError):
            platform.database.write_together(beat(platform, "twice"))
        assert platform.database.write_together(beat(platform, f"after{number}")) == f"after{number}"
