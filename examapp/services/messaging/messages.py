"""Messages to people's telephones: an outbox in the database, and the port they leave through.

A message is part of the transaction that caused it; the periodic worker delivers what waits. It may arrive twice
after a crash between sending and noting it; one that could not be sent for a day is given up.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy import or_, select

from examapp.config import Config
from examapp.domain.errors import Unavailable
from examapp.persistence.records.operations import Message
from examapp.persistence.vault import Vault
from examapp.services.messaging.message_texts import message_text
from examapp.services.platform import SYSTEM, Platform, Transaction

log = structlog.get_logger("simexam")
# How long after it was written each try of a message comes at the earliest: a gateway that is down for an hour
# costs nobody their message. After the last one it is given up.
TRIES_AFTER = tuple(timedelta(seconds=s) for s in (0, 10, 60, 5 * 60, 15 * 60, 60 * 60, 4 * 3600, 12 * 3600))
# A code that comes later than this is of no use, and other messages no longer fit the moment.
GIVEN_UP_AFTER = timedelta(days=1)
_ADDRESS, _TEXT = "message:address", "message:text"


class MessagePort(Protocol):
    """Sends a text to a telephone number (`+62…`). Raises anything when it could not."""

    def send(self, address: str, text: str) -> None: ...


class ConsoleMessages:
    """For development: shows each message on standard error and adds it to a file only its owner can read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, address: str, text: str) -> None:
        line = f"to {address}: {text}\n"
        descriptor = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as handle:
            handle.write(line)
        print(f"[message] {line}", end="", file=sys.stderr, flush=True)


class NoGateway:
    """For a server others can reach, as long as no gateway is set up: a code is never printed there, it waits."""

    def send(self, address: str, text: str) -> None:
        """Always raises `Unavailable`; the message stays in the outbox and is given up after a day."""
        raise Unavailable("no_message_gateway")


def port_for(config: Config) -> MessagePort:
    """The port to deliver through: the console on this machine alone, nothing yet where others can reach us."""
    return ConsoleMessages(config.instance / "messages.log") if config.loopback else NoGateway()


class NullMessages:
    """Sends nothing, remembers what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, address: str, text: str) -> None:
        self.sent.append((address, text))


def queue_message(
    tx: Transaction, vault: Vault, kind: str, address: str, language: str, **params: object
) -> None:
    """Leave a message for `address` in the outbox, as part of `tx`."""
    text = message_text(kind, language, **params)
    tx.session.add(
        Message(
            kind=kind,
            address_cipher=vault.seal_for_instance(address, _ADDRESS),
            text_cipher=vault.seal_for_instance(text, _TEXT),
            created_at=tx.now,
        )
    )


def deliver_waiting(platform: Platform, port: MessagePort, limit: int = 50) -> int:
    """Send what is due, oldest first, at most `limit`; how many left. One that fails is tried again later."""
    now = platform.clock.now()
    due = [
        (Message.tries == tries) & (Message.created_at <= now - after)
        for tries, after in enumerate(TRIES_AFTER)
    ]
    with platform.reading() as session:
        waiting = session.scalars(
            select(Message)
            .where(
                Message.sent_at.is_(None),
                or_(*due),
                Message.created_at > now - GIVEN_UP_AFTER,
            )
            .order_by(Message.created_at)
            .limit(limit)
        ).all()
    return sum(_deliver(platform, port, message) for message in waiting)


def _deliver(platform: Platform, port: MessagePort, message: Message) -> bool:
    vault = platform.vault
    try:
        port.send(
            vault.open_for_instance(message.address_cipher, _ADDRESS),
            vault.open_for_instance(message.text_cipher, _TEXT),
        )
        sent = True
    except Exception as error:  # a port may fail in any way; the next message must still go
        log.warning(
            "message not sent", message=str(message.id), kind=message.kind, error=type(error).__name__
        )
        sent = False
    with platform.writing(SYSTEM) as tx:
        record = tx.session.get_one(Message, message.id)
        record.tries += 1
        if sent:
            record.sent_at = tx.now
            # What was said need not stay: a code, or an answer to somebody's trouble.
            record.text_cipher = b""
    return sent
