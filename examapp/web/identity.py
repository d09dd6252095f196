"""Who is asking: Flask-Login's user, looked up at every request so that a revoked session ends at once."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user
from sqlalchemy import Row, Table, bindparam, select
from werkzeug.wrappers import Response

from examapp.domain.roles import Role
from examapp.extensions import login_manager
from examapp.persistence.records.accounts import Account
from examapp.services.platform import Actor, Platform


def platform() -> Platform:
    """The platform of the current app."""
    return current_app.extensions["simexam"]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in person as the web sees them."""

    account_id: UUID
    role: str
    display_name: str
    language: str
    session_epoch: int

    def get_id(self) -> str:
        return f"{self.account_id}:{self.session_epoch}"


def _signed_in(account: Account | Row[Any]) -> SignedIn:
    return SignedIn(account.id, account.role, account.display_name, account.language, account.session_epoch)


_A = cast(Table, Account.__table__).c
# Asked at every request, so built once and without the ORM.
_ACCOUNT = select(
    _A.id, _A.role, _A.display_name, _A.language, _A.session_epoch, _A.disabled_at, _A.demo
).where(_A.id == bindparam("account"))


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_user(token: str) -> SignedIn | None:
    """The account behind a session, unless it was disabled or its sessions were ended since."""
    account_id, _, epoch = token.partition(":")
    with platform().database.looking() as db:
        account = db.execute(_ACCOUNT, {"account": UUID(account_id)}).one_or_none()
    if account is None or account.disabled_at is not None or str(account.session_epoch) != epoch:
        return None
    # Demo passwords are public: on a server that others can reach they open nothing.
    if account.demo and not current_app.config["SIMEXAM"].loopback:
        return None
    return _signed_in(account)


def sign_in(account: Account) -> None:
    """Start a session for `account`; the old session's content goes, so that nothing can be planted in it."""
    language = session.get("language")
    session.clear()
    session["language"] = language or account.language
    session.permanent = True
    login_user(_signed_in(account))


def sign_out() -> None:
    language = session.get("language")
    logout_user()
    session.clear()
    session["language"] = language


def actor() -> Actor:
    """Who acts in this request, for services and the audit trail."""
    user = current_user._get_current_object()
    if user.is_authenticated:
        return Actor(user.account_id, Role(user.role), g.get("request_id"))
    return Actor(request_id=g.get("request_id"))


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> Response:
    if request.path.startswith("/api/"):
        from examapp.web.errors import problem  # the error pages need this module

        return problem("sign_in_needed", 401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in_page", next=wanted))


def install(app: Flask) -> None:
    # Flask-Login would tie a session to the address: a phone changes it between two masts, and nothing here asks
    # whether a session is "fresh". What ends a session is the account's epoch, looked up at every request.
    login_manager.session_protection = None
    login_manager.init_app(app)
