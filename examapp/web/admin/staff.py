"""Staff accounts: the list, a new one, a code for a new password, disabling and enabling."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission, Role
from examapp.services.people import hands
from examapp.services.people import staff as staff_service
from examapp.services.people.password_reset import STAFF_CODE_LIFE
from examapp.web.admin.blueprint import blueprint
from examapp.web.admin.staff_forms import ROLE_NAMES, StaffForm
from examapp.web.auth.fields import show_refusal
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence


def _page(form: StaffForm) -> str:
    with platform().reading() as session:
        standings = hands.standings(session, actor())
    return render_template(
        "admin_staff/staff.html",
        form=form,
        standings=standings,
        staff=staff_service.list_staff(platform()),
        role_names=ROLE_NAMES,
        me=current_user.account_id,
    )


def _code_page(made: staff_service.StaffCode) -> str:
    """Shown in the reply itself, never kept: the code is nowhere readable after this page."""
    hours = int(STAFF_CODE_LIFE.total_seconds() // 3600)
    return render_template("admin_staff/code.html", made=made, hours=hours)


@blueprint.get("/staff")
@requires(Permission.MANAGE_STAFF)
def staff() -> str:
    return _page(StaffForm(formdata=None))


@blueprint.post("/staff")
@requires(Permission.MANAGE_STAFF)
def create_staff() -> str | tuple[str, int]:
    form = StaffForm()
    if form.validate_on_submit():
        new = staff_service.NewStaff(form.login.data, form.display_name.data, Role(form.role.data))
        try:
            return _code_page(staff_service.create_staff(platform(), actor(), new))
        except (Invalid, Conflict) as refusal:
            if refusal.params.get("field") == "name":
                refusal.params["field"] = "display_name"
            show_refusal(form, refusal)
    return _page(form), 422


@blueprint.post("/staff/<uuid:account_id>/code")
@requires(Permission.MANAGE_STAFF)
def staff_code(account_id: UUID) -> str | Response:
    try:
        return _code_page(staff_service.issue_code(platform(), actor(), account_id))
    except Conflict as refusal:
        return _back(refusal)


@blueprint.post("/staff/<uuid:account_id>/disable")
@requires(Permission.MANAGE_STAFF)
def disable_staff(account_id: UUID) -> Response:
    try:
        staff_service.disable_staff(platform(), actor(), account_id)
    except Conflict as refusal:
        return _back(refusal)
    flash(_("The account is disabled and signed out everywhere."), "success")
    return redirect(url_for("admin.staff"))


@blueprint.post("/staff/<uuid:account_id>/enable")
@requires(Permission.MANAGE_STAFF)
def enable_staff(account_id: UUID) -> Response:
    staff_service.enable_staff(platform(), actor(), account_id)
    flash(_("The account is open again."), "success")
    return redirect(url_for("admin.staff"))


@blueprint.post("/staff/<uuid:account_id>/confirm")
@requires(Permission.MANAGE_STAFF)
def confirm_staff(account_id: UUID) -> Response:
    try:
        hands.confirm(platform(), actor(), account_id)
    except Conflict as refusal:
        return _back(refusal)
    flash(_("You have confirmed that another person holds this account."), "success")
    return redirect(url_for("admin.staff"))


def _back(refusal: Conflict) -> Response:
    flash(sentence(refusal.code, refusal.params), "error")
    return redirect(url_for("admin.staff"))
