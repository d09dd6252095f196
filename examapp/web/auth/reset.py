"""A forgotten password. Every answer reads the same, whether or not there is such an account."""

from uuid import UUID, uuid4

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.passwords import MINIMUM_LENGTH
from examapp.domain.roles import Permission, Role
from examapp.extensions import limiter
from examapp.persistence.records.accounts import Account
from examapp.services.people import password_reset
from examapp.web import identity, limits
from examapp.web.auth import slow_down
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.fields import show_refusal
from examapp.web.auth.forms import ActivateForm, ForgottenForm, ResetForm
from examapp.web.auth.paths import home_of
from examapp.web.guard import requires

_ADDRESS_LIMIT = "60 per hour"
_TICKET = "reset_ticket"


def _address_and_name() -> str:
    return f"{request.remote_addr} {request.form.get('login', '')[:80].strip().lower()}"


@blueprint.get("/forgotten")
@requires(Permission.PUBLIC)
def forgotten_page() -> str:
    return render_template("auth/forgotten.html", form=ForgottenForm())


@blueprint.post("/forgotten")
@limiter.limit(_ADDRESS_LIMIT)
@limiter.limit(limits.RESET, key_func=_address_and_name)
@requires(Permission.PUBLIC)
def forgotten() -> Response | tuple[str, int]:
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("auth/forgotten.html", form=form), 422
    ticket = password_reset.ask_for_code(identity.platform(), identity.actor(), form.login.data)
    session[_TICKET] = str(ticket)
    return redirect(url_for("auth.reset_page"))


def _reset_page(form: ResetForm) -> str:
    minutes = int(password_reset.CODE_LIFE.total_seconds() // 60)
    contact = identity.platform().config.help_contact
    return render_template(
        "auth/reset.html", form=form, minutes=minutes, contact=contact, minimum=MINIMUM_LENGTH
    )


@blueprint.get("/reset")
@requires(Permission.PUBLIC)
def reset_page() -> str:
    return _reset_page(ResetForm())


@blueprint.post("/reset")
@limiter.limit(_ADDRESS_LIMIT)
@requires(Permission.PUBLIC)
def reset() -> Response | tuple[str, int]:
    form = ResetForm()
    if form.validate_on_submit():
        # Without a ticket the work and the answer are those of a wrong code.
        ticket = UUID(session[_TICKET]) if _TICKET in session else uuid4()
        try:
            account = password_reset.reset_with_ticket(
                identity.platform(), identity.actor(), ticket, form.code.data, form.password.data
            )
            return _enter(account)
        except Invalid as refusal:
            show_refusal(form, refusal)
    return _reset_page(form), 422


@blueprint.get("/activate")
@requires(Permission.PUBLIC)
def activate_page() -> str:
    return render_template("auth/activate.html", form=ActivateForm(), minimum=MINIMUM_LENGTH)


@blueprint.post("/activate")
@limiter.limit(_ADDRESS_LIMIT)
@limiter.limit(limits.LOGIN, key_func=_address_and_name)
@requires(Permission.PUBLIC)
def activate() -> Response | tuple[str, int]:
    """Staff set their own password with the code an administrator handed them."""
    form = ActivateForm()
    if form.validate_on_submit():
        try:
            account = password_reset.reset_with_staff_code(
                identity.platform(),
                identity.actor(),
                form.login.data,
                form.code.data,
                form.password.data,
            )
            return _enter(account)
        except Invalid as refusal:
            show_refusal(form, refusal)
    return render_template("auth/activate.html", form=form, minimum=MINIMUM_LENGTH), 422


def _enter(account: Account) -> Response:
    """The right code proves the person: sign them in here, and let this device count as theirs."""
    identity.sign_in(account)
    flash(_("Your new password is set. You are signed out everywhere else."), "success")
    response = make_response(redirect(home_of(Role(account.role))))
    slow_down.remember_login(response, account.login)
    return response
