"""Registering: one form, every problem named at its field, and one answer page whether or not the NIK was new."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.passwords import MINIMUM_LENGTH, check_password
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.people import accounts, registration
from examapp.web import identity
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.fields import show_problems, show_refusal
from examapp.web.auth.forms import RegisterForm, WishForm
from examapp.web.guard import requires
from examapp.web.language import reader_language
from scoring.nik import parse_nik

# A village office registers many people from one address; a program that tries NIKs wants thousands.
_LIMIT = "60 per hour"


def _wish(form: WishForm) -> registration.Wish:
    return registration.Wish(
        licence_class=form.licence_class.data,
        kind=form.kind.data,
        held_class=form.held_class.data or None,
        held_since=form.held_since.data,
        held_until=form.held_until.data,
    )


def _newcomer(form: RegisterForm) -> registration.Newcomer:
    return registration.Newcomer(
        nik=form.nik.data,
        name=form.name.data,
        birth_date=form.birth_date.data,
        phone=form.phone.data,
        password=form.password.data,
        language=reader_language(),
    )


def _show_what_is_wrong(form: RegisterForm) -> bool:
    """Put everything that stands against it into the form at once; whether there was anything."""
    newcomer, today = _newcomer(form), accounts.today(identity.platform().clock.now())
    problems = registration.identity_problems(newcomer)
    with identity.platform().reading() as db:
        problems += registration.wish_problems(db, _wish(form), newcomer.birth_date, today)
    show_problems(form, problems)
    checks = (
        lambda: registration.normal_name(newcomer.name),
        lambda: registration.normal_phone(newcomer.phone),
        lambda: check_password(newcomer.password),
    )
    for check in checks:
        try:
            check()
        except Invalid as refusal:
            show_refusal(form, refusal)
    return any(field.errors for field in form)


def _page(form: RegisterForm, status: int = 200, region_warning: bool = False) -> tuple[str, int]:
    text = render_template(
        "auth/register.html", form=form, minimum=MINIMUM_LENGTH, region_warning=region_warning
    )
    return text, status


@blueprint.get("/register")
@requires(Permission.PUBLIC)
def register_page() -> tuple[str, int]:
    return _page(RegisterForm())


@blueprint.post("/register")
@limiter.limit(_LIMIT)
@requires(Permission.PUBLIC)
def register() -> Response | tuple[str, int]:
    form = RegisterForm()
    if not form.validate_on_submit() or _show_what_is_wrong(form):
        return _page(form, 422)
    if not parse_nik(form.nik.data).region_known and not form.region_checked.data:
        form.region_checked.data = "yes"
        return _page(form, 422, region_warning=True)
    try:
        registration.register(identity.platform(), identity.actor(), _newcomer(form), _wish(form))
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(form, 422)
    return redirect(url_for("auth.registered"))


@blueprint.get("/registered")
@requires(Permission.PUBLIC)
def registered() -> str:
    """The same words for everybody: a NIK that was taken must look like one that was not."""
    return render_template("auth/registered.html", contact=identity.platform().config.help_contact)


@blueprint.get("/applications/new")
@requires(Permission.SIT_EXAM)
def new_application_page() -> str:
    return render_template("auth/application.html", form=WishForm())


@blueprint.post("/applications/new")
@requires(Permission.SIT_EXAM)
def new_application() -> Response | tuple[str, int]:
    """A further application of somebody who is registered: another class, or anew after the retakes."""
    form = WishForm()
    if form.validate_on_submit():
        platform, actor = identity.platform(), identity.actor()
        show_problems(form, registration.problems_of(platform, actor, _wish(form)))
        if not form.licence_class.errors:
            try:
                registration.apply_again(platform, actor, _wish(form))
                flash(_("Your application is recorded."), "success")
                return redirect(url_for("auth.welcome"))
            except Invalid as refusal:
                show_refusal(form, refusal)
    return render_template("auth/application.html", form=form), 422
