"""Migrations, up and down with data in the tables, on both databases."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select

from examapp.config import REPOSITORY
from examapp.domain.roles import Role
from examapp.persistence import migrate
from examapp.persistence.base import Record
from examapp.persistence.records.accounts import Account, Applicant
from examapp.persistence.records.attempts import AttemptEvent
from examapp.services.people import staff
from examapp.services.people.hands import tied_to
from examapp.services.sitting import submission
from tests.support.people import make_applicant, make_staff
from tests.support.sitting import answer_theory, begun


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(REPOSITORY / "migrations")).get_heads()) == 1


def test_the_migrations_give_exactly_what_the_records_say(platform) -> None:
    with platform.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_migrating_again_keeps_what_is_there(platform, database_url) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    migrate.upgrade(database_url)
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(AttemptEvent)) == 30
        person = db.get_one(Applicant, applicant.account_id)
        assert person.birth_date == date(1998, 4, 12)
        assert platform.vault.open_for(db, applicant.account_id, person.nik_cipher, "nik") == applicant.login


def test_down_to_nothing_and_up_again_with_data_in_the_tables(platform, database_url) -> None:
    applicant = make_applicant(platform)
    answer_theory(platform, applicant, begun(platform, applicant), right=3)
    platform.database.dispose()
    migrate.downgrade(database_url, "base")
    with platform.database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert not migrate.is_current(platform.database)
    migrate.upgrade(database_url)
    assert migrate.is_current(platform.database)
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 0
    make_applicant(platform)


def test_codes_given_out_before_are_known_after_the_migration(platform, database_url) -> None:
    maker, colleague = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))
    made = staff.create_staff(platform, maker.actor, staff.NewStaff("kedua", "Kedua", Role.PROCTOR))
    staff.issue_code(platform, maker.actor, colleague.account_id)
    platform.database.dispose()
    migrate.downgrade(database_url, "0002")
    migrate.upgrade(database_url)
    everybody = {str(each) for each in (maker.account_id, colleague.account_id, made.account_id)}
    with platform.reading() as db:
        assert tied_to(db, maker.account_id, everybody) == everybody


@pytest.mark.parametrize("bad", ["no-such-revision"])
def test_an_unknown_revision_is_refused_and_changes_nothing(platform, database_url, bad) -> None:
    with pytest.raises(Exception, match=bad):
        migrate.upgrade(database_url, bad)
    assert migrate.is_current(platform.database)
