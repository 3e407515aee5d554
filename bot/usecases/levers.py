"""What would lift most projects: the levers of the portfolio, and down to the projects of one. Only reads."""

from collections.abc import Sequence

from bot.chat.incoming import Incoming, Press
from bot.readiness.assessment import Project
from bot.readiness.framework import Framework, Text
from bot.readiness.holds import Hold
from bot.readiness.leverage import Lever, Leverage, LeverKind, leverage
from bot.readiness.leverage_cards import LeverCard, LeversCard, ShownLever
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.ports import Context

SHOWN = 5
"""Levers of a kind."""
KEYS_SHOWN = 3
"""Projects named for each."""
PAGE = 10
"""Projects of one lever in a message."""


def levers(context: Context, _incoming: Incoming) -> LeversCard:
    """The levers, ranked; everybody may see stages and what is short for them."""
    found = levers_now(context)
    pair = found.pair.dimensions if found.pair else ()
    known = context.framework.by_id
    return LeversCard(
        framework=context.framework,
        leverage=found,
        dimensions=tuple(_shown(context, each) for each in found.dimensions[:SHOWN]),
        barriers=tuple(_shown(context, each) for each in found.barriers[:SHOWN]),
        names={each: known[each].name for each in pair if each in known},
        record=context.tx.forecasts.record(),
    )


def lever(context: Context, press: Press) -> LeverCard:
    """One lever with its projects, as a button names it: kind, id, how many projects to pass over."""
    kind, _, rest = press.value.partition("|")
    lever_id, _, start = rest.partition("|")
    if kind not in list(LeverKind) or not start.isdecimal():
        raise Refused(Refusal.UNKNOWN_PRESS)
    found = levers_now(context).lever(LeverKind(kind), lever_id)
    if not found.projects:
        raise Refused(Refusal.LIFTS_NOTHING)
    # The list may have become shorter than the page that a button leads to.
    begin = int(start) if int(start) < found.projects else 0
    lifted = context.tx.holds.lifted(found.kind, found.id, begin, PAGE)
    return LeverCard(
        lever=_named(context, found, lifted),
        projects=tuple((project, hold, context.framework_for(project)) for project, hold in lifted),
        size=PAGE,
        start=begin,
    )


def levers_now(context: Context) -> Leverage:
    """The levers by what holds projects now."""
    return leverage(context.tx.holds.counted())


def shown_first(context: Context) -> ShownLever | None:
    """The dimension that lifts most, without its projects; None where none lifts any alone."""
    found = levers_now(context).dimensions
    if not found:
        return None
    known = _names(context.framework, found[0])
    return ShownLever(found[0], *known) if known else _shown(context, found[0])


def _shown(context: Context, each: Lever) -> ShownLever:
    return _named(context, each, context.tx.holds.lifted(each.kind, each.id, 0, KEYS_SHOWN))


def _named(context: Context, each: Lever, lifted: Sequence[tuple[Project, Hold]]) -> ShownLever:
    """Named by the current framework; what that one does not have, by the one that rated a project it lifts."""
    keys = tuple(project.key for project, _ in lifted)
    frameworks = [context.framework, *(context.framework_for(project) for project, _ in lifted)]
    names = next(filter(None, (_names(framework, each) for framework in frameworks)), None)
    if names is None:
        return ShownLever(each, {"en": each.id}, keys=keys)
    name, barrier = names
    return ShownLever(each, name, barrier, keys)


def _names(framework: Framework, each: Lever) -> tuple[Text, Text | None] | None:
    if each.kind is LeverKind.DIMENSION:
        dimension = framework.by_id.get(each.id)
        return (dimension.name, framework.barrier(dimension.primary).name) if dimension else None
    barrier = next((barrier for barrier in framework.barriers if barrier.id == each.id), None)
    return (barrier.name, None) if barrier else None
