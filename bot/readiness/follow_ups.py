"""What an answer still calls for, and what speaks against it: by the framework's follow-ups and checks alone."""

from collections.abc import Iterable, Mapping, Sequence, Set

from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength
from bot.readiness.events import Asks, Wanted
from bot.readiness.framework import Check, Dimension, FollowUp, Framework
from bot.readiness.scoring import Rating, effective_level

PERSON, DUE = "person", "due"
"""What a promise consists of. It is kept among an answer's facts, under the follow-up's id and one of these."""


def stages_that_matter(framework: Framework, exposure: int, target: int | None) -> tuple[int, ...]:
    """Where people are exposed, and the next stage if there is one."""
    aim = framework.default_targets[exposure] if target is None else target
    return (exposure, exposure + 1) if aim > exposure else (exposure,)


def counts_for(framework: Framework, dimension: Dimension, level: int, exposure: int, target: int | None) -> int:
    """What a merely asserted level counts for at the stages that matter: the lowest of them."""
    return _least(framework, dimension, level, stages_that_matter(framework, exposure, target))


def holds(framework: Framework, dimension: Dimension, when: str, level: int, stages: Sequence[int]) -> bool:
    """Whether a follow-up's `when` is true of a level at the stages that matter; conditions are joined by ` or `."""
    return any(_holds(framework, dimension, each, level, stages) for each in when.split(" or "))


def called_for(
    framework: Framework,
    answer: Answer,
    exposure: int,
    target: int | None,
    *,
    passed: Set[str] = frozenset(),
    checked: Set[str] = frozenset(),
    others: Iterable[Answer] = (),
) -> tuple[Wanted, ...]:
    """What the answer calls for beyond its level, in the framework's order, the checks last.

    Only a level calls for anything. `passed` are the follow-ups and checks the respondent passed, `checked` the checks
    that were asked before, `others` the answers for other dimensions, which may speak against this one.
    """
    if answer.level is None:
        return ()
    dimension = framework.dimension(answer.dimension_id)
    stages = stages_that_matter(framework, exposure, target)
    follow_ups = [
        Wanted(follow_up.id, Asks(follow_up.asks))
        for follow_up in dimension.follow_ups
        if follow_up.id not in passed
        and not is_told(follow_up, answer)
        and holds(framework, dimension, follow_up.when, answer.level, stages)
    ]
    said = _by_dimension((answer, *(other for other in others if other.dimension_id != dimension.id)))
    checks = [
        Wanted(check.id, Asks.CHECK)
        for check in framework.checks
        if check.asks == dimension.id
        and check.id not in passed | checked
        and may_be_doubted(check, answer)
        and any(speaks(check, each, exposure) for each in said.get(check.of, ()))
    ]
    return (*follow_ups, *checks)


def still(wanted: Sequence[Wanted], called: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """What is left of a queue: nothing is added in the middle of it, and its order stays."""
    left = set(called)
    return tuple(each for each in wanted if each in left)


def doubts(framework: Framework, answer: Answer, exposure: int) -> tuple[Check, ...]:
    """The checks by which this answer speaks against those for *other* dimensions."""
    return tuple(
        check
        for check in framework.checks
        if check.of == answer.dimension_id != check.asks and speaks(check, answer, exposure)
    )


def may_be_doubted(check: Check, answer: Answer) -> bool:
    """A level; and where another dimension speaks against it, one that claims anything at all."""
    return answer.level is not None and (check.of == check.asks or answer.level > 0)


def speaks(check: Check, answer: Answer, exposure: int) -> bool:
    """Whether the check has something to say about this answer."""
    if answer.level is None or not check.level_at_least <= answer.level <= check.level_at_most:
        return False
    if exposure < check.exposure_at_least:
        return False
    told = answer.facts.get(check.needs, "").lower()
    return not check.needs or not told or any(word in _words(told) for word in check.but_not)


def is_told(follow_up: FollowUp, answer: Answer) -> bool:
    """Whether the answer has what a follow-up asks for: a link, any of the facts, a date."""
    match Asks(follow_up.asks):
        case Asks.EVIDENCE:
            return answer.evidence.strength is not EvidenceStrength.ASSERTED
        case Asks.OWNER_AND_DATE:
            return promise_key(follow_up.id, DUE) in answer.facts
    return any(answer.facts.get(field) for field in follow_up.fields)


def empty_fields(follow_up: FollowUp, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that were not told yet, in order."""
    return tuple(field for field in follow_up.fields if not facts.get(field))


def promise_key(follow_up_id: str, part: str) -> str:
    """Where a promise's person or date stands among an answer's facts; no field of a framework has a dot."""
    return f"{follow_up_id}.{part}"


def promised_in(dimension: Dimension, answer: Answer) -> tuple[str, str] | None:
    """(person id, ISO date) of who closes the gap, if somebody does."""
    for follow_up in dimension.follow_ups:
        person, due = (answer.facts.get(promise_key(follow_up.id, part)) for part in (PERSON, DUE))
        if person and due:
            return person, due
    return None


def _holds(framework: Framework, dimension: Dimension, condition: str, level: int, stages: Sequence[int]) -> bool:
    name, _, number = condition.partition(":")
    match name:
        case "always":
            return True
        case "level_at_least":
            return level >= int(number)
        case "counts_for_less":
            return _least(framework, dimension, level, stages) < level
        case "level_below_bar":
            return any(level < dimension.need(stage) for stage in stages)
    raise ValueError(f"{dimension.id}: no such condition of a follow-up: {condition}")


def _least(framework: Framework, dimension: Dimension, level: int, stages: Sequence[int]) -> int:
    asserted = Rating(AnswerKind.LEVEL, level, EvidenceStrength.ASSERTED)
    return min(effective_level(framework, dimension, asserted, stage) for stage in stages)


def _by_dimension(answers: Iterable[Answer]) -> Mapping[str, Sequence[Answer]]:
    said: dict[str, list[Answer]] = {}
    for answer in answers:
        said.setdefault(answer.dimension_id, []).append(answer)
    return said


def _words(text: str) -> frozenset[str]:
    return frozenset("".join(letter if letter.isalnum() else " " for letter in text).split())
