"""The rules of the three traps: every line, both sides of every threshold; and what they never do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import shipped_framework
from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.scoring import rate_all, score
from bot.readiness.trap_findings import Arm, Quote, Situation, TrapFinding, TrapSeverity, exposed_since
from bot.readiness.trap_words import mentions, only_model_measures, says_no
from bot.readiness.traps import judge

FRAMEWORK = shipped_framework()
IDS = {dimension.code: dimension.id for dimension in FRAMEWORK.dimensions}
TRAP_OF = {trap.code: trap.id for trap in FRAMEWORK.traps}
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASK, ADVICE, MEDIUM, HIGH = TrapSeverity


def answer(code: str, level: int | None, facts: Mapping[str, str], person: str = "sofia", note: str = "") -> Answer:
    return Answer(
        id=f"{code}-{person}",
        project_id="p",
        assessment_id="a",
        interview_id=f"i-{person}",
        dimension_id=IDS[code],
        respondent_id=person,
        kind=AnswerKind.UNKNOWN if level is None else AnswerKind.LEVEL,
        answered_at=NOW - timedelta(days=1),
        level=level,
        facts=facts,
        note=note,
    )


def situation(
    exposure: int,
    levels: str = "",
    target: int | None = None,
    days: float = 0,
    d8: Mapping[str, str] | None = None,
    d9: Mapping[str, str] | None = None,
) -> Situation:
    """`levels` such as "D1=3 D9=1"; `days` since people are exposed as they are; `d8` and `d9` the facts there."""
    said: dict[str, int | None] = {code: int(level) for code, _, level in (x.partition("=") for x in levels.split())}
    facts = {"D8": d8 or {}, "D9": d9 or {}}
    for code, told in facts.items():
        if told:
            said.setdefault(code, None)
    return Situation(
        exposure=exposure,
        target=target if target is not None else FRAMEWORK.default_targets[exposure],
        answers=[answer(code, level, facts.get(code, {})) for code, level in said.items()],
        roles={},
        exposures=((NOW - timedelta(days=days), exposure),),
        now=NOW,
    )


def found(code: str, where: Situation) -> TrapFinding | None:
    return next((each for each in judge(FRAMEWORK, where) if each.trap_id == TRAP_OF[code]), None)


def fired(code: str, where: Situation) -> tuple[TrapSeverity, ...] | tuple[Any, ...] | None:
    """The severity and the lines that fired; None for silence."""
    finding = found(code, where)
    return None if finding is None else (finding.severity, *(reason.arm for reason in finding.reasons))


AHEAD = Arm.TECHNOLOGY_AHEAD
CASE = {"amount": "250k EUR", "period": "a year", "baseline": "12 % churn", "sponsor": "Sofia"}
RUN = {"run-budget": "80k EUR", "people-after-launch": "2", "retraining-cadence": "monthly"}

T1: list[tuple[str, Situation, Any]] = [
    ("one dimension at 3, business at 1", situation(2, "D4=3 D9=1"), (HIGH, AHEAD)),
    ("the best only at 2, alone", situation(2, "D4=2 D9=1"), None),
    ("business at 2", situation(2, "D1=4 D2=4 D3=4 D4=4 D5=4 D6=4 D9=2"), None),
    ("ahead by 1.5 on average", situation(2, "D1=2 D2=1 D3=2 D4=1 D5=2 D6=1 D9=0"), (HIGH, AHEAD)),
    ("ahead by less than 1.5", situation(2, "D1=2 D2=1 D3=1 D4=1 D5=2 D6=1 D9=0"), None),
    ("ahead by 1.5 over four answers", situation(2, "D1=2 D2=2 D3=1 D4=1 D9=0"), (HIGH, AHEAD)),
    ("an average over half of them says nothing", situation(2, "D1=2 D2=2 D3=2 D9=0"), None),
    ("business not answered", situation(2, "D1=4 D2=4 D3=4"), None),
    ("business not known", situation(2, "D1=4", d9={"date": "May"}), None),
    ("technology not answered", situation(2, "D9=0"), None),
    ("D7 is no technology", situation(2, "D7=4 D8=4 D10=4 D9=0"), None),
    ("an experiment gets advice", situation(1, "D4=3 D9=1"), (ADVICE, AHEAD)),
    ("a bounded trial is warned", situation(2, "D4=3 D9=1"), (HIGH, AHEAD)),
    ("model measures alone", situation(2, d9={"measure": "F1 above 0,9, recall"}), (HIGH, Arm.MODEL_MEASURES)),
    ("German model measures", situation(2, d9={"measure": "Genauigkeit und Latenz"}), (HIGH, Arm.MODEL_MEASURES)),
    ("one business measure among them", situation(2, d9={"measure": "accuracy and churn rate"}), None),
    ("a business measure that says accuracy", situation(2, d9={"measure": "accuracy of invoices booked"}), None),
    ("a number without a measure", situation(2, d9={"measure": "95 %"}), None),
    ("a technique alone", situation(2, d9={"problem": "We want to use an LLM"}), (HIGH, Arm.TECHNIQUE_ONLY)),
    ("a German technique alone", situation(2, d9={"problem": "Wir wollen KI einsetzen"}), (HIGH, Arm.TECHNIQUE_ONLY)),
    ("a technique for customers", situation(2, d9={"problem": "Use an LLM so that customers wait less"}), None),
    ("a technique for cost, in German", situation(2, d9={"problem": "Mit KI die Betriebskosten senken"}), None),
    ("a problem without a technique", situation(2, d9={"problem": "It is all too slow"}), None),
    ("experiments, by words", situation(1, d9={"problem": "Try deep learning"}), (ADVICE, Arm.TECHNIQUE_ONLY)),
    (
        "all three lines",
        situation(3, "D1=3 D9=1", d9={"measure": "AUC", "problem": "Use machine learning"}),
        (HIGH, AHEAD, Arm.MODEL_MEASURES, Arm.TECHNIQUE_ONLY),
    ),
]

BUDGET, NOBODY = Arm.NO_BUDGET, Arm.NOBODY
T2: list[tuple[str, Situation, Any]] = [
    ("no budget", situation(2, d8=RUN | {"run-budget": "none"}), (MEDIUM, BUDGET)),
    ("a budget of 0", situation(2, d8=RUN | {"run-budget": "0 EUR"}), (MEDIUM, BUDGET)),
    ("a dash", situation(2, d8=RUN | {"run-budget": "-"}), (MEDIUM, BUDGET)),
    ("keins", situation(2, d8=RUN | {"run-budget": "keins"}), (MEDIUM, BUDGET)),
    ("a budget", situation(2, d8=RUN), None),
    ("a budget that nobody can read is one", situation(2, d8=RUN | {"run-budget": "the usual"}), None),
    ("nobody", situation(2, d8=RUN | {"people-after-launch": "0"}), (MEDIUM, NOBODY)),
    ("niemand", situation(2, d8=RUN | {"people-after-launch": "niemand"}), (MEDIUM, NOBODY)),
    ("half a person", situation(2, d8=RUN | {"people-after-launch": "0.5"}), None),
    ("names", situation(2, d8=RUN | {"people-after-launch": "Mei"}), None),
    ("both", situation(2, d8={"run-budget": "no", "people-after-launch": "none"}), (MEDIUM, BUDGET, NOBODY)),
    ("not known is not no", situation(2, d8={"run-budget": "don't know", "people-after-launch": "?"}), None),
    ("left empty is not no", situation(2, d8={"run-budget": "", "retraining-cadence": "never"}), None),
    ("no cadence alone is none", situation(2, d8=RUN | {"retraining-cadence": "never"}), None),
    (
        "no cadence makes it heavier",
        situation(2, d8={"run-budget": "none", "retraining-cadence": "never"}),
        (HIGH, BUDGET, Arm.HEAVIER_CADENCE),
    ),
    *(
        (f"{code} at 1 makes it heavier", situation(2, f"{code}=1", d8={"run-budget": "no"}), (HIGH, BUDGET, weak))
        for code, weak in (("D3", Arm.HEAVIER_WEAK), ("D4", Arm.HEAVIER_WEAK), ("D8", Arm.HEAVIER_WEAK))
    ),
    ("at 2 they do not", situation(2, "D3=2 D4=2 D8=2", d8={"run-budget": "no"}), (MEDIUM, BUDGET)),
    ("D5 does not matter", situation(2, "D5=0", d8={"run-budget": "no"}), (MEDIUM, BUDGET)),
    ("real users", situation(3, d8={"run-budget": "no"}), (HIGH, BUDGET, Arm.HEAVIER_EXPOSURE)),
    ("an experiment", situation(1, "D3=0", d8={"run-budget": "no"}), (ADVICE, BUDGET, Arm.HEAVIER_WEAK)),
    ("14 % a year is asked", situation(2, d8={"build-effort": "100k", "run-budget": "14k"}), (ASK, Arm.THIN_RUN)),
    ("15 % is not", situation(2, d8={"build-effort": "100k", "run-budget": "15k"}), None),
    ("1k a month is 12 %", situation(2, d8={"build-effort": "100k", "run-budget": "1k a month"}), (ASK, Arm.THIN_RUN)),
    ("2k a month is 24 %", situation(2, d8={"build-effort": "100k", "run-budget": "2k a month"}), None),
    ("money and days", situation(2, d8={"build-effort": "100k EUR", "run-budget": "2 days"}), None),
    ("an experiment is not asked", situation(1, d8={"build-effort": "100k", "run-budget": "1k"}), None),
    ("no build effort", situation(2, d8={"run-budget": "1k"}), None),
]

LACKS = Arm.NO_PROJECTION
T3: list[tuple[str, Situation, Any]] = [
    ("a whole projection", situation(2, d9=CASE), None),
    *(
        (f"no {field}", situation(2, d9=CASE | {field: "none"}), (HIGH, LACKS))
        for field in ("amount", "period", "baseline", "sponsor")
    ),
    ("an amount without a number", situation(2, d9=CASE | {"amount": "a lot"}), (HIGH, LACKS)),
    ("a baseline of 0 is a baseline", situation(2, d9=CASE | {"baseline": "0 %"}), None),
    ("an amount of 0 is none", situation(2, d9=CASE | {"amount": "0 EUR"}), (HIGH, LACKS)),
    ("target 2", situation(2, target=2, d9=CASE | {"amount": "none"}), (MEDIUM, LACKS)),
    ("target 3", situation(2, target=3, d9=CASE | {"amount": "none"}), (HIGH, LACKS)),
    ("an experiment is left alone", situation(1, d9=CASE | {"amount": "none"}), None),
    ("an experiment with a target, too", situation(1, target=3, d9=CASE | {"amount": "none"}), None),
    ("left empty is asked", situation(2, d9={**CASE, "amount": ""}), (ASK, Arm.PROJECTION_NOT_SAID)),
    ("only the problem said is asked", situation(2, d9={"problem": "Churn"}), (ASK, Arm.PROJECTION_NOT_SAID)),
    ("nothing asked", situation(2, "D9=0"), None),
    ("an experiment is not asked", situation(1, d9={"problem": "Churn"}), None),
    ("90 days unmeasured", situation(3, days=90, d9=CASE | {"measured": "none"}), None),
    ("91 days unmeasured", situation(3, days=91, d9=CASE | {"measured": "none"}), (HIGH, Arm.UNMEASURED)),
    ("91 days, not with real users", situation(2, days=91, d9=CASE | {"measured": "none"}), None),
    ("91 days, not said", situation(3, days=91, d9=CASE), (ASK, Arm.MEASURED_NOT_SAID)),
    ("89 days, not said", situation(3, days=89, d9=CASE), None),
    ("half of it after a year", situation(3, days=365, d9=CASE | {"measured": "125k EUR"}), None),
    ("less than half", situation(3, days=365, d9=CASE | {"measured": "124k EUR"}), (HIGH, Arm.OVER_PROMISE)),
    ("nothing at all came of it", situation(3, days=365, d9=CASE | {"measured": "0 EUR"}), (HIGH, Arm.OVER_PROMISE)),
    ("before the year is over", situation(3, days=364, d9=CASE | {"measured": "1k EUR"}), None),
    ("in another currency", situation(3, days=400, d9=CASE | {"measured": "1k USD"}), None),
    ("10k a month", situation(3, days=365, d9=CASE | {"measured": "10k EUR a month"}), (HIGH, Arm.OVER_PROMISE)),
    ("11k a month", situation(3, days=365, d9=CASE | {"measured": "11k EUR a month"}), None),
    ("a period nobody can read", situation(3, days=999, d9=CASE | {"period": "soon", "measured": "1 EUR"}), None),
    (
        "the period stands with the amount",
        situation(3, days=365, d9=CASE | {"amount": "250k EUR p.a.", "period": "soon", "measured": "1 EUR"}),
        (HIGH, Arm.OVER_PROMISE),
    ),
    (
        "unmeasured and not projected",
        situation(3, days=91, d9=CASE | {"amount": "none", "measured": "-"}),
        (HIGH, LACKS, Arm.UNMEASURED),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("where", "expected"), [row[1:] for row in T1], ids=[row[0] for row in T1])
def test_tech_first(where: Situation, expected: Any) -> None:
    assert fired("T1", where) == expected


@pytest.mark.parametrize(("where", "expected"), [row[1:] for row in T2], ids=[row[0] for row in T2])
def test_operational_overhead(where: Situation, expected: Any) -> None:
    assert fired("T2", where) == expected


@pytest.mark.parametrize(("where", "expected"), [row[1:] for row in T3], ids=[row[0] for row in T3])
def test_no_business_case(where: Situation, expected: Any) -> None:
    assert fired("T3", where) == expected


def test_only_a_due_projection_that_is_lacking_speaks_against_a_move() -> None:
    lacking, unmeasured = CASE | {"amount": "none"}, CASE | {"measured": "none"}
    against = {
        name: bool((finding := found("T3", where)) and finding.against_move)
        for name, where in {
            "due": situation(2, d9=lacking),
            "target 2": situation(2, target=2, d9=lacking),
            "unmeasured": situation(3, days=91, d9=unmeasured),
        }.items()
    }
    assert against == {"due": True, "target 2": False, "unmeasured": False}
    ahead = found("T1", situation(2, "D4=3 D9=1"))
    assert ahead is not None
    assert not ahead.against_move


def test_a_reason_quotes_the_answer_and_the_field_it_rests_on() -> None:
    finding = found("T2", situation(2, "D3=0 D4=2", d8={"run-budget": "none", "retraining-cadence": "never"}))
    assert finding is not None
    owned = IDS["D8"]
    assert [reason.quotes for reason in finding.reasons] == [
        (Quote("D8-sofia", owned, "run-budget"),),
        (Quote("D3-sofia", IDS["D3"]),),
        (Quote("D8-sofia", owned, "retraining-cadence"),),
    ]
    ahead = found("T1", situation(2, "D1=2 D4=3 D6=3 D9=1"))
    assert ahead is not None
    assert ahead.reasons[0].quotes == (Quote("D9-sofia", IDS["D9"]), Quote("D4-sofia", IDS["D4"]))
    assert ahead.reasons[0].numbers == {"business": 1, "technical": 3}


def test_the_authoritys_words_count_before_anybody_elses() -> None:
    said = [answer("D8", 2, RUN, "emma"), answer("D8", 2, {"run-budget": "none"}, "omar")]
    role = {FRAMEWORK.dimension(IDS["D8"]).role: "emma"}
    where = Situation(2, 3, said, role, (), NOW)
    assert found("T2", where) is None
    assert fired("T2", Situation(2, 3, said, {next(iter(role)): "omar"}, (), NOW)) == (MEDIUM, BUDGET)


def test_only_the_latest_answer_of_a_person_is_judged() -> None:
    old = replace(answer("D8", 2, {"run-budget": "none"}), id="old")
    new = replace(answer("D8", 2, RUN), supersedes_id="old")
    assert found("T2", Situation(2, 3, [new, old], {}, (), NOW)) is None


def test_exposure_counts_from_its_last_rise_without_a_break() -> None:
    days = [NOW - timedelta(days=each) for each in (400, 300, 200, 100)]
    assert exposed_since(zip(days, (3, 2, 3, 4), strict=True), 3) == days[2]
    assert exposed_since(zip(days, (2, 3, 3, 2), strict=True), 3) is None
    assert exposed_since((), 3) is None


T1_WORDS, NO = FRAMEWORK.trap("tech-first").words, FRAMEWORK.trap("operational-overhead").words["no"]


@pytest.mark.parametrize(
    "words",
    ["none", "No.", "0", "0 EUR", "€0", "-", "–", "n/a", "keine", "Keins", "kein Budget", "noch nicht geplant",
     "Not planned yet", "nobody yet", "niemand", "TBD", "no budget after launch", "None before 2027", "null"],
)  # fmt: skip
def test_no_is_read_in_many_ways(words: str) -> None:
    assert says_no(words, NO)


@pytest.mark.parametrize(
    "words",
    ["", " ", "?", "don't know", "keine Ahnung", "weiß nicht", "no more than 2 people", "No problem, Mei has it", "80k",
     "two people", "0.5", "Nora", "the usual", "included in the platform"],
)  # fmt: skip
def test_what_is_not_no_is_not_read_as_no(words: str) -> None:
    assert not says_no(words, NO)


@pytest.mark.parametrize(
    "words", ["accuracy", "F1-score of 0.9 on the test set", "precision@10; recall", "AUC > 0.85", "ROUGE-L and BLEU"]
)
def test_model_measures_are_known(words: str) -> None:
    assert only_model_measures(words, T1_WORDS["model_measures"], T1_WORDS["fillers"])


@pytest.mark.parametrize(
    "words", ["customer loss", "precision farming yield", "time to answer a ticket", "Umsatz", "recall of products", ""]
)
def test_other_measures_are_left_alone(words: str) -> None:
    assert not only_model_measures(words, T1_WORDS["model_measures"], T1_WORDS["fillers"])


@pytest.mark.parametrize(
    "problem",
    ["Drivers wait hours; machine learning could plan better", "Jede Rechnung prüft jemand von Hand; KI soll helfen",
     "LLM for support tickets", "Deep learning to find scrap on line 3", "GPT for contract review"],
)  # fmt: skip
def test_a_problem_that_names_who_has_it_is_not_tech_first(problem: str) -> None:
    assert mentions(problem, T1_WORDS["techniques"])
    assert mentions(problem, T1_WORDS["business"])


WORDS = st.sampled_from(["none", "-", "0", "250k EUR", "a year", "We want an LLM", "accuracy", "", "?", "Sofia"])
FIELDS = [
    (dimension.code, field)
    for dimension in FRAMEWORK.dimensions
    for follow_up in dimension.follow_ups
    for field in follow_up.fields
]


@st.composite
def situations(draw: st.DrawFn, *, facts: bool = True, people: tuple[str, ...] = ("mei", "omar")) -> Situation:
    told: dict[str, dict[str, str]] = {}
    for code, field in draw(st.sets(st.sampled_from(FIELDS))) if facts else ():
        told.setdefault(code, {})[field] = draw(WORDS)
    answers = [
        answer(code, draw(st.one_of(st.none(), st.integers(0, 4))), told.get(code, {}), person)
        for code in draw(st.sets(st.sampled_from(list(IDS))))
        for person in draw(st.sets(st.sampled_from(people), min_size=1))
    ]
    exposure = draw(st.integers(1, 5))
    days = draw(st.integers(0, 800))
    roles = draw(st.sampled_from([{}, {"business-sponsor": "mei", "engineering-manager": "omar"}]))
    return Situation(
        exposure, draw(st.integers(exposure, 5)), answers, roles, ((NOW - timedelta(days), exposure),), NOW
    )


@given(situations())
def test_traps_never_change_the_scorecard(where: Situation) -> None:
    def card() -> object:
        return score(FRAMEWORK, where.exposure, where.target, rate_all(FRAMEWORK, where.answers, where.roles))

    before = card()
    judge(FRAMEWORK, where)
    assert card() == before


@given(situations())
def test_a_trap_rests_on_answers_that_were_given_and_experiments_are_never_alarmed(where: Situation) -> None:
    given_ids = {each.id: each for each in where.answers}
    for finding in judge(FRAMEWORK, where):
        assert finding.reasons
        assert finding.reasons[0].quotes
        for quote in (quote for reason in finding.reasons for quote in reason.quotes):
            assert given_ids[quote.answer_id].dimension_id == quote.dimension_id
            said = given_ids[quote.answer_id].facts.get(quote.field, "") if quote.field else "answered"
            assert said.strip(" ?") or finding.severity is TrapSeverity.ASK
        assert where.exposure > 1 or not finding.severity.is_pushed


@given(situations(facts=False))
def test_without_facts_only_levels_are_judged(where: Situation) -> None:
    assert all(reason.arm is AHEAD for finding in judge(FRAMEWORK, where) for reason in finding.reasons)


@given(situations(people=("mei",)), st.sets(st.sampled_from(FIELDS)))
def test_taking_words_back_never_makes_a_trap_heavier(where: Situation, kept: set[tuple[str, str]]) -> None:
    """Not asked is not no: without its field a line falls silent, or becomes a question."""
    code_of = {dimension_id: code for code, dimension_id in IDS.items()}

    def fewer(each: Answer) -> Answer:
        code = code_of[each.dimension_id]
        return replace(each, facts={field: words for field, words in each.facts.items() if (code, field) in kept})

    less = replace(where, answers=[fewer(each) for each in where.answers])
    before = {finding.trap_id: finding.severity for finding in judge(FRAMEWORK, where)}
    for finding in judge(FRAMEWORK, less):
        assert finding.severity <= before.get(finding.trap_id, ASK)
