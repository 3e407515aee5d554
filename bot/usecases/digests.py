"""Weekly digests: planned with what they are about, put when there is something to say, read when they are sent."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_OID, uuid5

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Project
from bot.readiness.availability import Availability
from bot.readiness.digests import PortfolioDigest, ProjectDigest, Subscription, due_now, next_digest
from bot.readiness.filters import FiltersRefused
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.portfolio_cards import ListDigest
from bot.usecases import people, portfolio_week, project_week
from bot.usecases.availability import office_of
from bot.usecases.filtering import read_query
from bot.usecases.listing import page_of
from bot.usecases.people import new_id
from bot.usecases.ports import Context

KIND = AppointmentKind.DIGEST


def follow_project(context: Context, before: Project | None, project: Project) -> None:
    """A project's channel has a digest from when it is bound, until it goes; whoever ended it is not overruled.

    It goes by the clock of the owner, until somebody else sets it.
    """
    known, owner = context.tx.subscriptions.of_project(project.id), context.tx.people.get(project.owner_id)
    if project.place_id is None:
        if known is not None:
            context.tx.appointments.clear(KIND, known.id)
        return
    if known is None:
        known = Subscription(
            id=new_id(),
            project_id=project.id,
            place_id=project.place_id,
            person_id=None,
            zone=owner.timezone,
            since=context.now,
            set_by=owner.id,
        )
    elif before is not None and before.place_id is None:
        known = replace(known, since=context.now)
    if before is not None and known.set_by == before.owner_id != owner.id:
        known = replace(known, set_by=owner.id, zone=owner.timezone)
    store(context, replace(known, place_id=project.place_id))


def follow_portfolio(context: Context, before_id: str | None, now_id: str | None) -> None:
    """The portfolio's channel has a digest as long as it is that channel."""
    if before_id == now_id:
        return
    if before_id is not None and (old := context.tx.subscriptions.of_place(before_id)) is not None:
        store(context, replace(hold(context, old), is_on=False))
    if now_id is not None:
        known = context.tx.subscriptions.of_place(now_id)
        if known is None:
            store(context, of_portfolio(context, now_id, None))
        elif not known.is_on:
            store(context, replace(hold(context, known), is_on=True, since=context.now))


def follow_person(context: Context, person_id: str) -> None:
    """Somebody lives by another zone now: what they set comes at the same hour of that one."""
    zone = context.tx.people.get(person_id).timezone
    for each in context.tx.subscriptions.set_by(person_id):
        if each.zone != zone:
            store(context, replace(hold(context, each), zone=zone))


def of_portfolio(context: Context, place_id: str | None, person_id: str | None, filters: str = "") -> Subscription:
    """A new digest of the portfolio, or of the projects that filters mean, at the hour of whoever asks for it.

    Who asks for one and what it is make its id: two people at a time make the same.
    """
    return Subscription(
        id=uuid5(NAMESPACE_OID, f"{context.tx.tenant_id}|{place_id or person_id}|{filters}").hex,
        filters=filters,
        project_id=None,
        place_id=place_id,
        person_id=person_id,
        zone=context.actor.timezone,
        since=context.now,
        set_by=context.actor.id,
    )


def hold(context: Context, subscription: Subscription) -> Subscription:
    """The subscription as nobody else keeps or changes it until this is over; `store` sets its next date.

    In the order in which the calendar holds them: the project, the date, what it is about.
    """
    if subscription.project_id is not None:
        context.tx.projects.lock(subscription.project_id)
    context.tx.appointments.clear(KIND, subscription.id)
    return context.tx.subscriptions.lock(subscription.id)


def store(context: Context, subscription: Subscription) -> None:
    """Keep it, and set when it comes next."""
    context.tx.subscriptions.save(subscription)
    plan(context, subscription)


def plan(context: Context, subscription: Subscription) -> None:
    """Set when a digest comes next; nothing once it was ended, or its project has no channel or is archived."""
    if not subscription.is_on or not _has_reader(context, subscription):
        context.tx.appointments.clear(KIND, subscription.id)
        return
    standing = context.tx.appointments.of(KIND, subscription.id)
    if standing is not None and standing.at <= context.now:
        return  # its keeper, who may be at it now, reads everything again
    at = next_digest(subscription, context.now, _office(context, subscription))
    context.tx.appointments.set(Appointment(KIND, subscription.id, at, subscription.project_id))


def keep(context: Context, appointment: Appointment) -> None:
    """A week is over: tell it where there is something to tell. The window begins where the last one ended."""
    subscription = context.tx.subscriptions.lock(appointment.subject)
    if not subscription.is_on:
        return
    if not _has_reader(context, subscription):
        context.tx.subscriptions.save(replace(subscription, is_on=subscription.person_id is None))
        return
    at = due_now(subscription, appointment.at, context.now, _office(context, subscription))
    if at > context.now:
        context.tx.appointments.set(replace(appointment, at=at))
        return
    since = _never_read(context, subscription)
    notice = Notice(
        key=_key(subscription, context.now),
        kind=NoticeKind.DIGEST,
        subject=subscription.id,
        person_id=subscription.person_id,
        place_id=subscription.place_id,
        parameters={"since": since.isoformat(), "until": context.now.isoformat()},
    )
    if shown(context, notice) is not None:
        context.tx.notices.put(notice)
    store(context, replace(subscription, since=context.now))


def shown(context: Context, notice: Notice) -> ProjectDigest | PortfolioDigest | ListDigest | None:
    """What a digest says now about its window; nothing where there is nothing to say."""
    subscription = context.tx.subscriptions.get(notice.subject)
    if subscription.filters:
        return _list(context, subscription)
    since, until = (datetime.fromisoformat(notice.parameters[name]) for name in ("since", "until"))
    if subscription.project_id is None:
        digest: ProjectDigest | PortfolioDigest = portfolio_week.of(context, subscription, since, until)
    else:
        project = context.tx.projects.get(subscription.project_id)
        if project.archived_at is not None:
            return None
        digest = project_week.of(context, project, subscription, since, until)
    return None if digest.is_quiet else digest


def _list(context: Context, subscription: Subscription) -> ListDigest | None:
    """The list as whoever set it would see it now; nothing where no project is like that."""
    reader = people.by_settings(context.tx.people.get(subscription.set_by), context.admins)
    seen = replace(context, actor=replace(reader, timezone=subscription.zone))
    try:
        query = read_query(seen, subscription.filters)
    except FiltersRefused:
        # They name what the framework had then, and has no longer.
        return ListDigest(subscription.filters, None)
    if query.reads_levels:
        # Set before that was refused; a channel has other readers.
        return None
    listed = page_of(seen, query)
    return ListDigest(subscription.filters, listed) if listed.page.total else None


def _never_read(context: Context, subscription: Subscription) -> datetime:
    """From when on this digest tells. It takes back the one before it that still waits, and covers its time.

    That one has done the same, so that never more than one waits for its reader, or for a repair.
    """
    taken = context.tx.notices.take_back(_key(subscription, subscription.since))
    return datetime.fromisoformat(taken.parameters["since"]) if taken else subscription.since


def _key(subscription: Subscription, until: datetime) -> str:
    """Of the digest whose window ends then, and with which the next one's begins."""
    return f"digest:{subscription.id}:{until.astimezone(UTC).isoformat()}"


def _has_reader(context: Context, subscription: Subscription) -> bool:
    """Whether its project still has a channel, and whoever gets the portfolio still answers for it."""
    if subscription.project_id is not None:
        project = context.tx.projects.get(subscription.project_id)
        return project.archived_at is None and project.place_id is not None
    if subscription.person_id is None:
        return True
    reader = people.by_settings(context.tx.people.get(subscription.person_id), context.admins)
    return reader.is_manager or reader.is_admin


def _office(context: Context, subscription: Subscription) -> Availability:
    """The organization's working time by the clock of the digest."""
    return replace(office_of(context, context.tx.people.get(subscription.set_by)), zone=subscription.zone)
