"""What the pages of applicants do with an article of law and with the number to call."""

import re

from markupsafe import Markup

from examapp.web.applicant.blueprint import blueprint
from examapp.web.articles import article_in
from examapp.web.language import reader_language

_NUMBER = re.compile(r"\+?\d[\d\s().-]{2,}\d")


@blueprint.app_template_filter("article")
def article(text: str) -> str:
    """An article in the reader's language."""
    return article_in(text, reader_language())


@blueprint.app_template_filter("callable")
def callable_contact(contact: str) -> Markup:
    """The words of a contact, its telephone number in one piece and ready to be tapped."""
    found = _NUMBER.search(contact)
    if found is None:
        return Markup.escape(contact)
    digits = re.sub(r"[^\d+]", "", found[0])
    link = Markup('<a class="unbroken" href="tel:{}">{}</a>').format(digits, found[0])
    return Markup.escape(contact[: found.start()]) + link + Markup.escape(contact[found.end() :])
