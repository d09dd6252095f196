"""The JSON API: importing this package attaches its routes."""

from examapp.extensions import csrf
from examapp.web.api import attempts, frames, openapi
from examapp.web.api.blueprint import blueprint
from examapp.web.api.forgery import check_token
from examapp.web.api.reply import offer_context

csrf.exempt(blueprint)
blueprint.before_request(offer_context)
blueprint.before_request(check_token)

__all__ = ["attempts", "blueprint", "frames", "openapi"]
