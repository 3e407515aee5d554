"""The export: everything that somebody may see, of one project or of many, with its history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from bot.chat.incoming import Command
from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.blockers import Blocker, BlockerEvent
from bot.readiness.cards import Act, Done
from bot.readiness.contested import Contest, seen_by
from bot.readiness.export_format import ExportFormat
from bot.readiness.file_cards import Access, ExportCard, ExportedProject
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.portfolio_report import PortfolioReportCard
from bot.readiness.remarks import Remark
from bot.readiness.trap_watch import Correction
from bot.usecases.history import owe
from bot.usecases.locking import OfProject
from bot.usecases.people import everybody, may_read_answers
from bot.usecases.portfolio_reports import report_of
from bot.usecases.ports import Context
from bot.usecases.projects import named
from bot.usecases.selection import batched, checked, chosen, unread

EVERYTHING = "all"
"""The subject of an export that is not of one project."""
AT_ONCE = 50
"""Projects that are read at a time: with a hundred answers each they take about 10 MB (docs/performance.md)."""
PEOPLE_AT_ONCE = 500

T = TypeVar("T")
OfProjectT = TypeVar("OfProjectT", bound=OfProject)


def ask_export(context: Context, command: Command) -> Done:
    """Owe the actor the export of the project they name, or of everything they may see."""
    project = named(context, command) if command.text.strip() else None
    _owe(context, project.id if project else EVERYTHING)
    return Done(Act.EXPORT_COMES, {"project": project.name if project else ""})


def ask_portfolio_export(context: Context, command: Command) -> Done:
    """Owe the actor an export of what filters choose, in one format or in the usual ones."""
    word, _, rest = command.text.strip().partition(" ")
    wanted = next((each for each in ExportFormat if each == word.lower()), None)
    filters = checked(context, rest if wanted else command.text)
    _owe(context, EVERYTHING, wanted or ExportFormat.ALL, filters)
    return Done(Act.REPORT_OF_PORTFOLIO_COMES if wanted is ExportFormat.HTML else Act.EXPORT_COMES, {"project": ""})


def ask_portfolio_report(context: Context, command: Command) -> Done:
    """Owe the actor the page of the projects that filters choose."""
    _owe(context, EVERYTHING, ExportFormat.HTML, checked(context, command.text))
    return Done(Act.REPORT_OF_PORTFOLIO_COMES)


def export(context: Context, notice: Notice) -> ExportCard | PortfolioReportCard:
    """What its reader may see at this moment, read batch by batch while it is written: see ExportCard.

    The statements grow with every AT_ONCE projects, not with their past.
    """
    one = None if notice.subject == EVERYTHING else context.tx.projects.get(notice.subject)
    filters = notice.parameters.get("filters", "")
    format_ = ExportFormat(notice.parameters.get("format", ExportFormat.ALL))
    return report_of(context, filters) if format_ is ExportFormat.HTML else export_of(context, format_, filters, one)


def export_of(
    context: Context, format_: ExportFormat = ExportFormat.ALL, filters: str = "", one: Project | None = None
) -> ExportCard:
    """The same without a notice."""
    named_in = set[str]()
    ids = [one.id] if one else chosen(context, filters) if filters else context.tx.projects.ids()

    def people() -> Iterator[Person]:
        # Everybody we have met for managers and admins who export everything.
        if one is None and not filters and (context.actor.is_admin or context.actor.is_manager):
            yield from everybody(context)
        else:
            for batch in batched(sorted(named_in), PEOPLE_AT_ONCE):
                yield from context.tx.people.many(batch).values()

    return ExportCard(
        framework=context.framework,
        reader=context.actor,
        made_at=context.now,
        projects=_projects(context, ids, named_in),
        people=people,
        format=format_,
        named=one,
        filters=filters,
        unread=0 if one else unread(context, filters),
    )


def _owe(context: Context, subject: str, format_: ExportFormat = ExportFormat.ALL, filters: str = "") -> None:
    parameters = {"format": format_.value, "filters": filters}
    owe(context, NoticeKind.EXPORT, subject, **{name: value for name, value in parameters.items() if value})


def _projects(context: Context, ids: Sequence[str], named_in: set[str]) -> Iterator[ExportedProject]:
    asked = context.tx.interviews.asked_last(context.actor.id)
    for batch in batched(ids, AT_ONCE):
        projects = context.tx.projects.many(batch)
        # As `people.reads_answers` says for one project.
        read = {each.id for each in projects if may_read_answers(context.actor, each) or each.id in asked}
        for exported in _exported(context, projects, read):
            named_in.update(_named_in(exported))
            yield exported


def _exported(context: Context, projects: Sequence[Project], read: Set[str]) -> Iterator[ExportedProject]:
    tx, whole = context.tx, [project.id for project in projects if project.id in read]
    milestones = _by_project(tx.milestones.of_projects([project.id for project in projects]))
    interviews, handovers = tx.interviews.of_projects(whole), tx.handovers.of_projects(whole)
    answers, contests = _seen(context, interviews, tx.answers.of_projects(whole)), tx.contests.of_projects(whole)
    holders = tx.people.many(who for each in projects for who in (each.owner_id, *each.roles.values()))
    places = tx.places.many(each.place_id for each in projects if each.place_id and each.id in read)
    names = {person_id: person.name for person_id, person in holders.items()}
    blockers, levels = tx.blockers.of_projects(whole), tx.portfolio.levels(whole)
    lists: Mapping[str, Mapping[str, Sequence[Any]]] = {
        "assessments": _by_project(tx.assessments.of_projects(whole)),
        "interviews": _by_project(interviews),
        "answers": _by_project(answers),
        "blockers": _by_project(blockers),
        "commitments": _by_project(tx.commitments.open_of_many(whole)),
        "levels": defaultdict(tuple, levels),
        "events": _events(context, blockers),
        "forecasts": _by_project(tx.forecasts.of_projects(whole)),
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
            place = places.get(project.place_id or "")
            yield ExportedProject(
                project, Access.ANSWERS, taken, **known, channel=place.channel if place else "", holders=names
            )
        else:
            yield ExportedProject(project, Access.STAGES, taken, holders=names)


def _seen(context: Context, interviews: Sequence[Interview], answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers without those that their reader may not know before they have answered themselves."""
    own = defaultdict[str, list[Interview]](list)
    for interview in interviews:
        if interview.respondent_id == context.actor.id:
            own[interview.assessment_id].append(interview)
    return [each for answer in answers for each in seen_by(context.actor.id, (answer,), own[answer.assessment_id])]


def _events(context: Context, blockers: Sequence[Blocker]) -> Mapping[str, Sequence[BlockerEvent]]:
    """What happened to these blockers, by project."""
    projects = {blocker.id: blocker.project_id for blocker in blockers}
    return _grouped((projects[each.blocker_id], each) for each in context.tx.blocker_events.of_blockers(projects))


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
    yield from (event.person_id for event in exported.events if event.person_id)
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
