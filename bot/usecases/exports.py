"""The export: everything that somebody may see, of one project or of all, with its history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.chat.incoming import Command
from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import Blocker
from bot.readiness.cards import Act, Done
from bot.readiness.file_cards import Access, ExportCard, ExportedProject
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.history import ALL_MILESTONES, owe
from bot.usecases.people import everybody, may_read_project
from bot.usecases.ports import Context
from bot.usecases.projects import named

EVERYTHING = "all"
"""The subject of an export that is not of one project."""


def ask_export(context: Context, command: Command) -> Done:
    """Owe the actor the export of the project they name, or of everything they may see."""
    project = named(context, command) if command.text.strip() else None
    owe(context, NoticeKind.EXPORT, project.id if project else EVERYTHING)
    return Done(Act.EXPORT_COMES, {"project": project.name if project else ""})


def export(context: Context, notice: Notice) -> ExportCard:
    """What its reader may see at this moment."""
    one = None if notice.subject == EVERYTHING else context.tx.projects.get(notice.subject)
    wanted = [one] if one else context.tx.projects.all()
    blockers = _by_project(context.tx.blockers.all())
    projects = tuple(_exported(context, project, blockers) for project in wanted)
    return ExportCard(
        framework=context.framework,
        reader=context.actor,
        made_at=context.now,
        projects=projects,
        people=_people(context, projects, with_everybody=one is None),
        named=one,
    )


def _exported(context: Context, project: Project, blockers: dict[str, list[Blocker]]) -> ExportedProject:
    milestones = tuple(reversed(context.tx.milestones.of_project(project.id, ALL_MILESTONES)))
    if not may_read_project(context, project):
        return ExportedProject(project, Access.STAGES, milestones)
    tx = context.tx
    assessments = tuple(tx.assessments.of_project(project.id))
    return ExportedProject(
        project,
        Access.ANSWERS,
        milestones,
        assessments,
        tuple(each for assessment in assessments for each in tx.interviews.of_assessment(assessment.id)),
        tuple(each for assessment in assessments for each in tx.answers.of_assessment(assessment.id)),
        tuple(blockers.get(project.id, ())),
        tuple(tx.commitments.open_of(project.id).values()),
        tuple(tx.waivers.of_project(project.id)),
        tuple(tx.traps.open_of(project.id)),
    )


def _by_project(found: Iterable[Blocker]) -> dict[str, list[Blocker]]:
    grouped: defaultdict[str, list[Blocker]] = defaultdict(list)
    for blocker in found:
        grouped[blocker.project_id].append(blocker)
    return grouped


def _people(context: Context, projects: Sequence[ExportedProject], *, with_everybody: bool) -> tuple[Person, ...]:
    """Those whom the export names, by name; everybody we have met for managers and admins who export everything."""
    if with_everybody and (context.actor.is_admin or context.actor.is_manager):
        return everybody(context)
    ids = {person_id for project in projects for person_id in _named_in(project)}
    return tuple(sorted(context.tx.people.many(ids).values(), key=lambda person: (person.name.casefold(), person.id)))


def _named_in(exported: ExportedProject) -> Iterator[str]:
    yield exported.project.owner_id
    if exported.access is Access.STAGES:
        return
    yield from exported.project.roles.values()
    yield from (assessment.opened_by for assessment in exported.assessments)
    yield from (interview.respondent_id for interview in exported.interviews)
    for answer in exported.answers:
        yield answer.respondent_id
        if answer.approved_by:
            yield answer.approved_by
        if answer.evidence.verified_by:
            yield answer.evidence.verified_by
    yield from (commitment.person_id for commitment in exported.commitments)
    for waiver in exported.waivers:
        yield waiver.asked_by
        yield waiver.approver_id
