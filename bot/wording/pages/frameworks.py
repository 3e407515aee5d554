"""Pages of frameworks: the list, one of them, the form for a file, and what became of it."""

from collections.abc import Sequence

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
    Paragraph,
    Part,
    Style,
    Table,
    View,
    line,
)
from bot.readiness.framework import STAGES, Dimension, Framework, in_language
from bot.readiness.framework_cards import (
    FrameworkCard,
    FrameworkChosen,
    FrameworkForm,
    FrameworkLine,
    FrameworkList,
    ImportAwaited,
    ImportRefused,
    NotImported,
)
from bot.readiness.framework_versions import Outdated, Unlike, key_of
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present

KEYS_NAMED = 10
"""Projects named in a sentence."""
ENDINGS = ("yaml", "yml")


@present.register
def _(card: FrameworkList, words: Words) -> View:
    """The current one first, each with the projects that stand by it."""
    page = words.page("frameworks")
    current = card.lines[0]
    parts: list[Part] = [Heading(page.text("list_title"))]
    for each in card.lines:
        parts += [Paragraph(_line(each, card.zone, words, page)), Bullets(_standing(each, page))]
    buttons = (
        Button(page.text("import_button"), "framework_import", style=Style.PRIMARY),
        Button(page.text("show_button"), "framework_show", f"{current.key.id} {current.key.version}"),
    )
    summary = page.text("list_summary", name=in_language(current.name, words.language), version=current.key.version)
    return View(text=summary, parts=(*parts, Note(page.line("list_note")), Buttons(buttons)))


def _line(version: FrameworkLine, zone: str, words: Words, page: Page) -> Line:
    return page.line(
        "line",
        name=in_language(version.name, words.language),
        version=version.key.version,
        key=str(version.key),
        is_current=version.is_current,
        date=full_date(version.imported_at, words.language, zone) if version.imported_at else "",
        person=version.imported_by.name if version.imported_by else "",
    )


def _standing(version: FrameworkLine, page: Page) -> tuple[Line, ...]:
    said = []
    if version.assessed:
        said.append(page.line("assessed", count=len(version.assessed), keys=_keys(version.assessed, page)))
    if version.asked:
        said.append(page.line("asked", keys=_keys(version.asked, page)))
    return tuple(said) or (page.line("unused"),)


def _keys(keys: Sequence[str], page: Page) -> str:
    named = ", ".join(keys[:KEYS_NAMED])
    left = len(keys) - KEYS_NAMED
    return page.text("and_more", keys=named, count=left) if left > 0 else named


@present.register
def _(card: FrameworkCard, words: Words) -> View:
    """Dimensions with their bars, barriers, stages."""
    page, framework = words.page("frameworks"), card.framework
    facts = {"name": in_language(framework.name, words.language), "version": framework.version}
    stages = STAGES[1:]
    columns = (
        page.text("dimension"),
        page.text("barrier"),
        *(page.text("stage_column", number=stage) for stage in stages),
    )
    rows = tuple(_row(framework, dimension, words, page) for dimension in framework.dimensions)
    parts: list[Part] = [
        Heading(page.text("show_title", **facts)),
        Paragraph(page.line("show_current" if card.is_current else "show_other", id=framework.id)),
        Paragraph(page.line("dimensions_title")),
        Table(columns, rows),
        Note(page.line("heavier")),
        Paragraph(page.line("barriers_title")),
        Bullets(
            tuple(
                page.line(
                    "named_text",
                    name=f"{barrier.code} {in_language(barrier.name, words.language)}",
                    text=in_language(barrier.text, words.language),
                )
                for barrier in framework.barriers
            )
        ),
        Paragraph(page.line("stages_title")),
        Bullets(
            tuple(
                page.line(
                    "named_text",
                    name=f"{stage.number} {in_language(stage.name, words.language)}",
                    text=in_language(stage.text, words.language),
                )
                for stage in framework.stages
            )
        ),
    ]
    if not card.is_current:
        use = Button(page.text("use_button"), "framework_use", f"{framework.id} {framework.version}")
        parts.append(Buttons((use,)))
    return View(page.text("show_summary", **facts, dimensions=len(framework.dimensions)), tuple(parts))


def _row(framework: Framework, dimension: Dimension, words: Words, page: Page) -> tuple[str, ...]:
    barrier = framework.barrier(dimension.primary)
    return (
        f"{dimension.code} {in_language(dimension.name, words.language)}",
        in_language(barrier.name, words.language),
        *(
            page.text("bar", level=dimension.bar(stage), heavier=dimension.id in framework.gate(stage))
            for stage in STAGES[1:]
        ),
    )


@present.register
def _(card: FrameworkForm, words: Words) -> Form:
    """One field for one file."""
    page, current = words.page("frameworks"), card.current
    name = in_language(current.name, words.language)
    return Form(
        form="framework",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        intro=(Paragraph(page.line("form_intro", name=name, version=current.version)),),
        fields=(Field("file", FieldKind.FILE, page.text("file"), hint=page.text("file_hint"), endings=ENDINGS),),
    )


@present.register
def _(_card: ImportAwaited, words: Words) -> View:
    """The file is being read."""
    page = words.page("frameworks")
    return View(page.text("awaited"), (Paragraph(page.line("awaited")),))


@present.register
def _(card: FrameworkChosen, words: Words) -> View:
    """What is current now, and what keeps its version."""
    page, framework = words.page("frameworks"), card.framework
    slot = "chosen_imported" if card.imported else "chosen_same" if card.was_current else "chosen_used"
    facts = {"name": in_language(framework.name, words.language), "version": framework.version}
    parts: list[Part] = [Paragraph(page.line(slot, **facts))]
    if not card.was_current:
        parts.append(Paragraph(page.line("chosen_next")))
        if card.asked_by_others:
            parts.append(Paragraph(page.line("chosen_asked", keys=_keys(card.asked_by_others, page))))
        if card.assessed_by_others:
            parts.append(Paragraph(page.line("chosen_assessed", count=card.assessed_by_others)))
    show = Button(page.text("show_button"), "framework_show", f"{framework.id} {framework.version}")
    return View(page.text(slot, **facts), (*parts, Buttons((show,))))


@present.register
def _(card: ImportRefused, words: Words) -> View:
    """Why, every fault with its place, and what to do."""
    page = words.page("frameworks")
    facts: dict[str, object] = {}
    if card.reason is NotImported.FAULTS:
        facts = {"total": card.total}
    elif card.key is not None:
        facts = {"id": card.key.id, "version": card.key.version}
    parts: list[Part] = [
        Heading(page.text("not_title")),
        Paragraph(page.line(f"not_{card.reason.value}", **facts)),
    ]
    if card.faults:
        lines = tuple(
            page.line("fault", line=fault.line, column=fault.column, path=fault.path, message=fault.message)
            for fault in card.faults
        )
        parts.append(Bullets(lines))
    if card.total > len(card.faults):
        parts.append(Paragraph(page.line("faults_more", count=card.total - len(card.faults))))
    parts += [
        Note(page.line("not_still")),
        Buttons((Button(page.text("import_button"), "framework_import", style=Style.PRIMARY),)),
    ]
    return View(page.text("not_title"), tuple(parts))


def outdated_parts(outdated: Outdated | None, words: Words) -> tuple[Part, ...]:
    """That a result was made by another framework or version than the current one, and what to do about it."""
    if outdated is None:
        return ()
    page, language = words.page("frameworks"), words.language
    assessed, current = outdated.assessed_by, outdated.current
    said = []
    if key_of(assessed) != key_of(current):
        facts = {"assessed": assessed.version, "current": current.version}
        if assessed.id != current.id:
            names = {"assessed_name": in_language(assessed.name, language)}
            names["current_name"] = in_language(current.name, language)
            said.append(page.text("outdated_framework", **facts, **names))
        else:
            said.append(page.text("outdated_version", **facts))
    then = "older" if outdated.open_by_older else "wait" if outdated.open_by_current else "start"
    said.append(page.text(f"outdated_then_{then}"))
    return (Note(line(" ".join(said))),)


def unlike_parts(unlike: Unlike | None, words: Words) -> tuple[Part, ...]:
    """That two results held against each other were made by different frameworks or versions."""
    if unlike is None:
        return ()
    before = version_beside(unlike.before, unlike.after, words)
    after = version_beside(unlike.after, unlike.before, words)
    return (Note(words.page("frameworks").line("unlike", before=before, after=after)),)


def version_beside(framework: Framework, other: Framework, words: Words) -> str:
    """A framework's version, with its name where the other one is more than another version of it."""
    page = words.page("frameworks")
    if framework.id == other.id:
        return page.text("unlike_version", version=framework.version)
    return page.text("unlike_framework", name=in_language(framework.name, words.language), version=framework.version)
