"""The words that the bank's pages use for states, topics, steps and fields."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l

STATES: dict[str, Any] = {
    "draft": _l("Draft"),
    "in_review": _l("In review"),
    "approved": _l("Approved"),
    "pilot": _l("On trial"),
    "active": _l("In use"),
    "suspended": _l("Suspended"),
    "retired": _l("Retired"),
}
TONES = {
    "draft": "quiet",
    "in_review": "amber",
    "approved": "blue",
    "pilot": "blue",
    "active": "green",
    "suspended": "red",
    "retired": "quiet",
}
PARTS: dict[str, Any] = {
    "hazard": _l("Hazard perception"),
    "knowledge": _l("Knowledge"),
    "insight": _l("Insight"),
    "ethics": _l("Driving ethics"),
}
TOPICS: dict[str, Any] = {
    "right_of_way": _l("Right of way"),
    "hazard": _l("Hazards"),
    "signs": _l("Signs"),
    "markings": _l("Road markings"),
    "vehicle": _l("Vehicle basics"),
    "speed": _l("Speed"),
    "safety": _l("Safety"),
    "law": _l("Law"),
    "first_aid": _l("First aid"),
    "ethics": _l("Ethics"),
}
DIFFICULTIES: dict[str, Any] = {"easy": _l("Easy"), "medium": _l("Medium"), "hard": _l("Hard")}
TYPES: dict[str, Any] = {
    "single_choice": _l("Single choice"),
    "true_false": _l("True or false"),
    "multiple_response": _l("Several right answers"),
    "ordering": _l("Put in order"),
    "hotspot": _l("Press on the picture"),
}
COMPETENCIES: dict[str, Any] = {
    "": _l("Not said"),
    "recall": _l("Know a rule"),
    "recognise": _l("Recognise a sign"),
    "apply": _l("Apply a rule"),
    "anticipate": _l("Foresee a danger"),
    "attitude": _l("Right attitude"),
}
FACETS: dict[str, Any] = {
    "state": _l("State"),
    "part": _l("Part"),
    "topic": _l("Topic"),
    "licence": _l("Class"),
    "difficulty": _l("Difficulty"),
    "review": _l("Official review"),
}
# What the button of a step says, and what the history says it was.
STEPS: dict[str, Any] = {
    "submitted": _l("Submit for review"),
    "abandoned": _l("Discard the draft"),
    "sent_back": _l("Send back"),
    "approved": _l("Approve"),
    "approved_for_later": _l("Approve, use later"),
    "approved_for_pilot": _l("Approve for a trial"),
    "put_on_trial": _l("Put on trial"),
    "put_in_use": _l("Put in use"),
    "contested": _l("Suspend"),
    "doubted": _l("Suspend"),
    "withdrawn": _l("Retire"),
    "reinstated": _l("Put back in use"),
    "proved": _l("Approve"),
}
# What an open item waits for.
NEEDED: dict[str, Any] = {
    "in_review": _l("waits for a second person's approval"),
    "draft": _l("to be finished and submitted"),
    "approved": _l("approved, not in use yet"),
}
# A remark by the lint rule's name: what it is about, and what to do.
REMARKS: dict[str, tuple[Any, Any]] = {
    "missing_translation": (
        _l("Translation missing"),
        _l("Write it, or applicants who chose that language read Indonesian."),
    ),
    "longest_key": (
        _l("Key stands out by its length"),
        _l("Shorten it or lengthen the others: who does not know the rule picks the longest."),
    ),
    "all_or_none": (
        _l("\u201cAll\u201d or \u201cnone of the above\u201d"),
        _l("Options are shuffled, so nothing stands above. Write out what is meant."),
    ),
    "picture_without_alt": (
        _l("Picture not described"),
        _l("Say what it shows, for people who can't see it, without giving the answer away."),
    ),
    "option_lengths": (
        _l("Options of very different length"),
        _l("Bring them nearer to each other: people compare lengths instead of rules."),
    ),
    "all_are_keys": (_l("Every option is right"), _l("Add an option that is wrong.")),
    "double_negative": (
        _l("Two negations"),
        _l("Say it straight: whoever turns two negations round answers language, not traffic."),
    ),
    "hard_to_read": (_l("Hard to read"), _l("Make two sentences of one, and take shorter words.")),
    "audio_in_part": (_l("Recorded in part"), _l("Record the question and every option, or none of them.")),
    "near_duplicate": (
        _l("Asks nearly the same"),
        _l("Mark the two as not to stand in one form, or retire one."),
    ),
    "dead_media": (_l("Picture or recording missing"), _l("Upload it again, or choose another.")),
    "unreadable_article": (
        _l("Article of law not recognised"),
        _l("Write it as in UU 22/2009 Pasal 113(1), so that the register finds the item."),
    ),
    "ended_article": (
        _l("Article no longer in force"),
        _l("Rest the item on what replaced it, or retire it."),
    ),
    "amended_article": (
        _l("Article was amended"),
        _l("Hold the key against the new text, then record the check or change the item."),
    ),
    "no_article": (_l("No article of law"), _l("Name the article that the key rests on.")),
    "no_explanation": (_l("No explanation"), _l("Say in a sentence or two why the key is right.")),
}
REVIEWS: dict[str, Any] = {"needed": _l("needs official review"), "done": _l("officially reviewed")}
CHECK_KINDS: dict[str, Any] = {
    "second": _l("second check by another author"),
    "official": _l("official review by the authority"),
}
CHECK_OUTCOMES: dict[str, Any] = {
    "agrees": _l("the key holds"),
    "disagrees": _l("the key is wrong"),
    "unsure": _l("the text leaves it open"),
}
CHECK_TONES = {"agrees": "green", "disagrees": "red", "unsure": "amber"}
STEP_NOTES: dict[str, Any] = {
    "shipped": _l("Came with the platform"),
    "import": _l("Imported"),
    "undone": _l("A bulk step was undone"),
}
# Steps for many items: the state they go to, and the word on the button.
BULK: dict[str, Any] = {
    "in_review": _l("Submit for review"),
    "active": _l("Approve and put in use"),
    "approved": _l("Approve, use later"),
    "draft": _l("Send back"),
    "suspended": _l("Suspend"),
    "retired": _l("Retire"),
}
CLOSED: dict[str, Any] = {
    "move_own_work": _l("A second person must do this: you had a hand in it yourself."),
    "move_tied_to_author": _l(
        "A second person must do this: your account and its author's came from the same hands, and nobody has "
        "confirmed them."
    ),
    "move_no_author_known": _l("Nobody is named for this version. Send it back and submit it again first."),
    "move_pilot_replaces_active": _l("The version in use would leave every form during the trial."),
    "move_open_version": _l("A newer version is still open. Approve or discard it first."),
    "move_send_back_first": _l("Send it back first, so that its author learns why."),
}
FIELDS: dict[str, Any] = {
    "id": _l("Item number"),
    "version": _l("Version"),
    "type": _l("Kind of question"),
    "part": _l("Part"),
    "topic": _l("Topic"),
    "classes": _l("Classes"),
    "difficulty": _l("Difficulty"),
    "stem_id": _l("Question (Indonesian)"),
    "stem_en": _l("Question (English)"),
    "key": _l("Key"),
    "explanation_id": _l("Explanation (Indonesian)"),
    "explanation_en": _l("Explanation (English)"),
    "article": _l("Article of law"),
    "picture": _l("Picture"),
    "picture_alt_id": _l("What the picture shows (Indonesian)"),
    "picture_alt_en": _l("What the picture shows (English)"),
    "enemies": _l("Not in one form with"),
    "source": _l("Source"),
    "author": _l("Author"),
    "weight": _l("Weight"),
    "option_order": _l("Order of the options"),
    "option_ids": _l("Names of the options"),
    "options": _l("Options"),
    "order": _l("Right order"),
    "clip": _l("Film before the question"),
    "audio_id": _l("Recording of the question (Indonesian)"),
    "audio_en": _l("Recording of the question (English)"),
    "competency": _l("Competency"),
    "file": _l("File"),
}


_OPTION = re.compile(r"option_(?P<name>.+?)_(?P<kind>(?:audio_)?(?:id|en)|picture|region)")


def field_name(column: str) -> str:
    """The name of a column or of a field's path, for those who read a report."""
    plain = column.replace(".text.", ".").replace(".", "_").replace("options_", "option_")
    if plain in FIELDS:
        return str(FIELDS[plain])
    option = _OPTION.fullmatch(plain)
    if option:
        return str(_l("Option %(name)s (%(kind)s)", name=option["name"].upper(), kind=_kind(option["kind"])))
    return column


def _kind(kind: str) -> str:
    return {
        "id": "Indonesia",
        "en": "English",
        "picture": str(_l("picture")),
        "audio_id": str(_l("recording, Indonesian")),
        "audio_en": str(_l("recording, English")),
        "region": str(_l("place on the picture")),
    }.get(kind, kind)
