"""Forms of the applicant's pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

_REFUSALS = {
    "guardian_name_missing": _l("Please write your guardian's full name."),
    "guardian_phone_missing": _l("Please write a phone number with at least 8 digits."),
}


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """What an applicant agrees to; a guardian's name and number are asked for under 18 only."""

    agree = BooleanField(
        _l("I have read this and I agree"),
        [InputRequired(_l("Without your consent the exam cannot be recorded. Tick this box to go on."))],
    )
    guardian_name = StringField(_l("Name of your parent or guardian"), [Length(max=200)])
    guardian_phone = StringField(_l("Their phone number"), [Length(max=30)])

    def explain(self, code: str) -> str:
        """The sentence beside a field for a refusal of the rules."""
        return str(_REFUSALS.get(code, _l("Please look at this field again.")))
