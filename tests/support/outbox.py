"""What leaves for people's telephones, as a test reads it."""

from examapp.services.messaging import messages
from examapp.services.people import password_reset
from examapp.services.platform import Platform


def outbox(platform: Platform) -> list[tuple[str, str]]:
    """What leaves through the port now: (number, text)."""
    port = messages.NullMessages()
    messages.deliver_waiting(platform, port)
    return port.sent


def sent_code(platform: Platform) -> str:
    [(_, text)] = outbox(platform)
    return "".join(letter for letter in text if letter.isdigit())[: password_reset.CODE_DIGITS]
