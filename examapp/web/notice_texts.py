"""The wordings of prepared messages to an applicant."""

from flask_babel import lazy_gettext as _l

NOTICES = {
    "face_not_visible": _l("Your face is not in the picture. Please move so that the camera can see you."),
    "look_at_screen": _l("Please keep your eyes on the exam. A short look away is no problem."),
    "be_alone": _l("Somebody else is in the picture. Please continue alone in the room."),
    "more_light": _l("The picture is very dark. Please turn on a light or sit near a window."),
    "camera_blocked": _l("Something covers the camera. Please uncover it."),
    "technical_help": _l("We see a technical problem on your side. Please go on; a person will look at it."),
    "keep_going": _l("Everything is in order. Please go on."),
}


def notice_text(code: str) -> str:
    """The sentence for a prepared message, in the reader's language."""
    return str(NOTICES[code])
