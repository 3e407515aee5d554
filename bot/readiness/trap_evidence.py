"""A situation, opened for the rules of traps: levels by dimension, facts by reference, and whose answer says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.readiness.assessment import Answer
from bot.readiness.framework import FactRef, Framework
from bot.readiness.rating import counted_answers, current_answers, rate_all
from bot.readiness.scorecard import UNKNOWN
from bot.readiness.trap_findings import Quote, Situation, exposed_since
from bot.readiness.trap_words import is_said


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with its words; `words` is "" for a field that was asked with others and left empty."""

    quote: Quote
    words: str


class Evidence:
    """What was answered, as the rules ask for it: only the latest answer of each person."""

    def __init__(self, framework: Framework, situation: Situation) -> None:
        """Read the situation by this framework."""
        self.framework, self.situation = framework, situation
        self.exposure, self.target = situation.exposure, situation.target
        self._ratings = rate_all(framework, situation.answers, situation.roles)
        self._answers: dict[str, list[Answer]] = {}
        for answer in current_answers(situation.answers):
            self._answers.setdefault(answer.dimension_id, []).append(answer)

    def level(self, dimension_id: str) -> int | None:
        """The level that counts, as claimed; None when nobody gave one."""
        return self._ratings.get(dimension_id, UNKNOWN).level

    def levels(self, dimension_ids: Iterable[str]) -> dict[str, int]:
        """The levels that were given."""
        known = ((each, self.level(each)) for each in dimension_ids)
        return {each: level for each, level in known if level is not None}

    def answer(self, dimension_id: str) -> Quote:
        """The answer that makes the rating."""
        return Quote(self._ordered(dimension_id)[0].id, dimension_id)

    def fact(self, reference: FactRef) -> Said | None:
        """What was said there: by those whose answer counts, else by anybody."""
        for answer in self._ordered(reference.dimension_id):
            if is_said(words := answer.facts.get(reference.field)):
                return Said(Quote(answer.id, reference.dimension_id, reference.field), words or "")
        return None

    def left_empty(self, reference: FactRef) -> Said | None:
        """A field without words, where others of the same follow-up have some; None when none was asked."""
        together = next(
            (
                follow_up.fields
                for follow_up in self.framework.dimension(reference.dimension_id).follow_ups
                if reference.field in follow_up.fields
            ),
            {},
        )
        for answer in self._ordered(reference.dimension_id):
            if any(is_said(answer.facts.get(each)) for each in together):
                return Said(Quote(answer.id, reference.dimension_id, reference.field), "")
        return None

    def days_exposed(self, stage: int) -> float | None:
        """Since when people have been exposed at this stage or above, in days."""
        since = exposed_since(self.situation.exposures, stage)
        return None if since is None else (self.situation.now - since).total_seconds() / 86_400

    def _ordered(self, dimension_id: str) -> list[Answer]:
        current = self._answers.get(dimension_id, [])
        if not current:
            return []
        counted = counted_answers(self.framework.dimension(dimension_id), current, self.situation.roles)
        return [*counted, *(answer for answer in current if answer not in counted)]
