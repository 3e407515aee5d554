"""Waivers: asked for by who steers the project, decided by the named approver, withdrawn by who may ask."""

from dataclasses import replace

from bot.chat.incoming import Press, Submit
from bot.readiness.ageing_cards import WaiverEndsCard, WaiverLapsedCard
from bot.readiness.assessment import Project
from bot.readiness.blockers import BlockerEvent, Happening
from bot.readiness.compounding import compounding_barriers
from bot.readiness.framework import Dimension
from bot.readiness.gap_cards import GapCard, GapSaid, RefusalForm, WaiverCard, WaiverForm
from bot.readiness.notices import Notice
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.scoring import Finding
from bot.readiness.waivers import Waiver, WaiverState, end_of, latest_day, why_not, why_not_approver
from bot.usecases import cadence, waiver_dates
from bot.usecases.fields import day_of, word_of
from bot.usecases.gaps import acts_on, meant, open_blocker, today
from bot.usecases.locking import locked
from bot.usecases.overview import open_blockers
from bot.usecases.people import (
    by_settings,
    new_id,
    person_of,
    refresh_homes,
    require_steering,
)
from bot.usecases.ports import Context
from bot.usecases.reminders import plan
from bot.usecases.shared import settle_shared
from bot.usecases.waived import waived

WORDS_LENGTH = 1000


def ask_form(context: Context, press: Press) -> WaiverForm:
    """Why, until when, and who is to approve."""
    project, dimension, finding = _waivable(context, press.value)
    return WaiverForm(project, dimension, finding.stage, finding.need, latest_day(today(context)))


def ask(context: Context, submit: Submit) -> GapCard:
    """Ask the named approver. Raises FieldsRefused with every fault at once."""
    project, dimension, finding = _waivable(context, submit.value)
    reason, account, faults = word_of(submit.fields, "reason"), word_of(submit.fields, "approver"), dict[str, str]()
    if not reason or len(reason) > WORDS_LENGTH:
        faults["reason"] = "too_many_words" if reason else "missing"
    first, last, until = today(context), latest_day(today(context)), None
    try:
        until = day_of(submit.fields, "until")
    except FieldsRefused as refused:
        faults |= refused.faults
    if until is not None and not first <= until <= last:
        faults["until"] = "date_past" if until < first else "date_far"
    approver = by_settings(person_of(context, account), context.admins) if account else None
    if approver is None:
        faults["approver"] = "missing"
    elif fault := why_not_approver(approver, context.actor.id, project):
        faults["approver"] = fault.value
    if faults or until is None or approver is None:
        raise FieldsRefused(faults)
    waiver = Waiver(
        id=new_id(),
        project_id=project.id,
        dimension_id=dimension.id,
        asked_by=context.actor.id,
        approver_id=approver.id,
        asked_at=context.now,
        until=end_of(until, context.actor.timezone, context.now),
        stage=finding.stage,
        reason=reason,
    )
    _end_lapsed(context, project, dimension)
    context.tx.waivers.add(waiver)
    waiver_dates.plan(context, waiver)
    facts = {"project": project.id, "dimension": dimension.id, "approver": approver.id, "until": str(waiver.until)}
    context.tx.record("waiver.asked", waiver.id, context.actor.id, facts)
    context.tx.notices.put(waiver_dates.notice_of(waiver, f"waiver:{waiver.id}", approver.id))
    plan(context, [approver.id])
    acts = acts_on(context, project, dimension)
    return GapCard(project, dimension, GapSaid.WAIVER_ASKED, approver, acts=acts)


def approve(context: Context, press: Press) -> WaiverCard:
    """The named approver agrees; until its date the finding is marked, and the stage shows the debt."""
    project, waiver = _decidable(context, press.value)
    card = _card_of(context, project, waiver)
    latest = context.tx.milestones.latest(project.id)
    finding = _finding(context, project, waiver.dimension_id)
    reason = why_not(context.framework_of(latest), latest.scorecard, finding) if latest and finding else None
    if finding is None or finding.stage > waiver.stage:
        raise Refused(Refusal.NO_GAP, project=project.name, key=project.key)
    if reason is not None:
        raise Refused(Refusal.NOT_WAIVABLE, reason=reason.value, project=project.name)
    approved = replace(waiver, state=WaiverState.APPROVED, approved_at=context.now)
    context.tx.waivers.save(approved)
    waiver_dates.plan(context, approved)
    context.tx.record("waiver.approved", waiver.id, context.actor.id, {"project": project.id})
    blocker = open_blocker(context, project, card.dimension)
    if blocker is not None:
        context.tx.blocker_events.add(
            BlockerEvent(blocker.id, context.now, Happening.WAIVED, blocker.severity, person_id=context.actor.id)
        )
    settle_shared(context)
    cadence.plan(context, project)
    _decided(context, project, approved)
    return replace(card, waiver=approved, is_open=False)


def refusal_form(context: Context, press: Press) -> RefusalForm:
    """The form that asks why not."""
    project, waiver = _decidable(context, press.value)
    card = _card_of(context, project, waiver)
    return RefusalForm(waiver, project, card.dimension, card.asker)


def refuse(context: Context, submit: Submit) -> WaiverCard:
    """The named approver says no, and why."""
    project, waiver = _decidable(context, submit.value)
    words = word_of(submit.fields, "refusal")
    if not words or len(words) > WORDS_LENGTH:
        raise FieldsRefused({"refusal": "too_many_words" if words else "missing"})
    refused = replace(waiver, state=WaiverState.REFUSED, ended_at=context.now, refusal=words)
    context.tx.waivers.save(refused)
    waiver_dates.plan(context, refused)
    context.tx.record("waiver.refused", waiver.id, context.actor.id, {"project": project.id})
    _decided(context, project, refused)
    return _card_of(context, project, refused)


def withdraw(context: Context, press: Press) -> GapCard:
    """Take back a waiver that is asked for or valid; the finding counts again at once."""
    project, dimension = meant(context, press.value)
    require_steering(context, project)
    waiver = context.tx.waivers.open_of(project.id).get(dimension.id)
    if waiver is None or waiver.is_over(context.now):
        raise Refused(Refusal.WAIVER_OVER, project=project.name)
    withdrawn = replace(waiver, state=WaiverState.WITHDRAWN, ended_at=context.now)
    context.tx.waivers.save(withdrawn)
    waiver_dates.plan(context, withdrawn)
    context.tx.record("waiver.withdrawn", waiver.id, context.actor.id, {"project": project.id})
    blocker = open_blocker(context, project, dimension)
    if blocker is not None and waiver.is_valid(context.now):
        context.tx.blocker_events.add(
            BlockerEvent(blocker.id, context.now, Happening.UNCOVERED, blocker.severity, person_id=context.actor.id)
        )
    settle_shared(context)
    cadence.plan(context, project)
    context.tx.notices.put(waiver_dates.edit(withdrawn))
    refresh_homes(context, {project.owner_id, waiver.approver_id, context.actor.id})
    acts = acts_on(context, project, dimension)
    return GapCard(project, dimension, GapSaid.WAIVER_WITHDRAWN, acts=acts)


def shown(context: Context, press: Press) -> WaiverCard:
    """A waiver once more, for the approver who has still to decide it."""
    project, waiver = _decidable(context, press.value)
    return replace(_card_of(context, project, waiver), is_open=True)


def card(context: Context, notice: Notice) -> WaiverCard | None:
    """A waiver's message as it stands: to be decided by its approver, or what became of it."""
    waiver = context.tx.waivers.get(notice.subject)
    shown = _card_of(context, context.tx.projects.get(waiver.project_id), waiver)
    for_asker = context.actor.id != waiver.approver_id
    return replace(shown, is_open=not for_asker and waiver.waits(context.now), for_asker=for_asker)


def ends(context: Context, notice: Notice) -> WaiverEndsCard | None:
    """A waiver that will end soon; nothing once it has."""
    waiver = context.tx.waivers.get(notice.subject)
    project = context.tx.projects.get(waiver.project_id)
    if waiver.is_over(context.now) or project.archived_at is not None:
        return None
    dimension = context.dimension_of(project, waiver.dimension_id)
    people = context.tx.people.many({waiver.asked_by, waiver.approver_id, project.owner_id})
    return WaiverEndsCard(
        waiver=waiver,
        project=project,
        dimension=dimension,
        asker=people[waiver.asked_by],
        approver=people[waiver.approver_id],
        owner=people[project.owner_id],
        need=dimension.need(waiver.stage),
        zone=context.actor.timezone,
    )


def lapsed(context: Context, notice: Notice) -> WaiverLapsedCard | None:
    """A waiver that has ended by its date; nothing where the gap was closed, or waived again, before this went out."""
    waiver = context.tx.waivers.get(notice.subject)
    project = context.tx.projects.get(waiver.project_id)
    latest, now_waived = context.tx.milestones.latest(project.id), waived(context, project.id)
    finding = _finding(context, project, waiver.dimension_id)
    if latest is None or finding is None or waiver.dimension_id in now_waived or project.archived_at is not None:
        return None
    framework, dimension = context.framework_of(latest), context.dimension_of(project, waiver.dimension_id)
    blocker = open_blocker(context, project, dimension)
    return WaiverLapsedCard(
        waiver=waiver,
        project=project,
        dimension=dimension,
        approver=context.tx.people.get(waiver.approver_id),
        blocker=open_blockers(context, [blocker], framework)[0] if blocker else None,
        compounding=compounding_barriers(framework, latest.scorecard, now_waived),
        acts=acts_on(context, project, dimension),
        zone=context.actor.timezone,
    )


def _waivable(context: Context, value: str) -> tuple[Project, Dimension, Finding]:
    """What a waiver may be asked for now; only the latest result counts, never what is so far."""
    project, dimension = meant(context, value)
    require_steering(context, project)
    latest = context.tx.milestones.latest(project.id)
    finding = _finding(context, project, dimension.id)
    if latest is None or finding is None:
        raise Refused(Refusal.NO_GAP, project=project.name, key=project.key)
    reason = why_not(context.framework_of(latest), latest.scorecard, finding)
    if reason is not None:
        raise Refused(Refusal.NOT_WAIVABLE, reason=reason.value, project=project.name)
    open_one = context.tx.waivers.open_of(project.id).get(dimension.id)
    if open_one is not None and not open_one.is_over(context.now):
        raise Refused(Refusal.WAIVER_EXISTS, project=project.name)
    return project, dimension, finding


def _finding(context: Context, project: Project, dimension_id: str) -> Finding | None:
    latest = context.tx.milestones.latest(project.id)
    found = latest.scorecard.findings if latest else ()
    return next((finding for finding in found if finding.dimension_id == dimension_id), None)


def _decidable(context: Context, waiver_id: str) -> tuple[Project, Waiver]:
    """A waiver that waits for the actor, its project locked; roles are those held now, not when it was asked."""
    waiver, project = locked(context, context.tx.waivers.get, waiver_id)
    if waiver.approver_id != context.actor.id or why_not_approver(context.actor, waiver.asked_by, project):
        approver = context.tx.people.get(waiver.approver_id)
        raise Refused(Refusal.NOT_APPROVER, holder=approver.name, project=project.name)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    if not waiver.waits(context.now):
        raise Refused(Refusal.WAIVER_OVER, project=project.name)
    return project, waiver


def _card_of(context: Context, project: Project, waiver: Waiver) -> WaiverCard:
    people = context.tx.people.many({waiver.asked_by, waiver.approver_id})
    dimension = context.dimension_of(project, waiver.dimension_id)
    return WaiverCard(
        waiver=waiver,
        project=project,
        dimension=dimension,
        asker=people[waiver.asked_by],
        approver=people[waiver.approver_id],
        need=dimension.need(waiver.stage),
        zone=context.actor.timezone,
    )


def _end_lapsed(context: Context, project: Project, dimension: Dimension) -> None:
    """One whose date came makes room for the next."""
    lapsed = context.tx.waivers.open_of(project.id).get(dimension.id)
    if lapsed is not None:
        waiver_dates.lapse(context, project, lapsed)


def _decided(context: Context, project: Project, waiver: Waiver) -> None:
    """The approver's message loses its buttons; asker and owner learn of it."""
    context.tx.notices.put(waiver_dates.edit(waiver))
    told = {waiver.asked_by, project.owner_id} - {waiver.approver_id}
    for person_id in sorted(told):
        context.tx.notices.put(waiver_dates.notice_of(waiver, f"waiver:{waiver.id}:decided:{person_id}", person_id))
    refresh_homes(context, {*told, waiver.approver_id})
    plan(context, [waiver.approver_id])
