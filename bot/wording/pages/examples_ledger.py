"""Examples of the pages of delivery."""

from datetime import timedelta

from bot.readiness.assessment import Place
from bot.readiness.availability import Closed
from bot.readiness.ledger import HELD_SHOWN, Backlog, DeliveryCard, Entry, EntryState, HeldEntry, LedgerCard
from bot.readiness.notices import Notice, NoticeKind
from bot.wording.pages.examples_projects import MEI, NOW, OLIVIA, ZONE

REPAIRS = (
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "missing_scope",
    "no_account",
    "user_disabled",
    "fault",
    "e" * 200,
)
DROPPED = ("nothing_to_say", "too_late", "superseded", "nothing_to_edit", "something_else")


def entry(state: EntryState, kind: NoticeKind = NoticeKind.QUESTION, **other: object) -> Entry:
    """One row, planned an hour ago."""
    at = NOW - timedelta(hours=1)
    made = {"id": "12", "planned_at": at, "due_at": NOW, "done_at": NOW, "attempts": 1, **other}
    return Entry(notice=Notice("k", kind, "s", person_id=MEI.id), state=state, **made)  # type: ignore[arg-type]


def examples() -> dict[str, object]:
    """Everything that can become of a message, of every kind; nothing, little and much that waits."""
    sent = EntryState.SENT
    everything = (
        *(entry(sent, kind, ref="D1:17.1") for kind in NoticeKind),
        *(entry(sent, postponed=why.value, attempts=2) for why in Closed),
        entry(sent, doubtful=True, planned_at=None, done_at=None),
        entry(EntryState.PENDING, done_at=None, postponed="away"),
        entry(EntryState.PENDING, done_at=None, error="ratelimited"),
        entry(EntryState.SENDING, done_at=None),
        entry(EntryState.SENDING, done_at=None, error="timeout"),
        *(entry(EntryState.HELD, error=reason) for reason in REPAIRS),
        *(entry(EntryState.DROPPED, error=reason) for reason in DROPPED),
    )
    places = (Place("p", "C1", "churn"), Place("p", "C1"))
    held = (
        HeldEntry(entry(EntryState.HELD, error="no_account", attempts=0), person=MEI),
        *(HeldEntry(entry(EntryState.HELD, error=reason, attempts=3), place=places[0]) for reason in REPAIRS),
        HeldEntry(entry(EntryState.HELD, error="is_archived"), place=places[1]),
    )
    late = Backlog(7, NOW - timedelta(hours=2))
    return {
        **{
            f"ledger_{number}": LedgerCard(MEI, everything[start : start + 20], ZONE, may_release=True)
            for number, start in enumerate(range(0, len(everything), 20))
        },
        "ledger_own": LedgerCard(OLIVIA, everything[-8:], ZONE, may_release=False),
        "ledger_empty": LedgerCard(OLIVIA, (), ZONE, may_release=False),
        "delivery": DeliveryCard(held, late, "", ZONE),
        "delivery_well": DeliveryCard((), Backlog(0, None), "", ZONE),
        "delivery_dead": DeliveryCard(held[:1], Backlog(1, NOW), "token_revoked", ZONE),
        "delivery_much": DeliveryCard(held[:1] * HELD_SHOWN, Backlog(1, None), "", ZONE),
    }
