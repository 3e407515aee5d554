"""*Not mine*: handed over, on, back, refused, waited for, and over at the deadline."""

import pytest

from bot.chat.view import Buttons, Reply
from bot.readiness.assessment import Answer, AssessmentState
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview, Phase
from tests.begun import begun
from tests.world import World, account, said

ROLLBACK, SCALE, MONITORING = "rollback-capability", "infrastructure-scalability", "model-monitoring"
OWNERSHIP = "team-ownership"


@pytest.fixture
@begun
def asked(world: World) -> World:
    """Omar is asked two things, Mei two others, Olivia the rest."""
    world.found(**{"role_operations": account("omar"), "role_ml-engineering": account("mei")})
    world.command("olivia", "start churn")
    world.deliver()
    return world


def hand_over(world: World, giver: str, dimension_id: str, taker: str | None, words: str = "") -> Reply:
    fields = {"colleague": account(taker) if taker else None, "words": words}
    return world.send(giver, "hand_over", f"{world.interview(giver).id}|{dimension_id}", fields)


def give_back(world: World, who: str, dimension_id: str) -> str:
    return said(world.press(who, "return_question", f"{world.interview(who).id}|{dimension_id}"))


def answer(world: World, who: str, dimension_id: str, level: int) -> str:
    interview_id = world.interview(who).id
    words = said(world.press(who, "answer", f"{interview_id}|{dimension_id}|{level}"))
    world.pass_all(who, interview_id)
    return words


def chain(world: World) -> list[Handover]:
    project = world.project()
    latest = world.read(lambda tx: tx.assessments.latest_of(project.id))
    return list(world.read(lambda tx: tx.handovers.of_assessment(latest.id)))


def answers(world: World) -> list[Answer]:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    return list(world.read(lambda tx: tx.answers.current(latest.id)))


def state(world: World) -> AssessmentState:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    return AssessmentState(latest.state)


def way(world: World) -> list[tuple[str, str, bool]]:
    steps = chain(world)
    names = world.read(lambda tx: tx.people.many({each for step in steps for each in (step.from_id, step.to_id)}))
    return [(names[s.from_id].account, names[s.to_id].account, s.returned) for s in steps]


def presses(world: World, who: str) -> list[str]:
    """The buttons of the newest message to somebody."""
    ref = max(
        (number for number, (to, _, _) in enumerate(world.messenger.posts, 1) if to == account(who)),
        default=0,
    )
    parts = world.messenger.views[f"ref{ref}"].parts
    return [button.press for part in parts if isinstance(part, Buttons) for button in part.buttons]


def told(world: World, who: str) -> str:
    world.deliver()
    return world.messenger.said_to(account(who))[-1]


def test_a_colleague_who_was_not_asked_gets_the_one_question_with_its_context(asked: World) -> None:
    asked.open_home("dan")
    asked.deliver()
    reply = hand_over(asked, "omar", SCALE, "dan", "You ran the load test.")
    assert not reply.errors
    assert (asked.interview("dan").questions, asked.interview("dan").current) == ((SCALE,), SCALE)
    seen = told(asked, "dan")
    assert all(words in seen for words in ("question 1 of 1", "Omar", "You ran the load test.", "Infrastructure"))
    assert "return_question" in presses(asked, "dan")
    assert asked.interview("omar").current == ROLLBACK
    assert any("Dan" in text for _, text in asked.messenger.edits), "the old question says where it went"
    answer(asked, "dan", SCALE, 2)
    assert {a.dimension_id: a.level for a in answers(asked)} == {SCALE: 2}


def test_a_colleague_in_the_middle_of_others_is_told_that_one_more_comes(asked: World) -> None:
    before = asked.interview("mei").current
    hand_over(asked, "omar", ROLLBACK, "mei", "Yours, I think.")
    mei = asked.interview("mei")
    assert (mei.current, mei.questions[-1]) == (before, ROLLBACK)
    seen = told(asked, "mei")
    assert "comes after the questions you have open" in seen
    assert "Yours, I think." in seen
    assert presses(asked, "mei") == ["edit_answer", "return_question"]
    asked.press("mei", "edit_answer", f"{mei.id}|{ROLLBACK}")
    assert asked.interview("mei").current == ROLLBACK


def test_a_notice_of_a_question_that_is_gone_again_is_not_sent(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "mei")
    give_back(asked, "mei", ROLLBACK)
    asked.deliver()
    assert asked.outbox_states()["handed"] == {("dropped", "nothing_to_say"), ("sent", None)}
    assert "it is with you again" in told(asked, "omar")


def test_a_colleague_who_has_finished_is_asked_again_and_the_assessment_waits(asked: World) -> None:
    asked.answer_all("mei", 2)
    asked.answer_all("olivia", 2)
    hand_over(asked, "omar", ROLLBACK, "mei")
    hand_over(asked, "omar", SCALE, "mei")
    assert asked.interview("omar").phase is Phase.FINISHED
    assert (asked.interview("mei").phase, asked.interview("mei").current) == (Phase.ASKING, ROLLBACK)
    assert state(asked) is AssessmentState.OPEN
    answer(asked, "mei", ROLLBACK, 2)
    assert state(asked) is AssessmentState.OPEN
    answer(asked, "mei", SCALE, 2)
    assert state(asked) is AssessmentState.COMPLETE
    assert len(answers(asked)) == 10


def test_on_and_back_the_same_way(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "dan")
    hand_over(asked, "dan", ROLLBACK, "mei")
    give_back(asked, "mei", ROLLBACK)
    seen = told(asked, "dan")
    assert "Mei could not answer" in seen
    assert "return_question" in presses(asked, "dan"), "what came back can go back further"
    give_back(asked, "dan", ROLLBACK)
    assert way(asked) == [
        (account("omar"), account("dan"), False),
        (account("dan"), account("mei"), False),
        (account("mei"), account("dan"), True),
        (account("dan"), account("omar"), True),
    ]
    assert ROLLBACK in asked.interview("omar").open_questions()
    asked.press("omar", "edit_answer", f"{asked.interview('omar').id}|{ROLLBACK}")
    told(asked, "omar")
    assert "return_question" not in presses(asked, "omar"), "it began with him"


def test_to_choose_whom_it_came_from_is_to_give_it_back(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "dan")
    hand_over(asked, "dan", ROLLBACK, "omar")
    assert [returned for _, _, returned in way(asked)] == [False, True]


def test_what_came_back_twice_lowers_ownership_until_somebody_answers(asked: World) -> None:
    asked.answer_all("olivia", 3)
    for colleague in ("dan", "lukas"):
        hand_over(asked, "omar", ROLLBACK, colleague)
        give_back(asked, colleague, ROLLBACK)
    assert "came back" in said(asked.command("olivia", "why churn"))
    asked.answer_all("mei", 3)
    answer(asked, "omar", SCALE, 3)
    asked.clock.later(days=30)
    asked.tick()
    card = asked.read(lambda tx: tx.milestones.latest(asked.project().id)).scorecard
    assert (card.readiness, {f.dimension_id for f in card.findings if f.against == "exposure"} & {OWNERSHIP}) == (
        2,
        set(),
    )
    assert OWNERSHIP in {finding.dimension_id for finding in card.findings}


def test_a_colleagues_answer_that_is_there_stands(world: World) -> None:
    world.found(role_operations=account("omar"))
    world.command("olivia", f"start churn <@{account('lukas')}>")
    answer(world, "lukas", ROLLBACK, 1)
    assert "answered" in said(hand_over(world, "omar", ROLLBACK, "lukas"))
    assert chain(world) == []
    assert ROLLBACK in world.interview("omar").handed
    assert [a.level for a in answers(world)] == [1]


def test_who_took_a_question_back_can_still_have_it_returned(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "dan")
    omar = asked.interview("omar")
    asked.press("omar", "edit_answer", f"{omar.id}|{ROLLBACK}")
    assert "went wrong" not in give_back(asked, "dan", ROLLBACK)
    assert asked.interview("dan").is_over
    assert asked.interview("omar").current == ROLLBACK
    assert [returned for _, _, returned in way(asked)] == [False, True]


def test_who_took_it_back_and_answered_needs_no_return(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "dan")
    asked.press("omar", "edit_answer", f"{asked.interview('omar').id}|{ROLLBACK}")
    answer(asked, "omar", ROLLBACK, 2)
    give_back(asked, "dan", ROLLBACK)
    assert asked.interview("dan").is_over
    assert [a.level for a in answers(asked)] == [2]


@pytest.mark.parametrize(("whom", "fault"), [("omar", "not yourself"), ("dan", "has the question"), (None, "")])
def test_whom_it_cannot_go_to_is_said_at_the_field(asked: World, whom: str | None, fault: str) -> None:
    hand_over(asked, "mei", MONITORING, "dan")
    asked.press("mei", "edit_answer", f"{asked.interview('mei').id}|{MONITORING}")
    errors = hand_over(asked, "omar" if whom == "omar" else "mei", ROLLBACK if whom == "omar" else MONITORING, whom)
    assert list(errors.errors) == ["colleague"]
    assert fault in errors.errors["colleague"]


def test_what_is_answered_or_gone_cannot_be_handed_over_and_a_second_press_changes_nothing(asked: World) -> None:
    answer(asked, "omar", SCALE, 2)
    assert "not possible at this point" in said(hand_over(asked, "omar", SCALE, "dan"))
    hand_over(asked, "omar", ROLLBACK, "dan")
    before = (chain(asked), asked.interview("dan"))
    assert "not possible at this point" in said(hand_over(asked, "omar", ROLLBACK, "lukas"))
    assert (chain(asked), asked.interview("dan")) == before
    give_back(asked, "dan", ROLLBACK)
    length = len(chain(asked))
    assert "not possible at this point" in give_back(asked, "dan", ROLLBACK)
    assert len(chain(asked)) == length


def test_what_came_from_nobody_cannot_go_back(asked: World) -> None:
    assert "not possible at this point" in give_back(asked, "omar", ROLLBACK)


@pytest.mark.parametrize(
    "value",
    [
        "{mei}|model-monitoring",
        "{omar}|model-monitoring",
        "{omar}|nothing",
        "nothing|rollback-capability",
        "",
        "|",
        "a|b|c",
    ],
)
def test_forged_ids_and_other_peoples_interviews_change_nothing(asked: World, value: str) -> None:
    forged = value.format(mei=asked.interview("mei").id, omar=asked.interview("omar").id)
    for reply in (
        asked.send("omar", "hand_over", forged, {"colleague": account("dan")}),
        asked.press("omar", "hand_over", forged),
        asked.press("omar", "return_question", forged),
    ):
        assert reply.view is not None
        assert "reference" not in said(reply).lower(), "a refusal, not a fault"
    assert chain(asked) == []
    assert asked.read(lambda tx: tx.people.of_account(account("dan"))) is None


def test_at_the_deadline_the_colleagues_question_is_closed_and_unknown(asked: World) -> None:
    asked.answer_all("mei", 2)
    asked.answer_all("olivia", 2)
    answer(asked, "omar", SCALE, 2)
    hand_over(asked, "omar", ROLLBACK, "dan")
    assert asked.interview("omar").is_over
    dan = asked.interview("dan")
    asked.clock.later(days=30)
    asked.tick()
    assert (state(asked), asked.interview("dan", dan.id).phase) == (AssessmentState.COMPLETE, Phase.CLOSED)
    card = asked.read(lambda tx: tx.milestones.latest(asked.project().id)).scorecard
    assert ROLLBACK in {finding.dimension_id for finding in card.findings}
    ended = "has ended"
    assert ended in said(asked.press("dan", "answer", f"{dan.id}|{ROLLBACK}|3"))
    assert ended in said(asked.press("dan", "return_question", f"{dan.id}|{ROLLBACK}"))


def test_once_the_assessment_is_over_nobody_new_is_asked(asked: World) -> None:
    for handle in ("mei", "olivia"):
        asked.answer_all(handle, 2)
    asked.say("omar", "skip")
    asked.say("omar", "skip")
    assert state(asked) is AssessmentState.COMPLETE
    assert "has ended" in said(hand_over(asked, "omar", ROLLBACK, "dan"))
    assert "has ended" in said(hand_over(asked, "omar", ROLLBACK, "mei"))
    assert chain(asked) == []


def test_an_archived_project_hands_nothing_over(asked: World) -> None:
    hand_over(asked, "omar", ROLLBACK, "dan")
    asked.press("olivia", "archive", asked.project().id)
    assert "has ended" in said(hand_over(asked, "omar", SCALE, "dan"))
    assert "has ended" in give_back(asked, "dan", ROLLBACK)
    assert len(chain(asked)) == 1


def test_two_people_asked_the_same_hand_it_to_two_colleagues_and_the_owner_sees_both(world: World) -> None:
    world.found(role_operations=account("omar"))
    world.command("olivia", f"start churn <@{account('lukas')}>")
    hand_over(world, "omar", ROLLBACK, "dan", "For Omar.")
    hand_over(world, "lukas", ROLLBACK, "zoe", "For Lukas.")
    world.deliver()
    assert "For Omar." in told(world, "dan")
    assert "For Lukas." in told(world, "zoe")
    status = said(world.command("olivia", "status churn"))
    assert status.count("Rollback Capability") >= 2
    assert all(name in status.lower() for name in ("dan", "zoe"))


def test_typed_words_hand_it_to_whoever_is_mentioned(asked: World) -> None:
    asked.press("omar", "edit_answer", f"{asked.interview('omar').id}|{ROLLBACK}")
    assert "omar" in said(asked.say("omar", f"ask <@{account('omar')}>")).lower()
    asked.say("omar", f"ask <@{account('dan')}>, he rehearsed it")
    assert asked.interview("dan").current == ROLLBACK
    assert "he rehearsed it" in told(asked, "dan")


def test_a_paused_interview_takes_a_question_and_stays_paused(asked: World) -> None:
    asked.say("mei", "pause")
    current = asked.interview("mei").current
    hand_over(asked, "omar", ROLLBACK, "mei")
    mei: Interview = asked.interview("mei")
    assert (mei.phase, mei.current, mei.questions[-1]) == (Phase.PAUSED, current, ROLLBACK)
    give_back(asked, "mei", ROLLBACK)
    assert asked.interview("mei").phase is Phase.PAUSED
