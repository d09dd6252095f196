"""Fields and checks shared by the forms of the front door, with messages of our own in both languages."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, Form
from wtforms.validators import InputRequired, Length

from examapp.domain.errors import Refusal
from examapp.services.people.registration import Problem
from examapp.web.articles import article_in
from examapp.web.language import reader_language
from examapp.web.refusals import SENTENCES, sentence
from scoring.reasons import Reason, describe

required = InputRequired(_l("Please fill this in."))


def at_most(length: int) -> Length:
    return Length(max=length, message=_l("This is too long: at most %(max)d characters."))


class DayField(DateField):
    """A calendar day, with our words when it can't be read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("This is not a date. Choose one, or write it like 1998-04-12.")) from None


def say(reason: Reason) -> str:
    """A reason in the reader's language, with the article it rests on."""
    if reason.code in SENTENCES:
        return sentence(reason.code, reason.params)
    language = "en" if reader_language() == "en" else "id"
    text = describe(reason, language)
    return f"{text} ({article_in(reason.article, language)})" if reason.article else text


def _add(field: Field, text: str) -> None:
    field.errors = [*field.errors, text]


def show_problems(form: Form, problems: Iterable[Problem]) -> None:
    """Put each problem beside the field it belongs to."""
    for problem in problems:
        _add(form[problem.field], say(problem.reason))


def show_refusal(form: Form, refusal: Refusal, *, whole: bool = False) -> None:
    """Put a refusal beside the field it names, or above the form; always there when it is about the `whole` of it."""
    text = sentence(refusal.code, refusal.params)
    name = refusal.params.get("field")
    if name in form and not whole:
        _add(form[name], text)
    else:
        form.form_errors = [*form.form_errors, text]
