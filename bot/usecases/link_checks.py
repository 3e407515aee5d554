"""Links behind the latest answers of a project: looked at by delivery, outside any transaction; kept and told here.

A dead link reopens its question: it is asked again at the next re-assessment, which comes earlier for it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from bot.readiness.appointments import Appointment
from bot.readiness.assessment import Answer, Project
from bot.readiness.contested import seen_by
from bot.readiness.link_cards import DeadLink, DeadLinksCard
from bot.readiness.links import LinkCheck, Look, after, is_dead_for, is_uncertain, longest_unseen
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases import cadence, link_dates
from bot.usecases.people import reachable
from bot.usecases.ports import Context


def check(context: Context, project: Project, answer: Answer | None = None) -> None:
    """Have the links of the project's latest answers looked at, or that of one answer; where settings allow it."""
    if not context.library.link_hosts:
        return
    context.tx.notices.put(
        Notice(
            key=f"links:{project.id}:{answer.id if answer else 'all'}:{context.now.isoformat()}",
            kind=NoticeKind.LINKS,
            subject=project.id,
            person_id=project.owner_id,
            parameters={"answer": answer.id} if answer else {},
        )
    )


def keep(context: Context, appointment: Appointment) -> None:
    """The time for a look has come."""
    project = context.tx.projects.get(appointment.subject)
    due = cadence.due_at(context, project)
    if due is not None:
        check(context, project)
        link_dates.plan_following(context, project, due)


def wanted(context: Context, notice: Notice) -> Mapping[str, str]:
    """The links that are to be looked at, each with the fingerprint of its last look; in the order of looking."""
    project = context.tx.projects.get(notice.subject)
    if project.archived_at is not None:
        return {}
    if "answer" in notice.parameters:
        one = context.tx.answers.get(notice.parameters["answer"])
        links = _links((one,))
    else:
        links = _links(_linked(context, project))
    known = context.tx.link_checks.of_project(project.id, links)
    return {link: known[link].fingerprint if link in known else "" for link in longest_unseen(links, known.values())}


def checked(context: Context, project_id: str, findings: Mapping[str, Look]) -> None:
    """Keep what was found, by link. A link that is dead now is told to whoever gave it and to the owner, once."""
    project = context.tx.projects.lock(project_id)
    answers = _linked(context, project)
    before = context.tx.link_checks.of_project(project_id, findings)
    now = {link: after(project_id, link, before.get(link), look, context.now) for link, look in findings.items()}
    for known in now.values():
        context.tx.link_checks.save(known)
    died = {link for link, known in now.items() if known.is_dead and not (link in before and before[link].is_dead)}
    lost = [answer for answer in answers if answer.evidence.link in died]
    if lost:
        _tell(context, project, lost)
        cadence.hasten(context, project)
    if any(is_uncertain(known) for known in now.values()):
        link_dates.plan_again(context, project)


def known_of(context: Context, project: Project, answers: Iterable[Answer]) -> Mapping[str, LinkCheck]:
    """What is known of the links of these answers, by link; nothing where none may be looked at any more."""
    if not context.library.link_hosts:
        return {}
    return context.tx.link_checks.of_project(project.id, _links(answers))


def dead_links(context: Context, project: Project) -> set[str]:
    """The dimensions of which a link behind the latest answers is dead."""
    answers = _linked(context, project)
    return {answer.dimension_id for answer, _ in _dead(context, project, answers)}


def gone_since(context: Context, project: Project, answer: Answer) -> datetime | None:
    """Since when the link of an answer leads nowhere, if it is dead."""
    return next((known.gone_since for _, known in _dead(context, project, (answer,))), None)


def dead(context: Context, notice: Notice) -> DeadLinksCard | None:
    """What whoever gave them and the owner read; nothing once other links stand there, or they are back."""
    project = context.tx.projects.get(notice.subject)
    if project.archived_at is not None:
        return None
    told = {(each.respondent_id, each.dimension_id) for each in context.tx.answers.many(notice.parameters)}
    answers = [each for each in _seen(context, project) if (each.respondent_id, each.dimension_id) in told]
    found = _dead(context, project, answers)
    if not found:
        return None
    people = context.tx.people.many(answer.respondent_id for answer, _ in found)
    framework = context.framework_asked(found[0][0].assessment_id)
    place = {dimension.id: number for number, dimension in enumerate(framework.dimensions)}
    return DeadLinksCard(
        project=project,
        lines=tuple(
            DeadLink(
                framework.dimension(answer.dimension_id),
                answer,
                people[answer.respondent_id],
                known.gone_since or known.checked_at,
            )
            for answer, known in sorted(found, key=lambda each: (place[each[0].dimension_id], each[0].id))
        ),
        reader_id=context.actor.id,
        zone=context.actor.timezone,
    )


def _tell(context: Context, project: Project, lost: Sequence[Answer]) -> None:
    claimants = {answer.respondent_id for answer in lost}
    for person_id in reachable(context, {*claimants, project.owner_id}):
        is_owner = person_id == project.owner_id
        theirs = [answer for answer in lost if is_owner or answer.respondent_id == person_id]
        context.tx.notices.put(
            Notice(
                key=f"link_dead:{project.id}:{person_id}:{context.now.isoformat()}",
                kind=NoticeKind.LINK_DEAD,
                subject=project.id,
                person_id=person_id,
                parameters={answer.id: answer.dimension_id for answer in theirs},
            )
        )
    for answer in lost:
        facts = {"project": project.id, "dimension": answer.dimension_id, "person": answer.respondent_id}
        context.tx.record("link.dead", answer.id, context.actor.id, facts)


def _dead(context: Context, project: Project, answers: Collection[Answer]) -> list[tuple[Answer, LinkCheck]]:
    known = known_of(context, project, answers)
    pairs = [(answer, known.get(answer.evidence.link or "")) for answer in answers]
    return [(answer, each) for answer, each in pairs if each is not None and is_dead_for(each, answer)]


def _linked(context: Context, project: Project) -> list[Answer]:
    """The latest answers that rest on a link."""
    latest = context.tx.assessments.latest_of(project.id)
    answers = context.tx.answers.current(latest.id) if latest else ()
    return [answer for answer in answers if answer.evidence.link]


def _seen(context: Context, project: Project) -> list[Answer]:
    """Those of them that the actor may see: nobody reads others' answers before their own."""
    latest = context.tx.assessments.latest_of(project.id)
    if latest is None:
        return []
    interviews = context.tx.interviews.of_assessment(latest.id)
    return list(seen_by(context.actor.id, _linked(context, project), interviews))


def _links(answers: Iterable[Answer]) -> list[str]:
    return list(dict.fromkeys(answer.evidence.link for answer in answers if answer.evidence.link))
