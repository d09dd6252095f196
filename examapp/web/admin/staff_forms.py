"""What administrators fill in about staff and for applicants who asked for help."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from examapp.services.people.help_desk import MAXIMUM_ANSWER
from examapp.web.auth.fields import at_most, required

ROLE_NAMES = {
    "proctor": _l("Proctor"),
    "psychologist": _l("Psychologist"),
    "administrator": _l("Administrator"),
    "auditor": _l("Auditor"),
    "applicant": _l("Applicant"),
}


class StaffForm(FlaskForm):
    login = StringField(_l("Staff name"), [required, at_most(40)])
    display_name = StringField(_l("Full name"), [required, at_most(120)])
    role = SelectField(
        _l("Role"),
        [required],
        choices=[SelectChoice(role, name) for role, name in ROLE_NAMES.items() if role != "applicant"],
    )


class AnswerForm(FlaskForm):
    answer = TextAreaField(_l("Your answer"), [required, at_most(MAXIMUM_ANSWER)])
