"""What the figures mean, said to a psychologist: the sentences of the result page speak to the applicant instead."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

# By the codes of `scoring/psychology/explanations.toml`; codes whose sentence speaks to nobody are not repeated.
EXPLANATIONS: Mapping[str, Any] = {
    "explain_concentration": _l(
        "Concentration: how even the applicant's reaction times were. The smaller the spread, the more even. "
        "This short task is only an indication; your assessment completes it."
    ),
    "explain_self_control": _l(
        "Self-control: the mean of the applicant's answers (1–5) to statements on holding back and thinking before "
        "acting. It is how the applicant describes himself or herself."
    ),
    "explain_adjustment": _l(
        "Adjustment: the mean of the applicant's answers (1–5) to statements on new situations, difficulties and "
        "other people. It is how the applicant describes himself or herself."
    ),
    "explain_emotional_stability": _l(
        "Emotional stability: the mean of the applicant's answers (1–5) to statements on calm and mood. "
        "It is how the applicant describes himself or herself."
    ),
    "explain_work_endurance": _l(
        "Work endurance: how the applicant's speed changed from the start to the end of the task, in rows. "
        "Above zero means faster."
    ),
    "open_work_endurance": _l(
        "Work endurance is not scored: this task is too short for it. Assess it in another way."
    ),
    "open_too_few_answers": _l(
        "There are too few answers to score. Please go through them with the applicant."
    ),
    "no_norm": _l("No norm yet: the score cannot be compared with others. The judgement is yours."),
}


def explanation(aspect: Mapping[str, Any]) -> str:
    """What an aspect's figure means, for the psychologist."""
    return str(EXPLANATIONS.get(aspect["explanation"], aspect["explanation_text"]))


def norm(aspect: Mapping[str, Any]) -> str:
    """What an aspect's figure may be compared with; empty where there is no figure."""
    return str(aspect["norm_text"] if aspect["norm"] or not aspect["norm_text"] else EXPLANATIONS["no_norm"])
