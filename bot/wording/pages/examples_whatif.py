"""One card for every page of what would be, as full as it gets: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.scoring import UNKNOWN, Rating, score
from bot.readiness.steps import next_step
from bot.readiness.whatif import Supposition, supposed, written
from bot.readiness.whatif_cards import Outlook, Supposed, WhatIfCard, WhatIfForm
from bot.wording.pages.examples_projects import FRAMEWORK, PROJECT

IDS = [dimension.id for dimension in FRAMEWORK.dimensions]
RATINGS = {
    IDS[0]: Rating(AnswerKind.LEVEL, 0),
    IDS[1]: Rating(AnswerKind.LEVEL, 2),
    **{each: Rating(AnswerKind.LEVEL, 2, EvidenceStrength.LINKED) for each in IDS[2:9]},
}


def examples() -> Mapping[str, object]:
    """Name -> card."""
    better = _card(Supposition({IDS[0]: 3, IDS[1]: 2, IDS[2]: 0}, 4))
    return {
        "whatif": _card(Supposition()),
        "whatif_better": better,
        "whatif_worse": replace(better, now=better.then, then=better.now, so_far=True),
        "whatif_no_blockers": _card(Supposition(dict.fromkeys(IDS, 4))),
        "whatif_moved": _card(Supposition(exposure=4)),
        "whatif_same": _card(Supposition({IDS[2]: 2})),
        "whatif_form": WhatIfForm(
            PROJECT,
            FRAMEWORK,
            tuple((each, RATINGS.get(each.id, UNKNOWN)) for each in FRAMEWORK.dimensions),
            Supposition({IDS[0]: 3, IDS[9]: None}),
            "D0=3 D9=unknown",
            more=2,
        ),
    }


def _card(supposition: Supposition) -> WhatIfCard:
    after = supposed(FRAMEWORK, RATINGS, supposition)
    rows = tuple(
        Supposed(each, RATINGS.get(each.id, UNKNOWN), after.get(each.id, UNKNOWN)) for each in FRAMEWORK.dimensions
    )
    return WhatIfCard(
        project=PROJECT,
        framework=FRAMEWORK,
        words=written(FRAMEWORK, supposition),
        supposed=tuple(row for row in rows if row.dimension.id in supposition.levels),
        rows=rows,
        now=_outlook(PROJECT.exposure, RATINGS),
        then=_outlook(supposition.exposure or PROJECT.exposure, after),
        next_words=f"{FRAMEWORK.dimensions[0].code}=3",
    )


def _outlook(exposure: int, ratings: Mapping[str, Rating]) -> Outlook:
    card = score(FRAMEWORK, exposure, None, ratings)
    return Outlook(card, next_step(FRAMEWORK, card, ratings))
