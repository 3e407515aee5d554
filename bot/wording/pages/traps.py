"""How traps are shown: beside a result, in an alert, as a reason against a move; and the correction of one."""

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Line,
    Note,
    Paragraph,
    Part,
    Span,
    View,
)
from bot.readiness.framework import in_language
from bot.readiness.traps_cards import CorrectedCard, CorrectionForm, ShownCorrection, ShownQuote, ShownReason, ShownTrap
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present

WORDS_SHOWN = 200
"""Characters of somebody's words that are quoted."""

CORRECTIONS_SHOWN = 3
CHANGES_OFFERED = 3
CORRECTION_LENGTH = 1000


def trap_parts(traps: tuple[ShownTrap, ...], words: Words, zone: str, slot: str = "title") -> tuple[Part, ...]:
    """The traps with the words they rest on, the way out, what was said against them; nothing when there is none."""
    if not traps:
        return ()
    page = words.page("traps")
    parts: list[Part] = [Paragraph(page.line(slot))]
    for shown in traps:
        parts += [
            *_explained(shown, words, page),
            *_corrections(shown, words, zone, page),
            *_buttons(shown, words, page),
        ]
    return tuple(parts)


def trap_names(traps: tuple[ShownTrap, ...], words: Words) -> str:
    """Their names, for a title."""
    return ", ".join(in_language(shown.trap.name, words.language) for shown in traps)


@present.register
def _(card: CorrectionForm, words: Words) -> Form:
    """What the trap rests on, and room for one's own words."""
    page = words.page("traps")
    return Form(
        form="correction",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=card.shown.raised_id,
        intro=_explained(card.shown, words, page),
        fields=(
            Field(
                "correction",
                FieldKind.LONG_TEXT,
                page.text("correction"),
                hint=page.text("correction_hint"),
                max_length=CORRECTION_LENGTH,
            ),
        ),
    )


@present.register
def _(card: CorrectedCard, words: Words) -> View:
    """It is on record; and who can change the answer itself."""
    page = words.page("traps")
    said = page.line("corrected", trap=trap_names((card.shown,), words), project=card.project.name)
    own = card.shown.own_quotes
    others = ", ".join(
        dict.fromkeys(
            quote.person.name
            for reason in card.shown.reasons
            for quote in reason.quotes
            if quote.person.id != card.shown.reader_id
        )
    )
    parts: list[Part] = [Paragraph(said)]
    if own:
        parts += [Paragraph(page.line("change_own")), Buttons(_changes(card.shown, words, page))]
    elif others:
        parts.append(Paragraph(page.line("change_others", people=others)))
    return View(text=plain_line(said), parts=tuple(parts))


def _explained(shown: ShownTrap, words: Words, page: Page) -> tuple[Part, ...]:
    named = page.line(
        "trap",
        trap=in_language(shown.trap.name, words.language),
        severity=page.text(f"severity_{shown.severity.value}"),
        mistake=in_language(shown.mistake.name, words.language),
        text=in_language(shown.mistake.text, words.language),
    )
    reasons = tuple(_reason(reason, words, page) for reason in shown.reasons)
    way_out = page.line("way_out", way_out=in_language(shown.trap.way_out, words.language))
    return Paragraph(named), Bullets(reasons), Paragraph(way_out)


def _reason(reason: ShownReason, words: Words, page: Page) -> Line:
    fired = page.line(f"reason_{reason.arm.value}", **reason.numbers)
    return (*fired, *(span for quote in reason.quotes for span in (Span("\n"), *_quote(quote, words, page))))


def _quote(quote: ShownQuote, words: Words, page: Page) -> Line:
    """The person's own words; where they left none, the level they chose, or that nothing was said."""
    label = in_language(quote.label or quote.dimension.name, words.language)
    said = _short(quote.words)
    if quote.level is None:
        return page.line("quote" if said else "not_said", label=label, words=said, person=quote.person.name)
    level = in_language(quote.level.label, words.language)
    facts = {"label": label, "number": quote.level.number, "person": quote.person.name}
    return page.line("quote_answer", **facts, words=said) if said else page.line("quote_level", **facts, level=level)


def _corrections(shown: ShownTrap, words: Words, zone: str, page: Page) -> tuple[Part, ...]:
    return tuple(_correction(each, words, zone, page) for each in shown.corrections[-CORRECTIONS_SHOWN:])


def _correction(said: ShownCorrection, words: Words, zone: str, page: Page) -> Part:
    date = short_date(said.said_at, words.language, zone)
    return Note(page.line("said_against", person=said.person.name, date=date, text=" ".join(said.text.split())))


def _buttons(shown: ShownTrap, words: Words, page: Page) -> tuple[Part, ...]:
    if not shown.may_correct or not shown.raised_id:
        return ()
    return (Buttons((Button(page.text("not_so_button"), "not_so", shown.raised_id), *_changes(shown, words, page))),)


def _changes(shown: ShownTrap, words: Words, page: Page) -> tuple[Button, ...]:
    """To the reader's own answers behind the trap."""
    return tuple(
        Button(
            page.text("change_button", dimension=in_language(quote.dimension.name, words.language)),
            "edit_answer",
            quote.value,
        )
        for quote in shown.own_quotes[:CHANGES_OFFERED]
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_SHOWN else f"{line[: WORDS_SHOWN - 1]}…"
