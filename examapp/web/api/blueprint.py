"""The JSON API of the exam client, described at `/api/v1/openapi.json` and in `docs/api.md`."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
