"""One example per page of frameworks, at its largest."""

from collections.abc import Mapping
from datetime import UTC, datetime

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
from bot.readiness.framework_versions import Fault, FrameworkKey
from bot.wording.pages.examples_projects import FRAMEWORK, OLIVIA, ZONE

_KEYS = tuple(f"project-{number}" for number in range(30))
_LINES = tuple(
    FrameworkLine(
        key=FrameworkKey("claims-automation", f"1.{number}"),
        name=FRAMEWORK.name,
        is_current=number == 9,
        assessed=_KEYS,
        asked=_KEYS[:3],
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
    return {
        "frameworks": FrameworkList(_LINES, ZONE),
        "framework": FrameworkCard(FRAMEWORK, is_current=False),
        "framework_form": FrameworkForm(FRAMEWORK),
        "framework_awaited": ImportAwaited(),
        "framework_chosen": FrameworkChosen(
            FRAMEWORK, imported=True, was_current=False, asked_by_others=_KEYS, assessed_by_others=7
        ),
        "framework_faults": ImportRefused(NotImported.FAULTS, _FAULTS, 64),
        "framework_taken": ImportRefused(NotImported.TAKEN, key=FrameworkKey("claims-automation", "1.1")),
        **{
            f"framework_{reason.value}": ImportRefused(reason)
            for reason in NotImported
            if reason not in (NotImported.FAULTS, NotImported.TAKEN)
        },
    }
