"""The blueprint of the front door: registering, signing in and out, a forgotten password, one's own account, help."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
