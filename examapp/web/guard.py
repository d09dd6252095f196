"""Every route says what it needs; one that says nothing is refused, and a test finds it first."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from examapp.domain.errors import NotAllowed, NotFound
from examapp.domain.roles import Permission, Role, allows

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "required_permission"


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a view needs. Put it closest to the function, below the route's decorator."""

    def mark(view: View) -> View:
        setattr(view, _MARK, permission)
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What an endpoint declared, or None."""
    return getattr(app.view_functions.get(endpoint), _MARK, None)


def current_role() -> Role | None:
    # Through the proxy once: every look through it walks the whole request context.
    user = current_user._get_current_object()
    return Role(user.role) if user.is_authenticated else None


def _check_permission() -> Any:
    if request.endpoint is None:
        return None
    if request.endpoint == "static":
        raise NotFound()
    needed = permission_of(current_app, request.endpoint)
    if needed is None:
        raise NotAllowed("undeclared_route")
    if needed is Permission.PUBLIC:
        return None
    role = current_role()
    if allows(role, needed):
        return None
    if role is None:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    # Who is signed in and may not is told so, without learning whether the thing behind the address exists.
    raise NotAllowed("not_allowed", permission=needed.value)


def install(app: Flask) -> None:
    app.before_request(_check_permission)
