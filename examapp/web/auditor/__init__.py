"""The auditor's room: the chains, read only."""

from examapp.web.auditor import routes
from examapp.web.auditor.blueprint import blueprint

__all__ = ["blueprint", "routes"]
