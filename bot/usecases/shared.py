"""A shortfall of half the advancing projects is one finding about the organization, told to managers once."""

from dataclasses import replace

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.organization import SharedFinding, counted_by_half
from bot.usecases.people import new_id
from bot.usecases.ports import Context

KIND = AppointmentKind.SHARED
ORGANIZATION = "organization"
"""The subject of its appointment: there is one."""


def settle_shared(context: Context) -> frozenset[str]:
    """Something has changed what blocks where; gives the dimensions that are shared by now.

    What a person does is counted at once. What the clock brings is counted once for everything that was due with it,
    as a count looks at every project; until then, what was found last stands.
    """
    if context.actor.id != "":
        return _count(context)
    context.counting.add(ORGANIZATION)
    return frozenset(context.tx.shared_findings.open()) & context.framework.by_id.keys()


def settle_later(context: Context) -> None:
    """Have it counted after this transaction, if it asked for that. All want this one row: it is locked late."""
    if context.counting and context.tx.appointments.of(KIND, ORGANIZATION) is None:
        context.tx.appointments.set(Appointment(KIND, ORGANIZATION, context.now))


def keep(context: Context, _appointment: Appointment) -> None:
    """The clock has changed what blocks somewhere."""
    _count(context)


def _count(context: Context) -> frozenset[str]:
    """Hold the open blockers of all against the findings that are open.

    It counts in the database, so its cost does not grow with what a project holds. Two milestones of one moment may
    both see the portfolio without the other; the next one of any project sees both.
    """
    advancing, counts = context.tx.shared_findings.blocked(context.framework.default_targets, context.now)
    shared = frozenset(counted_by_half(counts, advancing)) & context.framework.by_id.keys()
    known = context.tx.shared_findings.open()
    for dimension_id in sorted(shared - known.keys()):
        finding = SharedFinding(new_id(), dimension_id, context.now)
        if context.tx.shared_findings.add(finding):
            _tell_managers(context, finding, "found")
    for dimension_id in sorted(known.keys() - shared):
        gone = replace(known[dimension_id], gone_at=context.now)
        context.tx.shared_findings.save(gone)
        _tell_managers(context, gone, "gone")
    return shared


def _tell_managers(context: Context, finding: SharedFinding, what: str) -> None:
    for person in context.tx.people.managers():
        context.tx.notices.put(
            Notice(
                key=f"shared:{finding.id}:{what}:{person.id}",
                kind=NoticeKind.SHARED,
                subject=finding.id,
                person_id=person.id,
                parameters={"what": what},
            )
        )
