"""The law register's pages: every article that items rest on, and what follows when one changes."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.services.bank import law as register
from examapp.web.admin import bank_words as words
from examapp.web.admin.blueprint import blueprint
from examapp.web.auth.fields import DayField, at_most, required, show_refusal
from examapp.web.guard import requires
from examapp.web.identity import actor, platform


class ArticleForm(FlaskForm):
    revision = HiddenField()
    title_id = StringField(_l("What it is about (Indonesian)"), [required, at_most(300)])
    title_en = StringField(_l("What it is about (English)"), [at_most(300)])
    reference = StringField(_l("Where its text is published"), [required, at_most(500)])
    valid_from = DayField(_l("In force from"), [Optional()])
    valid_until = DayField(_l("In force until"), [Optional()])
    amended_on = DayField(_l("Says something else since"), [Optional()])
    note = TextAreaField(_l("Note"), [at_most(2000)])


@blueprint.get("/law")
@requires(Permission.EDIT_BANK)
def law() -> str:
    today = office_day(platform().clock.now())
    return render_template(
        "admin_bank/law.html", articles=register.register(platform(), actor()), today=today, words=words
    )


def _page(key: str, form: ArticleForm | None = None) -> str:
    page = register.read_article(platform(), actor(), key)
    if form is None:
        form = ArticleForm(formdata=None, obj=page.place.entry)
        form.revision.data = str(page.revision)
    return render_template("admin_bank/law_article.html", page=page, form=form, words=words)


@blueprint.get("/law/<path:key>")
@requires(Permission.EDIT_BANK)
def law_article(key: str) -> str:
    return _page(key)


@blueprint.post("/law/<path:key>")
@requires(Permission.EDIT_BANK)
def save_law_article(key: str) -> Response | tuple[str, int]:
    form = ArticleForm()
    if form.validate_on_submit():
        entry = register.Entry(
            title_id=form.title_id.data.strip(),
            title_en=(form.title_en.data or "").strip(),
            reference=form.reference.data.strip(),
            valid_from=form.valid_from.data,
            valid_until=form.valid_until.data,
            amended_on=form.amended_on.data,
            note=(form.note.data or "").strip(),
        )
        revision = int(form.revision.data) if (form.revision.data or "").isdecimal() else 0
        try:
            resting = register.save_article(platform(), actor(), key, revision, entry)
            flash(
                _("Saved.")
                + " "
                + ngettext("%(num)s item rests on it.", "%(num)s items rest on it.", resting),
                "success",
            )
            return redirect(url_for("admin.law_article", key=key))
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
    return _page(key, form), 422
