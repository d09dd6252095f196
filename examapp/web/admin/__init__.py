"""The administrators' room. Importing the modules registers their routes."""

from importlib import import_module
from importlib.util import find_spec

from examapp.web.admin import data_requests, help_requests, staff
from examapp.web.admin.blueprint import blueprint

if find_spec("examapp.web.admin.bank"):
    import_module("examapp.web.admin.bank")

__all__ = ["blueprint", "data_requests", "help_requests", "staff"]
