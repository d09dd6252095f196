"""The administrators' blueprint: staff and help here, the question bank in the modules `bank*`."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
