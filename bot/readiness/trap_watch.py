"""Traps over time: raised at a milestone, still standing, gone; and what people said against them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.readiness.assessment import Answer
from bot.readiness.trap_findings import Arm, Quote, Reason, TrapFinding, TrapSeverity


@dataclass(frozen=True, slots=True)
class RaisedTrap:
    """A trap of a project, from the milestone that found it to the one that no longer does.

    `reasons` point at answers by id and hold none of their words. `told_by` is the milestone whose alert named it last.
    """

    id: str
    project_id: str
    trap_id: str
    severity: TrapSeverity
    reasons: tuple[Reason, ...]
    found_at: datetime
    found_by: str
    told_by: str | None = None
    gone_at: datetime | None = None
    gone_by: str | None = None

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The answers it rests on, each once."""
        return answers_of(self.reasons)


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody said against a raised trap, in their own words; `reasons` are those it stood on at that time."""

    id: str
    raised_id: str
    person_id: str
    said_at: datetime
    reasons: tuple[Reason, ...]
    text: str = ""

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The answers that the trap rested on, each once."""
        return answers_of(self.reasons)


def answers_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The ids of the answers that these rest on, each once."""
    return tuple(dict.fromkeys(quote.answer_id for reason in reasons for quote in reason.quotes))


@dataclass(frozen=True, slots=True)
class Found:
    """A trap that was not standing; `is_news` unless it was answered before, when the same answers raised it."""

    finding: TrapFinding
    is_news: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A trap that was raised before and still fires; `is_news`: its people should hear of it again."""

    raised: RaisedTrap
    finding: TrapFinding
    is_news: bool


@dataclass(frozen=True, slots=True)
class TrapChanges:
    """What fires now, held against what was raised."""

    found: tuple[Found, ...]
    standing: tuple[Standing, ...]
    gone: tuple[RaisedTrap, ...]


def trap_changes(
    raised: Iterable[RaisedTrap],
    findings: Iterable[TrapFinding],
    corrections: Mapping[str, Sequence[Correction]],
    answers: Mapping[str, Answer],
) -> TrapChanges:
    """Compare by trap: a project has each at most once.

    `corrections` are all that were ever given, by trap; `answers` by id are all that any of them points at. A
    correction quiets a trap until what it rests on is answered differently; a repeated answer is the same answer.
    """
    standing_now = {finding.trap_id: finding for finding in findings}
    known = {each.trap_id: each for each in raised}
    return TrapChanges(
        found=tuple(
            Found(finding, finding.severity.is_pushed and not _is_answered(finding, corrections, answers))
            for trap_id, finding in standing_now.items()
            if trap_id not in known
        ),
        standing=tuple(
            Standing(each, finding, _is_news(each, finding, corrections, answers))
            for trap_id, each in known.items()
            if (finding := standing_now.get(trap_id)) is not None
        ),
        gone=tuple(each for trap_id, each in known.items() if trap_id not in standing_now),
    )


def answers_it(correction: Correction, reasons: Iterable[Reason], answers: Mapping[str, Answer]) -> bool:
    """Whether a correction was given to what these reasons rest on, word for word."""
    return claims(correction.reasons, answers) == claims(reasons, answers)


def _is_answered(
    finding: TrapFinding, corrections: Mapping[str, Sequence[Correction]], answers: Mapping[str, Answer]
) -> bool:
    return any(answers_it(each, finding.reasons, answers) for each in corrections.get(finding.trap_id, ()))


def _is_news(
    raised: RaisedTrap,
    finding: TrapFinding,
    corrections: Mapping[str, Sequence[Correction]],
    answers: Mapping[str, Answer],
) -> bool:
    """It weighs more now; or it was corrected, the answers have changed since, and it fires all the same."""
    if not finding.severity.is_pushed or _is_answered(finding, corrections, answers):
        return False
    corrected = any(each.raised_id == raised.id for each in corrections.get(raised.trap_id, ()))
    changed = claims(raised.reasons, answers) != claims(finding.reasons, answers)
    return finding.severity > raised.severity or (corrected and changed)


def claims(reasons: Iterable[Reason], answers: Mapping[str, Answer]) -> frozenset[tuple[object, ...]]:
    """What the reasons rest on, without ids and dates: the same words given again make the same claims."""
    return frozenset(_claim(quote, answers.get(quote.answer_id)) for reason in reasons for quote in reason.quotes)


def words_of(quote: Quote, answer: Answer) -> str:
    """The person's own words that a quote points at; "" when they left none, or they were erased."""
    return (answer.facts.get(quote.field, "") if quote.field else answer.note).strip()


def _claim(quote: Quote, answer: Answer | None) -> tuple[object, ...]:
    if answer is None:
        return (quote.dimension_id, quote.field)
    if quote.field:
        return (quote.dimension_id, quote.field, words_of(quote, answer))
    return (quote.dimension_id, quote.field, answer.kind, answer.level, answer.evidence.strength, answer.note)


def reasons_as_plain(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """As JSON-safe values; `reasons_from_plain` gives the same back."""
    return [
        {
            "arm": reason.arm.value,
            "quotes": [[quote.answer_id, quote.dimension_id, quote.field] for quote in reason.quotes],
            "numbers": dict(reason.numbers),
        }
        for reason in reasons
    ]


def reasons_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """What `reasons_as_plain` wrote. Raises KeyError, ValueError or TypeError on anything else."""
    return tuple(
        Reason(Arm(each["arm"]), tuple(Quote(*quote) for quote in each["quotes"]), dict(each["numbers"]))
        for each in plain
    )
