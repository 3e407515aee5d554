"""Whatever comes twice is done once: events, commands, presses, forms."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.end_to_end.deeds import (
    count,
    finish,
    form_payload,
    found,
    interview_of,
    press_payload,
    project_of,
    say,
    send,
    start,
    texts,
)
from tests.running import Running


def asked(bot: Running) -> None:
    found(bot, channel="churn-prediction")
    start(bot)


def at_once(*works: Any) -> None:
    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(work) for work in works]:
            done.result()


def test_an_event_that_slack_repeats_gives_one_answer(bot: Running) -> None:
    asked(bot)
    say(bot, "olivia", "1")
    for _ in range(3):
        assert bot.slack.repeat_last().status == 200
    bot.settle()
    assert count(bot, "answer") == 1
    assert len(texts(bot, "olivia", "question 2 of 10")) == 1
    assert texts(bot, "olivia", "question 3 of 10") == []


def test_an_event_delivered_twice_at_the_same_moment_gives_one_answer(bot: Running) -> None:
    asked(bot)
    bot.as_("olivia").say("1")
    bot.settle()
    at_once(*[bot.slack.repeat_last] * 4)
    bot.settle()
    assert (count(bot, "answer"), len(interview_of(bot).answered)) == (1, 1)


def test_a_repeated_command_starts_one_assessment_and_says_nothing_more(bot: Running) -> None:
    found(bot)
    start(bot)
    ack = bot.slack.repeat_last()
    bot.settle()
    assert (ack.status, ack.body) == (200, b"")
    assert (count(bot, "assessment"), count(bot, "interview")) == (1, 1)
    assert len(texts(bot, "olivia", "question 1 of 10")) == 1


def test_a_repeated_press_gives_one_answer(bot: Running) -> None:
    asked(bot)
    bot.as_("olivia").press("Level 2")
    bot.settle()
    at_once(*[bot.slack.repeat_last] * 3)
    bot.settle()
    assert count(bot, "answer") == 1


def test_a_double_press_gives_one_answer_and_one_next_question(bot: Running) -> None:
    """Two presses are two payloads with moments of their own."""
    asked(bot)
    value = f"{interview_of(bot).id}|data-pipeline-stability|1"
    presses = [press_payload(bot, "olivia", "answer", value) for _ in range(2)]
    at_once(*(lambda payload=payload: send(bot, payload) for payload in presses))
    assert len(interview_of(bot).answered) == 1
    assert len(bot.look(lambda tx: tx.answers.current(interview_of(bot).assessment_id))) == 1
    assert count(bot, "answer") == 1
    assert len(texts(bot, "olivia", "question 2 of 10")) == 1


def test_a_double_press_on_the_last_question_gives_one_result(bot: Running) -> None:
    asked(bot)
    finish(bot, answers="111111111")
    value = f"{interview_of(bot).id}|user-adoption-plan|1"
    for _ in range(2):
        send(bot, press_payload(bot, "olivia", "answer", value))
    for _ in range(2):
        wanted = f"{interview_of(bot).id}|user-adoption-plan|changed-work"
        send(bot, press_payload(bot, "olivia", "not_now", wanted))
    assert count(bot, "milestone") == 1
    assert len(texts(bot, "olivia", "First result.")) == 1
    assert texts(bot, "olivia", "Still stage") == []


def test_a_form_submitted_twice_makes_one_project(bot: Running) -> None:
    found(bot)
    bot.slack.repeat_last()
    bot.settle()
    assert count(bot, "project") == 1
    assert len(texts(bot, "olivia", "Churn is set up")) == 1


def test_two_forms_with_one_key_make_one_project_and_one_refusal(bot: Running) -> None:
    fields = {"name": "Churn", "key": "churn", "exposure": "1"}
    payloads = [form_payload(bot, who, "project", "", fields) for who in ("olivia", "dan")]
    at_once(*(lambda payload=payload: send(bot, payload) for payload in payloads))
    assert count(bot, "project") == 1


def test_two_people_who_close_an_assessment_get_one_result(bot: Running) -> None:
    asked(bot)
    say(bot, "olivia", "1")
    assessment = interview_of(bot).assessment_id
    presses = [press_payload(bot, who, "close_assessment", assessment) for who in ("olivia", "ada")]
    at_once(*(lambda payload=payload: send(bot, payload) for payload in presses))
    assert count(bot, "milestone") == 1
    assert len(texts(bot, "olivia", "First result.")) == 1
    assert len(texts(bot, "marta", "first result", "churn-prediction")) == 1


@pytest.mark.parametrize("press", ["answer", "unknown", "skip", "back", "pause", "unchanged", "not_applicable"])
def test_somebody_elses_question_cannot_be_answered(bot: Running, press: str) -> None:
    asked(bot)
    interview = interview_of(bot)
    value = {"answer": f"{interview.id}|data-pipeline-stability|2", "unknown": f"{interview.id}|model-monitoring"}
    value |= {"unchanged": f"{interview.id}|model-monitoring", "not_applicable": f"{interview.id}|user-adoption-plan"}
    value |= dict.fromkeys(("skip", "back"), f"{interview.id}|data-pipeline-stability")
    send(bot, press_payload(bot, "dan", press, value.get(press, interview.id), "churn-prediction"))
    assert interview_of(bot) == interview
    assert count(bot, "answer") == 0
    assert len(texts(bot, "dan", "This question was put to somebody else", "churn-prediction")) == 1


def test_a_question_of_an_archived_project_says_so_to_an_old_button(bot: Running) -> None:
    asked(bot)
    interview = interview_of(bot)
    old = press_payload(bot, "olivia", "answer", f"{interview.id}|data-pipeline-stability|2")
    send(bot, press_payload(bot, "olivia", "archive", project_of(bot).id))
    assert len(texts(bot, "olivia", "Data Pipeline Stability · this assessment has ended")) == 1
    send(bot, old)
    assert len(texts(bot, "olivia", "your answers up to then are kept")) == 1
    assert (count(bot, "answer"), count(bot, "milestone")) == (0, 0)
