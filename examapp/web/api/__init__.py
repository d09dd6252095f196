"""The JSON API: importing this package attaches its routes."""

from examapp.web.api import attempts, frames, openapi
from examapp.web.api.blueprint import blueprint
from examapp.web.api.reply import offer_context

blueprint.before_request(offer_context)

__all__ = ["attempts", "blueprint", "frames", "openapi"]
