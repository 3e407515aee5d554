"""The export: everything that somebody may see, of one project or of all, with its history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from bot.chat.incoming import Command
from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.cards import Act, Done
from bot.readiness.contested import Contest, seen_by
from bot.readiness.file_cards import Access, ExportCard, ExportedProject
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.remarks import Remark
from bot.readiness.trap_watch import Correction
from bot.usecases.history import owe
from bot.usecases.locking import OfProject
from bot.usecases.people import everybody, read_by
from bot.usecases.ports import Context
from bot.usecases.projects import named

EVERYTHING = "all"
"""The subject of an export that is not of one project."""
AT_ONCE = 500
"""Projects that one statement reads; their ids are its parameters."""

T = TypeVar("T")
OfProjectT = TypeVar("OfProjectT", bound=OfProject)


def ask_export(context: Context, command: Command) -> Done:
    """Owe the actor the export of the project they name, or of everything they may see."""
    project = named(context, command) if command.text.strip() else None
    owe(context, NoticeKind.EXPORT, project.id if project else EVERYTHING)
    return Done(Act.EXPORT_COMES, {"project": project.name if project else ""})


def export(context: Context, notice: Notice) -> ExportCard:
    """What its reader may see at this moment. The statements grow with every AT_ONCE projects, not with their past."""
    one = None if notice.subject == EVERYTHING else context.tx.projects.get(notice.subject)
    wanted = [one] if one else context.tx.projects.all()
    read = read_by(context, wanted)
    batches = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    projects = tuple(exported for batch in batches for exported in _exported(context, batch, read))
    return ExportCard(
        framework=context.framework,
        reader=context.actor,
        made_at=context.now,
        projects=projects,
        people=_people(context, projects, with_everybody=one is None),
        named=one,
    )


def _exported(context: Context, projects: Sequence[Project], read: Set[str]) -> Iterator[ExportedProject]:
    tx, whole = context.tx, [project.id for project in projects if project.id in read]
    milestones = _by_project(tx.milestones.of_projects([project.id for project in projects]))
    interviews, handovers = tx.interviews.of_projects(whole), tx.handovers.of_projects(whole)
    answers, contests = _seen(context, interviews, tx.answers.of_projects(whole)), tx.contests.of_projects(whole)
    lists: Mapping[str, Mapping[str, Sequence[Any]]] = {
        "assessments": _by_project(tx.assessments.of_projects(whole)),
        "interviews": _by_project(interviews),
        "answers": _by_project(answers),
        "blockers": _by_project(tx.blockers.of_projects(whole)),
        "commitments": _by_project(tx.commitments.open_of_many(whole)),
        "waivers": _by_project(tx.waivers.of_projects(whole)),
        "traps": _by_project(tx.traps.open_of_many(whole)),
        "handovers": _by_project(handovers),
        "contests": _by_project(contests),
        "claims": _by_project(tx.claims.of_projects(whole)),
        "corrections": _corrections(context, whole),
        "remarks": _remarks(context, whole, (*answers, *handovers, *contests)),
    }
    for project in projects:
        taken = tuple(milestones[project.id])
        if project.id in read:
            known = {name: tuple(by_project[project.id]) for name, by_project in lists.items()}
            yield ExportedProject(project, Access.ANSWERS, taken, **known)
        else:
            yield ExportedProject(project, Access.STAGES, taken)


def _seen(context: Context, interviews: Sequence[Interview], answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers without those that their reader may not know before they have answered themselves."""
    own = defaultdict[str, list[Interview]](list)
    for interview in interviews:
        if interview.respondent_id == context.actor.id:
            own[interview.assessment_id].append(interview)
    return [each for answer in answers for each in seen_by(context.actor.id, (answer,), own[answer.assessment_id])]


def _corrections(context: Context, project_ids: Collection[str]) -> Mapping[str, Sequence[tuple[str, Correction]]]:
    """With the trap that each is about, in the order in which they were said."""
    given = context.tx.traps.corrections_of_many(project_ids)
    said = [(of, (trap, each)) for of, by_trap in given.items() for trap, those in by_trap.items() for each in those]
    return _grouped(sorted(said, key=lambda pair: (pair[1][1].said_at, pair[1][1].id)))


def _remarks(
    context: Context, project_ids: Collection[str], subjects: Iterable[Answer | Handover | Contest]
) -> Mapping[str, Sequence[Remark]]:
    """What was said about these; what is about anything else is left out."""
    projects = {subject.id: subject.project_id for subject in subjects}
    said = context.tx.remarks.of_projects(project_ids)
    return _grouped((projects[each.subject], each) for each in said if each.subject in projects)


def _by_project(found: Iterable[OfProjectT]) -> Mapping[str, Sequence[OfProjectT]]:
    return _grouped((each.project_id, each) for each in found)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, Sequence[T]]:
    grouped = defaultdict[str, list[T]](list)
    for key, value in pairs:
        grouped[key].append(value)
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
    for handover in exported.handovers:
        yield handover.from_id
        yield handover.to_id
    yield from (contest.settled_by for contest in exported.contests if contest.settled_by)
    yield from (claim.person_id for claim in exported.claims)
    yield from (correction.person_id for _, correction in exported.corrections)
    yield from (remark.author_id for remark in exported.remarks)
