"""The applicant's pages: home, the steps before the exam, the exam itself, the result."""

from flask import Blueprint

blueprint = Blueprint("applicant", __name__)
