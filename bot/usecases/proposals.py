"""The level that free words fit: worked out whenever it is shown, stored only as the answer that a person gives."""

from bot.readiness.events import TURNED_DOWN
from bot.readiness.interview import Interview, Phase
from bot.readiness.matching import Proposal, propose, says_no, still_meant
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.ports import Context


def proposed(context: Context, interview: Interview, dimension_id: str) -> Proposal | None:
    """What the words typed to the question on screen fit; None once a level was chosen, or when nothing fits."""
    words = interview.notes.get(dimension_id, "")
    if not words or interview.phase is not Phase.ASKING or interview.current != dimension_id:
        return None
    return propose(context.framework_asked(interview.assessment_id).dimension(dimension_id), words)


def confirmed_level(context: Context, interview: Interview, dimension_id: str) -> int | None:
    """The level that a typed "yes" confirms; None when none was proposed, so that "yes" is words like any other.

    Raises Refused when an endpoint proposes: what stood on the screen is not known here, only its button knows.
    """
    if context.asks_elsewhere and _undecided(interview, dimension_id):
        raise Refused(Refusal.PRESS_TO_CONFIRM)
    proposal = proposed(context, interview, dimension_id)
    return proposal.level if proposal else None


def turns_down(context: Context, interview: Interview, dimension_id: str, words: str) -> bool:
    """Whether these words only say that the proposed level is wrong; without one they are words like any other.

    Where an endpoint proposes, it is taken to have proposed one; said twice, it was turned down already.
    """
    if interview.phase is not Phase.ASKING or not says_no(words):
        return False
    if interview.notes.get(dimension_id, "").endswith(TURNED_DOWN):
        return True
    elsewhere = context.asks_elsewhere and _undecided(interview, dimension_id)
    return elsewhere or proposed(context, interview, dimension_id) is not None


def _undecided(interview: Interview, dimension_id: str) -> bool:
    """Whether words wait for a level."""
    return interview.phase is Phase.ASKING and bool(still_meant(interview.notes.get(dimension_id, "")))
