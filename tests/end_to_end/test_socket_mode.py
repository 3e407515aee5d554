"""The same bot without a public address: everything comes over a websocket that it opens."""

from dataclasses import replace
from pathlib import Path

from bot.app import compose
from bot.manifests import slack_commands
from bot.platforms.slack.manifest import manifest
from bot.playground.server import LocalSlack, Served
from bot.web import web_app
from bot.worker import ticking
from tests.end_to_end.deeds import count, finish, found, start, texts
from tests.running import AT_ONCE, Running, settings_for, wait_until


def test_a_command_a_form_and_an_interview_over_socket_mode(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "b.db").write_bytes(sqlite_template.read_bytes())
    with LocalSlack(manifest=manifest(slack_commands(), None)) as slack:
        settings = settings_for(f"sqlite:///{tmp_path / 'b.db'}", slack, tmp_path)
        over_socket = replace(settings, slack_signing_secret="", slack_app_token=slack.app_token)
        parts = compose(over_socket, pace=AT_ONCE)
        with Served(web_app(parts, ticking), name="bridgehead"):
            wait_until(lambda: slack.sender.link is not None, "no link came up")
            bot = Running(slack, parts)
            bot.as_("olivia").command("/readiness", "help")
            bot.as_("olivia").wait_for("What you can ask me")
            found(bot, channel="churn-prediction")
            start(bot)
            bot.as_("olivia").press("Level 1")
            bot.settle()
            slack.repeat_last()
            bot.settle()
            assert count(bot, "answer") == 1
            finish(bot, answers="111111111")
            assert len(texts(bot, "olivia", "First result.")) == 1
            assert len(texts(bot, "marta", "first result", "churn-prediction")) == 1
