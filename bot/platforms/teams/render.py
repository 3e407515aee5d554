"""A View as an Adaptive Card 1.5. Pure; people's text is never markup, and nothing comes out that Teams would refuse.

`rendered` gives one card: what does not fit is left out under a note "… and N more", the buttons at the end stay.
`cards` gives as many as it takes, for an answer that no later message replaces. `spoken` is what a notification says.
"""

import json
from collections.abc import Iterator

from bot.chat.plain import plain
from bot.chat.view import (
    Bullets,
    Buttons,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Table,
    View,
    line,
)
from bot.platforms.teams import limits
from bot.platforms.teams.elements import note, text_block, title, weight
from bot.platforms.teams.markdown import Mentions, Room, escaped, markdown, paragraphs
from bot.platforms.teams.render_buttons import action_sets, choice_rows
from bot.platforms.teams.render_table import joined, lines_in, tables
from bot.platforms.teams.words import ENGLISH, Words
from bot.platforms.text import NOTHING, Json, shorten


def rendered(view: View, words: Words = ENGLISH) -> Json:
    """The view as one card: the content of an attachment, and the value of an answer to a press."""
    mentions = Mentions()
    return card(view, fitted(elements(view, words, mentions), words), mentions, words)


def cards(view: View, words: Words = ENGLISH) -> tuple[Json, ...]:
    """The view as at least one card and at most five, in the order in which they are read."""
    mentions = Mentions()
    pages = _pages(elements(view, words, mentions))
    if len(pages) > limits.CARDS_PER_ANSWER:
        rest = [element for page in pages[limits.CARDS_PER_ANSWER - 1 :] for element in page]
        pages = [*pages[: limits.CARDS_PER_ANSWER - 1], rest]
    return tuple(card(view, fitted(page, words), mentions, words) for page in pages)


def spoken(view: View) -> str:
    """The whole in one plain sentence; a view without one gives its words."""
    short = shorten(view.text, limits.SUMMARY_UNITS)
    return short if short.strip() else shorten(plain(view), limits.SUMMARY_UNITS).strip() or NOTHING


def card(view: View, body: list[Json], mentions: Mentions, words: Words) -> Json:
    """A card around a body."""
    entities = mentions.of(json.dumps(body, ensure_ascii=False))
    made: Json = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": limits.CARD_VERSION,
        "fallbackText": escaped(spoken(view)),
        "body": joined(body),
    }
    made |= {"lang": words.language} if words.language else {}
    return made | ({"msteams": {"entities": entities}} if entities else {})


def elements(view: View, words: Words, mentions: Mentions) -> list[Json]:
    """The elements of a view, as many as it takes."""
    made: list[Json] = []
    divided = titled = False
    for part in view.parts:
        if isinstance(part, Divider):
            divided = bool(made)
            continue
        pieces = _part(part, words, mentions, titled=titled)
        if pieces and divided:
            pieces[0] |= {"separator": True, "spacing": "Large"}
        divided, titled = divided and not pieces, titled or isinstance(part, Heading)
        made += pieces
    return made or [text_block(text) for text in paragraphs(line(view.text), mentions)] or [text_block(NOTHING)]


def fitted(made: list[Json], words: Words, room: int = limits.CARD_UNITS) -> list[Json]:
    """Whole elements from the top as far as there is room, a note about the rest, and the buttons at the end."""
    if weight(made) <= room:
        return made
    tail = _last_buttons(made, room // 2)
    left = room - weight(tail) - weight(note(words.and_more(len(made))))
    body, kept = made[: len(made) - len(tail)], list[Json]()
    for element in body:
        left -= weight(element)
        if left < 0:
            break
        kept.append(element)
    missing = sum(lines_in(element) for element in body[len(kept) :])
    return [*kept, note(words.and_more(missing)), *tail] if missing else [*kept, *tail]


def _pages(made: list[Json]) -> list[list[Json]]:
    """Elements in groups that each fit into one card; buttons stay with what stands above them."""
    pages: list[list[Json]] = [[]]
    left = limits.CARD_UNITS
    for group in _groups(made):
        needs = weight(group)
        if needs > left and pages[-1]:
            pages.append([])
            left = limits.CARD_UNITS
            group[0].pop("separator", None)
        pages[-1] += group
        left -= needs
    return pages


def _groups(made: list[Json]) -> Iterator[list[Json]]:
    group: list[Json] = []
    for element in made:
        if group and (element["type"] != "ActionSet" or weight(group) + weight(element) > limits.CARD_UNITS):
            yield group
            group = []
        group.append(element)
    yield group


def _part(part: Part, words: Words, mentions: Mentions, *, titled: bool) -> list[Json]:
    match part:
        case Heading(text):
            return _heading(text, titled=titled)
        case Paragraph(said):
            return _prose(said, mentions)
        case Note(said):
            return [note(text) for text in paragraphs(said, mentions)]
        case Bullets(lines, ordered):
            return _list(lines, words, mentions, ordered=ordered)
        case Facts(pairs):
            return _facts(pairs, words, mentions)
        case Table():
            return tables(part)
        case Choices(press, choices):
            return choice_rows(press, choices)
        case Buttons(buttons):
            return action_sets(buttons)
        case Divider():
            return []


def _heading(text: str, *, titled: bool) -> list[Json]:
    """The first one is the card's title, the others are those of its sections."""
    said = escaped(shorten(text, limits.HEADING_UNITS)) or NOTHING
    return [text_block(said, size="Medium", weight="Bolder", style="heading") if titled else title(said)]


def _prose(said: Line, mentions: Mentions) -> list[Json]:
    first, *others = paragraphs(said, mentions) or [""]
    return [text_block(first), *(text_block(text, spacing="None") for text in others)] if first else []


def _list(lines: tuple[Line, ...], words: Words, mentions: Mentions, *, ordered: bool) -> list[Json]:
    """One text, for the platform to lay out as a list."""
    room, entries = Room(), list[str]()
    for number, each in enumerate(lines, start=1):
        if not room.left or number > limits.LIST_ENTRIES:
            break
        said = markdown(each, mentions, room)
        entries.append(f"{f'{number}.' if ordered else '-'} {said or NOTHING}")
    left = len(lines) - len(entries)
    made = [text_block("\n".join(entries))] if entries else []
    return [*made, note(words.and_more(left))] if left else made


def _facts(pairs: tuple[tuple[str, Line], ...], words: Words, mentions: Mentions) -> list[Json]:
    room, facts = Room(), list[Json]()
    for label, said in pairs:
        if not room.left:
            break
        name = escaped(room.take(shorten(label, limits.HEADING_UNITS))) or NOTHING
        facts.append({"title": name, "value": "\n\n".join(paragraphs(said, mentions, room)) or NOTHING})
    left = len(pairs) - len(facts)
    made: list[Json] = [{"type": "FactSet", "facts": facts}] if facts else []
    return [*made, note(words.and_more(left))] if left else made


def _last_buttons(made: list[Json], room: int) -> list[Json]:
    tail: list[Json] = []
    for element in reversed(made):
        if element["type"] != "ActionSet" or weight([element, *tail]) > room:
            break
        tail.insert(0, element)
    return tail
