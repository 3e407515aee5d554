"""Pages of projects that come from a table: the form, what the table would do or has done, and its faults."""

from collections.abc import Iterator, Sequence

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Note,
    Option,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.framework_cards import NotImported
from bot.readiness.import_cards import ChangedProject, ProjectsForm, ProjectsImport, ProjectsNotImported
from bot.readiness.sheets import SheetFault
from bot.readiness.standings import COMPUTED
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present

SHOWN = 20
"""Projects named one by one, new and changed each."""
CHANGES_SHOWN = 6
FAULTS_SHOWN = 30
LONGEST_WORD = 60
PASTED = 3_000
"""What Slack takes in one field."""


@present.register
def _(card: ProjectsForm, words: Words) -> Form:
    """A file or pasted text, and what to do with it."""
    page = words.page("imports")
    named = ", ".join(column for column in card.columns if column not in COMPUTED)
    return Form(
        form="projects_import",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        intro=(Paragraph(page.line("form_intro")), Note(page.line("form_columns", columns=named))),
        fields=(
            Field(
                "file",
                FieldKind.FILE,
                page.text("file"),
                page.text("file_hint"),
                required=False,
                endings=("csv", "txt"),
            ),
            Field(
                "text",
                FieldKind.LONG_TEXT,
                page.text("text"),
                page.text("text_hint"),
                required=False,
                max_length=PASTED,
            ),
            Field(
                "then",
                FieldKind.SELECT,
                page.text("then"),
                initial="look",
                options=tuple(Option(page.text(f"then_{each}"), each) for each in ("look", "import")),
            ),
        ),
    )


@present.register
def _(card: ProjectsImport, words: Words) -> View:
    """What is new and what changes, the first of each by name; whether it happened."""
    page = words.page("imports")
    counts = _counts(card)
    title = page.text("nothing_title" if card.is_empty else "done_title" if card.done else "look_title")
    parts: list[Part] = [Heading(title), Paragraph(page.line("counts", **counts))]
    new = [page.line("created", key=each.key, name=each.name, owner=each.owner) for each in card.created[:SHOWN]]
    parts += _list("created_title", new, len(card.created), page)
    changed = [_changed(each, page) for each in card.changed[:SHOWN]]
    parts += _list("changed_title", changed, len(card.changed), page)
    if not card.is_empty:
        parts.append(Note(page.line("done_still" if card.done else "look_still")))
    if not card.is_empty and not card.done:
        parts.append(Paragraph(page.line("look_then" if card.offered else "look_then_again")))
        button = Button(page.text("import_button"), "projects_import_now", card.offered, Style.PRIMARY)
        parts.append(Buttons((button if card.offered else _again(page),)))
    return View(f"{title}: {page.text('summary', **counts)}", tuple(parts))


@present.register
def _(card: ProjectsNotImported, words: Words) -> View:
    """Why, every fault with its place, and what to do."""
    page = words.page("imports")
    facts = {"total": len(card.faults)} if card.reason is NotImported.FAULTS else {}
    parts: list[Part] = [Heading(page.text("not_title")), Paragraph(page.line(f"not_{card.reason.value}", **facts))]
    if card.faults:
        parts.append(Bullets(tuple(fault_line(fault, page) for fault in card.faults[:FAULTS_SHOWN])))
    if len(card.faults) > FAULTS_SHOWN:
        parts.append(Paragraph(page.line("faults_more", count=len(card.faults) - FAULTS_SHOWN)))
    parts += [Note(page.line("not_still")), Buttons((_again(page),))]
    return View(page.text("not_title"), tuple(parts))


def said_of_import(card: ProjectsImport, words: Words) -> Iterator[str]:
    """The same as plain lines, with every project."""
    page = words.page("imports")
    yield page.text("nothing_title" if card.is_empty else "done_title" if card.done else "look_title")
    yield page.text("counts", **_counts(card))
    yield from (page.text("created", key=each.key, name=each.name, owner=each.owner) for each in card.created)
    yield from (plain_line(_changed(each, page, len(each.changes))) for each in card.changed)


def said_of_faults(card: ProjectsNotImported, words: Words, file: str) -> Iterator[str]:
    """Every fault with its file, as plain lines; without any, why the file was not taken in."""
    page = words.page("imports")
    if card.reason is not NotImported.FAULTS:
        yield f"{file}: {page.text(f'not_{card.reason.value}')}"
    yield from (f"{file}: {plain_line(fault_line(fault, page))}" for fault in card.faults)
    yield page.text("not_still")


def _counts(card: ProjectsImport) -> dict[str, int]:
    return {
        "created": len(card.created),
        "changed": len(card.changed),
        "unchanged": card.unchanged,
        "left_out": card.left_out,
    }


def fault_line(fault: SheetFault, page: Page) -> Line:
    """One fault: line, column, and what is wrong there."""
    word = fault.word if len(fault.word) <= LONGEST_WORD else f"{fault.word[:LONGEST_WORD]}…"
    allowed = ", ".join(filter(None, fault.allowed))
    message = page.text(f"fault_{fault.mistake.value}", word=word, allowed=allowed)
    return page.line("fault", line=fault.line, column=fault.column, message=message)


def _list(title: str, lines: Sequence[Line], total: int, page: Page) -> tuple[Part, ...]:
    if not lines:
        return ()
    more = (page.line("more", count=total - len(lines)),) if total > len(lines) else ()
    return (Paragraph(page.line(title)), Bullets((*lines, *more)))


def _changed(each: ChangedProject, page: Page, most: int = CHANGES_SHOWN) -> Line:
    said = [
        page.text("change", column=column, before=_short(before), after=_short(after))
        for column, before, after in each.changes[:most]
    ]
    if len(each.changes) > most:
        said.append(page.text("more", count=len(each.changes) - most))
    return page.line("changed", key=each.key, name=each.name, changes="; ".join(said))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[:LONGEST_WORD]}…"


def _again(page: Page) -> Button:
    return Button(page.text("again_button"), "projects_import", style=Style.PRIMARY)
