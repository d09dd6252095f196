"""What the exam client does, in threads: send, keep until acknowledged, send again; and what the database then has."""

import threading
import time
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from examapp.domain import chain as chains
from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.services.platform import Platform
from tests.faults.line import BROKEN, Line
from tests.support.people import make_applicant
from tests.support.server import Server
from tests.support.sitting import begun, keys_of


class Sitter:
    """An applicant in a theory exam who never stops answering, on one line."""

    def __init__(self, server: Server, seed: int) -> None:
        self.person = make_applicant(server.platform)
        self.attempt_id = begun(server.platform, self.person)
        self.items = list(keys_of(server.platform, self.attempt_id))
        self.line = Line(server, self.person)
        self.random = Random(seed)
        self.waiting: list[dict[str, Any]] = []
        self.sent: dict[str, dict[str, Any]] = {}
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.refusals: list[tuple[int, dict[str, Any]]] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def _new_event(self) -> dict[str, Any]:
        item = self.random.choice(self.items)
        value = [self.random.choice("ab")]
        event = {"uuid": str(uuid4()), "part": "theory", "kind": "answer", "item_id": item, "value": value}
        self.sent[event["uuid"]] = event  # type: ignore[index]
        return event

    def send_once(self) -> bool:
        """One batch, old ones first; False when the line broke or the server could not take it."""
        if len(self.waiting) < 12:
            self.waiting += [self._new_event() for _ in range(self.random.randint(1, 3))]
        return self._send_waiting()

    def _send_waiting(self) -> bool:
        try:
            status, reply = self.line.send(self.attempt_id, self.waiting)
        except BROKEN:
            return False
        if status != 200:
            self.refusals.append((status, reply))
            return False
        for each in reply["acknowledged"]:
            first = self.acknowledged.setdefault(each["uuid"], each)
            assert first == each, "an acknowledgement changed"
        done = {each["uuid"] for each in reply["acknowledged"]}
        self.waiting = [event for event in self.waiting if event["uuid"] not in done]
        return True

    def _go_on(self) -> None:
        while not self._stop.is_set():
            if not self.send_once():
                # A refused connection comes back at once; without a breath the loop would starve the restart.
                time.sleep(0.02)

    def begin(self) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def send_again_all(self) -> None:
        """Everything acknowledged once more: `send_once` compares what comes back with the first reply."""
        uuids = list(self.acknowledged)
        for start in range(0, len(uuids), 200):
            self.waiting = [self.sent[uuid] for uuid in uuids[start : start + 200]]
            assert self._send_waiting()
            assert not self.waiting


class Checked:
    """The sitting's events as the database has them; each look reads only what came since the last."""

    def __init__(self, attempt_id: UUID) -> None:
        self.attempt_id = attempt_id
        self.stored: dict[str, AttemptEvent] = {}
        self._head = chains.GENESIS
        self._seen = 0

    def look(self, platform: Platform, sitter: Sitter) -> None:
        """Every acknowledged event is there as it was sent and acknowledged; the chain holds and its head is signed."""
        with platform.reading() as db:
            attempt = db.get_one(Attempt, self.attempt_id)
            query = select(AttemptEvent).where(AttemptEvent.attempt_id == self.attempt_id)
            rows = db.scalars(query.where(AttemptEvent.sequence > self._seen).order_by(AttemptEvent.sequence))
            for row in rows:
                assert row.sequence == self._seen + 1
                self._seen, self._head = row.sequence, row.hash
                assert str(row.client_uuid) not in self.stored, "stored twice"
                self.stored[str(row.client_uuid)] = row
            assert (attempt.event_count, attempt.event_head) == (self._seen, self._head)
        lost = [uuid for uuid in sitter.acknowledged if uuid not in self.stored]
        assert not lost, f"{len(lost)} acknowledged events are lost"
        for uuid, said in sitter.acknowledged.items():
            row = self.stored[uuid]
            assert (row.sequence, row.item_id) == (said["sequence"], sitter.sent[uuid]["item_id"])
            assert row.received_at.isoformat(timespec="milliseconds") == said["received_at"]

    def whole_chain(self, platform: Platform) -> chains.Break | None:
        with platform.reading() as db:
            attempt = db.get_one(Attempt, self.attempt_id)
            links = event_log.stored_links(db, self.attempt_id)
            key = bytes.fromhex(platform.secrets.audit_key)
            name = event_log.chain_name(self.attempt_id)
            signed = chains.sign_checkpoint(key, name, attempt.event_count, attempt.event_head)
            assert signed == attempt.event_signature
            return chains.verify(name, links, attempt.event_count, attempt.event_head)
