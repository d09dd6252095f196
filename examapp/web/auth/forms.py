"""What people fill in at the front door."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from examapp.services.people.help_desk import MAXIMUM_WORDS
from examapp.services.sitting import blueprints
from examapp.web.auth.fields import DayField, at_most, required
from examapp.web.identity import platform
from scoring.policy import LICENCE_CLASSES

KINDS = [
    SelectChoice("new", _l("A new licence")),
    SelectChoice("upgrade", _l("A higher class than I hold")),
    SelectChoice("after_revocation", _l("A new licence after a court revoked mine")),
    SelectChoice("renewal", _l("Renew the licence I hold (psychology only)")),
]
HELP_KINDS = [
    SelectChoice("registration", _l("I can't register")),
    SelectChoice("sign_in", _l("I can't sign in")),
    SelectChoice("phone_lost", _l("My phone number has changed")),
    SelectChoice("camera", _l("My camera or phone does not work")),
    SelectChoice("result", _l("I have a question about my result")),
    SelectChoice("other", _l("Something else")),
]
LANGUAGE_NAMES = [SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")]


HELP_NAMES = {choice.value: choice.label for choice in HELP_KINDS}


class SignInForm(FlaskForm):
    login = StringField(_l("NIK or staff name"), [required, at_most(80)])
    password = PasswordField(_l("Password"), [required, at_most(200)])
    next = HiddenField()


class WishForm(FlaskForm):
    """The licence wished for and the one held; part of registering, and alone for a further application."""

    licence_class = SelectField(_l("Class of licence"), [required])
    kind = RadioField(_l("What do you apply for?"), [required], choices=KINDS, default="new")
    held_class = SelectField(_l("Class you hold"), [Optional()])
    held_since = DayField(_l("Held since"), [Optional()])
    held_until = DayField(_l("Valid until"), [Optional()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        with platform().reading() as db:
            examined = {each.licence_class.value for each in blueprints.blueprints(db).values()}
        self.licence_class.choices = [
            SelectChoice(name, _class_label(name, examined)) for name in LICENCE_CLASSES
        ]
        self.held_class.choices = [
            SelectChoice("", _l("None")),
            *(SelectChoice(name, f"SIM {name}") for name in LICENCE_CLASSES),
        ]


def _class_label(name: str, examined: set[str]) -> object:
    if name in examined:
        return f"SIM {name}"
    return _l("SIM %(name)s (exam not yet available here, renewal only)", name=name)


class RegisterForm(WishForm):
    nik = StringField("NIK", [required, at_most(40)])
    name = StringField(_l("Full name"), [required, at_most(120)])
    birth_date = DayField(_l("Birth date"), [required])
    phone = TelField(_l("Phone number"), [required, at_most(30)])
    password = PasswordField(_l("New password"), [required, at_most(200)])
    # Set once the reader was asked to look again at a NIK whose region nobody knows.
    region_checked = HiddenField()


class ForgottenForm(FlaskForm):
    login = StringField("NIK", [required, at_most(80)])


class ResetForm(FlaskForm):
    code = StringField(_l("Code from the message"), [required, at_most(20)])
    password = PasswordField(_l("New password"), [required, at_most(200)])


class ActivateForm(FlaskForm):
    login = StringField(_l("Staff name"), [required, at_most(80)])
    code = StringField(_l("Code from the administrator"), [required, at_most(40)])
    password = PasswordField(_l("New password"), [required, at_most(200)])


class PasswordForm(FlaskForm):
    current = PasswordField(_l("Present password"), [required, at_most(200)])
    password = PasswordField(_l("New password"), [required, at_most(200)])


class LanguageForm(FlaskForm):
    language = SelectField(_l("Language of pages and messages"), choices=LANGUAGE_NAMES)


class HelpForm(FlaskForm):
    kind = SelectField(_l("What is it about?"), [required], choices=HELP_KINDS)
    name = StringField(_l("Full name"), [required, at_most(120)])
    phone = TelField(_l("Phone number we may write to"), [required, at_most(30)])
    words = TextAreaField(_l("What do you need?"), [required, at_most(MAXIMUM_WORDS)])
