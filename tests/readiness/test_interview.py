"""The interview machine: its table, its course, and what no sequence of events can break."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind
from bot.readiness.events import (
    Annotate,
    Ask,
    Asks,
    Attach,
    Back,
    ChooseLevel,
    Close,
    ConfirmUnchanged,
    Detail,
    Doubt,
    Edit,
    Event,
    Finish,
    GiveFacts,
    GiveLink,
    GiveNote,
    GivePromise,
    GiveReason,
    HandOver,
    PassFollowUp,
    Pause,
    Promise,
    Receive,
    Record,
    Refresh,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
    Stop,
    TurnDown,
    Wanted,
)
from bot.readiness.interview import TRANSITIONS, Interview, Phase, begin, step
from bot.readiness.matching import still_meant
from bot.readiness.ordering import arranged
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.transitions import FOLLOWING_UP, diagram

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUESTIONS = ("data", "monitoring", "ownership")
LINK = (Wanted("evidence", Asks.EVIDENCE),)
CONTRACT = (Wanted("contract", Asks.FACTS),)
CLOSER = (Wanted("closer", Asks.OWNER_AND_DATE),)
FRIDAY = date(2026, 11, 27)


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
    now, effects = play(ChooseLevel("data", 3, LINK))
    assert (now.phase, now.current) == (Phase.PROVING, "data")
    assert effects == [Record("data", AnswerKind.LEVEL, 3), Refresh("data")]
    now, effects = play(ChooseLevel("data", 3, LINK), GiveLink("data", "https://x"))
    assert effects[2:] == [Attach("data", "https://x"), Refresh("data"), Ask("monitoring")]
    now, effects = play(ChooseLevel("data", 3, LINK), PassFollowUp("data", "evidence"))
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


def test_what_was_turned_down_is_neither_shown_nor_kept_and_the_words_are() -> None:
    now, effects = play(GiveNote("data", "we rehearsed"), TurnDown("data"), GiveNote("data", "no,\nonly twice"))
    assert effects[1:2] == [Refresh("data")]
    assert now.noted("data") == "we rehearsed\nno,\nonly twice"
    assert still_meant(now.notes["data"]) == "only twice"
    _, effects = step(now, ChooseLevel("data", 1))
    assert Record("data", AnswerKind.LEVEL, 1, note=now.noted("data")) in effects


def test_a_note_after_the_level_goes_to_the_answer() -> None:
    _, effects = play(ChooseLevel("data", 3, LINK), GiveNote("data", "see wiki"))
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


def test_follow_ups_are_asked_one_after_another_before_the_interview_goes_on() -> None:
    now, _ = play(ChooseLevel("data", 3, LINK + CONTRACT))
    assert (now.phase, now.wanted) == (Phase.PROVING, LINK + CONTRACT)
    now, outcome = step(now, GiveLink("data", "https://x", CONTRACT))
    assert (now.phase, outcome) == (Phase.DETAILING, (Attach("data", "https://x"), Refresh("data")))
    now, outcome = step(now, GiveFacts("data", {"schema": "ours"}))
    assert outcome == (Detail("data", {"schema": "ours"}), Refresh("data"), Ask("monitoring"))
    assert (now.wanted, now.current) == ((), "monitoring")


def test_a_gap_may_be_promised_to_be_closed() -> None:
    _, effects = play(ChooseLevel("data", 0, CLOSER), GivePromise("data", "mei", FRIDAY))
    assert effects[2:] == [Promise("data", "mei", FRIDAY), Refresh("data"), Ask("monitoring")]


def test_a_passed_follow_up_is_remembered_until_the_question_is_put_again() -> None:
    now, _ = play(ChooseLevel("data", 3, LINK + CONTRACT), PassFollowUp("data", "evidence", CONTRACT))
    assert (now.phase, now.passed) == (Phase.DETAILING, {"evidence"})
    again, _ = step(now, Edit("data"))
    assert (again.wanted, again.passed) == ((), frozenset())


def test_the_button_of_a_follow_up_that_is_over_is_refused() -> None:
    now, _ = play(ChooseLevel("data", 3, LINK + CONTRACT), GiveLink("data", "https://x", CONTRACT))
    with pytest.raises(Refused) as refused:
        step(now, PassFollowUp("data", "evidence"))
    assert refused.value.refusal is Refusal.NOT_POSSIBLE_NOW


def test_facts_given_later_go_to_their_answer_and_leave_the_question_on_screen_alone() -> None:
    now, effects = play(ChooseLevel("data", 3), GiveFacts("data", {"schema": "ours"}))
    assert (now.current, effects[-2:]) == ("monitoring", [Detail("data", {"schema": "ours"}), Refresh("data")])


def test_a_pause_in_the_middle_of_a_follow_up_comes_back_to_it() -> None:
    now, _ = play(ChooseLevel("data", 3, LINK), Pause())
    resumed, outcome = step(now, Resume())
    assert (resumed.phase, resumed.wanted, outcome) == (Phase.PROVING, LINK, (Ask("data"),))


def test_what_is_being_asked_is_put_once_more_where_one_reads_now() -> None:
    for said in ((), (ChooseLevel("data", 3, LINK),), (SayNotApplicable("data"),)):
        now, _ = play(*said)
        resumed, outcome = step(now, Resume())
        assert (resumed.current, resumed.wanted, outcome) == ("data", now.wanted, (Ask("data"),))
        assert resumed.asked["data"] == now.asked["data"] + 1


def test_a_question_handed_over_is_no_longer_open_and_may_come_back() -> None:
    now, effects = play(HandOver("data"))
    assert (now.handed, now.current, effects[-1]) == ({"data"}, "monitoring", Ask("monitoring"))
    back, outcome = step(now, Receive("data"))
    assert (back.handed, back.current, outcome) == (frozenset(), "monitoring", ())
    assert back.open_questions() == ("data", "monitoring", "ownership")


def test_who_hands_over_the_last_question_is_done_until_it_comes_back() -> None:
    now, effects = play(ChooseLevel("data", 2), ChooseLevel("monitoring", 2), HandOver("ownership"))
    assert (now.phase, effects[-1]) == (Phase.FINISHED, Finish())
    now, outcome = step(now, Receive("ownership"))
    assert (now.phase, outcome) == (Phase.ASKING, (Ask("ownership"),))


def test_a_question_from_somebody_else_is_put_after_ones_own() -> None:
    now, _ = play(Receive("governance"), *(ChooseLevel(question, 1) for question in QUESTIONS))
    assert (now.questions[-1], now.current) == ("governance", "governance")


def test_what_was_answered_cannot_be_handed_over() -> None:
    with pytest.raises(Refused) as refused:
        play(ChooseLevel("data", 2), HandOver("data"))
    assert refused.value.refusal is Refusal.NOT_POSSIBLE_NOW


def test_a_doubt_puts_the_question_again_next_and_once() -> None:
    now, effects = play(ChooseLevel("data", 2), Doubt("data", "no-receiver"), ChooseLevel("monitoring", 3))
    assert (now.current, now.asked["data"], effects[-1]) == ("data", 2, Ask("data"))
    now, _ = step(now, ChooseLevel("data", 1))
    assert (now.current, now.again) == ("ownership", frozenset())
    with pytest.raises(Refused):
        step(now, Doubt("data", "no-receiver"))


def test_a_doubt_after_the_end_reopens_and_keeping_the_answer_ends_again() -> None:
    now, effects = play(*(ChooseLevel(question, 1) for question in QUESTIONS), Doubt("data", "no-receiver"), Skip())
    assert (now.phase, now.answered, effects[-1]) == (Phase.FINISHED, set(QUESTIONS), Finish())


def test_a_respondent_may_stop_and_what_is_open_stays_open() -> None:
    now, effects = play(ChooseLevel("data", 2), Stop())
    assert (now.phase, now.skipped, effects[-1]) == (Phase.FINISHED, {"monitoring", "ownership"}, Finish())


def test_only_questions_that_were_never_put_are_arranged() -> None:
    now, _ = play(ChooseLevel("data", 2))
    assert arranged(now, ("ownership", "data", "monitoring")).questions == QUESTIONS
    begun = interview()
    assert arranged(begun, ("ownership", "monitoring", "data")).questions == ("data", "ownership", "monitoring")


def test_the_drawn_diagram_is_the_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / "interview.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}\n```" in text


def test_a_closed_interview_takes_nothing() -> None:
    now, _ = play(Close())
    with pytest.raises(Refused) as refused:
        step(now, ChooseLevel("data", 2))
    assert refused.value.refusal is Refusal.INTERVIEW_CLOSED


def test_a_question_of_somebody_else_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        step(interview(), ChooseLevel("governance", 2))
    assert refused.value.refusal is Refusal.NOT_YOUR_INTERVIEW


questions = st.sampled_from((*QUESTIONS, "governance"))
wants = st.sampled_from([(), LINK, CONTRACT, LINK + CONTRACT, CLOSER])
events = st.one_of(
    st.builds(ChooseLevel, questions, st.integers(0, 4), wants),
    st.builds(SayUnknown, questions),
    st.builds(SayNotApplicable, questions),
    st.builds(GiveReason, questions, st.just("other"), st.just("because")),
    st.builds(ConfirmUnchanged, questions),
    st.builds(GiveLink, questions, st.just("https://x"), wants),
    st.builds(GiveNote, questions, st.text(max_size=5)),
    st.builds(TurnDown, questions),
    st.builds(GiveFacts, questions, st.just({"schema": "ours"}), wants),
    st.builds(GivePromise, questions, st.just("mei"), st.just(FRIDAY), wants),
    st.builds(PassFollowUp, questions, st.sampled_from(["evidence", "contract", "closer"]), wants),
    st.builds(Doubt, questions, st.sampled_from(["no-receiver", "no-registry"])),
    st.builds(HandOver, questions),
    st.builds(Receive, questions),
    st.builds(Edit, questions),
    st.sampled_from([Skip(), Back(), Pause(), Resume(), Stop()]),
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
        assert not now.answered & (now.skipped | now.handed)
        assert now.again <= now.answered
        assert bool(now.wanted) >= (now.phase in FOLLOWING_UP)
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
    for _ in range(2 * len(now.questions) + 1):
        if now.current is not None:
            now, _ = step(now, ChooseLevel(now.current, 1))
    assert now.phase is Phase.FINISHED
