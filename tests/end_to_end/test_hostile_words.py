"""Words are data: whatever people write is shown as they wrote it, everywhere, and rings for nobody."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.deeds import finish, found, project_of, say, start, texts
from tests.running import Running

WORDS = {
    "markup": "*bold* _it_ ~gone~ `code` <b>x</b> & &amp; > quote",
    "a broadcast": "<!channel> <!here> <!everyone> @channel",
    "a person": "<@U0ADA> <@U0MARTA|marta> <#C0GENERAL>",
    "a link in disguise": "<https://evil.example|Northwind>",
    "a template": "{{ 7*7 }} {% raw %} {# x #} ${7*7} %s {0}",
    "emoji": "🚀 👩‍👩‍👧 :tada:",
    "right to left": "مشروع التسرب \u202eabc\u202c",
    "quotes": "'; DROP TABLE project; -- \" \\ \\n",
    "fences": "```x``` [text](https://evil.example) **b**",
}


def everything(bot: Running, who: str = "olivia") -> str:
    person = bot.as_(who)
    channels = ("churn-prediction", None)
    return "\n".join(m.text for place in channels for m in person.messages(place) if m.from_bot) + person.home()


def loud(bot: Running) -> list[str]:
    """All that the bot has sent where Slack reads signs: mrkdwn, the text of messages, and ready-made mentions."""
    space = bot.slack.workspace
    sent = [row for rows in space.messages.values() for row in rows if "bot_id" in row]
    return [*(row["text"] for row in sent), *_loud([sent, *space.homes.values(), *space.stacks.values()])]


def _loud(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        kind = node.get("type")
        if kind == "mrkdwn":
            yield node["text"]
        elif kind in ("user", "broadcast", "link", "channel"):
            yield f"<{node}>"
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _loud(inner)


def assert_nothing_rings(bot: Running) -> None:
    sent = loud(bot)
    for ringing in (
        "<!channel",
        "<!here",
        "<!everyone",
        "'broadcast'",
        "<@U0ADA",
        "'U0ADA'",
        "<@U0MARTA",
        "<#C0GENERAL",
    ):
        assert not [text for text in sent if ringing in text and f"&lt;{ringing[1:]}" not in text], ringing
    # A link that somebody typed is evidence, and leads where it says; its label is ours.
    assert not [text for text in sent if "|Northwind>" in text or "'text': 'Northwind'" in text]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_words_in_every_field_are_shown_as_written_and_ring_for_nobody(bot: Running, words: str) -> None:
    found(bot, name=words, key="churn", channel="churn-prediction", team=words, business_function=words)
    assert project_of(bot).name == words
    olivia = bot.as_("olivia")
    olivia.open_home()
    start(bot)
    say(bot, "olivia", "0", f"a note: {words}", "1")
    for command in ("status churn", "move churn", "archive churn", "why churn", "edit churn"):
        olivia.command("/readiness", command)
        bot.settle()
    read = olivia._named(words)  # the driver shows ids of people by handle
    assert read in olivia.modal()
    finish(bot, answers="11111111")
    for command in ("status churn", "blockers churn", "why churn", "history churn"):
        olivia.command("/readiness", command)
    olivia.command("/portfolio")
    olivia.open_home()
    bot.settle()
    shown = everything(bot)
    assert shown.count(read) > 8
    assert read in olivia.home()
    assert texts(bot, "olivia", read, "churn-prediction"), "the alert"
    # Slack makes a link of an address in a message before we see it; how it stands there is Slack's affair.
    assert "https" in words or f"a note: {read}" in texts(bot, "olivia", "All answers")[-1]
    assert "Something broke" not in shown
    assert not [entry for entry in bot.slack.log() if entry["direction"] == "problem"]
    assert_nothing_rings(bot)


def test_a_text_of_ten_thousand_characters_is_kept_up_to_its_limit(bot: Running) -> None:
    found(bot)
    start(bot)
    say(bot, "olivia", "x" * 10_000, "2", "y" * 10_000, "https://long.example/" + "z" * 10_000, "1")
    bot.as_("olivia").command("/readiness", "why churn")
    bot.settle()
    assert "Something broke" not in everything(bot)
    assert texts(bot, "olivia", "All answers")
    answers = bot.look(lambda tx: tx.answers.current(tx.assessments.open_of(tx.projects.by_key("churn").id).id))
    assert {len(answer.note) <= 3000 for answer in answers} == {True}
    assert not [entry for entry in bot.slack.log() if entry["direction"] == "problem"]


def test_a_command_of_ten_thousand_characters_is_refused_in_a_sentence(bot: Running) -> None:
    olivia = bot.as_("olivia")
    for text in ("status " + "x" * 10_000, "x" * 10_000, "start " + "<@U0DAN> " * 1000, "help " + "🚀" * 5000):
        olivia.command("/readiness", text)
        bot.settle()
        assert "Something broke" not in olivia.last().text
        assert olivia.last().text
    assert not [entry for entry in bot.slack.log() if entry["direction"] == "problem"]


def test_an_empty_text_is_no_answer(bot: Running) -> None:
    found(bot)
    start(bot)
    olivia = bot.as_("olivia")
    for text in ("", " ", "\u200b", "\u202e", "\n", "\u200b \u00ad"):
        if text.strip():
            olivia.say(text)
        olivia.command("/readiness", text)
        bot.settle()
    assert "Something broke" not in everything(bot)
    assert texts(bot, "olivia", "question 2 of 10") == []


def test_a_name_of_blanks_is_none(bot: Running) -> None:
    olivia = bot.as_("olivia")
    olivia.command("/readiness", "new")
    olivia.wait_for_modal("Save")
    assert olivia.submit({"name": "   ", "exposure": "1"}) == {"name": "Please fill this in."}


def test_an_emoji_name_still_gets_a_key(bot: Running) -> None:
    found(bot, name="🚀", key=None)
    assert project_of(bot, "project").name == "🚀"
