"""Pictures of the portfolio and of a profile: asked for in the conversation, gathered for their reader at delivery.

A notice says in `of` what is to be drawn; filters travel as they are written.
"""

from collections.abc import Callable, Iterable, Mapping

from bot.chat.incoming import Command, Incoming, Press
from bot.readiness.assessment import Project
from bot.readiness.cards import Act, Done
from bot.readiness.flow import (
    FEW_MONTHS,
    UNASSESSED,
    USUAL,
    Span,
    Unit,
    begins_at,
    begins_of,
    flow,
    read_span,
    since_the_first,
)
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.picture_cards import ROWS, BarriersCard, DuelCard, FlowCard, HeatMapCard, ProfileCard, Side
from bot.readiness.portfolio import BarrierHold, ProjectLevel
from bot.readiness.query import Query, written
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.scorecard import Severity
from bot.usecases import history, people, portfolio, saved_filters
from bot.usecases.filtering import read_query
from bot.usecases.history import owe
from bot.usecases.pairs import two_named
from bot.usecases.ports import Context
from bot.usecases.projects import by_id
from bot.usecases.waived import valid_of, waived

ALL = "portfolio"
"""The subject of a picture that is not of one project."""
MOST_DIGITS = 6
"""Of the row that a picture begins with."""
TREND, PROFILE, MAP, FLOW, BARRIERS, COMPARE = "", "profile", "map", "flow", "barriers", "compare"


def ask_map(context: Context, command: Command) -> Done:
    """Owe the actor the heat map of the projects that filters, or a name they keep, mean. Raises FiltersRefused."""
    kept = saved_filters.named_query(context, command.text)
    return _owe_map(context, kept[1] if kept else read_query(context, command.text))


def ask_more_of_map(context: Context, press: Press) -> Done:
    """The next picture: the button carries where it begins, and the filters."""
    start, bar, text = press.value.partition("|")
    if not bar or not start.isdecimal() or len(start) > MOST_DIGITS:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return _owe_map(context, read_query(context, text).page(int(start)))


def _owe_map(context: Context, query: Query) -> Done:
    if not context.tx.portfolio.matching(query, context.as_of, 1).shown:
        raise Refused(Refusal.NOTHING_TO_DRAW, word=written(query))
    owe(context, NoticeKind.PICTURE, ALL, of=MAP, query=written(query), start=f"{query.start}")
    return Done(Act.PICTURE_COMES, {"project": ""})


def ask_flow(context: Context, command: Command) -> Done:
    """Owe the actor the stages over time: over what was typed, else over a year. Raises Refused SPAN_WANTED."""
    text = command.text.strip()
    span = read_span(text) if text else None
    if text and span is None:
        raise Refused(Refusal.SPAN_WANTED, word=text)
    _require_projects(context)
    owe(context, NoticeKind.PICTURE, ALL, of=FLOW, span=f"{span or ''}")
    return Done(Act.PICTURE_COMES, {"project": ""})


def ask_barriers(context: Context, _incoming: Incoming) -> Done:
    """Owe the actor the ranking of the barriers."""
    _require_projects(context)
    owe(context, NoticeKind.PICTURE, ALL, of=BARRIERS)
    return Done(Act.PICTURE_COMES, {"project": ""})


def ask_comparison(context: Context, command: Command) -> Done:
    """Owe the actor two projects side by side, whose answers they may read both."""
    one, other = two_named(context, command)
    for project in (one, other):
        people.require_reading(context, project)
        _require_result(project)
    if one.id == other.id:
        raise Refused(Refusal.TWO_PROJECTS_WANTED, word=one.name)
    owe(context, NoticeKind.PICTURE, one.id, of=COMPARE, other=other.id)
    return Done(Act.PICTURE_COMES, {"project": ""})


def ask_profile(context: Context, press: Press) -> Done:
    """Owe the actor the profile of a project whose answers they may read."""
    project = by_id(context, press.value)
    people.require_reading(context, project)
    _require_result(project)
    owe(context, NoticeKind.PICTURE, project.id, of=PROFILE)
    return Done(Act.PICTURE_COMES, {"project": project.name})


def picture(context: Context, notice: Notice) -> object | None:
    """What is drawn; None where there is nothing to draw any more, or its reader may not see it any more."""
    return LOADERS[notice.parameters.get("of", TREND)](context, notice)


def heat_map(context: Context, notice: Notice) -> HeatMapCard | None:
    """One picture of the projects of a query. The statements are the same few, however many projects there are."""
    query = read_query(context, notice.parameters["query"]).page(int(notice.parameters["start"]))
    found = context.tx.portfolio.matching(query, context.as_of, ROWS)
    if not found.shown:
        return None
    levels = context.tx.portfolio.levels([project.id for project in found.shown])
    return HeatMapCard(
        framework=context.framework,
        projects=found.shown,
        start=query.start,
        total=found.total,
        levels={project_id: _by_dimension(each) for project_id, each in levels.items()},
        read=people.read_by(context, found.shown),
        waived=frozenset((each.project_id, each.dimension_id) for each in valid_of(context, found.shown)),
        query=notice.parameters["query"],
        made_at=context.now,
        left_out=context.tx.portfolio.unread(query, context.as_of),
    )


def stage_flow(context: Context, notice: Notice) -> FlowCard | None:
    """Counted backwards from today. Who has little history sees weeks where months would be too few to tell."""
    asked = read_span(notice.parameters["span"])
    card = _flow(context, asked or Span(Unit.MONTH, USUAL[Unit.MONTH]))
    if asked is None and len(card.periods) <= FEW_MONTHS:
        card = _flow(context, Span(Unit.WEEK, USUAL[Unit.WEEK]))
    return card if card.periods[-1].total else None


def _flow(context: Context, span: Span) -> FlowCard:
    zone = context.actor.timezone
    begins = begins_of(span, context.now, zone)
    census = context.tx.portfolio.census(context.as_of)
    moves = context.tx.milestones.moves(begins_at(begins, zone))
    now = {UNASSESSED: census.unassessed, **census.stages}
    periods = since_the_first(flow(now, moves, begins))
    return FlowCard(context.framework, periods, Span(span.unit, len(periods)), context.now)


def ranked_barriers(context: Context, _notice: Notice) -> BarriersCard | None:
    """The ranking of the whole portfolio; everybody may see what blocks."""
    census, framework = context.tx.portfolio.census(context.as_of), context.framework
    if not census.total:
        return None
    known = {barrier.id for barrier in framework.barriers}
    holding = tuple(each for each in census.barriers if each.barrier_id in known)
    idle = known - {each.barrier_id for each in holding}
    rest = (BarrierHold(each.id, 0, 0, Severity.LOW) for each in framework.barriers if each.id in idle)
    return BarriersCard(
        framework=framework,
        barriers=(*holding, *rest),
        total=census.total,
        blocked=census.blocked,
        other=sum(each.blockers for each in census.barriers if each.barrier_id not in known),
        made_at=context.now,
    )


def comparison(context: Context, notice: Notice) -> DuelCard | None:
    """Two projects, as long as both may be read."""
    projects = [context.tx.projects.get(each) for each in (notice.subject, notice.parameters["other"])]
    if not all(people.may_read_project(context, project) for project in projects):
        return None
    one, other = (_side(context, project) for project in projects)
    return DuelCard(context.framework, one, other, context.actor.timezone, context.now)


def _side(context: Context, project: Project) -> Side:
    milestone = context.tx.milestones.latest(project.id)
    assert milestone is not None, project.id
    return Side(
        project=project,
        owner=context.tx.people.get(project.owner_id),
        scorecard=milestone.scorecard,
        taken_at=milestone.taken_at,
        levels=_by_dimension(context.tx.portfolio.levels([project.id]).get(project.id, ())),
    )


def profile(context: Context, notice: Notice) -> ProfileCard | None:
    """The levels behind a project's stage, as long as they may be read."""
    project = context.tx.projects.get(notice.subject)
    if not people.may_read_project(context, project):
        return None
    return ProfileCard(portfolio.proof_of(context, project), context.now, frozenset(waived(context, project.id)))


def _by_dimension(levels: Iterable[ProjectLevel]) -> Mapping[str, ProjectLevel]:
    return {level.dimension_id: level for level in levels}


def _require_result(project: Project) -> None:
    if project.summary is None:
        raise Refused(Refusal.NOT_ASSESSED, project=project.name, key=project.key)


def _require_projects(context: Context) -> None:
    if not context.tx.portfolio.matching(Query(), context.as_of, 1).shown:
        raise Refused(Refusal.NOTHING_TO_DRAW, word="")


LOADERS: Mapping[str, Callable[[Context, Notice], object | None]] = {
    TREND: history.picture,
    PROFILE: profile,
    MAP: heat_map,
    FLOW: stage_flow,
    BARRIERS: ranked_barriers,
    COMPARE: comparison,
}
