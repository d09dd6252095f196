"""The psychologist's room: importing this package attaches its routes."""

from examapp.web.psychologist import desk
from examapp.web.psychologist.blueprint import blueprint

__all__ = ["blueprint", "desk"]
