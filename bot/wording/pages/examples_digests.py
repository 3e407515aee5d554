"""Examples of the pages of digests: small, large, and how they are set."""

from dataclasses import replace
from datetime import timedelta

from bot.readiness.digests import (
    Ageing,
    Content,
    DigestCard,
    DigestForm,
    Ending,
    First,
    Late,
    Moved,
    Owing,
    PortfolioDigest,
    ProjectDigest,
    ProjectGap,
    Promised,
    Subscription,
)
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio_cards import ListDigest, ListsHereCard, ProjectsCard
from bot.readiness.query import Query
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, SCORECARD, ZONE

WEEK = timedelta(days=7)


def examples() -> dict[str, object]:
    """A result of every direction; everything at once, many of everything; every way a digest is set."""
    milestone = Milestone("m", PROJECT.id, "a", 2, NOW, "f", "1", replace(SCORECARD, stage=3))
    stages = {
        name: replace(milestone, scorecard=replace(SCORECARD, stage=stage))
        for name, stage in {"up": 1, "down": 5, "same": 3}.items()
    }
    dimensions = FRAMEWORK.dimensions
    week = ProjectDigest(PROJECT, FRAMEWORK, NOW - WEEK, NOW, ZONE, results=(milestone,))
    full = replace(
        week,
        before=stages["up"],
        found=dimensions[:2],
        cleared=dimensions[2:3],
        lesser=SCORECARD.findings,
        contested=dimensions[3:4],
        promised=(
            Promised(dimensions[0], MEI, NOW.date(), 0),
            Promised(dimensions[1], MEI, NOW.date() - timedelta(days=1), 1),
            Promised(dimensions[2], OLIVIA, None, 0),
            Promised(dimensions[3], OLIVIA, NOW.date() - timedelta(days=9), 9),
        ),
        ageing=tuple(Ageing(each, NOW + WEEK) for each in dimensions),
        waivers=((dimensions[0], NOW + WEEK),),
        owing=(Owing(MEI, 1), Owing(OLIVIA, 4)),
        deadline=NOW + WEEK,
        next_at=NOW + 5 * WEEK,
    )
    gap = ProjectGap(PROJECT, dimensions[0])
    portfolio = PortfolioDigest(FRAMEWORK, NOW - WEEK, NOW, ZONE, projects=1, untaken=First((gap,), 1), blockers=1)
    others = [replace(PROJECT, id=f"p{number}", name=f"{number} {'Long ' * 40}".strip()) for number in range(5)]
    gaps = tuple(ProjectGap(each, dimensions[number]) for number, each in enumerate(others))
    large = replace(
        portfolio,
        projects=10_000,
        moved=First(
            (
                *(Moved(each, 3, 1) for each in others[:2]),
                Moved(others[2], 3, 2),
                Moved(others[3], 1, 2),
                Moved(others[4], None, 1),
            ),
            4_000,
        ),
        critical=First(gaps, 900),
        ahead=First(tuple(others), 77),
        overdue=First(tuple(Late(each.project, each.dimension, MEI, days) for days, each in enumerate(gaps, 1)), 300),
        untaken=First(gaps, 2_000),
        waiting=First(tuple(Ending(each, NOW + WEEK) for each in others), 120),
        unassessed=First(tuple(others), 6_000),
        waivers=First(tuple(Ending(each.project, NOW + WEEK, each.dimension) for each in gaps), 40),
        shared=dimensions,
        blockers=5_000,
    )
    nobody: First[ProjectGap] = First()
    weekly = Subscription("s", PROJECT.id, "place", None, ZONE, NOW, OLIVIA.id)
    own = replace(weekly, project_id=None, place_id=None, person_id=MEI.id, content=Content.CHANGES, weekday=4)
    listed = replace(weekly, project_id=None, filters="stage:<=2 barrier:data -waived")
    shown = DigestCard(weekly, PROJECT, "#churn", NOW + WEEK, ZONE, may_change=True)
    return {
        "digest_first": week,
        **{f"digest_{name}": replace(week, before=each) for name, each in stages.items()},
        "digest_owing": replace(week, results=(), owing=(Owing(MEI, 2),)),
        "digest_full": full,
        "digest_blocked": replace(week, blockers=1),
        "digest_untaken": replace(week, blockers=3, untaken=2),
        "digest_untaken_one": replace(week, blockers=3, untaken=1),
        "digest_changes": replace(week, before=stages["up"], content=Content.CHANGES),
        "digest_portfolio": portfolio,
        "digest_portfolio_empty": replace(portfolio, projects=0, untaken=nobody, blockers=0),
        "digest_portfolio_waived": replace(
            portfolio, blockers=2, untaken=nobody, waivers=First((Ending(PROJECT, NOW, dimensions[0]),), 1)
        ),
        "digest_portfolio_taken": replace(portfolio, blockers=1, untaken=nobody),
        "digest_portfolio_fifty": replace(
            portfolio, projects=50, untaken=First((gap,) * 5, 50), blockers=60, unassessed=First((PROJECT,), 1)
        ),
        "digest_portfolio_large": large,
        "digest_portfolio_changes": replace(large, content=Content.CHANGES, ahead=First(), untaken=nobody),
        "digest_set": shown,
        "digest_set_unnamed": replace(shown, channel=""),
        "digest_set_off": replace(shown, subscription=replace(weekly, is_on=False), next_at=None, changed=True),
        "digest_set_own": replace(shown, subscription=own, project=None, channel="", is_for_reader=True),
        "digest_set_none": DigestCard(None, None, "", None, ZONE, may_change=False),
        "digest_form": DigestForm(weekly, PROJECT),
        "digest_set_list": replace(shown, subscription=listed, project=None),
        "digest_set_list_off": replace(shown, subscription=replace(listed, is_on=False), project=None),
        "digest_list": ListDigest(listed.filters, ProjectsCard(Query(), First((PROJECT,), 30), 10, ZONE)),
        "digest_list_unreadable": ListDigest(listed.filters, None),
        "lists_here": ListsHereCard(replace(listed, filters=""), (listed,) * 20),
        "lists_here_none": ListsHereCard(None, ()),
    }
