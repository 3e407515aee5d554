"""Links behind answers, looked at from time to time: what a look finds, and what is known after it. Pure.

Rules in `docs/readiness.md`. What was read once and is not found in two looks at least a day apart is dead. What was
never read may hide behind a sign-in, and is never called gone for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.readiness.assessment import Answer

APART = timedelta(days=1)
"""How far apart two looks are that find nothing, before a link is called dead."""
EVERY = timedelta(days=30)
"""How often links are looked at while a project waits for its next assessment."""
AHEAD = timedelta(days=3)
"""How long before an assessment they are looked at once more, so that a second look comes in time."""
TRIES = 3
"""After so many looks in a row that reached nobody, the next one waits for its usual date."""


class LinkState(StrEnum):
    """What one look found.

    ALIVE           it is there
    CHANGED         it is there, and not as it was at the look before
    GONE            there is nothing any more, or no such name
    REFUSED         something is there, and not for us
    NOT_ALLOWED     we do not look there, or were led to where we do not look
    UNREACHABLE     nobody answered, or only with a fault of theirs
    """

    ALIVE = "alive"
    CHANGED = "changed"
    GONE = "gone"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. `fingerprint` tells two states of a page apart, "" where nothing does.

    `for_good`: whoever answered said that it will not come back.
    """

    state: LinkState
    fingerprint: str = ""
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What is known of a link of a project.

    read_at         the last look that could read it; None while none could
    changed_after   the last look that found it as it was before it changed; None while it never did
    gone_since      the first of the looks that find nothing any more
    dead_since      the look at which that was certain
    unreachable     how many looks in a row reached nobody
    """

    project_id: str
    link: str
    checked_at: datetime
    state: LinkState
    fingerprint: str = ""
    read_at: datetime | None = None
    changed_after: datetime | None = None
    gone_since: datetime | None = None
    dead_since: datetime | None = None
    unreachable: int = 0

    @property
    def is_dead(self) -> bool:
        """Whether nothing is there any more, for certain."""
        return self.dead_since is not None


def after(project_id: str, link: str, before: LinkCheck | None, look: Look, at: datetime) -> LinkCheck:
    """What is known of a link once it was looked at; `before` is what was known, None at the first look."""
    known = before or LinkCheck(project_id, link, at, look.state)
    match _found(known, look):
        case LinkState.ALIVE | LinkState.CHANGED as state:
            return replace(
                known,
                checked_at=at,
                state=state,
                fingerprint=look.fingerprint,
                read_at=at,
                changed_after=known.read_at if state is LinkState.CHANGED else known.changed_after,
                gone_since=None,
                dead_since=None,
                unreachable=0,
            )
        case LinkState.GONE:
            since = known.gone_since or at
            is_certain = look.for_good or at - since >= APART
            dead_since = known.dead_since or (at if is_certain else None)
            return replace(
                known, checked_at=at, state=LinkState.GONE, gone_since=since, dead_since=dead_since, unreachable=0
            )
        case LinkState.UNREACHABLE:
            return replace(known, checked_at=at, state=LinkState.UNREACHABLE, unreachable=known.unreachable + 1)
        case LinkState.REFUSED | LinkState.NOT_ALLOWED as state:
            return replace(known, checked_at=at, state=state, gone_since=None, dead_since=None, unreachable=0)


def is_dead_for(check: LinkCheck, answer: Answer) -> bool:
    """Whether the link of an answer is dead; whoever confirms it after that was found knows better than we do."""
    given = answer.evidence.given_at or answer.answered_at
    return check.dead_since is not None and check.dead_since > given


def has_changed_since(check: LinkCheck, moment: datetime) -> bool:
    """Whether a link is known not to be as it was at a moment: later than that it still was as before."""
    return check.changed_after is not None and check.changed_after >= moment


def is_uncertain(check: LinkCheck) -> bool:
    """Whether the next look must not wait for its usual date."""
    if check.state is LinkState.GONE:
        return not check.is_dead
    return check.state is LinkState.UNREACHABLE and check.unreachable <= TRIES


def next_look(now: datetime, due: datetime) -> datetime:
    """When links are looked at after a look now, while the project is assessed again at `due`."""
    ahead = due - AHEAD
    return min(now + EVERY, ahead) if ahead > now else now + EVERY


def longest_unseen(links: Iterable[str], checks: Iterable[LinkCheck]) -> list[str]:
    """Links in the order in which they are looked at: those never seen, then those seen longest ago."""
    seen = {check.link: check.checked_at for check in checks}
    unseen = [link for link in links if link not in seen]
    return [*unseen, *sorted(seen, key=lambda link: seen[link])]


def _found(known: LinkCheck, look: Look) -> LinkState:
    """What a look says, in the light of what is known: many hosts answer strangers as if nothing were there."""
    if look.state is LinkState.GONE and known.read_at is None and not look.for_good:
        return LinkState.REFUSED
    return look.state
