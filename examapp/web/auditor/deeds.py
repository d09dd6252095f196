"""Deeds and chains in words, in the reader's language. A code without words is shown as it stands."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from examapp.services.audit.chain_subjects import Subject

ACTIONS: Mapping[str, Any] = {
    # Accounts
    "account.registered": _l("Account registered"),
    "registration.repeated": _l("Registration repeated with a known NIK"),
    "registration.repeated_again": _l("Registration repeated again with a known NIK"),
    "application.made": _l("Application made"),
    "application.closed": _l("Application closed"),
    "signed_in": _l("Signed in"),
    "sign_in.refused": _l("Sign-in refused"),
    "sessions.ended": _l("All sessions ended"),
    "language.changed": _l("Language changed"),
    "password.set": _l("Password set"),
    "password.changed": _l("Password changed"),
    "password.reset": _l("Password replaced after a reset"),
    "password.code_issued": _l("Code for a new password issued"),
    "password_reset.asked": _l("Password reset asked for"),
    "password_reset.refused": _l("Password reset refused"),
    "password_reset.too_often": _l("Password reset asked for too often"),
    "staff.created": _l("Staff account created"),
    "staff.disabled": _l("Staff account disabled"),
    "staff.enabled": _l("Staff account enabled again"),
    "staff.confirmed": _l("Staff account confirmed by another person"),
    "help.asked": _l("Help asked for"),
    "help.answered": _l("Request for help answered"),
    "account.name_corrected": _l("Name corrected as asked"),
    "data.asked": _l("Request about personal data filed"),
    "data.cancelled": _l("Request about personal data taken back"),
    "data.accepted": _l("Erasure agreed to"),
    "data.done": _l("Request about personal data answered"),
    "data.declined": _l("Request about personal data declined"),
    "data.copy_taken": _l("Copy of one's own data taken"),
    "help.erased": _l("Request for help erased"),
    "account.erased": _l("Person erased"),
    # Sittings
    "prepared": _l("Sitting prepared"),
    "step_consent": _l("Consent given"),
    "step_briefing": _l("Briefing read"),
    "step_camera": _l("Camera step done"),
    "step_photo": _l("Photo step done"),
    "step_practice": _l("Practice done"),
    "photo_taken": _l("Reference photo taken"),
    "device_taken": _l("Sitting opened on a device"),
    "part_started": _l("Part begun"),
    "part_submitted": _l("Part submitted"),
    "part_expired": _l("Part ended by its deadline"),
    "part_skipped": _l("Part left out"),
    "finished": _l("Sitting finished"),
    "abandoned": _l("Sitting abandoned"),
    "theory_scored": _l("Theory scored"),
    "psychology_scored": _l("Psychology scored"),
    "verdict": _l("Result derived"),
    # Proctors
    "live_viewed": _l("Sitting watched live"),
    "notice_sent": _l("Message sent to the applicant"),
    "proctoring_concluded": _l("Proctoring concluded"),
    "evidence_viewed": _l("Kept pictures viewed"),
    "evidence_erased": _l("Kept pictures erased"),
    "objection_filed": _l("Objection filed by the applicant"),
    "answers_erased": _l("Answers and observations erased"),
    "case_opened": _l("Review case opened"),
    "case_claimed": _l("Review case claimed"),
    "case_released": _l("Review case given back"),
    "case_claim_expired": _l("Claim on a review case ran out"),
    "case_decided": _l("Decision on a review case"),
    "case_closed": _l("Review case closed"),
    # Psychologists
    "psychology_claimed": _l("Psychology report taken"),
    "psychology_released": _l("Psychology report given back"),
    "psychology_signed": _l("Psychology report signed"),
    "psychology_declined": _l("Psychology report not signed"),
    "psychology_erased": _l("Psychology figures erased"),
    # The question bank
    "blueprint.proposed": _l("New version of a blueprint proposed"),
    "blueprint.approved": _l("New version of a blueprint approved"),
    "blueprint.rejected": _l("New version of a blueprint sent back"),
    "blueprint.withdrawn": _l("New version of a blueprint withdrawn"),
    "shipped_items_added": _l("Items that came with the platform added"),
    "bank.imported": _l("Items imported from a table"),
    "picture.uploaded": _l("Picture uploaded"),
    "item.created": _l("Item created"),
    "item.edited": _l("Item edited"),
    "item.imported": _l("Item imported"),
    "item.submitted": _l("Item submitted for review"),
    "item.abandoned": _l("Draft of an item discarded"),
    "item.sent_back": _l("Item sent back to its author"),
    "item.approved": _l("Item approved"),
    "item.approved_for_pilot": _l("Item approved for a trial"),
    "item.proved": _l("Item approved after its trial"),
    "item.doubted": _l("Item on trial suspended"),
    "item.contested": _l("Item in use suspended"),
    "item.withdrawn": _l("Item retired"),
    "item.reinstated": _l("Item put back in use"),
    "item.approved_for_later": _l("Item approved for later use"),
    "item.put_in_use": _l("Approved item put in use"),
    "item.put_on_trial": _l("Approved item put on trial"),
    "item.commented": _l("Item commented on"),
    "sign.added": _l("Sign added"),
    "item.comment_resolved": _l("Comment on an item settled"),
    "item.undone": _l("Step of an item undone"),
    "item.key_checked": _l("Key of an item checked"),
    "bulk.moved": _l("Several items moved in one step"),
    "bulk.undone": _l("A step of several items undone"),
    "audio.uploaded": _l("Recording uploaded"),
    "video.uploaded": _l("Film uploaded"),
    "law.saved": _l("Article of law recorded"),
}
_SUBJECTS: Mapping[str, Any] = {
    "attempt": _l("Sitting"),
    "events": _l("Answers of sitting"),
    "evidence": _l("Kept pictures of sitting"),
    "staff": _l("Staff"),
    "account": _l("Applicant's account"),
    "item": _l("Item"),
    "bank": _l("Question bank"),
    "help": _l("Request for help"),
    "law": _l("Article of law"),
}
# Chains of visitors who named no account that exists.
_NAMELESS: Mapping[str, Any] = {
    "sign_in": _l("Sign-ins without an account"),
    "password_reset": _l("Password resets without an account"),
}


def deed_name(action: str | None) -> str:
    """A deed's code in words; the code itself where there are none."""
    return str(ACTIONS.get(action or "", action or "–"))


def chain_title(subject: Subject) -> str:
    """A chain by what it is about: "Sitting #GGG4LT", "Staff Dewi Lestari", "Item CTH-0002"."""
    if subject.kind in _NAMELESS:
        return str(_NAMELESS[subject.kind])
    kind = str(_SUBJECTS.get(subject.kind, subject.kind))
    mark = "#" if subject.kind in ("attempt", "events", "evidence") else ""
    return f"{kind} {mark}{subject.name}" if subject.name else kind
