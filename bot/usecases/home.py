"""A person's home: what waits for them, their projects, their blockers; the portfolio for those who look after it."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.chat.incoming import Opened
from bot.readiness.assessment import Person, Project
from bot.readiness.project_cards import HomeCard, OpenBlocker, OpenQuestions, PortfolioBrief, TakenOn
from bot.readiness.scorecard import Standing
from bot.readiness.waivers import Waiver
from bot.usecases.overview import open_blockers
from bot.usecases.people import may_steer
from bot.usecases.ports import Context
from bot.usecases.waived import debts, discounted, valid_of, waived_blockers, without_waived

PROJECTS_SHOWN = 10
BLOCKERS_SHOWN = 8
QUESTIONS_SHOWN = 10
TAKEN_SHOWN = 10


def home(context: Context) -> HomeCard:
    """The actor's home as it is now."""
    tx, person = context.tx, context.actor
    own = tx.projects.of_person(person.id) if person.id else ()
    valid = valid_of(context, own[:PROJECTS_SHOWN])
    shown = discounted(own[:PROJECTS_SHOWN], waived_blockers(context, valid))
    waiting = tx.interviews.unfinished_of(person.id)[:QUESTIONS_SHOWN] if person.id else ()
    found = _blockers(context, shown, valid)
    return HomeCard(
        person=person,
        framework=context.framework,
        questions=tuple(OpenQuestions(tx.projects.get(each.project_id), each) for each in waiting),
        projects=shown,
        projects_total=len(own),
        blockers=tuple(found[:BLOCKERS_SHOWN]),
        blockers_total=len(found),
        open_ids=frozenset(project.id for project in shown if tx.assessments.open_of(project.id) is not None),
        steered_ids=frozenset(project.id for project in shown if may_steer(person, project)),
        debts=debts(valid),
        taken=_taken(context, person),
        portfolio=_brief(context, person),
    )


def opened(context: Context, _opened: Opened) -> HomeCard:
    """The actor looks at their home: from now on it is kept fresh."""
    if not context.actor.home_opened:
        # Who is admin by the settings alone is not written down as one.
        stored = context.tx.people.get(context.actor.id)
        context.tx.people.save(replace(stored, home_opened=True))
    return home(context)


def _blockers(
    context: Context, projects: tuple[Project, ...], valid: Sequence[Waiver]
) -> list[tuple[Project, OpenBlocker]]:
    found = [
        (project, blocker)
        for project in projects
        if project.summary is not None and project.summary.blockers
        for blocker in open_blockers(
            context, without_waived(context.tx.blockers.open_of(project.id), valid)[0], context.framework_for(project)
        )
    ]
    return sorted(found, key=lambda pair: (-pair[1].blocker.severity, pair[1].blocker.since))


def _taken(context: Context, person: Person) -> tuple[TakenOn, ...]:
    """What the person has promised, the nearest day first."""
    found = context.tx.commitments.of_person(person.id)[:TAKEN_SHOWN] if person.id else ()
    day = context.now.astimezone(ZoneInfo(person.timezone)).date()
    return tuple(
        TakenOn(project, context.dimension_of(project, each.dimension_id), each, each.overdue(day))
        for each in found
        for project in (context.tx.projects.get(each.project_id),)
    )


def _brief(context: Context, person: Person) -> PortfolioBrief | None:
    if not (person.is_manager or person.is_admin):
        return None
    census = context.tx.portfolio.census(context.as_of)
    return PortfolioBrief(
        projects=census.total,
        ahead=census.standings.get(Standing.AHEAD, 0),
        blockers=census.blockers,
        unassessed=census.unassessed,
        filters=context.tx.saved_filters.of_person(person.id),
    )
