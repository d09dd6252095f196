"""One's own account: password, language, and an end to every session."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.passwords import MINIMUM_LENGTH
from examapp.domain.roles import Permission, Role
from examapp.extensions import limiter
from examapp.services.people import accounts
from examapp.web import identity, limits
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.fields import show_refusal
from examapp.web.auth.forms import LanguageForm, PasswordForm
from examapp.web.auth.paths import home_of
from examapp.web.guard import requires


def _page(password_form: PasswordForm) -> str:
    return render_template(
        "auth/account.html",
        password_form=password_form,
        language_form=LanguageForm(formdata=None, language=current_user.language),
        minimum=MINIMUM_LENGTH,
        home=home_of(Role(current_user.role)),
    )


@blueprint.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> str:
    return _page(PasswordForm(formdata=None))


@blueprint.post("/account/password")
@limiter.limit(limits.LOGIN)
@requires(Permission.SIGNED_IN)
def change_password() -> Response | tuple[str, int]:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            changed = accounts.change_password(
                identity.platform(), identity.actor(), form.current.data, form.password.data
            )
            # The change ended every session, this one included; the person who made it goes on in a new one.
            identity.sign_in(changed)
            flash(_("Your new password is set. You are signed out everywhere else."), "success")
            return redirect(url_for("auth.account"))
        except Invalid as refusal:
            show_refusal(form, refusal)
    return _page(form), 422


@blueprint.post("/account/language")
@requires(Permission.SIGNED_IN)
def change_language() -> Response:
    form = LanguageForm()
    accounts.change_language(identity.platform(), identity.actor(), form.language.data or "")
    session["language"] = form.language.data
    return redirect(url_for("auth.account"))
