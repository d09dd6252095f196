"""The auditor's blueprint."""

from flask import Blueprint

blueprint = Blueprint("auditor", __name__, url_prefix="/audit")
