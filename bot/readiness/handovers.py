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


def with_whom(chain: Sequence[Handover], dimension_id: str) -> Handover | None:
    """The last step of a question, oldest first in `chain`; None where it never left its respondent."""
    return next((step for step in reversed(chain) if step.dimension_id == dimension_id), None)


def came_from(chain: Sequence[Handover], dimension_id: str, person_id: str) -> Handover | None:
    """The last step that handed the question to this person; what they handed on and got back does not count."""
    theirs = (step for step in reversed(chain) if step.dimension_id == dimension_id and step.to_id == person_id)
    return next((step for step in theirs if not step.returned), None)


def nobodys(chain: Iterable[Handover], answers: Iterable[Answer]) -> tuple[str, ...]:
    """The dimensions whose question was returned twice and answered by nobody, in the order they came back."""
    answered = {answer.dimension_id for answer in answers}
    returns: dict[str, int] = {}
    for step in chain:
        if step.returned:
            returns[step.dimension_id] = returns.get(step.dimension_id, 0) + 1
    return tuple(d for d, count in returns.items() if count >= RETURNS_THAT_LOWER and d not in answered)
