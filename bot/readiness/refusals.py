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
    PRESS_TO_CONFIRM = "press_to_confirm"
    LINK_DOUBTED = "link_doubted"
    NOT_ASSESSED = "not_assessed"
    NOT_SUPPOSED = "not_supposed"
    LIFTS_NOTHING = "lifts_nothing"
    NOT_APPLICABLE_NOT_ALLOWED = "not_applicable_not_allowed"
    DAYS_WANTED = "days_wanted"
    TOO_MUCH_AHEAD = "too_much_ahead"
    TWO_PROJECTS_WANTED = "two_projects_wanted"
    SPAN_WANTED = "span_wanted"
    NOTHING_TO_DRAW = "nothing_to_draw"
    NOT_A_CHANNEL = "not_a_channel"
    NO_SUCH_PERSON = "no_such_person"
    NOT_OWN_CLAIM = "not_own_claim"
    ANSWER_CHANGED = "answer_changed"
    NOT_BACKUP = "not_backup"
    NOT_A_SIDE = "not_a_side"
    SETTLED_ALREADY = "settled_already"
    NOT_TO_THEM = "not_to_them"
    NOTHING_OWED = "nothing_owed"
    TRAP_GONE = "trap_gone"
    NO_GAP = "no_gap"
    TAKEN_ALREADY = "taken_already"
    NOT_YOUR_GAP = "not_your_gap"
    NO_BLOCKER = "no_blocker"
    CLAIMED_ALREADY = "claimed_already"
    NOT_WAIVABLE = "not_waivable"
    WAIVER_EXISTS = "waiver_exists"
    WAIVER_OVER = "waiver_over"
    NOT_APPROVER = "not_approver"
    NO_SUCH_FRAMEWORK = "no_such_framework"
    ERASES_ADMIN = "erases_admin"
    ERASES_OWNER = "erases_owner"
    NOT_AN_ABSENCE = "not_an_absence"
    NOT_A_SNOOZE = "not_a_snooze"
    NOT_A_TIME = "not_a_time"
    LEVELS_IN_CHANNEL = "levels_in_channel"
    NO_SUCH_MILESTONE = "no_such_milestone"
    NO_SUCH_CADENCE = "no_such_cadence"
    NO_SUCH_DIGEST = "no_such_digest"
    CRON_REFUSED = "cron_refused"
    NO_SUCH_CODE = "no_such_code"
    OWN_CODE = "own_code"
    CONNECTED_ALREADY = "connected_already"
    HAS_HISTORY = "has_history"
    FILTERS = "filters"
    NAME_AND_FILTERS_WANTED = "name_and_filters_wanted"
    NOT_A_NAME = "not_a_name"
    TOO_MANY_FILTERS = "too_many_filters"
    NO_SUCH_FILTERS = "no_such_filters"
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
