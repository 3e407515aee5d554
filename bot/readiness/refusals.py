"""Every expected "no". A refusal carries a code and facts, never prose; `wording` says it in two lines."""

from collections.abc import Mapping
from enum import StrEnum


class Refusal(StrEnum):
    """What is refused; each has a block of this name in the template `refusals`."""

    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_PRESS = "unknown_press"
    NO_PROJECT_NAMED = "no_project_named"
    NO_SUCH_PROJECT = "no_such_project"
    PROJECT_ARCHIVED = "project_archived"
    ROLE_NEEDED = "role_needed"
    ALREADY_OPEN = "already_open"
    NO_INTERVIEW = "no_interview"
    INTERVIEW_CLOSED = "interview_closed"
    NOT_YOUR_INTERVIEW = "not_your_interview"
    NOT_POSSIBLE_NOW = "not_possible_now"
    NO_SUCH_ROLE = "no_such_role"
    NO_SUCH_LEVEL = "no_such_level"
    NOTHING_TO_CONFIRM = "nothing_to_confirm"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE_NOT_ALLOWED = "not_applicable_not_allowed"
    NOT_A_CHANNEL = "not_a_channel"
    NO_SUCH_PERSON = "no_such_person"
    NOT_OWN_CLAIM = "not_own_claim"
    NO_SUCH_MILESTONE = "no_such_milestone"
    FIELDS = "fields"


class Refused(Exception):
    """The act is refused and nothing has changed. `facts` are names and numbers for the sentence, as plain text."""

    def __init__(self, refusal: Refusal, **facts: str) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.facts: Mapping[str, str] = facts


class FieldsRefused(Refused):
    """A submitted form is refused; `faults` maps a field's id to the code of what is wrong with it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(Refusal.FIELDS)
        self.faults = faults
