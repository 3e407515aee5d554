"""The interview machine: its table, its course, and what no sequence of events can break."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind
from bot.readiness.events import (
    Annotate,
    Ask,
    Attach,
    Back,
    ChooseLevel,
    Close,
    ConfirmUnchanged,
    Edit,
    Event,
    Finish,
    GiveLink,
    GiveNote,
    GiveReason,
    PassProof,
    Pause,
    Record,
    Refresh,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
)
from bot.readiness.interview import TRANSITIONS, Interview, Phase, begin, step
from bot.readiness.refusals import Refusal, Refused

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUESTIONS = ("data", "monitoring", "ownership")


def interview() -> Interview:
    return begin(Interview("i1", "p1", "a1", "mei", QUESTIONS, NOON))[0]


def play(*events: Event) -> tuple[Interview, list[object]]:
    now, effects = interview(), []
    for event in events:
        now, outcome = step(now, event)
        effects.extend(outcome)
    return now, effects


def test_it_begins_by_asking_the_first_question() -> None:
    begun, outcome = begin(Interview("i1", "p1", "a1", "mei", QUESTIONS, NOON))
    assert (begun.current, begun.phase, begun.asked, outcome) == (
        "data",
        Phase.ASKING,
        {"data": 1},
        (Ask("data"),),
    )


def test_a_level_is_recorded_and_the_next_question_follows() -> None:
    now, effects = play(ChooseLevel("data", 2))
    assert effects == [Record("data", AnswerKind.LEVEL, 2), Refresh("data"), Ask("monitoring")]
    assert (now.current, now.answered) == ("monitoring", {"data"})


def test_a_level_that_counts_for_less_waits_for_a_link() -> None:
    now, effects = play(ChooseLevel("data", 3, calls_for_proof=True))
    assert (now.phase, now.current) == (Phase.PROVING, "data")
    assert effects == [Record("data", AnswerKind.LEVEL, 3), Refresh("data")]
    now, effects = play(ChooseLevel("data", 3, calls_for_proof=True), GiveLink("data", "https://x"))
    assert effects[2:] == [Attach("data", "https://x"), Refresh("data"), Ask("monitoring")]
    now, effects = play(ChooseLevel("data", 3, calls_for_proof=True), PassProof("data"))
    assert effects[2:] == [Refresh("data"), Ask("monitoring")]


def test_not_applicable_asks_for_a_reason_first() -> None:
    now, effects = play(SayNotApplicable("data"))
    assert (now.phase, effects) == (Phase.EXPLAINING, [Refresh("data")])
    now, effects = play(SayNotApplicable("data"), GiveReason("data", "no_features", "prompts only"))
    record = Record("data", AnswerKind.NOT_APPLICABLE, reason="no_features", note="prompts only")
    assert effects[1:] == [record, Refresh("data"), Ask("monitoring")]


def test_a_note_before_the_level_is_kept_with_the_answer() -> None:
    now, effects = play(GiveNote("data", "we rehearsed in August"), ChooseLevel("data", 2))
    assert Record("data", AnswerKind.LEVEL, 2, note="we rehearsed in August") in effects
    assert now.notes == {}


def test_a_note_after_the_level_goes_to_the_answer() -> None:
    _, effects = play(ChooseLevel("data", 3, calls_for_proof=True), GiveNote("data", "see wiki"))
    assert effects[2:] == [Annotate("data", "see wiki"), Refresh("data")]


def test_a_skipped_question_stays_open_and_the_end_still_comes() -> None:
    now, effects = play(Skip(), ChooseLevel("monitoring", 1), SayUnknown("ownership"))
    assert (now.phase, now.skipped, now.current) == (Phase.FINISHED, {"data"}, None)
    assert effects[-1] == Finish()


def test_back_returns_to_the_question_before_and_going_on_continues_at_the_open_one() -> None:
    now, effects = play(ChooseLevel("data", 2), Back())
    assert (now.current, now.asked["data"], effects[-1]) == ("data", 2, Ask("data"))
    now, _ = step(now, ChooseLevel("data", 1))
    assert now.current == "monitoring"


def test_back_after_the_end_reopens_the_last_question() -> None:
    now, _ = play(*(ChooseLevel(question, 1) for question in QUESTIONS), Back())
    assert (now.phase, now.current) == (Phase.ASKING, "ownership")


def test_an_edit_after_the_end_finishes_again() -> None:
    now, effects = play(*(ChooseLevel(question, 1) for question in QUESTIONS), Edit("data"), ChooseLevel("data", 4))
    assert (now.phase, effects[-1]) == (Phase.FINISHED, Finish())


def test_an_old_button_edits_its_own_answer_and_never_hits_the_next() -> None:
    now, effects = play(ChooseLevel("data", 2), ChooseLevel("data", 3))
    assert now.current == "monitoring"
    assert effects[-2:] == [Record("data", AnswerKind.LEVEL, 3), Refresh("data")]


def test_pause_keeps_the_place_and_an_answer_resumes() -> None:
    now, _ = play(ChooseLevel("data", 2), Pause())
    assert (now.phase, now.current) == (Phase.PAUSED, "monitoring")
    resumed, outcome = step(now, Resume())
    assert (resumed.phase, outcome) == (Phase.ASKING, (Ask("monitoring"),))
    answered, _ = step(now, ChooseLevel("monitoring", 2))
    assert answered.current == "ownership"


def test_a_closed_interview_takes_nothing() -> None:
    now, _ = play(Close())
    with pytest.raises(Refused) as refused:
        step(now, ChooseLevel("data", 2))
    assert refused.value.refusal is Refusal.INTERVIEW_CLOSED


def test_a_question_of_somebody_else_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        step(interview(), ChooseLevel("governance", 2))
    assert refused.value.refusal is Refusal.NOT_YOUR_INTERVIEW


questions = st.sampled_from(QUESTIONS)
events = st.one_of(
    st.builds(ChooseLevel, questions, st.integers(0, 4), st.booleans()),
    st.builds(SayUnknown, questions),
    st.builds(SayNotApplicable, questions),
    st.builds(GiveReason, questions, st.just("other"), st.just("because")),
    st.builds(ConfirmUnchanged, questions),
    st.builds(GiveLink, questions, st.just("https://x")),
    st.builds(GiveNote, questions, st.text(max_size=5)),
    st.builds(PassProof, questions),
    st.builds(Edit, questions),
    st.sampled_from([Skip(), Back(), Pause(), Resume()]),
)


@given(st.lists(events, max_size=30))
def test_no_sequence_leaves_the_table_and_no_answer_is_lost(sequence: list[Event]) -> None:
    now, recorded = interview(), set[str]()
    for event in sequence:
        before = now
        try:
            now, outcome = step(now, event)
        except Refused:
            assert now == before
            continue
        assert now.phase in TRANSITIONS[before.phase, type(event)]
        recorded |= {effect.dimension_id for effect in outcome if isinstance(effect, Record)}
        assert now.answered == recorded
        assert not now.answered & now.skipped
        assert (now.current is None) == now.is_over
        assert (Finish() in outcome) <= (now.phase is Phase.FINISHED)


@given(st.lists(events, max_size=30))
def test_from_everywhere_answering_what_is_asked_leads_to_the_end(sequence: list[Event]) -> None:
    now = interview()
    for event in sequence:
        try:
            now, _ = step(now, event)
        except Refused:
            continue
    for _ in range(len(QUESTIONS) + 1):
        if now.current is not None:
            now, _ = step(now, ChooseLevel(now.current, 1))
    assert now.phase is Phase.FINISHED
