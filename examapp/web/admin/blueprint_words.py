"""The words of the blueprint editor."""

from typing import Any

from flask_babel import lazy_gettext as _l

from examapp.services.bank.blueprint_editing import BlueprintFile
from examapp.web.admin.bank_words import TOPICS
from examapp.web.admin.blueprint_form import values_of

# The word for a version's state, and the tone of its pill.
STATES: dict[str, tuple[Any, str]] = {
    "proposed": (_l("Waits for approval"), "amber"),
    "approved": (_l("Approved"), "green"),
    "rejected": (_l("Sent back"), "red"),
    "withdrawn": (_l("Withdrawn"), "quiet"),
}
FIELDS: dict[str, Any] = {
    "minutes": _l("Minutes"),
    "max_same_picture": _l("Items with the same picture, at most"),
    "facility": _l("Right answers expected of an average applicant, in percent"),
    "tolerance": _l("May differ by, percentage points"),
    "weight_min": _l("Points of all items together, at least"),
    "weight_max": _l("Points of all items together, at most"),
    "pilot_share": _l("Trial items on top, in percent of the items"),
    "max_exposure": _l("An item may stand in so many percent of forms"),
    "max_pair_exposure": _l("Two items may meet in so many percent of forms"),
    "information_tolerance": _l("Information at the cut score may differ by, in percent"),
    "information_target": _l("Information at the cut score"),
    **{f"topic_{name}": label for name, label in TOPICS.items()},
    "easy_min": _l("Easy, at least"),
    "easy_max": _l("Easy, at most"),
    "medium_min": _l("Medium, at least"),
    "medium_max": _l("Medium, at most"),
    "hard_min": _l("Hard, at least"),
    "hard_max": _l("Hard, at most"),
}


def changes(file: BlueprintFile) -> list[tuple[Any, str, str]]:
    """What the open version would change: field, before, after."""
    if file.open is None:
        return []
    before, after = values_of(file.in_force.blueprint), values_of(file.open.blueprint)
    return [
        (FIELDS[name], before[name] or "–", after[name] or "–")
        for name in after
        if before[name] != after[name]
    ]
