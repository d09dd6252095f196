"""Rate limits: whom a count is kept for, and the counts themselves in one place."""

from flask import request
from flask_login import current_user

# A person at a keyboard never reaches these; a program does.
LOGIN = "10 per minute; 60 per hour"
REGISTER = "10 per hour"
RESET = "5 per hour"
# A quick hand at the symbols presses five times a second; held up, its last answers would come too late.
EVENTS = "600 per minute"
FRAMES = "120 per minute"
UPLOADS = "30 per minute"


def client_key() -> str:
    """The account where there is one, else the address: a whole village may share one address."""
    if current_user and current_user.is_authenticated:
        return f"account:{current_user.get_id()}"
    return f"address:{request.remote_addr}"
