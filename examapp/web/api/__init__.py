"""The JSON API: importing this package attaches its routes."""

from examapp.web.api import attempts, frames, openapi
from examapp.web.api.blueprint import blueprint

__all__ = ["attempts", "blueprint", "frames", "openapi"]
