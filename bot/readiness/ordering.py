"""Which question decides most: what every open dimension can still change of a verdict, worked out by trying.

R is the lowest reach of all dimensions, and a finding depends on its own dimension alone; so it is enough to try each
open dimension's possible ratings by themselves, and to know how far all the others can carry at best.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength, Project
from bot.readiness.follow_ups import stages_that_matter
from bot.readiness.framework import LEVELS, STAGES, Dimension, Framework
from bot.readiness.interview import Interview
from bot.readiness.rating import rate
from bot.readiness.scoring import UNKNOWN, Finding, Rating, alone

GIVABLE = (EvidenceStrength.ASSERTED, EvidenceStrength.LINKED)
"""What a respondent can back an answer with; to verify takes somebody else."""

_ANY = (UNKNOWN, *(Rating(AnswerKind.LEVEL, level, strength) for level in LEVELS for strength in GIVABLE))
_NOBODY = Answer("", "", "", "", "", "", AnswerKind.UNKNOWN, datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Leeway:
    """What one dimension may still come to: how far it carries at worst and at best, and which findings it raises.

    `excludable`: it may yet be left out altogether, which changes what counts beside it.
    """

    worst: int
    best: int
    findings: frozenset[Finding | None]
    excludable: bool = False

    @property
    def span(self) -> int:
        """Between the mildest and the gravest finding, in severities; no finding at all is 0."""
        weights = [finding.severity if finding else 0 for finding in self.findings]
        return max(weights) - min(weights)


def leeways(
    framework: Framework,
    project: Project,
    answers: Iterable[Answer],
    waiting: Mapping[str, Collection[str]],
) -> dict[str, Leeway]:
    """What every dimension may still come to, in framework order; one that is agreed to be left out is absent.

    `answers` are the latest of everybody in this assessment; `waiting` maps a dimension to the ids of the people it
    is still open to. One that nobody has answered is open, to whomever.
    """
    stages = stages_that_matter(framework, project.exposure, project.target)
    next_stage = stages[1] if len(stages) > 1 else None
    said: dict[str, list[Answer]] = {}
    for answer in answers:
        said.setdefault(answer.dimension_id, []).append(answer)
    found = {}
    for dimension in framework.dimensions:
        theirs = said.get(dimension.id, [])
        possible = _possible(framework, dimension, theirs, project.roles, waiting.get(dimension.id, ()))
        counted = [each for each in possible if each.kind is not AnswerKind.NOT_APPLICABLE]
        if not counted:
            continue
        outcomes = [alone(framework, dimension, rating, project.exposure, next_stage) for rating in counted]
        reaches = [reach for reach, _ in outcomes]
        findings = frozenset(finding for _, finding in outcomes)
        found[dimension.id] = Leeway(min(reaches), max(reaches), findings, len(counted) < len(possible))
    return found


def decides(leeway: Mapping[str, Leeway], dimension_id: str) -> tuple[int, int]:
    """(stages of R, severities of its own finding) that this dimension can still change, whatever the others come to.

    R counts within what the others allow: where they carry to 2 at best, a dimension decides at most one stage.
    """
    own = leeway.get(dimension_id)
    if own is None:
        return 0, 0
    others = min((each.best for name, each in leeway.items() if name != dimension_id), default=STAGES[-1])
    return min(own.best, others) - min(own.worst, others), own.span


def order(framework: Framework, leeway: Mapping[str, Leeway]) -> tuple[str, ...]:
    """All dimensions, what can change most first; ties in framework order."""
    ids = [dimension.id for dimension in framework.dimensions]
    weights = {dimension_id: decides(leeway, dimension_id) for dimension_id in ids}
    return tuple(sorted(ids, key=lambda each: tuple(-weight for weight in weights[each])))


def matters_left(leeway: Mapping[str, Leeway], open_questions: Sequence[str]) -> tuple[str, ...]:
    """The open ones of which some answer would change R (and with it the standing) or any finding."""
    return tuple(each for each in open_questions if _matters(leeway, each))


def _matters(leeway: Mapping[str, Leeway], dimension_id: str) -> bool:
    own = leeway.get(dimension_id)
    if own is None:
        return False
    return own.excludable or decides(leeway, dimension_id)[0] > 0 or len(own.findings) > 1


def _possible(
    framework: Framework,
    dimension: Dimension,
    said: Sequence[Answer],
    roles: Mapping[str, str],
    waiting: Collection[str],
) -> tuple[Rating, ...]:
    """Every rating the dimension may have once those it waits for have answered, or not."""
    if not said:
        return _ANY
    now = rate(framework, dimension, said, roles)
    if not waiting:
        return (now,)
    if len(waiting) > 1:
        return (now, *_ANY)
    (respondent,) = waiting
    others = [answer for answer in said if answer.respondent_id != respondent]
    answer = replace(_NOBODY, id=f"-{dimension.id}", dimension_id=dimension.id, respondent_id=respondent)
    tried = [
        answer,
        *(
            replace(answer, kind=AnswerKind.LEVEL, level=level, evidence=Evidence(strength))
            for level in LEVELS
            for strength in GIVABLE
        ),
    ]
    return (now, *(rate(framework, dimension, [*others, each], roles) for each in tried))


def arranged(interview: Interview, order: Sequence[str]) -> Interview:
    """The same interview with its questions that were never put nor answered in this order, behind the others.

    Dimensions that `order` does not name come last, as they stood.
    """
    done = [q for q in interview.questions if interview.asked.get(q) or q in interview.answered]
    rank = {dimension_id: place for place, dimension_id in enumerate(order)}
    waiting = [q for q in interview.questions if q not in done]
    return replace(interview, questions=(*done, *sorted(waiting, key=lambda q: rank.get(q, len(rank)))))
