"""The stored records, a file a room. Importing this package registers all of them with the metadata."""

from examapp.persistence.records import (
    accounts,
    attempts,
    audit,
    bank,
    bank_work,
    forms,
    law,
    operations,
    privacy,
    proctoring,
    results,
    signs,
)

__all__ = [
    "accounts",
    "attempts",
    "audit",
    "bank",
    "bank_work",
    "forms",
    "law",
    "operations",
    "privacy",
    "proctoring",
    "results",
    "signs",
]
