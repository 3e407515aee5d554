"""The report of one project: asked for in chat, gathered when it is delivered."""

from bot.chat.incoming import Command
from bot.readiness.cards import Act, Done
from bot.readiness.file_cards import ReportCard
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import Refused
from bot.usecases.changes import changes_between
from bot.usecases.gaps import blockers_of
from bot.usecases.history import ALL_MILESTONES, owe
from bot.usecases.people import require_reading
from bot.usecases.portfolio import proof_of, status_of
from bot.usecases.ports import Context
from bot.usecases.projects import named
from bot.usecases.ratings import ratings_of


def ask_report(context: Context, command: Command) -> Done:
    """Owe the actor the report, as files in their direct messages. Raises Refused ROLE_NEEDED or NOT_ASSESSED."""
    project = named(context, command)
    require_reading(context, project)
    proof_of(context, project)
    owe(context, NoticeKind.REPORT, project.id)
    return Done(Act.REPORT_COMES, {"project": project.name})


def report(context: Context, notice: Notice) -> ReportCard | None:
    """The report as it is now; None when its reader may no longer read it, or nothing is left to report."""
    project = context.tx.projects.get(notice.subject)
    try:
        require_reading(context, project)
        proof = proof_of(context, project)
    except Refused:
        return None
    milestones = context.tx.milestones.of_project(project.id, ALL_MILESTONES)
    return ReportCard(
        status=status_of(context, project),
        proof=proof,
        blockers=blockers_of(context, project),
        milestones=tuple(reversed(milestones)),
        changes=changes_between(context, milestones[1], milestones[0]) if len(milestones) > 1 else (),
        ratings=ratings_of(context, project, list(proof.answers.values()), context.now),
        reader=context.actor,
        made_at=context.now,
    )
