"""The bank prepared for assembly, kept in this process while it stays as it is: preparing costs more than a form."""

import threading
from dataclasses import dataclass

from sqlalchemy.orm import Session

from examapp.persistence.repositories import bank
from question_bank.assembly import Pool, prepare
from question_bank.blueprint import Blueprint
from question_bank.canonical import bank_digest
from question_bank.item import ItemVersion
from question_bank.parameters import Calibration


@dataclass(frozen=True, slots=True)
class Bank:
    """The items in use, the trial items, what is calibrated, and the digests of both lists."""

    items: list[ItemVersion]
    pilots: list[ItemVersion]
    calibration: Calibration
    digests: tuple[str, str]

    def pool(self, blueprint: Blueprint) -> Pool:
        return prepare(
            self.items,
            blueprint,
            pilots=self.pilots,
            calibration=self.calibration,
            digests=self.digests,
        )


class Prepared:
    """Pools by database and blueprint, each good for one stamp of the bank."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._banks: dict[str, tuple[str, Bank]] = {}
        self._pools: dict[tuple[str, str], tuple[str, Pool]] = {}

    def get(self, session: Session, blueprint: Blueprint, stamp: str | None = None) -> Pool:
        """The pool of `blueprint` over the bank as it stands (`stamp`, if the caller asked for it already)."""
        stamp = stamp or bank.bank_stamp(session)
        where = str(session.get_bind().engine.url)
        with self._lock:
            kept = self._pools.get((where, blueprint.name))
            if kept and kept[0] == stamp and kept[1].blueprint == blueprint:
                return kept[1]
            pool = self._bank(session, where, stamp).pool(blueprint)
            self._pools[where, blueprint.name] = (stamp, pool)
            return pool

    def bank(self, session: Session) -> Bank:
        """The bank as it stands."""
        with self._lock:
            return self._bank(session, str(session.get_bind().engine.url), bank.bank_stamp(session))

    def _bank(self, session: Session, where: str, stamp: str) -> Bank:
        kept = self._banks.get(where)
        if kept and kept[0] == stamp:
            return kept[1]
        items, pilots = bank.usable_items(session), bank.pilot_items(session)
        digests = (bank_digest(items), bank_digest(pilots))
        found = Bank(items, pilots, bank.calibration(session), digests)
        self._banks = {where: (stamp, found)}
        return found


PREPARED = Prepared()
