"""What lowers the rating of ownership whatever was said about it: owners who differ, and questions that nobody answers.

Which dimension that is, how far it falls and which facts must agree is content of the framework. Source: section 5 of
the rules, in `docs/readiness.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.readiness.assessment import Answer
from bot.readiness.framework import Framework
from bot.readiness.handovers import Handover, nobodys
from bot.readiness.rating import current_answers
from bot.readiness.scorecard import Rating


class Lowering(StrEnum):
    """Why a rating is lowered."""

    OWNERS_DIFFER = "owners_differ"
    NOBODYS_QUESTION = "nobodys_question"


@dataclass(frozen=True, slots=True)
class Lowered:
    """One reason: the fields on which people differ, or the dimensions whose question came back twice."""

    dimension_id: str
    at_most: int
    reason: Lowering
    about: tuple[str, ...]


def lowerings(framework: Framework, answers: Iterable[Answer], chain: Iterable[Handover]) -> tuple[Lowered, ...]:
    """What lowers ownership now; empty where the framework knows no such rule."""
    rule = framework.ownership
    if rule is None:
        return ()
    said = current_answers(answers)
    theirs = [answer for answer in said if answer.dimension_id == rule.dimension]
    found = (
        (Lowering.OWNERS_DIFFER, tuple(name for name in rule.must_agree if _differ(theirs, name))),
        (Lowering.NOBODYS_QUESTION, nobodys(chain, said)),
    )
    return tuple(Lowered(rule.dimension, rule.at_most, reason, about) for reason, about in found if about)


def lowered(ratings: Mapping[str, Rating], reasons: Sequence[Lowered]) -> dict[str, Rating]:
    """The ratings with every lowering applied; what is not known stays so."""
    after = dict(ratings)
    for reason in reasons:
        rating = after.get(reason.dimension_id)
        if rating is not None and rating.level is not None and rating.level > reason.at_most:
            after[reason.dimension_id] = replace(rating, level=reason.at_most)
    return after


def _differ(answers: Sequence[Answer], name: str) -> bool:
    """Whether two people name different owners; case, spaces and the sign of a mention do not count."""
    named = {" ".join(answer.facts.get(name, "").casefold().replace("@", " ").split()) for answer in answers}
    return len(named - {""}) > 1
