"""Encryption at rest: a key per person, wrapped by the instance's master key, and digests to look people up by."""

import hashlib
import hmac
import os
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound, Unavailable
from examapp.persistence.records.accounts import PersonKey
from examapp.persistence.secrets import Secrets

_NONCE = 12


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """AES-256-GCM: nonce and ciphertext. Opening needs the same `bound_to`, so nothing can be moved elsewhere."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """The plain bytes. Raises `Unavailable("sealed_data_damaged")` when they were changed or moved."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unavailable("sealed_data_damaged") from error


class Vault:
    """Seals and opens what belongs to a person, and what belongs to the instance alone."""

    def __init__(self, secrets: Secrets) -> None:
        self._master = bytes.fromhex(secrets.master_key)
        self._pepper = bytes.fromhex(secrets.login_pepper)

    def lookup_digest(self, purpose: str, value: str) -> str:
        """A keyed digest to find something by without storing it: without the pepper a NIK could be guessed through."""
        return hmac.new(self._pepper, f"{purpose}\n{value}".encode(), hashlib.sha256).hexdigest()

    def create_person_key(self, session: Session, account_id: UUID, now: datetime) -> bytes:
        key = os.urandom(32)
        session.add(
            PersonKey(account_id=account_id, wrapped=seal(self._master, key, str(account_id)), created_at=now)
        )
        return key

    def person_key(self, session: Session, account_id: UUID) -> bytes:
        """The data key of a person. Raises `NotFound("person_key_erased")` once it was erased."""
        record = session.get(PersonKey, account_id)
        if record is None or record.wrapped is None:
            raise NotFound("person_key_erased")
        return unseal(self._master, record.wrapped, str(account_id))

    def seal_for(self, session: Session, account_id: UUID, plain: str, field: str) -> bytes:
        return seal(self.person_key(session, account_id), plain.encode(), f"{account_id}:{field}")

    def open_for(self, session: Session, account_id: UUID, sealed: bytes, field: str) -> str:
        return unseal(self.person_key(session, account_id), sealed, f"{account_id}:{field}").decode()

    def seal_for_instance(self, plain: str, purpose: str) -> bytes:
        return seal(self._master, plain.encode(), purpose)

    def open_for_instance(self, sealed: bytes, purpose: str) -> str:
        return unseal(self._master, sealed, purpose).decode()
