"""The psychologist's pages: reports that wait, and one report to read and sign."""

from flask import Blueprint

blueprint = Blueprint("psychologist", __name__, url_prefix="/psychology")
