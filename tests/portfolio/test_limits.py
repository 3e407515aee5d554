"""Whatever the portfolio says stays within what Slack and Teams take: empty, tiny, usual and vast, whatever the names.

A manager and somebody without any role ask for everything there is and press every button that comes, in both
languages.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count, cycle
from random import Random
from typing import Any

import pytest

from bot.chat.document import LONGEST_ALTERNATIVE
from bot.chat.incoming import Actor, Command, Incoming, Opened, Press, Say, Spot
from bot.chat.view import Button, Buttons, Choices, Form, View
from bot.conversation import Conversation
from bot.platforms.slack.render import home, message
from bot.platforms.slack.render_form import modal
from bot.platforms.teams.render import cards, rendered
from bot.platforms.teams.render_form import rendered_form
from bot.platforms.text import units
from bot.playground.limits import block_faults, view_faults
from bot.readiness.digests import Subscription
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.portfolio_cards import ListDigest
from bot.usecases import pictures, portfolio_week
from bot.usecases.filtering import read_query
from bot.usecases.listing import page_of
from bot.usecases.ports import Context
from bot.wording.engine import LANGUAGES, Words
from bot.wording.pages import drawn, present
from storage.engine import Engines
from storage.store import Store
from tests.platforms.strict_slack import check_message, check_view
from tests.platforms.teams.strict_card import check_card
from tests.platforms.teams.strict_card import texts as teams_texts
from tests.portfolio.overviews import LIBRARY, kind, stocked
from tests.portfolio.stocked import DAY, NOW, PEOPLE, Stock, random_stock
from tests.world import FrozenClock

USUAL = 50
SIZES = (0, 1, USUAL, 10_000)
LONGEST = 200
NAMES = (
    "x" * LONGEST,
    "תחזית נטישה \u202e" * 20,
    "🙂👩🏽‍💻" * 40,
    "<!channel> <@U1> *bold* _it_ ~no~ `code` & | [here](https://evil.example) " * 5,
    "|" * LONGEST,
    "&" * LONGEST,
)
FILTERS = 'stage:>=1 exposure:<=5 -waived -severity:critical owner:me,@u2 team:"",x sort:-age limit:200'
TYPED = (
    "",
    "stage:>=1",
    "blocked sort:-blockers",
    "barrier:technical,data dimension:D4<3",
    "-dimension:D1>2",
    "project:|",
    "unassessed",
    "overdue",
    "stage:5 stage:1",
    "levers",
    "saved",
    "here",
    "which projects are stuck on data?",
    "who is overdue?",
    "compare p00001 and p00002",
    "why is p00001 only stage 2?",
    f"project:{'<!channel>' * 30}",
    " ".join(f"{name[:60]}:{name[:60]}" for name in NAMES),
    "blokced " * 40,
    f"stage:{'9' * 300}",
    f"save {'n' * 60} blocked",
    f"forget {NAMES[3]}",
    f"{NAMES[3]}",
    "x" * 2_000,
)
"""Commands, questions in plain words and mistakes."""
WAYS = frozenset({"project", "projects", "overview", "lever", "why", "blockers", "history", "ask", "status"})
"""Presses that lead somewhere and change nothing."""
MOST_PRESSED = 12
"""By each reader, of each size."""
READERS = (("U1", "en"), ("U1", "de"), ("U9", "de"))
"""An admin, and somebody without any role; with their languages."""
PICTURES = {
    pictures.MAP: {"query": "", "start": "0"},
    pictures.FLOW: {"span": ""},
    pictures.BARRIERS: {},
    pictures.COMPARE: {"other": "p00002"},
    pictures.PROFILE: {},
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_message_is_one_that_both_platforms_take(
    engines: Engines, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = Conversation(store, LIBRARY, FrozenClock(NOW), frozenset({"U1"}))
    pressed = 0
    for size in SIZES:
        actor = Actor("slack", f"T{size}", "U1")
        stocked(engines, store, hostile(size), actor)
        with store.writing(actor) as tx:
            for number, person in enumerate(PEOPLE):
                tx.people.save(replace(person, name=NAMES[number]))
            for number in range(25):
                tx.saved_filters.save("ada", f"{number:02}-{'n' * 37}", FILTERS)
        for user, language in READERS if size <= USUAL else READERS[:2]:
            pressed += walk(conversation, replace(actor, user=user, language=language))
        for language in LANGUAGES:
            with store.reading(actor) as tx:
                reader = replace(PEOPLE[0], is_manager=True, language=language)
                for card in delivered(Context(tx, reader, LIBRARY, NOW), size):
                    check(present(card, Words(language)))
    assert pressed > 100
    assert not [record for record in caplog.records if "fault" in record.message]


def hostile(size: int) -> Stock:
    """So many projects, whose names, keys, teams and functions are all as long or as odd as they may be."""
    stock, names = random_stock(Random(size), size, kind()), cycle(name[:LONGEST] for name in NAMES)
    stock.projects = [
        replace(each, name=next(names), key=f"{each.key}-{'k' * 32}", team=next(names), business_function=next(names))
        for each in stock.projects
    ]
    return stock


def walk(conversation: Conversation, actor: Actor) -> int:
    """Type everything, press what comes; gives how many buttons were pressed."""
    keys, spot = count(), Spot("D1", direct=True)

    def said(incoming: Incoming) -> Iterator[tuple[str, str]]:
        reply = conversation.converse(incoming)
        for view in (reply.view, reply.form, reply.home):
            if view is not None:
                check(view)
        for view in (reply.view, reply.home):
            yield from presses(view) if view is not None else ()

    found: dict[tuple[str, str], None] = {}
    for text in TYPED:
        command = Command(key=f"k{next(keys)}", actor=actor, spot=spot, name="portfolio", text=text)
        found.update(dict.fromkeys(said(command)))
    found.update(dict.fromkeys(said(Say(key=f"k{next(keys)}", actor=actor, spot=spot, text="portfolio blocked"))))
    found.update(dict.fromkeys(said(Opened(key=f"k{next(keys)}", actor=actor, spot=spot))))
    # Some of each kind, those behind a press as well.
    seen: set[tuple[str, str]] = set()
    while (left := sorted(found.keys() - seen, key=lambda each: sum(each[0] == one[0] for one in seen))) and (
        len(seen) < MOST_PRESSED
    ):
        press, value = left[0]
        seen.add((press, value))
        incoming = Press(key=f"k{next(keys)}", actor=actor, spot=spot, press=press, value=value)
        found.update(dict.fromkeys(said(incoming)))
    return len(seen)


def presses(view: View) -> Iterator[tuple[str, str]]:
    """What its buttons say, of those that lead somewhere."""
    for part in view.parts:
        if isinstance(part, Buttons):
            yield from (
                (each.press, each.value) for each in part.buttons if isinstance(each, Button) and each.press in WAYS
            )
        elif isinstance(part, Choices) and part.press in WAYS:
            yield from ((part.press, each.value) for each in part.choices)


def delivered(context: Context, size: int) -> Iterator[object]:
    """What comes by itself: digests, lists, and what stands above and in the place of pictures."""
    weekly = Subscription("d1", None, "p1", None, "Europe/Berlin", NOW - 7 * DAY, "ada")
    yield portfolio_week.of(context, weekly, weekly.since, NOW)
    yield ListDigest(FILTERS, page_of(context, read_query(context, FILTERS)))
    for of, parameters in PICTURES.items():
        if of in (pictures.COMPARE, pictures.PROFILE) and size < USUAL:
            continue
        notice = Notice("n", NoticeKind.PICTURE, "p00001", person_id="ada", parameters={"of": of, **parameters})
        card = pictures.picture(context, notice)
        if card is not None:
            said = ALTERNATIVES[of](card, Words(context.actor.language)).alternative
            assert 0 < units(said) <= LONGEST_ALTERNATIVE, of
            yield card


ALTERNATIVES: Mapping[str, Callable[[Any, Words], Any]] = {
    pictures.MAP: drawn.heat_map_of,
    pictures.FLOW: drawn.flow_of,
    pictures.BARRIERS: drawn.barriers_of,
    pictures.COMPARE: drawn.duel_of,
    pictures.PROFILE: drawn.named_profile,
}


def check(view: View | Form) -> None:
    """Both platforms take it, and nobody's name rings anybody or is markup."""
    if isinstance(view, Form):
        assert view_faults(modal(view)) == []
        check_view(modal(view))
        check_card(rendered_form(view))
        return
    made = message(view)
    check_message(made)
    assert block_faults(made["blocks"], "message") == []
    check_view(home(view))
    assert not [text for text in slack_markup(made) if "<!channel>" in text or "<@U1> *" in text]
    for card in (rendered(view), *cards(view)):
        check_card(card)
        assert not [text for text in teams_texts(card) if "[here](https" in text]


def slack_markup(made: Any) -> Iterator[str]:
    """All that Slack reads as markup, the fallback as well."""
    if isinstance(made, dict):
        if made.get("type") == "mrkdwn":
            yield made["text"]
        yield from (made["text"] for _ in ("",) if isinstance(made.get("text"), str) and "blocks" in made)
    for each in made.values() if isinstance(made, dict) else made if isinstance(made, list) else ():
        yield from slack_markup(each)
