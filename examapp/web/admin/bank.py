"""The question bank's pages. Importing the modules registers their routes."""

from examapp.web.admin import (
    bank_blueprints,
    bank_bulk,
    bank_comments,
    bank_editor,
    bank_exports,
    bank_history,
    bank_imports,
    bank_key_checks,
    bank_law,
    bank_list,
    bank_pictures,
    bank_presence,
    bank_preview,
    bank_recordings,
    bank_signs,
)

__all__ = [
    "bank_blueprints",
    "bank_bulk",
    "bank_comments",
    "bank_editor",
    "bank_exports",
    "bank_history",
    "bank_imports",
    "bank_key_checks",
    "bank_law",
    "bank_list",
    "bank_pictures",
    "bank_presence",
    "bank_preview",
    "bank_recordings",
    "bank_signs",
]
