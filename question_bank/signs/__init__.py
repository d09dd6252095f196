"""Traffic signs and road markings: a small description language, its drawing, and the shipped catalogue."""

from question_bank.signs.catalogue import Catalogue, UnknownSign, shipped_catalogue
from question_bank.signs.description import Bilingual, SignDescription, SignError, SignKind
from question_bank.signs.draw import render_sign

__all__ = [
    "Bilingual",
    "Catalogue",
    "SignDescription",
    "SignError",
    "SignKind",
    "UnknownSign",
    "render_sign",
    "shipped_catalogue",
]
