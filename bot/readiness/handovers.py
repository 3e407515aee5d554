"""Questions on their way from person to person. Pure; the chain is never changed, only added to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Answer

RETURNS_THAT_LOWER = 2
"""A question that came back as often, and that nobody has answered, shows that nobody owns the matter."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One step of a question: handed to a colleague, or `returned` to the one it came from."""

    id: str
    project_id: str
    assessment_id: str
    dimension_id: str
    from_id: str
    to_id: str
    at: datetime
    returned: bool = False


def brought(chain: Sequence[Handover], dimension_id: str, person_id: str) -> Handover | None:
    """The last step that brought a question to this person, or back to them; `chain` is oldest first.

    Where two people are asked the same, there are two ways of one question: only the person tells them apart.
    """
    return next(
        (step for step in reversed(chain) if (step.dimension_id, step.to_id) == (dimension_id, person_id)), None
    )


def came_from(chain: Iterable[Handover], dimension_id: str, person_id: str) -> Handover | None:
    """The step from whoever this person can return the question to: each way in is undone by one way back."""
    ways_in: list[Handover] = []
    for step in chain:
        if step.dimension_id != dimension_id:
            continue
        if step.to_id == person_id and not step.returned:
            ways_in.append(step)
        elif step.from_id == person_id and step.returned and ways_in:
            ways_in.pop()
    return ways_in[-1] if ways_in else None


def nobodys(chain: Iterable[Handover], answers: Iterable[Answer]) -> tuple[str, ...]:
    """The dimensions whose question was returned twice and answered by nobody, in the order they came back."""
    answered = {answer.dimension_id for answer in answers}
    returns: dict[str, int] = {}
    for step in chain:
        if step.returned:
            returns[step.dimension_id] = returns.get(step.dimension_id, 0) + 1
    return tuple(d for d, count in returns.items() if count >= RETURNS_THAT_LOWER and d not in answered)
