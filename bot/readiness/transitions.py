"""The table of the interview: which event is possible in which phase, and the phases it may lead to."""

from collections.abc import Mapping
from enum import StrEnum

from bot.readiness.events import (
    Back,
    ChooseLevel,
    Close,
    ConfirmUnchanged,
    Doubt,
    Edit,
    Event,
    GiveFacts,
    GiveLink,
    GiveNote,
    GivePromise,
    GiveReason,
    HandOver,
    PassFollowUp,
    Pause,
    Receive,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
    Stop,
    TurnDown,
)


class Phase(StrEnum):
    """What an interview waits for: an answer, a reason, a link, details of an answer; or for nothing.

    INVITED: opened by a date; its respondent knows, and nothing is asked before they begin.
    """

    INVITED = "invited"
    ASKING = "asking"
    EXPLAINING = "explaining"
    PROVING = "proving"
    DETAILING = "detailing"
    PAUSED = "paused"
    FINISHED = "finished"
    CLOSED = "closed"


INVITED = Phase.INVITED
ASKING, EXPLAINING, PROVING, DETAILING = Phase.ASKING, Phase.EXPLAINING, Phase.PROVING, Phase.DETAILING
PAUSED, FINISHED, CLOSED = Phase.PAUSED, Phase.FINISHED, Phase.CLOSED

FOLLOWING_UP = (PROVING, DETAILING)
"""The phases in which something more is wanted about an answer that is stored already."""

_RUNNING = (ASKING, EXPLAINING, *FOLLOWING_UP)
_OPEN = (*_RUNNING, PAUSED)


def _to(*phases: Phase) -> frozenset[Phase]:
    return frozenset(phases)


_ON = _to(ASKING, FINISHED)
_ANSWERED = _ON | _to(*FOLLOWING_UP)

_BY_EVENT: Mapping[type[Event], Mapping[Phase, frozenset[Phase]]] = {
    ChooseLevel: {
        # From the whole questionnaire as a form.
        INVITED: _ANSWERED | {INVITED},
        ASKING: _ANSWERED,
        # An old button answers its own question and leaves alone what is being asked.
        EXPLAINING: _ANSWERED | {EXPLAINING},
        PROVING: _ANSWERED,
        DETAILING: _ANSWERED,
        PAUSED: _ANSWERED,
        FINISHED: _to(FINISHED, PROVING, DETAILING),
    },
    SayUnknown: {
        INVITED: _ON | {INVITED},
        ASKING: _ON,
        EXPLAINING: _ON | {EXPLAINING},
        PROVING: _ON | {PROVING},
        DETAILING: _ON | {DETAILING},
        PAUSED: _ON,
        FINISHED: _to(FINISHED),
    },
    SayNotApplicable: dict.fromkeys((ASKING, *FOLLOWING_UP, PAUSED, FINISHED), _to(EXPLAINING)),
    GiveReason: {EXPLAINING: _ON},
    ConfirmUnchanged: {
        INVITED: _ON | {INVITED},
        ASKING: _ON,
        EXPLAINING: _ON | {EXPLAINING},
        PROVING: _ON | {PROVING},
        DETAILING: _ON | {DETAILING},
        PAUSED: _ON,
        FINISHED: _to(FINISHED),
    },
    GiveLink: {
        INVITED: _to(INVITED),
        ASKING: _to(ASKING),
        EXPLAINING: _to(EXPLAINING),
        PROVING: _ANSWERED,
        DETAILING: _to(DETAILING),
        PAUSED: _to(PAUSED),
        FINISHED: _to(FINISHED),
    },
    GiveNote: {phase: _to(phase) for phase in (INVITED, *_OPEN, FINISHED)},
    TurnDown: {ASKING: _to(ASKING)},
    GiveFacts: {
        ASKING: _to(ASKING),
        EXPLAINING: _to(EXPLAINING),
        PROVING: _to(PROVING),
        DETAILING: _ANSWERED,
        PAUSED: _to(PAUSED),
        FINISHED: _to(FINISHED),
    },
    GivePromise: {
        ASKING: _to(ASKING),
        EXPLAINING: _to(EXPLAINING),
        PROVING: _to(PROVING),
        DETAILING: _ANSWERED,
        PAUSED: _to(PAUSED),
        FINISHED: _to(FINISHED),
    },
    PassFollowUp: dict.fromkeys(FOLLOWING_UP, _ANSWERED),
    Doubt: {**{phase: _to(phase) for phase in (INVITED, *_OPEN)}, FINISHED: _to(ASKING)},
    HandOver: {
        **{phase: _ON | {phase} for phase in _RUNNING},
        INVITED: _to(INVITED, FINISHED),
        PAUSED: _ON | {PAUSED},
        FINISHED: _to(FINISHED),
    },
    Receive: {**{phase: _to(phase) for phase in (INVITED, *_OPEN)}, FINISHED: _to(ASKING)},
    Skip: dict.fromkeys(_RUNNING, _ON),
    Back: dict.fromkeys((*_RUNNING, FINISHED), _to(ASKING)),
    Pause: dict.fromkeys(_RUNNING, _to(PAUSED)),
    Resume: {
        INVITED: _to(ASKING),
        ASKING: _to(ASKING),
        EXPLAINING: _to(ASKING),
        PROVING: _to(PROVING),
        DETAILING: _to(DETAILING),
        PAUSED: _to(ASKING, PROVING, DETAILING),
    },
    Stop: dict.fromkeys(_OPEN, _to(FINISHED)),
    Edit: dict.fromkeys((INVITED, *_OPEN, FINISHED), _to(ASKING)),
    Close: dict.fromkeys((INVITED, *_OPEN, FINISHED), _to(CLOSED)),
}

TRANSITIONS: Mapping[tuple[Phase, type[Event]], frozenset[Phase]] = {
    (phase, event): phases for event, rows in _BY_EVENT.items() for phase, phases in rows.items()
}
"""(phase, event) -> the phases it may lead to. What is not here is refused."""


def diagram() -> str:
    """The table as a Mermaid state diagram: one arrow per pair of phases, with the events that take it."""
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    for (before, event), phases in TRANSITIONS.items():
        for after in sorted(phases, key=list(Phase).index):
            arrows.setdefault((before, after), []).append(event.__name__)
    drawn = [
        f"    {before} --> {after}: {', '.join(arrows[before, after])}"
        for before in Phase
        for after in Phase
        if (before, after) in arrows
    ]
    return "\n".join(
        ["stateDiagram-v2", f"    [*] --> {INVITED}", f"    [*] --> {ASKING}", *drawn, f"    {CLOSED} --> [*]"]
    )
