"""Who may do what: five roles and the permissions each one holds."""

from enum import StrEnum


class Role(StrEnum):
    APPLICANT = "applicant"
    PROCTOR = "proctor"
    PSYCHOLOGIST = "psychologist"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


STAFF = frozenset(Role) - {Role.APPLICANT}


class Permission(StrEnum):
    """What a route asks for. `PUBLIC` needs nobody, `SIGNED_IN` anybody who is known."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    SIT_EXAM = "sit_exam"
    WATCH_SITTINGS = "watch_sittings"
    DECIDE_CASES = "decide_cases"
    SIGN_PSYCHOLOGY = "sign_psychology"
    EDIT_BANK = "edit_bank"
    MANAGE_STAFF = "manage_staff"
    HELP_APPLICANTS = "help_applicants"
    READ_AUDIT = "read_audit"


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.APPLICANT: frozenset({Permission.SIT_EXAM}),
    Role.PROCTOR: frozenset({Permission.WATCH_SITTINGS, Permission.DECIDE_CASES}),
    Role.PSYCHOLOGIST: frozenset({Permission.SIGN_PSYCHOLOGY}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.EDIT_BANK,
            Permission.MANAGE_STAFF,
            Permission.HELP_APPLICANTS,
            # Only what two proctors could not agree on comes to an administrator: `services.review` sees to it.
            Permission.DECIDE_CASES,
        }
    ),
    # The auditor reads what was done, never what a camera saw or what a person answered.
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
}


def allows(role: Role | None, permission: Permission) -> bool:
    """Whether somebody with `role` (None: not signed in) holds `permission`."""
    if permission is Permission.PUBLIC:
        return True
    if role is None:
        return False
    return permission is Permission.SIGNED_IN or permission in _GRANTS[role]
