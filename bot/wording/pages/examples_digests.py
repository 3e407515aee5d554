"""Examples of the pages of digests: small, large, and how they are set."""

from dataclasses import replace
from datetime import timedelta

from bot.readiness.digests import (
    Ageing,
    Content,
    DigestCard,
    DigestForm,
    Moved,
    Owing,
    PortfolioDigest,
    ProjectDigest,
    Promised,
    Subscription,
)
from bot.readiness.milestone import Milestone
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
    portfolio = PortfolioDigest(FRAMEWORK, NOW - WEEK, NOW, ZONE, projects=1, untaken=1, blockers=1)
    large = replace(
        portfolio,
        projects=10_000,
        moved=(Moved(PROJECT, None, 1), Moved(PROJECT, 3, 2), Moved(PROJECT, 1, 2)),
        moved_total=4_000,
        critical=((PROJECT, dimensions[0]),) * 5,
        critical_total=900,
        ahead=(PROJECT,) * 5,
        ahead_total=77,
        unassessed=(PROJECT,),
        unassessed_total=1,
        shared=dimensions[:2],
        waivers=3,
        blockers=5_000,
        untaken=2_000,
    )
    weekly = Subscription("s", PROJECT.id, "place", None, ZONE, NOW, OLIVIA.id)
    own = replace(weekly, project_id=None, place_id=None, person_id=MEI.id, content=Content.CHANGES, weekday=4)
    shown = DigestCard(weekly, PROJECT, "#churn", NOW + WEEK, ZONE, may_change=True)
    return {
        "digest_first": week,
        **{f"digest_{name}": replace(week, before=each) for name, each in stages.items()},
        "digest_owing": replace(week, results=(), owing=(Owing(MEI, 2),)),
        "digest_full": full,
        "digest_portfolio": portfolio,
        "digest_portfolio_waived": replace(portfolio, blockers=2, untaken=0, waivers=1),
        "digest_portfolio_taken": replace(portfolio, blockers=1, untaken=0),
        "digest_portfolio_well": replace(portfolio, blockers=0, untaken=0),
        "digest_portfolio_large": large,
        "digest_portfolio_changes": replace(large, content=Content.CHANGES),
        "digest_set": shown,
        "digest_set_off": replace(shown, subscription=replace(weekly, is_on=False), next_at=None, changed=True),
        "digest_set_own": replace(shown, subscription=own, project=None, channel="", is_for_reader=True),
        "digest_set_none": DigestCard(None, None, "", None, ZONE, may_change=False),
        "digest_form": DigestForm(weekly, PROJECT),
    }
