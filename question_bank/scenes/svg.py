"""Small helpers that write SVG text."""

from xml.sax.saxutils import escape, quoteattr

from question_bank.scenes.geometry import Point


def num(value: float) -> str:
    """A coordinate with at most one decimal, so that equal scenes give equal bytes."""
    return f"{round(value, 1) + 0.0:g}"


def points(path: tuple[Point, ...]) -> str:
    return " ".join(f"{num(x)},{num(y)}" for x, y in path)


def rect(
    x: float, y: float, width: float, height: float, fill: str, radius: float = 0, extra: str = ""
) -> str:
    rounded = f' rx="{num(radius)}"' if radius else ""
    place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
    return f'<rect {place}{rounded} fill="{fill}"{extra}/>'


def circle(x: float, y: float, radius: float, fill: str, extra: str = "") -> str:
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" fill="{fill}"{extra}/>'


def line(start: Point, end: Point, colour: str, width: float, extra: str = "") -> str:
    return f'<path d="M{points((start, end))}" stroke="{colour}" stroke-width="{num(width)}" fill="none"{extra}/>'


def path(data: str, fill: str = "none", extra: str = "") -> str:
    return f'<path d="{data}" fill="{fill}"{extra}/>'


def stroke(colour: str, width: float, *, dash: str = "", cap: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f' stroke-linecap="{cap}"' if cap else ""
    return f' stroke="{colour}" stroke-width="{num(width)}"{dashes}{ends}'


def text(x: float, y: float, words: str, size: float, fill: str, extra: str = "") -> str:
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}" fill="{fill}" text-anchor="middle" '
        f'font-weight="700"{extra}>{escape(words)}</text>'
    )


def group(parts: list[str], transform: str = "", extra: str = "") -> str:
    moved = f' transform="{transform}"' if transform else ""
    return f"<g{moved}{extra}>{''.join(parts)}</g>"


def at(x: float, y: float, turn: float = 0) -> str:
    return f"translate({num(x)} {num(y)})" + (f" rotate({num(turn)})" if turn else "")


def attribute(words: str) -> str:
    return quoteattr(words)
