"""What a password must be. Length and a short list of the most guessed: nothing that makes people write it down."""

from examapp.domain.errors import Invalid

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200
_GUESSED = frozenset(
    [
        "password",
        "1234567890",
        "12345678910",
        "qwertyuiop",
        "indonesia",
        "passwordku",
        "bismillah123",
        "0987654321",
    ]
)


def check_password(password: str, *, personal: tuple[str, ...] = ()) -> None:
    """Raise `Invalid` when `password` is too short, too long, much guessed, or contains a `personal` word."""
    if len(password) < MINIMUM_LENGTH:
        raise Invalid("password_short", field="password", minimum=MINIMUM_LENGTH)
    if len(password) > MAXIMUM_LENGTH:
        raise Invalid("password_long", field="password", maximum=MAXIMUM_LENGTH)
    lowered = password.lower()
    if lowered in _GUESSED or len(set(lowered)) < 4:
        raise Invalid("password_guessed", field="password")
    if any(word and word.lower() in lowered for word in personal):
        raise Invalid("password_personal", field="password")
