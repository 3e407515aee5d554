"""Help, generated from the command table, and the offer of a form where none can open by itself."""

from collections.abc import Mapping
from functools import lru_cache

from bot.chat.view import Bullets, Button, Buttons, Heading, Note, Paragraph, Part, Style, View
from bot.readiness.cards import ConnectCode, Connected, FormOffer, HelpCard, HelpRow, Welcome
from bot.wording.engine import Words
from bot.wording.pages.presenting import present

OVERVIEW = "overview"
"""How the block of a command without any word is called."""


def command_descriptions(words: Words) -> Mapping[tuple[str, str], str]:
    """One line per command and word, as help and the manifests show it; the word is "" for the command alone."""
    page = words.page("help")
    described = {}
    for command in ("readiness", "portfolio"):
        for slot in page.template.blocks:
            if slot.startswith(f"{command}_"):
                word = slot.removeprefix(f"{command}_")
                # A block's name has no spaces; no word of a command has an underscore.
                described[command, "" if word == OVERVIEW else word.replace("_", " ")] = page.text(slot)
    return described


@present.register
def _(card: HelpCard, words: Words) -> View:
    """All commands, or the one that was asked for."""
    return _help(card, words)


# Everyone reads the same help; there are as many as commands and languages.
@lru_cache(maxsize=256)
def _help(card: HelpCard, words: Words) -> View:
    page = words.page("help")
    described = command_descriptions(words)
    rows = Bullets(
        tuple(page.line("row", typed=_typed(row), text=described[row.command, row.word]) for row in card.rows)
    )
    parts: tuple[Part, ...] = (Heading(page.text("title")), rows, Note(page.line("mention")))
    if not card.topic:
        parts = (parts[0], Paragraph(page.line("intro")), rows, Note(page.line("typing")), Note(page.line("mention")))
    return View(text=page.text("summary"), parts=parts)


@present.register
def _(card: Welcome, words: Words) -> View:
    """Who the bot is, and how to talk to it here."""
    page = words.page("welcome")
    parts: list[Part] = [Heading(page.text("title")), Paragraph(page.line("intro"))]
    parts.append(Paragraph(page.line("chat" if card.direct else "channel")))
    if card.released:
        parts.append(Note(page.line("released", count=card.released)))
    if card.direct:
        parts.append(Buttons((Button(page.text("new_button"), "new"),)))
    return View(text=page.text("title"), parts=tuple(parts))


@present.register
def _(card: ConnectCode, words: Words) -> View:
    """A code for another platform."""
    page = words.page("welcome")
    said = {"code": card.code, "minutes": card.minutes}
    parts = (Paragraph(page.line("code", **said)), Note(page.line("code_note", **said)))
    return View(text=page.text("code_summary"), parts=parts)


@present.register
def _(card: Connected, words: Words) -> View:
    """Two accounts are one person now."""
    page = words.page("welcome")
    return View(
        text=page.text("connected_summary", name=card.person.name),
        parts=(Paragraph(page.line("connected", name=card.person.name)),),
    )


@present.register
def _(card: FormOffer, words: Words) -> View:
    """A button that opens the form."""
    page = words.page("help")
    said = f"offer_{card.press}"
    button = Button(page.text("offer_button"), card.press, card.value, Style.PRIMARY)
    return View(text=page.text(said), parts=(Paragraph(page.line(said)), Buttons((button,))))


def _typed(row: HelpRow) -> str:
    return " ".join(filter(None, (f"/{row.command}", row.word, row.usage)))
