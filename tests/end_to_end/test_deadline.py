"""The deadline ends an assessment by itself; what nobody answered is unknown."""

from datetime import timedelta

from tests.end_to_end.deeds import count, found, interview_of, say, start, texts
from tests.running import Running

DAY = 86_400


def at_work(bot: Running) -> None:
    """Two weeks on: past the deadline, and past a working morning in Berlin, then in Singapore."""
    now = bot.parts.clock.now()
    monday = (now + timedelta(days=14 - now.weekday())).replace(hour=10, minute=0)
    for moment in (monday, monday + timedelta(hours=17)):
        bot.slack.clock(to=moment.isoformat())
        bot.settle()


def test_past_its_deadline_an_assessment_closes_and_its_result_comes(bot: Running) -> None:
    found(bot, exposure="2", channel="churn-prediction", **{"role_ml-engineering": "mei"})
    start(bot)
    say(bot, "olivia", "1", "not now", "1", "not now")
    bot.slack.clock(advance_seconds=3 * DAY)
    bot.settle()
    assert count(bot, "milestone") == 0
    at_work(bot)
    (result,) = texts(bot, "olivia", "First result.")
    assert "Churn: stage 1" in result
    assert len(texts(bot, "mei", "First result.")) == 1
    assert len(texts(bot, "marta", "Churn: first result, stage 1", "churn-prediction")) == 1
    assert len(texts(bot, "mei", "this assessment has ended")) == 1
    assert interview_of(bot, "mei").phase.value == "closed"
    milestone = bot.look(lambda tx: tx.milestones.latest(tx.projects.by_key("churn").id))
    assert (milestone.cause, len(milestone.answers)) == ("closed", 2)
    bot.slack.clock(advance_seconds=5 * DAY)
    bot.settle()
    assert count(bot, "milestone") == 1
    bot.as_("olivia").command("/readiness", "why churn")
    assert "Model Monitoring: not answered" in texts(bot, "olivia", "All answers")[-1]


def test_an_answer_after_the_deadline_is_refused_and_nothing_is_lost(bot: Running) -> None:
    found(bot)
    start(bot)
    say(bot, "olivia", "2")
    bot.slack.clock(advance_seconds=9 * DAY)
    bot.settle()
    say(bot, "olivia", "1")
    assert count(bot, "answer") == 1
    assert texts(bot, "olivia", "I don’t know “1”")
    start(bot)
    assert "Last time" in texts(bot, "olivia", "question 1 of 10")[-1]
