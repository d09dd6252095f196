"""Where the proctor's routes hang."""

from flask import Blueprint

blueprint = Blueprint("proctor", __name__, url_prefix="/proctor")
