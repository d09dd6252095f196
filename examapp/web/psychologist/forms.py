"""The decision about a report."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from examapp.services.psychology.signing import Decision, Declined

FIT, UNFIT = Decision.FIT.value, Decision.UNFIT.value


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """Signed either way, or declined with a reason; lengths and shapes are checked by the service."""

    decision = RadioField(
        _l("Finding"),
        [InputRequired(_l("Choose a finding first."))],
        choices=[
            SelectChoice(FIT, _l("Meets the requirement")),
            SelectChoice(UNFIT, _l("Does not meet the requirement")),
            SelectChoice(Declined.INCOMPLETE.value, _l("Not signed: parts are missing")),
            SelectChoice(Declined.INVALID.value, _l("Not signed: the answers cannot be relied on")),
        ],
    )
    reason = TextAreaField(_l("Reason, which the applicant reads"))
    registration_number = StringField(_l("Your registration number"))
