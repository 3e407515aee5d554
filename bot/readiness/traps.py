"""Traps: the common mistakes, found by explicit rules in what people answered.

They stand beside findings and never change a scorecard. They judge only what was asked and answered: no answer is not
"no". What a rule looks at (dimensions, facts, thresholds, words) is content, under the trap in the framework's file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.readiness.framework import Framework, Trap
from bot.readiness.quantities import Quantity, period, quantity
from bot.readiness.trap_evidence import Evidence
from bot.readiness.trap_findings import Arm, Quote, Reason, Situation, TrapFinding, TrapSeverity
from bot.readiness.trap_words import mentions, only_model_measures, says_no

YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Needs:
    """What a detection reads from the framework's file, by name."""

    dimensions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def judge(framework: Framework, situation: Situation) -> tuple[TrapFinding, ...]:
    """The traps that fire, in the framework's order."""
    evidence = Evidence(framework, situation)
    found = ((trap, _RULES[trap.detection](trap, evidence)) for trap in framework.traps)
    return tuple(finding for _, finding in found if finding is not None)


def _tech_first(trap: Trap, evidence: Evidence) -> TrapFinding | None:
    reasons = [
        reason
        for reason in (_technology_ahead(trap, evidence), _model_measures(trap, evidence), _technique(trap, evidence))
        if reason is not None
    ]
    advice = evidence.exposure <= trap.thresholds["experiment"]
    return _finding(trap, TrapSeverity.ADVICE if advice else TrapSeverity.HIGH, reasons)


def _technology_ahead(trap: Trap, evidence: Evidence) -> Reason | None:
    """The business goal is at most L and the technology at least H at its best, or ahead by so much on average."""
    business = evidence.levels(trap.dimensions["business"])
    technical = evidence.levels(trap.dimensions["technical"])
    if not business or not technical:
        return None
    low, high = min(business.values()), max(technical.values())
    if low > trap.thresholds["business_at_most"]:
        return None
    # An average over less than half of them would say more about what was asked than about the project.
    several = 2 * len(technical) > len(trap.dimensions["technical"])
    lead = 10 * (sum(technical.values()) - low * len(technical))
    leads = several and lead >= trap.thresholds["lead_in_tenths"] * len(technical)
    if high < trap.thresholds["technical_at_least"] and not leads:
        return None
    lowest = next(each for each, level in business.items() if level == low)
    highest = next(each for each, level in technical.items() if level == high)
    quotes = (evidence.answer(lowest), evidence.answer(highest))
    return Reason(Arm.TECHNOLOGY_AHEAD, quotes, {"business": low, "technical": high})


def _model_measures(trap: Trap, evidence: Evidence) -> Reason | None:
    said = evidence.fact(trap.facts["measure"])
    if said is None or not only_model_measures(said.words, trap.words["model_measures"], trap.words["fillers"]):
        return None
    return Reason(Arm.MODEL_MEASURES, (said.quote,))


def _technique(trap: Trap, evidence: Evidence) -> Reason | None:
    said = evidence.fact(trap.facts["problem"])
    if (
        said is None
        or not mentions(said.words, trap.words["techniques"])
        or mentions(said.words, trap.words["business"])
    ):
        return None
    return Reason(Arm.TECHNIQUE_ONLY, (said.quote,))


def _operational_overhead(trap: Trap, evidence: Evidence) -> TrapFinding | None:
    limits = trap.thresholds
    experiment = evidence.exposure <= limits["experiment"]
    reasons = []
    for arm, name in ((Arm.NO_BUDGET, "budget"), (Arm.NOBODY, "people")):
        said = evidence.fact(trap.facts[name])
        if said is not None and says_no(said.words, trap.words["no"]):
            reasons.append(Reason(arm, (said.quote,)))
    if not reasons:
        thin = None if experiment else _thin_run(trap, evidence)
        return _finding(trap, TrapSeverity.ASK, [thin] if thin else [])
    heavier = _heavier(trap, evidence)
    severity = TrapSeverity.HIGH if heavier else TrapSeverity.MEDIUM
    return _finding(trap, TrapSeverity.ADVICE if experiment else severity, [*reasons, *heavier])


def _heavier(trap: Trap, evidence: Evidence) -> list[Reason]:
    limits = trap.thresholds
    reasons = []
    if evidence.exposure >= limits["high_from_exposure"]:
        reasons.append(Reason(Arm.HEAVIER_EXPOSURE, (), {"exposure": evidence.exposure}))
    levels = evidence.levels(trap.dimensions["weak"])
    weak = tuple(evidence.answer(each) for each, level in levels.items() if level <= limits["weak_at_most"])
    if weak:
        reasons.append(Reason(Arm.HEAVIER_WEAK, weak))
    cadence = evidence.fact(trap.facts["cadence"])
    if cadence is not None and says_no(cadence.words, trap.words["no"]):
        reasons.append(Reason(Arm.HEAVIER_CADENCE, (cadence.quote,)))
    return reasons


def _thin_run(trap: Trap, evidence: Evidence) -> Reason | None:
    """A yearly run effort that is small beside the build effort is worth a question, no more."""
    build, run = evidence.fact(trap.facts["build"]), evidence.fact(trap.facts["budget"])
    if build is None or run is None:
        return None
    built, yearly = quantity(build.words), quantity(run.words)
    if built is None or yearly is None or built.low <= 0 or (built.unit != yearly.unit and built.unit and yearly.unit):
        return None
    share = 100 * yearly.high * (YEAR / yearly.per if yearly.per else 1) / built.low
    if share >= trap.thresholds["run_percent_of_build"]:
        return None
    return Reason(Arm.THIN_RUN, (run.quote, build.quote), {"percent": int(share)})


_PROJECTION = ("amount", "period", "baseline", "owner")


def _no_business_case(trap: Trap, evidence: Evidence) -> TrapFinding | None:
    limits = trap.thresholds
    if evidence.exposure <= limits["experiment"]:
        return None
    heavy: list[Reason] = []
    lacking, not_said = _projection(trap, evidence)
    is_due = evidence.target >= limits["high_from_target"]
    reasons = [Reason(Arm.NO_PROJECTION, lacking)] if lacking else []
    value = _value(trap, evidence)
    if value is not None:
        heavy.append(value)
    if heavy or (lacking and is_due):
        return _finding(trap, TrapSeverity.HIGH, [*reasons, *heavy], against_move=bool(lacking) and is_due)
    if lacking:
        return _finding(trap, TrapSeverity.MEDIUM, reasons)
    asked = [Reason(Arm.PROJECTION_NOT_SAID, not_said)] if not_said else []
    unsaid = _measured_not_said(trap, evidence)
    return _finding(trap, TrapSeverity.ASK, [*asked, *([unsaid] if unsaid else [])])


def _projection(trap: Trap, evidence: Evidence) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The parts of the projection that were answered with no (an amount without a number is none), and the empty."""
    lacking, not_said = [], []
    for name in _PROJECTION:
        said = evidence.fact(trap.facts[name])
        if said is None:
            empty = evidence.left_empty(trap.facts[name])
            not_said += [empty.quote] if empty else []
        elif _is_lacking(name, said.words, trap.words["no"]):
            lacking.append(said.quote)
    return tuple(lacking), tuple(not_said)


def _is_lacking(name: str, words: str, no_words: tuple[str, ...]) -> bool:
    is_amount = name == "amount"
    return says_no(words, no_words, zero_is_no=is_amount) or (is_amount and quantity(words) is None)


def _value(trap: Trap, evidence: Evidence) -> Reason | None:
    """Real users for long without a measured value, or a full period that brought too little of the promise."""
    said, days = evidence.fact(trap.facts["measured"]), evidence.days_exposed(trap.thresholds["real_users_from"])
    if said is None or days is None:
        return None
    measured = quantity(said.words)
    if measured is not None:
        return _over_promise(trap, evidence, said.quote, measured, days)
    if days > trap.thresholds["unmeasured_days"] and says_no(said.words, trap.words["no"]):
        return Reason(Arm.UNMEASURED, (said.quote,), {"days": int(days)})
    return None


def _over_promise(trap: Trap, evidence: Evidence, quote: Quote, measured: Quantity, days: float) -> Reason | None:
    amount, over = evidence.fact(trap.facts["amount"]), evidence.fact(trap.facts["period"])
    promised = quantity(amount.words) if amount else None
    if amount is None or promised is None or promised.low <= 0 or promised.unit != measured.unit:
        return None
    length = (period(over.words) if over else None) or promised.per
    if length is None or days < length:
        return None
    share = 100 * _over(measured.high, measured.per, length) / _over(promised.low, promised.per, length)
    if share >= trap.thresholds["over_promise_percent"]:
        return None
    return Reason(Arm.OVER_PROMISE, (amount.quote, quote), {"percent": int(share)})


def _over(value: float, per: float | None, length: float) -> float:
    """An amount over a length of time; one without a time of its own is for all of it."""
    return value * length / per if per else value


def _measured_not_said(trap: Trap, evidence: Evidence) -> Reason | None:
    days = evidence.days_exposed(trap.thresholds["real_users_from"])
    if days is None or days <= trap.thresholds["unmeasured_days"] or evidence.fact(trap.facts["measured"]):
        return None
    empty = evidence.left_empty(trap.facts["measured"])
    return Reason(Arm.MEASURED_NOT_SAID, (empty.quote,), {"days": int(days)}) if empty else None


def _finding(
    trap: Trap, severity: TrapSeverity, reasons: Sequence[Reason], *, against_move: bool = False
) -> TrapFinding | None:
    return TrapFinding(trap.id, severity, tuple(reasons), against_move) if reasons else None


DETECTIONS: Mapping[str, Needs] = {
    "tech_first": Needs(
        dimensions=("technical", "business"),
        facts=("problem", "measure"),
        thresholds=("business_at_most", "technical_at_least", "lead_in_tenths", "experiment"),
        words=("model_measures", "fillers", "techniques", "business"),
    ),
    "operational_overhead": Needs(
        dimensions=("weak",),
        facts=("budget", "people", "cadence", "build"),
        thresholds=("weak_at_most", "high_from_exposure", "run_percent_of_build", "experiment"),
        words=("no",),
    ),
    "no_business_case": Needs(
        dimensions=("business",),
        facts=(*_PROJECTION, "measured"),
        thresholds=("experiment", "high_from_target", "real_users_from", "unmeasured_days", "over_promise_percent"),
        words=("no",),
    ),
}
"""The rules there are, and what each needs to know."""

_RULES: Mapping[str, Callable[[Trap, Evidence], TrapFinding | None]] = {
    "tech_first": _tech_first,
    "operational_overhead": _operational_overhead,
    "no_business_case": _no_business_case,
}
