"""Signing in and out. One page for everybody; a refusal never says which of the two was wrong."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.roles import Permission, Role
from examapp.extensions import limiter
from examapp.services.people import accounts
from examapp.services.people.sign_in import check_credentials
from examapp.web import identity, limits
from examapp.web.auth import slow_down
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.fields import show_refusal
from examapp.web.auth.forms import SignInForm
from examapp.web.auth.paths import home_of, own_path
from examapp.web.guard import requires

# A hall full of people may share one address: the strict limit counts address and name together.
_ADDRESS_LIMIT = "300 per minute"


def _address_and_name() -> str:
    return f"{request.remote_addr} {request.form.get('login', '')[:80].strip().lower()}"


@blueprint.get("/sign-in")
@requires(Permission.PUBLIC)
def sign_in_page() -> str:
    form = SignInForm(next=own_path(request.args.get("next")) or "")
    return render_template("auth/sign_in.html", form=form)


@blueprint.post("/sign-in")
@limiter.limit(_ADDRESS_LIMIT)
@limiter.limit(limits.LOGIN, key_func=_address_and_name)
@requires(Permission.PUBLIC)
def sign_in() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form), 422
    typed = form.login.data
    slow_down.check(typed)
    try:
        account = check_credentials(identity.platform(), identity.actor(), typed, form.password.data)
    except Invalid as refusal:
        slow_down.failed(typed)
        show_refusal(form, refusal, whole=True)
        return render_template("auth/sign_in.html", form=form), 422
    identity.sign_in(account)
    response = make_response(redirect(own_path(form.next.data) or home_of(Role(account.role))))
    slow_down.remember_device(response, typed)
    return response


@blueprint.post("/sign-out")
@requires(Permission.PUBLIC)
def sign_out() -> Response:
    identity.sign_out()
    return redirect(url_for("auth.welcome"))


@blueprint.post("/sign-out-everywhere")
@requires(Permission.SIGNED_IN)
def sign_out_everywhere() -> Response:
    """End every session of this account, on other devices too."""
    accounts.end_sessions(identity.platform(), identity.actor())
    identity.sign_out()
    return redirect(url_for("auth.sign_in_page"))
