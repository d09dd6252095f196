"""Colours by role, as PM 13/2014 assigns them to each kind of sign (articles 7-20).

A description never names a paint; it names a role (`ground`, `border`, `symbol`, `slash` …) and the scheme of
the sign decides the paint. So a warning sign cannot come out red by a slip of the pen.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

WHITE, BLACK, RED = "#ffffff", "#141414", "#d0202e"
YELLOW, BLUE, GREEN, BROWN = "#ffcb05", "#0a58a6", "#00703c", "#7b4a20"


class SignKind(StrEnum):
    """What a sign does to the road user; the first part of its key in the catalogue."""

    WARNING = "warning"
    PROHIBITION = "prohibition"
    MANDATORY = "mandatory"
    GUIDANCE = "guidance"
    MARKING = "marking"


def _roles(ground: str, border: str, symbol: str, **more: str) -> Mapping[str, str]:
    return MappingProxyType({"ground": ground, "border": border, "symbol": symbol, **more})


_LAMPS = {"lamp-red": "#e3262f", "lamp-amber": "#ffb000", "lamp-green": "#21a34a"}

#: scheme → role → paint.
SCHEMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "warning": _roles(YELLOW, BLACK, BLACK, **_LAMPS),
        "prohibition": _roles(WHITE, RED, BLACK, slash=RED),
        "command": _roles(RED, WHITE, WHITE),
        "end-of-prohibition": _roles(WHITE, BLACK, BLACK, slash=BLACK),
        "mandatory": _roles(BLUE, WHITE, WHITE, slash=RED),
        "guidance-blue": _roles(BLUE, WHITE, WHITE),
        "guidance-green": _roles(GREEN, WHITE, WHITE),
        "guidance-brown": _roles(BROWN, WHITE, WHITE),
        "road": _roles(
            "#5d636b",
            "#c9cdd2",
            WHITE,
            verge="#a8c49a",
            yellow="#ffc61a",
            rail="#2c3036",
            sleeper="#8a6a4a",
            glass="#20303f",
            own="#1b6fc4",
            other="#e6e9ed",
            red="#c4372c",
            skin="#f0b98d",
        ),
    }
)

#: The schemes a kind of sign may wear; the first is its default.
SCHEMES_OF_KIND: Mapping[SignKind, tuple[str, ...]] = MappingProxyType(
    {
        SignKind.WARNING: ("warning",),
        SignKind.PROHIBITION: ("prohibition", "command", "end-of-prohibition"),
        SignKind.MANDATORY: ("mandatory",),
        SignKind.GUIDANCE: ("guidance-blue", "guidance-green", "guidance-brown"),
        SignKind.MARKING: ("road",),
    }
)
