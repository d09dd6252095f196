"""The applicant's room: importing this package attaches its routes."""

from examapp.web.applicant import exam, filters, home, privacy, psychology, result, shelter, steps
from examapp.web.applicant.blueprint import blueprint

__all__ = ["blueprint", "exam", "filters", "home", "privacy", "psychology", "result", "shelter", "steps"]
