"""One example per page of frameworks, at its largest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.readiness.cards import FormOffer
from bot.readiness.framework_cards import (
    FrameworkCard,
    FrameworkChosen,
    FrameworkForm,
    FrameworkLine,
    FrameworkList,
    ImportAwaited,
    ImportRefused,
    NotImported,
)
from bot.readiness.framework_versions import Fault, FrameworkKey, Outdated, Unlike
from bot.readiness.project_cards import HistoryCard, OverviewCard, StatusCard
from bot.wording.pages import examples_projects
from bot.wording.pages.examples_projects import FRAMEWORK, NEWER, OLIVIA, ZONE

_OTHER = replace(FRAMEWORK, id="claims-automation", name={"en": "Claims automation", "de": "Schadenautomation"})

_KEYS = tuple(f"project-{number}" for number in range(30))
_LINES = tuple(
    FrameworkLine(
        key=FrameworkKey("claims-automation", f"1.{number}"),
        name=FRAMEWORK.name,
        is_current=number == 9,
        assessed=_KEYS if number else (),
        asked=_KEYS[:3] if number else (),
        imported_at=datetime(2026, 11, number + 1, tzinfo=UTC),
        imported_by=OLIVIA if number % 2 else None,
    )
    for number in range(9, -1, -1)
)
_FAULTS = tuple(
    Fault(f"dimensions[{number}].levels[2].label.en", number * 30 + 1, 14, "expected at most 60 characters, got 71")
    for number in range(30)
)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    projects = examples_projects.examples()
    status, history, overview = projects["status"], projects["history"], projects["overview"]
    assert isinstance(status, StatusCard)
    assert isinstance(history, HistoryCard)
    assert isinstance(overview, OverviewCard)
    return {
        "frameworks": FrameworkList(_LINES, ZONE),
        "framework": FrameworkCard(FRAMEWORK, is_current=False),
        "framework_current": FrameworkCard(FRAMEWORK, is_current=True),
        "framework_form": FrameworkForm(FRAMEWORK),
        "framework_awaited": ImportAwaited(),
        "framework_chosen": FrameworkChosen(
            FRAMEWORK, imported=True, was_current=False, asked_by_others=_KEYS, assessed_by_others=7
        ),
        "framework_used": FrameworkChosen(
            FRAMEWORK, imported=False, was_current=False, asked_by_others=(), assessed_by_others=1
        ),
        "framework_same": FrameworkChosen(
            FRAMEWORK, imported=False, was_current=True, asked_by_others=(), assessed_by_others=0
        ),
        "framework_offer": FormOffer("framework_import"),
        "framework_faults": ImportRefused(NotImported.FAULTS, _FAULTS, 64),
        "framework_taken": ImportRefused(NotImported.TAKEN, key=FrameworkKey("claims-automation", "1.1")),
        "status_by_another": replace(status, outdated=Outdated(_OTHER, FRAMEWORK)),
        "status_next_by_current": replace(status, outdated=Outdated(FRAMEWORK, NEWER, open_by_current=True)),
        "status_next_by_older": replace(status, outdated=Outdated(FRAMEWORK, NEWER, open_by_older=True)),
        "overview_by_others": replace(overview, rated_by_others=((_OTHER, 30), (NEWER, 1)), no_barrier=7),
        "overview_by_another_version": replace(overview, rated_by_others=((NEWER, 30),), no_barrier=1),
        "history_by_another": replace(history, unlike=Unlike(_OTHER, FRAMEWORK)),
        **{
            f"framework_{reason.value}": ImportRefused(reason)
            for reason in NotImported
            if reason not in (NotImported.FAULTS, NotImported.TAKEN)
        },
    }
