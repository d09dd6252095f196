"""Hash chains: every entry carries the hash of the one before it, so that a change, a gap or a swap shows.

One chain a sitting (its events), one an audited aggregate; none global, so that no two people wait for one another.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = hashlib.sha256(b"simexam chain 1").hexdigest()


def canonical(payload: Mapping[str, Any]) -> bytes:
    """The one way a payload is written before it is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous: str, payload: Mapping[str, Any]) -> str:
    """The hash (64 hex digits) of an entry that follows one whose hash is `previous`."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(payload)).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as stored: its place (from 1), what it says, and the hash it was given."""

    sequence: int
    payload: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and why."""

    chain: str
    sequence: int
    reason: str


def verify(chain: str, links: Iterable[Link], length: int, head: str) -> Break | None:
    """Walk a chain from its start; `length` and `head` come from the place that keeps heads. None: it holds."""
    previous, count = GENESIS, 0
    for entry in links:
        if entry.sequence != count + 1:
            return Break(chain, count + 1, "missing")
        if link(previous, entry.payload) != entry.hash:
            return Break(chain, entry.sequence, "changed")
        previous, count = entry.hash, entry.sequence
    if count != length:
        return Break(chain, count + 1, "truncated" if count < length else "added")
    if previous != head:
        return Break(chain, count, "head")
    return None


def sign_checkpoint(key: bytes, chain: str, length: int, head: str) -> str:
    """A signature over length and head, so that a chain and its head can't be shortened together."""
    return hmac.new(key, f"{chain}\n{length}\n{head}".encode(), hashlib.sha256).hexdigest()
