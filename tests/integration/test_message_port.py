"""Through which port messages leave: never onto the console of a server that others can reach."""

from dataclasses import replace

from sqlalchemy import select

from examapp.domain.roles import Role
from examapp.persistence.records.operations import Message
from examapp.services.messaging.messages import deliver_waiting, port_for, queue_message
from tests.support.people import make_staff


def test_off_loopback_a_code_is_neither_printed_nor_written_down_but_waits(platform, capfd) -> None:
    make_staff(platform, Role.PROCTOR)
    with platform.writing() as tx:
        queue_message(tx, platform.vault, "reset_code", "+628123456789", "id", code="48151623", minutes=15)
    reachable = replace(platform.config, loopback=False)
    assert deliver_waiting(platform, port_for(reachable)) == 0
    printed = capfd.readouterr()
    assert "48151623" not in printed.out + printed.err
    assert not (platform.config.instance / "messages.log").exists()
    with platform.reading() as db:
        assert db.scalars(select(Message)).one().sent_at is None


def test_on_this_machine_alone_it_is_shown(platform, capfd) -> None:
    with platform.writing() as tx:
        queue_message(tx, platform.vault, "reset_code", "+628123456789", "id", code="48151623", minutes=15)
    assert deliver_waiting(platform, port_for(platform.config)) == 1
    assert "48151623" in capfd.readouterr().err
