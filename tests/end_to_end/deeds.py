"""What people do again and again in these tests, and how the database is looked into."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from bot.playground import payloads
from bot.playground.sender import Ack
from storage.bound import table_of
from storage.tables import AnswerRow, Row
from tests.running import Running

ANSWER = table_of(AnswerRow)
Json = dict[str, Any]


def found(bot: Running, who: str = "olivia", /, **fields: Any) -> None:
    """Make the project Churn, with these fields of its form instead of the usual ones."""
    person = bot.as_(who)
    person.command("/readiness", "new")
    person.wait_for_modal("Save")
    assert person.submit({"name": "Churn", "key": "churn", "exposure": "1", **fields}) is None
    bot.settle()


def start(bot: Running, who: str = "olivia", key: str = "churn") -> None:
    """Start the assessment; the first question is there."""
    bot.as_(who).command("/readiness", f"start {key}")
    bot.settle()


def say(bot: Running, who: str, *words: str) -> None:
    """Say these one after the other, each when the one before has been dealt with."""
    for each in words:
        bot.as_(who).say(each)
        bot.settle()


def finish(bot: Running, who: str = "olivia", answers: str = "1111111111") -> None:
    """Answer the ten questions; what they call for beyond that is passed."""
    for answer in answers:
        say(bot, who, answer)
        while interview_of(bot, who).wanted:
            say(bot, who, "not now")


def texts(bot: Running, who: str, words: str, channel: str | None = None) -> list[str]:
    """The bot's messages in a place that hold these words."""
    return [m.text for m in bot.as_(who).messages(channel) if m.from_bot and words in m.text]


def rows(bot: Running) -> Mapping[str, list[tuple[Any, ...]]]:
    """Everything in the database but the keys of what has arrived."""
    tables = [table for table in Row.metadata.sorted_tables if table.name != "inbox"]
    with bot.parts.engines.reading.connect() as connection:
        return {table.name: [tuple(row) for row in connection.execute(table.select())] for table in tables}


def count(bot: Running, table: str) -> int:
    """How many rows a table has."""
    with bot.parts.engines.reading.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(Row.metadata.tables[table])).scalar_one())


def interview_of(bot: Running, who: str = "olivia") -> Any:
    """A person's newest interview."""
    account = bot.as_(who).id
    return bot.look(lambda tx: tx.interviews.latest_of(tx.people.of_account(account).id))


def project_of(bot: Running, key: str = "churn") -> Any:
    """A project by its key."""
    return bot.look(lambda tx: tx.projects.by_key(key))


def press_payload(bot: Running, who: str, name: str, value: str, channel: str = "") -> Json:
    """A press of a button that need not be on any screen, as Slack would send it."""
    space, user = bot.slack.workspace, bot.as_(who).id
    place = space.find_channel(channel)["id"] if channel else space.dm(user)["id"]
    action = {"type": "button", "action_id": f"press:{name}:0", "block_id": "b", "value": value}
    message = {"ts": space.stamp(), "text": "forged", "blocks": []}
    return payloads.message_press(
        space,
        user,
        place,
        message,
        action=action | {"action_ts": space.stamp()},
        values={},
        response_url=bot.slack.town.gestures._response_url(user, place),
    )


def send(bot: Running, payload: Json) -> Ack:
    """Send an interaction, signed, and wait for what it leads to."""
    ack = bot.slack._run(bot.slack.sender.interactive(payload))
    bot.settle()
    assert isinstance(ack, Ack)
    return ack


def form_payload(bot: Running, who: str, form: str, value: str, fields: Mapping[str, str]) -> Json:
    """A submission of a form that need not be open."""
    space, user = bot.slack.workspace, bot.as_(who).id
    view = {"id": space.serial("V"), "hash": "1", "type": "modal", "callback_id": f"form:{form}"}
    view |= {"private_metadata": value, "blocks": [], "title": {"type": "plain_text", "text": "x"}}
    values = {name: {"x": {"type": "plain_text_input", "value": text}} for name, text in fields.items()}
    return payloads.submission(space, user, {**view, "team_id": space.team["id"]}, values, [])


def signed_post(bot: Running, body: bytes, kind: str = "application/json", **headers: str) -> int:
    """Post any bytes with a good signature; gives the HTTP status."""
    sent = {"content-type": kind, **bot.slack.signed(body), **headers}
    return int(bot.slack.send(body=body, headers=sent).status_code)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()
