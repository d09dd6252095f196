"""The sentence for each refusal: what is wrong and what to do, in the reader's language.

Codes come from the domain, which knows no language. A code without a sentence gets the general one, and the
architecture tests name it.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from examapp.web.articles import article_in
from examapp.web.language import reader_language

SENTENCES: dict[str, Any] = {
    "article_missing": _l(
        "No item cites this article and nobody registered it. Go back to the register and choose one."
    ),
    "article_changed": _l(
        "Somebody saved this article while you had it open. Nothing of yours was stored; load the page and try again."
    ),
    "days_reversed": _l("It would end before it begins. Correct one of the two days."),
    "check_own_work": _l(
        "You wrote this version, or your account came from its author's hands. Another person must check its key."
    ),
    "check_incomplete": _l("Choose the kind of check and its outcome."),
    "move_pilot_replaces_active": _l(
        "A trial would take the version in use out of every form. Approve the new one for use, or leave it."
    ),
    "nothing_chosen": _l("Choose at least one item first."),
    "too_many_chosen": _l(
        "At most %(maximum)s items can take a step at once. Narrow the list and go on in parts."
    ),
    "nothing_to_undo": _l("There is no bulk step of yours to undo."),
    "undo_too_late": _l(
        "The step is older than a day: others may have built on it. Take the items back one by one."
    ),
    "comment_empty": _l("Write something first."),
    "comment_long": _l("The comment is too long: at most %(maximum)s characters."),
    "sign_unreadable": _l(
        "This can't be drawn: %(problem)s. Correct it and draw it again; nothing was kept."
    ),
    "sign_not_one": _l("Describe exactly one sign; %(count)s were found."),
    "sign_long": _l("The description is too long: at most %(maximum)s characters."),
    "sign_exists": _l("There is a sign %(sign)s already. What is kept never changes: choose another name."),
    "source_missing": _l("Say where you read the text, so that others can follow you."),
    "not_found": _l("This page does not exist, or it is not yours to open. Go back to the start page."),
    "not_allowed": _l("Your account may not do this. Ask an administrator if you need it for your work."),
    "undeclared_route": _l("This page is closed. Tell the administrator which page you wanted."),
    "sign_in_needed": _l("Please sign in again. What you have saved is kept."),
    "bad_request": _l("The request could not be understood. Go back and try again."),
    "form_expired": _l(
        "This form was open too long, or was sent from elsewhere. Reload the page and send it again."
    ),
    "upload_too_large": _l("This file is too large. Choose a smaller one and try again."),
    "rate_limited": _l("Too many tries in a short time. Wait a minute, then try again."),
    "server_error": _l("Something failed on our side. What was saved is kept. Try again, or call us."),
    "database_busy": _l("The server is busy. What was saved is kept. Try again in a moment."),
    "disk_full": _l(
        "The server cannot store anything at the moment. Nothing you saved is lost. Try again shortly."
    ),
    "store_full": _l("The server cannot keep more pictures at the moment. Your answers are not affected."),
    "store_failed": _l(
        "The picture store does not answer. Your answers are not affected. Try again shortly."
    ),
    "attempt_state": _l("This sitting has moved on, so this is no longer possible. Reload the page."),
    "part_state": _l("This part has not begun or is already over. Reload the page to see where you are."),
    "password_short": _l("The password is too short: use at least %(minimum)s characters."),
    "password_long": _l("The password is too long: use at most %(maximum)s characters."),
    "password_guessed": _l(
        "This password is easy to guess. Choose another one, a short sentence for example."
    ),
    "password_personal": _l("The password contains your name, NIK or phone number. Choose another one."),
    "attempt_over": _l("This sitting is over. You can see its result on your start page."),
    "other_device": _l("The exam is open on another device. You can take it over here; nothing is lost."),
    "step_order": _l("One step before this is not done yet. Go back to the preparation."),
    "step_closed": _l(
        "The exam has begun, so the preparation can't be changed any more. Go on with the exam."
    ),
    "part_missing": _l("More than one part has begun: say which one to submit. Nothing was submitted."),
    "part_order": _l("Another part comes first. Reload the page to see where you are."),
    "part_unknown": _l("This part does not belong to your exam."),
    "part_not_begun": _l("This part has not begun yet, so there is nothing to save or to submit."),
    "item_unknown": _l("This question is not on your form. Reload the page; what is saved is kept."),
    "value_unusable": _l("This answer does not fit the question. Reload the page and answer again."),
    "value_too_long": _l("This answer is too long to be kept."),
    "event_kind_unknown": _l("The exam page sent something unknown. Reload the page; what is saved is kept."),
    "batch_size": _l("Send between 1 and %(maximum)s events at a time."),
    "epoch_unknown": _l("This device was never the active one. Reload the page."),
    "body_too_large": _l("Too much was sent at once: at most %(maximum)s KB."),
    "body_invalid": _l("The field %(field)s can't be used: %(problem)s."),
    "application_closed": _l("This application is closed. Start a new one."),
    "bank_too_thin": _l("The exam can't be put together at the moment. Nothing is used up. Please call us."),
    "sitting_waits_or_passed": _l("Your exam was already sat. Its result is on your start page."),
    "theory_being_checked": _l(
        "You passed the theory exam; its pictures are still being looked at. Nothing is lost: open your start page "
        "again later, then you sit psychology alone."
    ),
    "retake_early": _l("You may sit again from %(earliest)s (%(article)s)."),
    "retakes_used_up": _l("All retakes are used up (%(article)s). Ask at your Satpas how to go on."),
    "retake_window_closed": _l("The time for a retake ended on %(latest)s (%(article)s). Apply again."),
    "guardian_name_missing": _l("You are under 18: give the name of your parent or guardian."),
    "guardian_phone_missing": _l("Give a phone number of your parent or guardian, at least 8 digits."),
    "camera_state_unknown": _l("The camera check sent something unknown. Run the check again."),
    "timezone_unknown": _l("The time zone is not known. Choose WIB, WITA or WIT."),
    "notice_unknown": _l("There is no such prepared message."),
    "picture_missing": _l("This picture does not exist."),
    "person_key_erased": _l("This person's data was erased and can't be read any more."),
    "sealed_data_damaged": _l(
        "Stored data is damaged and can't be read. Tell the operator; nothing was changed."
    ),
    "blob_missing": _l("A stored picture is missing. Tell the operator."),
    "assets_not_built": _l("The pages are not built yet. Run make build, then reload."),
    # Accounts, staff, help
    "request_state": _l("This request is answered already. Reload the page to read the answer."),
    "request_waits": _l("Such a request waits already. You see it on this page; nothing is lost."),
    "request_kind": _l("Choose what you ask for."),
    "request_words": _l("Say in your own words what it is about, in at most %(maximum)s characters."),
    "request_sitting": _l("Choose the finished sitting that your objection is about."),
    "request_answer": _l(
        "Write the answer in %(minimum)s to %(maximum)s characters; the applicant reads it."
    ),
    "sign_in_failed": _l(
        "NIK or name and password do not go together. Check both, or choose a new password."
    ),
    "account_missing": _l("There is no such account. Go back to the list."),
    "account_disabled": _l("This account is disabled. Enable it first."),
    "own_account": _l("You can't do this with your own account. Ask another administrator."),
    "last_administrator": _l("This is the last administrator. Create another one first."),
    "login_taken": _l("The name %(login)s is taken. Choose another one."),
    "login_invalid": _l(
        "Use 3 to 40 small letters, digits, dots, hyphens or underscores, and begin with a letter."
    ),
    "role_not_staff": _l("Choose a role from the list."),
    "password_wrong": _l("Your present password is not right. Please type it again."),
    "password_same": _l("The new password is the old one. Choose another one."),
    "language_unknown": _l("This language is not offered. Choose one from the list."),
    "reset_code_wrong": _l(
        "This code is not right or no longer good. Check it, or ask for a new one. After five tries a code is used up."
    ),
    "phone_invalid": _l("This is not an Indonesian phone number. Write it like 0812 3456 7890."),
    "name_invalid": _l("Write your name as it stands on your identity card."),
    "class_not_available": _l(
        "The exam for licence %(licence_class)s is not yet available here. Your Satpas can tell you where to sit it."
    ),
    "application_open": _l("You already have an open application for licence %(licence_class)s."),
    "help_kind_unknown": _l("Choose what it is about from the list."),
    "help_words": _l("Say in a few words what you need, in at most %(maximum)s characters."),
    "help_answer": _l("Write an answer of at most %(maximum)s characters."),
    "help_answered": _l("Somebody has already answered this request. Reload the list."),
    # Camera pictures and what people decide about them
    "frame_empty": _l("No picture arrived. Your answers are not affected."),
    "frame_too_large": _l(
        "This picture is too large: at most %(maximum)s MB. Your answers are not affected."
    ),
    "frame_not_jpeg": _l("This is not a JPEG picture. Use the camera of this page."),
    "frame_too_many_pixels": _l("This picture has %(megapixels)s megapixels; at most 12 are taken."),
    "frame_truncated": _l("The picture did not arrive whole. Send it again."),
    "frame_unreadable": _l("The picture can't be read. Take it again."),
    "frame_gone": _l("This picture is no longer there."),
    "photo_nobody": _l("We can't see a face. Sit in front of the camera and take the photo again."),
    "photo_several": _l("We see %(faces)s people. Please be alone in the picture and take it again."),
    "photo_dark": _l("The photo is too dark. Turn on a light or sit near a window, then take it again."),
    "photo_blurred": _l("The photo is not sharp. Hold still, wipe the lens, and take it again."),
    "photo_turned": _l("Please look straight into the camera and take the photo again."),
    "evidence_erased": _l("This picture was erased when its time was over."),
    "case_final": _l("This case has been decided and can't be changed."),
    "case_action_not_now": _l("This can't be done now. Claim the case first."),
    "case_claimed_by_other": _l("Another proctor is looking at this case. Take the next one."),
    "case_decided_before": _l("You have already decided on this case. Somebody else must decide next."),
    "case_tied_to_decider": _l(
        "Another person must decide: the codes of your account and of the one that decided before came from the same "
        "hands. Ask another administrator to confirm your account."
    ),
    "case_needs_administrator": _l("Two proctors disagreed. An administrator decides this case."),
    "case_not_yours": _l("You do not hold this case. Claim it first."),
    "case_claim_expired": _l("Your claim on this case has run out. Claim it again, then decide."),
    "case_reason_missing": _l("Choose a reason or write one in a sentence that the applicant can read."),
    "case_reason_unknown": _l("Choose the reasons from the list."),
    "case_note_too_long": _l("The note is too long: at most %(maximum)s characters."),
    "case_changed": _l("This case has changed meanwhile. Look at it again, then decide."),
    "case_for_proctors": _l("Proctors decide this case first."),
    # The question bank
    "blueprint_missing": _l("There is no blueprint %(blueprint)s. Go back to the list."),
    "blueprint_unchanged": _l("Nothing differs from the version in force, so nothing was saved."),
    "blueprint_open": _l("Version %(version)s still waits for a decision. Approve it or send it back first."),
    "blueprint_problems": _l("Nothing was saved: some fields need another look. They are marked below."),
    "blueprint_decided": _l("Somebody has decided about this version already. Nothing was changed."),
    "blueprint_infeasible": _l(
        "The bank gives no form for this version yet, so it can't be approved. See what is missing."
    ),
    "item_missing": _l("There is no item %(item)s. Go back to the list."),
    "version_missing": _l("This item has no such version. Choose one from its history."),
    "item_exists": _l("The number %(item)s is taken. Choose another one."),
    "item_problems": _l("Nothing was saved: some fields need another look. They are marked below."),
    "item_changed": _l(
        "%(name)s saved this item while you were editing. Nothing of yours was stored yet; compare both."
    ),
    "item_unchanged": _l("Nothing differs from the version that is stored, so nothing was saved."),
    "item_moved": _l("Somebody else changed this in the meantime. Look at it again, then decide."),
    "item_no_open_version": _l("There is no open version to decide about. Look at the item again."),
    "item_not_in_use": _l("This item was never approved, so there is nothing to take out of use."),
    "reason_missing": _l("Please give a reason. It is kept with the step."),
    "move_no_change": _l("The item is in this state already."),
    "move_needs_review": _l("Submit it for review first: a second person reads it before it is used."),
    "move_not_in_use": _l("This version is not in use, so it can't be suspended."),
    "move_send_back_first": _l("Send it back first, so that its author learns why."),
    "move_answers_exist": _l("People have answered this wording. Change it as a new version instead."),
    "move_retired_for_good": _l("This version is retired for good. Write a new version to ask it again."),
    "move_own_work": _l("A second person must do this: you had a hand in it yourself."),
    "move_tied_to_author": _l(
        "A second person must do this: the codes of your account and of its author's came from the same hands. Ask "
        "another administrator to confirm the account under Staff."
    ),
    "confirm_own_hand": _l(
        "Somebody else must confirm this account: its code came from you, or from the hands yours came from."
    ),
    "move_no_author_known": _l(
        "Nobody is named for this version. Send it back and submit it again; then somebody else can approve it."
    ),
    "move_open_version": _l("A newer version is still open. Approve or discard it first."),
    "format_unknown": _l("This format is not known here: %(format)s. Choose one of the list."),
    "default_unknown": _l("%(value)s is not known here. Use %(allowed)s."),
    "import_no_file": _l("Choose a file first."),
    "import_refused": _l("This file can't be read as a table of items. Nothing was taken in."),
    "import_gone": _l("The checked file is no longer here. Choose it and check it again."),
    "picture_too_large": _l("The picture is larger than %(limit)s MB. Save it smaller and try again."),
    "picture_empty": _l("No picture arrived. Choose a file and try again."),
    "picture_pixels": _l("The picture has more than %(limit)s million pixels. Scale it down and try again."),
    "picture_tiny": _l("The picture is too small: at least %(minimum)s pixels each way."),
    "picture_wrong_type": _l("This is no picture that can be used. Choose a PNG, JPEG or WebP file."),
    "picture_damaged": _l("The picture is damaged or cut off. Save it again and try once more."),
    "picture_moves": _l("This file holds several pictures. Save one of them as PNG or JPEG."),
    "picture_polyglot": _l(
        "Something else is attached behind the picture. Save it again with an image editor, then try once more."
    ),
    "recording_missing": _l("This recording does not exist."),
    "recording_empty": _l("No file arrived. Choose one and try again."),
    "audio_too_large": _l("The recording is larger than %(limit)s MB. Save it smaller and try again."),
    "video_too_large": _l("The film is larger than %(limit)s MB. Save it smaller and try again."),
    "audio_too_long": _l("The recording is longer than %(limit)s seconds. Shorten it and try again."),
    "video_too_long": _l("The film is longer than %(limit)s seconds. Shorten it and try again."),
    "video_too_wide": _l("The film is larger than %(limit)s pixels. Scale it down and try again."),
    "audio_wrong_type": _l("This is no sound that can be used. Choose an MP3, OGG, M4A or WAV file."),
    "video_wrong_type": _l("This is no film that can be used. Choose an MP4 or WebM file."),
    "recording_unplayable": _l(
        "Not every phone can play what is in this file (%(inside)s). Save a film with H.264, VP9 or AV1, "
        "and sound with AAC, Opus or MP3."
    ),
    "recording_damaged": _l("The file is damaged or cut off. Save it again and try once more."),
    "recording_polyglot": _l("Something else is attached to this file. Save it again, then try once more."),
    # Psychology reports
    "report_signed": _l("This report is decided already and cannot be changed. Choose the next one."),
    "report_claimed_by_other": _l(
        "Another psychologist works on this report at the moment. Choose the next one."
    ),
    "report_not_claimed": _l("Take this report first, then decide on it."),
    "report_claim_expired": _l("Your 30 minutes for this report are over. Take it again, then decide."),
    "registration_number_invalid": _l(
        "Write your registration number as it stands on your licence to practise: at least 4 digits."
    ),
    "signing_reason_length": _l("Give a reason of %(minimum)s to %(maximum)s characters for the applicant."),
}
GENERAL = _l("This is not possible. Go back and try again, or call us.")


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for `code`, its gaps filled from `params`."""
    text = str(SENTENCES.get(code, GENERAL))
    if "article" in params:
        params = {**params, "article": article_in(str(params["article"]), reader_language())}
    try:
        return text % dict(params)
    except (KeyError, ValueError):
        return text
