"""The words of the exam client, from the one catalogue; it gets them in both languages, so a switch needs no line.

Gaps stand in braces, because the client fills them: `{n}` is not gettext's business.
"""

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from examapp.web.language import LANGUAGES, reader_language

TEXTS = {
    # The room
    "part_theory": _l("Theory"),
    "part_practice": _l("Practice"),
    "question_of": _l("Question {n} of {total}"),
    "question_n": _l("Question {n}"),
    "next_question": _l("Next question"),
    "previous_question": _l("Previous question"),
    "check_and_submit": _l("Check and submit"),
    "mark_for_later": _l("Mark for later"),
    "now_marked": _l("Marked for later."),
    "now_unmarked": _l("No longer marked."),
    "options_label": _l("Answers"),
    # How to answer what is not a plain choice
    "hint_multiple": _l("Choose all that are right."),
    "hint_ordering": _l("Put in order, the first at the top: drag a number, or press the arrows."),
    "hint_hotspot": _l("Press one part of the picture, or choose its letter below."),
    "order_is_right": _l("This order is right as it stands"),
    "order_grip": _l("{text}: place {n} of {total}. Move with the arrow keys up and down."),
    "order_up": _l("Move up: {text}"),
    "order_down": _l("Move down: {text}"),
    "order_moved": _l("{text}: now place {n} of {total}."),
    "time_left": _l("Time left"),
    "no_time_limit": _l("No time limit"),
    "minutes_left": _l("{n} minutes left."),
    "minute_left": _l("One minute left."),
    # What is heard and seen
    "listen": _l("Listen"),
    "stop_listening": _l("Stop"),
    "no_voice": _l("This device has no English voice. Please read the question on the screen."),
    "clip": _l("Film before the question"),
    "clip_play": _l("Play the film"),
    "clip_again": _l("Play again"),
    "clip_skip": _l("Skip, straight to the answers"),
    "clip_seconds": _l("{n} seconds"),
    "clip_failed": _l("The film cannot be played. Answer as you can, then tell the officer."),
    # What became of an answer
    "sending": _l("Sending…"),
    "saved_at": _l("Saved on the server {time}"),
    "saved_late": _l("Arrived after the time was over ({time}); kept, but not scored without a person"),
    "saved_superseded": _l("Kept, but the exam went on at another device; please choose again"),
    "waiting_for_network": _l("Waiting for the network…"),
    "unsent": _l("Not sent yet. It is kept on this device; stay on this page"),
    "unsent_here": _l("Not sent yet. Keep this page open"),
    # The list of questions and the submission
    "overview": _l("All questions"),
    "answered_of": _l("{done} of {total} answered"),
    "is_answered": _l("answered"),
    "is_open": _l("not answered"),
    "is_marked": _l("marked"),
    "legend_answered": _l("Answered"),
    "legend_open": _l("Not answered"),
    "legend_marked": _l("Marked"),
    "submit_answers": _l("Submit my answers"),
    "submit_question": _l("Submit your answers?"),
    "open_one": _l("One question has no answer yet. An empty answer counts as wrong:"),
    "open_many": _l("{n} questions have no answer yet. An empty answer counts as wrong:"),
    "marked_many": _l("You marked {n} to look at again."),
    "all_answered": _l("All questions are answered."),
    "submit_final": _l("After this you cannot change anything in this part."),
    "keep_answering": _l("Not yet, go back"),
    "close": _l("Close"),
    "sending_last": _l("Sending your last answers…"),
    "sending_title": _l("Your answers are being submitted"),
    "time_over": _l(
        "The time is over. What reached the server in time counts; the rest is kept, and a person decides."
    ),
    "stay_here": _l("Please stay on this page until the result appears."),
    # Display and camera
    "tools": _l("Display and camera"),
    "text_size": _l("Text size"),
    "size_normal": _l("Normal"),
    "size_large": _l("Large"),
    "size_larger": _l("Larger"),
    "switch_language": _l("Bahasa Indonesia / English"),
    "fill_screen": _l("Full screen"),
    "help": _l("Help"),
    "try_again": _l("Try again"),
    "understood": _l("I understand"),
    "camera_off": _l("Camera is off"),
    "camera_starting": _l("Camera is starting…"),
    "camera_ok": _l("Camera works"),
    "camera_lost": _l("Camera stopped"),
    "camera_refused": _l("Camera is not allowed"),
    "camera_missing": _l("No camera found"),
    "camera_in_use": _l("Camera is used by another app"),
    "camera_insecure": _l("This address is not secure (https), so the browser gives no camera"),
    "camera_unsupported": _l("This browser gives no camera"),
    "camera_lost_exam": _l("The camera stopped. Go on calmly; we try to start it again."),
    "camera_refused_exam": _l(
        "The camera is not allowed. The exam goes on. To allow it: tap the sign beside the address, "
        "then Permissions, then Camera."
    ),
    "camera_missing_exam": _l("No camera was found. The exam goes on; an officer will look at this sitting."),
    "camera_in_use_exam": _l("Another app uses the camera. Close that app. The exam goes on."),
    "camera_insecure_exam": _l("This address gives no camera. The exam goes on; an officer will look at it."),
    "camera_unsupported_exam": _l(
        "This browser gives no camera. The exam goes on; an officer will look at it."
    ),
    # Camera and line check
    "checking": _l("Checking…"),
    "light_wait": _l("Light: waiting for the camera"),
    "light_dark": _l("It is dark. Turn on a lamp or face a window"),
    "light_bright": _l("It is very bright. Turn away from the window or lamp"),
    "light_good": _l("The light is good"),
    "speed_kbit": _l("{n} kbit/s"),
    "speed_mbit": _l("{n} Mbit/s"),
    "line_good": _l("Connection is good: {speed}, {delay} ms"),
    "line_slow": _l(
        "Connection is slow: {speed}, {delay} ms. You can sit the exam: answers go first, pictures after"
    ),
    "line_unknown": _l("The connection could not be measured. You can go on"),
    # Messages and other pages
    "from_proctor": _l("Message from the officer:"),
    "i_have_read": _l("I have read this"),
    "loading": _l("Opening your exam…"),
    "elsewhere_title": _l("Your exam is open elsewhere"),
    "elsewhere_tab": _l("It runs in another tab of this browser. Your answers are safe."),
    "elsewhere_device": _l("It runs on another device. Your answers are safe."),
    "take_over": _l("Continue here"),
    "elsewhere_hint": _l("The other one stops as soon as you continue here."),
    "signed_out_title": _l("Please sign in again"),
    "signed_out_text": _l("What you have answered is kept on this device and is sent once you are back."),
    "sign_in": _l("Sign in"),
    "trouble_title": _l("This did not work"),
    "trouble": _l("Something failed. What you answered is kept. Reload the page; if it stays, call us."),
    "reload": _l("Reload the page"),
} | {
    f"topic_{topic}": name
    for topic, name in {
        "signs": _l("Signs"),
        "markings": _l("Markings"),
        "right_of_way": _l("Right of way"),
        "speed": _l("Speed"),
        "safety": _l("Safety"),
        "ethics": _l("Ethics"),
        "vehicle": _l("Vehicle"),
        "law": _l("Law"),
        "first_aid": _l("First aid"),
        "hazard": _l("Hazards"),
    }.items()
}


def words() -> dict[str, str]:
    """Every text in the reader's language."""
    return {key: str(text) for key, text in TEXTS.items()}


def both_languages() -> dict[str, dict[str, str]]:
    """Every text in both languages, the reader's first."""
    found = {}
    for language in sorted(LANGUAGES, key=lambda each: each != reader_language()):
        with force_locale(language):
            found[language] = words()
    return found
