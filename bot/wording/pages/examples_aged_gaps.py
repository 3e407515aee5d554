"""One card for every page of gaps that time has passed over: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace

from bot.readiness.ageing_cards import AllUnknownsCard, OldBlockersCard, OverdueCard, UnknownsCard
from bot.readiness.blockers import GapAct
from bot.readiness.cards import AlertCard
from bot.readiness.project_cards import BlockersCard
from bot.readiness.scoring import FindingKind, Severity
from bot.wording.pages.examples_blockers import COMMITMENT, DIMENSION
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, OLIVIA, PROJECT, SCORECARD, ZONE, open_blockers

UNKNOWN = tuple(replace(finding, kind=FindingKind.UNKNOWN, claimed=None) for finding in SCORECARD.findings)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    many = tuple(replace(each, acts=tuple(GapAct), overdue=3) for each in open_blockers()) * 4
    alone = replace(open_blockers()[0], owner=None)
    unknown = tuple(
        replace(each, blocker=replace(each.blocker, kind=FindingKind.UNKNOWN), up_to=Severity.CRITICAL)
        for each in open_blockers()
    )
    late = OverdueCard(PROJECT, DIMENSION, COMMITMENT, MEI, 1, tuple(GapAct), is_holder=True)
    unknowns = UnknownsCard(PROJECT, FRAMEWORK, OLIVIA, UNKNOWN)
    return {
        "unknowns": unknowns,
        "unknowns_of_several": AllUnknownsCard((unknowns, replace(unknowns, findings=UNKNOWN[:1]))),
        "unknowns_of_many": AllUnknownsCard((unknowns,) * 20),
        "unknown_alone": UnknownsCard(PROJECT, FRAMEWORK, OLIVIA, UNKNOWN[:1]),
        "blockers_unknown": BlockersCard(PROJECT, FRAMEWORK, unknown, is_assessed=True, may_start=True, zone=ZONE),
        "old_blockers": OldBlockersCard(PROJECT, many),
        "old_blocker": OldBlockersCard(PROJECT, (alone,)),
        "overdue": late,
        "overdue_owner": replace(late, days=6, is_holder=False),
        "alert_risen": AlertCard(
            PROJECT, FRAMEWORK, OLIVIA, SCORECARD, SCORECARD, (), (), (), risen=SCORECARD.blockers[:3]
        ),
    }
