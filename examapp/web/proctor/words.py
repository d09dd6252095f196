"""Episodes, gaps, cameras and decisions in words, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

EPISODES = {
    "nobody": _l("Nobody in the picture"),
    "several_people": _l("Several people"),
    "looking_away": _l("Looking away"),
    "camera_dark": _l("Camera dark or covered"),
    "no_frames": _l("No pictures"),
    "page_hidden": _l("Page not visible"),
    "fullscreen_left": _l("Full screen left"),
    "camera_lost": _l("Camera lost"),
}
SEVERITIES = {"low": _l("low"), "medium": _l("medium"), "high": _l("high")}
TONES = {"low": "blue", "medium": "amber", "high": "red"}
CAMERAS = {
    "unknown": _l("Camera not yet checked"),
    "ok": _l("Camera works"),
    "refused": _l("Camera access refused"),
    "missing": _l("No camera found"),
    "in_use": _l("Camera used by another program"),
    "lost": _l("Camera lost"),
    "unsupported": _l("Browser without camera access"),
}
# What a case's list of reasons may name beside episodes.
CASE_REASONS = {
    "camera_refused": _l("Sat without a camera: access was refused"),
    "camera_missing": _l("Sat without a camera: none was found"),
    "camera_in_use": _l("Sat without a camera: another program used it"),
    "camera_unsupported": _l("Sat without a camera: the browser has no access to one"),
    "analysis_gap": _l("We did not look for a while"),
    "conclusion_failed": _l("The pictures could not be gone through by the program"),
}
GAPS = {
    "analysis_down": _l("The analysis stood still"),
    "analysis_restarted": _l("The analysis was restarted"),
    "model_missing": _l("The face model was missing"),
}
PARTS = {
    "theory": _l("Theory"),
    "statements": _l("Statements"),
    "missing_symbol": _l("Missing symbol"),
    "choice_reaction": _l("Choice reaction"),
}
DECISIONS = {"clear": _l("Clear"), "warn": _l("Warn"), "void": _l("Void")}
STATES = {
    "open": _l("waiting"),
    "claimed": _l("being reviewed"),
    "awaiting_second": _l("second reviewer needed"),
    "claimed_second": _l("second review under way"),
    "escalated": _l("two disagree"),
    "claimed_third": _l("being settled"),
    "decided": _l("decided"),
    "closed": _l("closed"),
}
# Sentences an applicant may read.
REASONS = {
    "behaviour_honest": _l("The pictures show an honest sitting."),
    "explained_by_surroundings": _l("What was seen is explained by the surroundings."),
    "technical_trouble": _l("The device or the network caused it."),
    "looked_away_often": _l("You often looked away from the screen."),
    "left_briefly": _l("You left the picture for a short time."),
    "somebody_passed_by": _l("Another person passed through the picture."),
    "page_left_briefly": _l("You left the exam page for a short time."),
    "searched_for_answers": _l("You looked for answers outside the exam."),
    "helped_by_another": _l("Another person helped you."),
    "absent_for_long": _l("You were away from the camera for a long time."),
    "another_person_sat": _l("Another person sat the exam."),
}
KEPT_FOR = {
    "before": _l("before"),
    "during": _l("during"),
    "after": _l("after"),
    "sample": _l("random sample"),
    "reference": _l("reference photo"),
    "reference_unchecked": _l("reference photo, not checked"),
}


def duration(seconds: float) -> str:
    """A length of time: "8 s", "2 min 10 s"."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    words = _("%(n)s s", n=rest) if minutes == 0 else _("%(m)s min %(n)s s", m=minutes, n=rest)
    # A figure and its unit stay on one line.
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def signed(angle: float) -> str:
    return f"{angle:+.0f}°"


def direction(yaw: float | None, pitch: float | None) -> str:
    """Where a head was turned, from the picture's side: "right", "down and left"."""
    words = []
    if pitch is not None and abs(pitch) >= 10:
        words.append(_("up") if pitch > 0 else _("down"))
    if yaw is not None and abs(yaw) >= 8:
        words.append(_("to the picture's right") if yaw > 0 else _("to the picture's left"))
    return ", ".join(words)


def episode_line(kind: str, detail: Mapping[str, Any], seconds: float) -> str:
    """The figures of an episode as a sentence without its kind."""
    parts = [duration(seconds)]
    if kind == "looking_away":
        turned = direction(detail.get("yaw"), detail.get("pitch"))
        if turned:
            parts.append(turned)
        if detail.get("yaw") is not None:
            parts.append(
                _(
                    "head %(yaw)s sideways, %(pitch)s up or down",
                    yaw=signed(detail["yaw"]),
                    pitch=signed(detail.get("pitch") or 0),
                )
            )
    if kind == "several_people":
        parts.append(_("up to %(n)s faces", n=detail.get("faces", 2)))
    return " · ".join(parts)


def reason_line(reason: Mapping[str, Any]) -> str:
    """One reason of a case in a few words: "Looking away 52 s", "Several people 3 × 41 s"."""
    if "code" in reason:
        words = str(CASE_REASONS.get(reason["code"], reason["code"]))
        return f"{words}, {duration(reason['seconds'])}" if "seconds" in reason else words
    words, took = str(EPISODES.get(reason["kind"], reason["kind"])), duration(reason.get("seconds", 0))
    count = reason.get("count", 1)
    return f"{words} {took}" if count == 1 else f"{words} {count} ×, {took}"


def gap_line(reason: str) -> str:
    """Why the analysis did not look, or which frames it could not read."""
    if reason.startswith("unread_"):
        return _("Pictures that could not be read (%(why)s)", why=reason.removeprefix("unread_"))
    return str(GAPS.get(reason, reason))
