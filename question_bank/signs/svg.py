"""Writing SVG: numbers, attributes and elements, escaped and always in the same order."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

Attribute = str | float | None
Attributes = Mapping[str, Attribute]


def number(value: float) -> str:
    """At most two decimals and no trailing zeros, so that equal drawings are equal text."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def element(name: str, attributes: Attributes, content: str = "") -> str:
    """One element; attributes that are None are left out. `content` must already be escaped."""
    written = "".join(
        f" {key}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text_content(text: str) -> str:
    return escape(text)
