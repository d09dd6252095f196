"""Coverage: what the blueprints ask of the bank, beside what it holds."""

from flask import render_template

from examapp.domain.roles import Permission
from examapp.services.bank.coverage import coverage
from examapp.web.admin import bank_words as words
from examapp.web.admin.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import platform
from question_bank.item import Difficulty


@blueprint.get("/blueprints")
@requires(Permission.EDIT_BANK)
def blueprints() -> str:
    return render_template(
        "admin_bank/blueprints.html",
        coverages=coverage(platform()),
        words=words,
        difficulties=[level.value for level in Difficulty],
    )
