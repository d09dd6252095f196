"""Blueprints by version: proposed by one administrator, approved by another, refused while the bank gives no form."""

import pytest

from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt, FormRecord
from examapp.services.bank import blueprint_editing as editing
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.sitting import blueprints, sittings
from tests.support.people import make_applicant
from tests.support.sitting import application_of, begun


@pytest.fixture
def ratna(person):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def budi(person):
    return person(Role.ADMINISTRATOR)


def changed(**change) -> dict:
    return blueprints.shipped()["sim-a"].as_dict() | change


def in_force(platform) -> blueprints.InForce:
    with platform.reading() as db:
        return blueprints.in_force(db)["sim-a"]


def test_a_second_administrator_puts_a_version_in_force(platform, ratna, budi) -> None:
    seed_shipped_items(platform)
    version = editing.propose(
        platform, ratna.actor, "sim-a", changed(minutes=45, pilot_share=0.1), "Lebih lama"
    )
    assert (version, in_force(platform).version) == (2, 1)
    with pytest.raises(NotAllowed) as refused:
        editing.decide(platform, ratna.actor, "sim-a", 2, approve=True)
    assert refused.value.code == "move_own_work"
    assert editing.decide(platform, budi.actor, "sim-a", 2, approve=True) == "approved"
    assert (in_force(platform).version, in_force(platform).blueprint.minutes) == (2, 45)
    with pytest.raises(Conflict):
        editing.decide(platform, budi.actor, "sim-a", 2, approve=False, reason="Terlambat")
    file = editing.read_file(platform, budi.actor, "sim-a")
    assert [(line.version, line.state) for line in file.versions] == [(2, "approved"), (1, "approved")]


def test_a_sitting_keeps_the_blueprint_it_was_prepared_with(platform, ratna, budi) -> None:
    seed_shipped_items(platform)
    applicant = make_applicant(platform)
    prepared = sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    editing.propose(platform, ratna.actor, "sim-a", changed(minutes=45, max_same_picture=2), "")
    editing.decide(platform, budi.actor, "sim-a", 2, approve=True)
    with platform.reading() as db:
        assert db.get_one(Attempt, prepared).blueprint_version == 1
    begun_later = begun(platform, make_applicant(platform))
    with platform.reading() as db:
        attempt, record = db.get_one(Attempt, begun_later), db.get_one(FormRecord, begun_later)
        assert (attempt.blueprint_version, attempt.parts[0].limit_seconds) == (2, 45 * 60)
        assert record.proof["blueprint_digest"] == in_force(platform).blueprint.digest
    assert begun(platform, applicant) == prepared
    with platform.reading() as db:
        assert (
            db.get_one(FormRecord, prepared).proof["blueprint_digest"] == blueprints.shipped()["sim-a"].digest
        )


def test_what_contradicts_itself_or_changes_nothing_is_refused_and_nothing_is_stored(platform, ratna) -> None:
    seed_shipped_items(platform)
    with pytest.raises(editing.BlueprintRefused) as refused:
        editing.propose(platform, ratna.actor, "sim-a", changed(items=31, max_exposure=3.0), "")
    assert {problem.code for problem in refused.value.problems} == {"sum_differs", "share_out_of_range"}
    with pytest.raises(Conflict):
        editing.propose(platform, ratna.actor, "sim-a", changed(), "")
    with pytest.raises(NotFound):
        editing.propose(platform, ratna.actor, "sim-z", changed(), "")
    assert [line.version for line in editing.read_file(platform, ratna.actor, "sim-a").versions] == [1]


def test_a_version_that_the_bank_can_not_fill_is_not_approved(platform, ratna, budi) -> None:
    seed_shipped_items(platform)
    editing.propose(platform, ratna.actor, "sim-a", changed(weight={"min": 150, "max": 150}), "")
    with pytest.raises(Conflict) as refused:
        editing.decide(platform, budi.actor, "sim-a", 2, approve=True)
    assert refused.value.code == "blueprint_infeasible"
    with pytest.raises(Conflict):
        editing.propose(platform, budi.actor, "sim-a", changed(minutes=50), "")
    with pytest.raises(Invalid):
        editing.decide(platform, budi.actor, "sim-a", 2, approve=False)
    assert editing.decide(platform, budi.actor, "sim-a", 2, approve=False, reason="Soal kurang") == "rejected"
    assert editing.propose(platform, budi.actor, "sim-a", changed(minutes=50), "") == 3
    assert editing.decide(platform, budi.actor, "sim-a", 3, approve=False) == "withdrawn"


def test_a_proctor_edits_no_blueprint(platform, person) -> None:
    with pytest.raises(NotAllowed):
        editing.propose(platform, person(Role.PROCTOR).actor, "sim-a", changed(minutes=50), "")
