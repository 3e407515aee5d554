"""The whole way on Teams: signed activities in, cards out, over real HTTP."""

from pathlib import Path

import pytest

from tests.teams.running import running_teams

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@sqlite
def test_an_interview_is_typed_from_end_to_end(database_url: str, tmp_path: Path) -> None:
    with running_teams(database_url, tmp_path) as bot:
        olivia = bot.as_("olivia")
        olivia.add()
        bot.settle()
        assert "Hello, I am Bridgehead" in olivia.messages()[-1].text
        assert len(olivia.messages()) == 1
        olivia.add("ai-portfolio")
        bot.settle()
        olivia.say("new")
        bot.settle()
        assert olivia.submit({"Name": "Churn", "Who is exposed": "2", "Channel": "churn-prediction"}) is None
        bot.settle()
        assert "Churn is set up" in olivia.messages()[-1].text
        olivia.say("start churn")
        bot.settle()
        assert any("question 1 of 10" in message.text for message in olivia.messages())
        for _ in range(40):
            for said in ("1", "not now", "no"):
                olivia.say(said)
                bot.settle()
            if any("Thank you, that was all" in message.text for message in olivia.messages()):
                break
        else:
            raise AssertionError(olivia.messages()[-3:])
        (alert,) = olivia.messages("churn-prediction")
        assert "Churn: first result" in alert.text
