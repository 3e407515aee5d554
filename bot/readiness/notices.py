"""What we owe somebody. A notice carries ids, never words: it is worded at delivery, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about; each kind has a row in `bot.usecases.notices.LOADERS`."""

    QUESTION = "question"
    FOLLOW_UPS = "follow_ups"
    INTERVIEW_OVER = "interview_over"
    RESULT = "result"
    ALERT = "alert"
    UNREACHABLE = "unreachable"
    UNREACHED = "unreached"
    COMMITMENT = "commitment"
    CONFIRM = "confirm"
    WAIVER = "waiver"
    WAIVER_ENDS = "waiver_ends"
    WAIVER_LAPSED = "waiver_lapsed"
    SHARED = "shared"
    UNKNOWN = "unknown"
    OLD_BLOCKERS = "old_blockers"
    OVERDUE = "overdue"
    HOME = "home"
    NUDGE = "nudge"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    CHECK_ASKED = "check_asked"
    HANDED = "handed"
    CONTESTED = "contested"
    EVIDENCE_DOUBTED = "evidence_doubted"
    EVIDENCE_AGES = "evidence_ages"
    EVIDENCE_FELL = "evidence_fell"
    LINK_DEAD = "link_dead"
    REASSESSMENT = "reassessment"
    DIGEST = "digest"
    PROFILE = "profile"
    IMPORT = "import"
    PROJECTS_IMPORT = "projects_import"
    LINKS = "links"
    REPORT = "report"
    EXPORT = "export"
    PICTURE = "picture"
    FILES_HELD = "files_held"
    SIMULATION = "simulation"


FILES = frozenset({NoticeKind.REPORT, NoticeKind.EXPORT, NoticeKind.PICTURE, NoticeKind.SIMULATION})
"""Kinds that are delivered as files."""

LATEST: Mapping[NoticeKind, timedelta] = {
    NoticeKind.NUDGE: timedelta(days=2),
    NoticeKind.REMINDER: timedelta(days=2),
}
"""Kinds that are dropped instead of being sent so long after they should have gone out; others never are."""

SILENT = frozenset({NoticeKind.HOME, NoticeKind.PROFILE, NoticeKind.LINKS})
"""Kinds that put no message in front of anybody."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing owed to one person or one place.

    key         unique per tenant: the same thing is owed once (kind, subject, recipient, occurrence)
    person_id   whom it is for, in their direct messages; or
    place_id    the channel it is for
    subject     the id of what it is about; `parameters` the rest, ids and codes only
    edits       key of an earlier notice whose message this one replaces
    under       key of an earlier notice in whose thread this one stands; by itself where that one was never sent
    due_at      not before; None means at once
    """

    key: str
    kind: NoticeKind
    subject: str
    person_id: str | None = None
    place_id: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    edits: str | None = None
    under: str | None = None
    due_at: datetime | None = None

    @property
    def is_message(self) -> bool:
        """Whether somebody sees a new message: no edit of an old one, no work done in silence."""
        return self.edits is None and self.kind not in SILENT


def is_too_late(kind: NoticeKind, wanted_at: datetime, now: datetime) -> bool:
    """Whether what should have gone out at `wanted_at` is not worth sending any more."""
    return kind in LATEST and now - wanted_at > LATEST[kind]
