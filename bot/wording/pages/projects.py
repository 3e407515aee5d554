"""Pages of a project's life: its form, who is exposed to it, its channel, its end; and the roles over all of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Note,
    Option,
    Paragraph,
    Part,
    Span,
    Style,
    View,
)
from bot.readiness.assessment import Cadence, Person
from bot.readiness.framework import Framework, in_language
from bot.readiness.project_cards import (
    ArchiveCard,
    BoundCard,
    MoveCard,
    MovedCard,
    ProjectForm,
    ProjectSaved,
    RolesCard,
)
from bot.readiness.scoring import Finding
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.debts import waived_mark
from bot.wording.pages.presenting import present
from bot.wording.pages.results import finding_line
from bot.wording.pages.traps import trap_parts
from bot.wording.pages.waivers import waiver_buttons

USUAL = "usual"
"""The choice of no target of one's own."""

LONGEST = 200
LONGEST_KEY = 39
SHORT_SHOWN = 10


@present.register
def _(card: ProjectForm, words: Words) -> Form:
    """The form of a project, empty or filled."""
    page = words.page("projects")
    project = card.project
    cadence = project.cadence if project else Cadence.AUTOMATIC
    text, person = FieldKind.TEXT, FieldKind.PERSON
    return Form(
        form="project",
        title=page.text("form_edit" if project else "form_new"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=project.id if project else "",
        fields=(
            Field("name", text, page.text("name"), initial=project.name if project else None, max_length=LONGEST),
            Field(
                "key",
                text,
                page.text("key"),
                hint=page.text("key_hint"),
                required=False,
                initial=project.key if project else None,
                max_length=LONGEST_KEY,
            ),
            *_described(card, page),
            Field(
                "channel",
                FieldKind.CHANNEL,
                page.text("channel"),
                hint=page.text("channel_hint"),
                required=False,
                initial=card.channel or None,
            ),
            Field("owner", person, page.text("owner"), page.text("owner_hint"), initial=card.owner.account or None),
            *_stages(card, words, page),
            Field(
                "target_date",
                FieldKind.DATE,
                page.text("target_date"),
                required=False,
                initial=project.target_date.isoformat() if project and project.target_date else None,
            ),
            Field(
                "cadence",
                FieldKind.SELECT,
                page.text("cadence"),
                initial=cadence.value,
                options=tuple(Option(page.text(f"cadence_{each.value}"), each.value) for each in _cadences(cadence)),
            ),
            *_roles(card, words, page),
        ),
    )


def _cadences(now: Cadence) -> Iterable[Cadence]:
    """A rule of one's own is set by the command, and kept by the form."""
    return (each for each in Cadence if each is not Cadence.CRON or each is now)


def _described(card: ProjectForm, page: Page) -> Iterable[Field]:
    for field in ("business_function", "team"):
        initial = getattr(card.project, field) if card.project else None
        yield Field(
            field, FieldKind.TEXT, page.text(field), required=False, initial=initial or None, max_length=LONGEST
        )


def _stages(card: ProjectForm, words: Words, page: Page) -> tuple[Field, Field]:
    project, language = card.project, words.language
    target = str(project.target) if project and project.target is not None else USUAL
    exposures = tuple(
        Option(
            page.text("exposure_option", number=stage.number, text=in_language(stage.exposure, language)),
            str(stage.number),
        )
        for stage in card.framework.stages
    )
    targets = tuple(
        Option(
            page.text("target_option", number=stage.number, name=in_language(stage.name, language)), str(stage.number)
        )
        for stage in card.framework.stages
    )
    return (
        Field(
            "exposure",
            FieldKind.SELECT,
            page.text("exposure"),
            hint=page.text("exposure_hint"),
            initial=str(project.exposure) if project else None,
            options=exposures,
        ),
        Field(
            "target",
            FieldKind.SELECT,
            page.text("target"),
            required=False,
            initial=target,
            options=(Option(page.text("target_usual"), USUAL), *targets),
        ),
    )


def _roles(card: ProjectForm, words: Words, page: Page) -> Iterable[Field]:
    for number, role in enumerate(card.framework.roles):
        holder = card.roles.get(role.id)
        yield Field(
            f"role_{role.id}",
            FieldKind.PERSON,
            page.text("role", role=in_language(role.name, words.language)),
            hint=page.text("roles_hint") if number == 0 else "",
            required=False,
            initial=holder.account if holder and holder.account else None,
        )


@present.register
def _(card: ProjectSaved, words: Words) -> View:
    """What was saved, and what comes next."""
    page = words.page("projects")
    project = card.project
    slot = "saved_new" if card.is_new else "saved_edit"
    owner = Mention(card.owner.account, card.owner.name)
    parts: list[Part] = [
        Heading(page.text(slot, project=project.name)),
        Paragraph(page.line(f"{slot}_body", key=project.key, owner=owner)),
    ]
    buttons = [_press(page, "status", project.id)]
    if card.may_steer:
        buttons.append(_press(page, "edit", project.id))
    if card.is_new and card.may_steer:
        parts.append(Paragraph(page.line("saved_then_start")))
        buttons.insert(0, _press(page, "start", project.id, Style.PRIMARY))
    elif card.is_new:
        parts.append(Paragraph(page.line("saved_then_owner", owner=owner)))
    if not card.bound:
        parts.append(Note(page.line("saved_no_channel", key=project.key)))
    return View(text=page.text(slot, project=project.name), parts=(*parts, Buttons(tuple(buttons))))


@present.register
def _(card: MoveCard, words: Words) -> View:
    """The exposures that can be declared, and what is short one level up."""
    page = words.page("projects")
    project, framework = card.project, card.framework
    parts: list[Part] = [
        Heading(page.text("move_title", project=project.name)),
        Paragraph(page.line("move_now", **_exposure(framework, project.exposure, words))),
    ]
    if project.exposure + 1 in card.levels:
        parts += short_parts(framework, card.short, project.exposure + 1, words, waived=card.waived, zone=card.zone)
        parts += trap_parts(card.against, words, card.zone, "against_title")
    choices = tuple(
        Choice(
            label=page.text("move_up" if level > project.exposure else "move_down", stage=level),
            statement=page.text("move_statement", **_exposure(framework, level, words)),
            value=f"{project.id}|{level}",
        )
        for level in card.levels
    )
    return View(
        text=page.text("move_summary", project=project.name),
        parts=(*parts, Choices("move", choices), Note(page.line("move_note")), *waiver_buttons(card, words)),
    )


@present.register
def _(card: MovedCard, words: Words) -> View:
    """What was declared, and what is short there."""
    page = words.page("projects")
    project, framework = card.project, card.framework
    facts = {"project": project.name, "stage": project.exposure}
    if card.before == project.exposure:
        return _one_line(page.line("moved_same", **facts))
    name = in_language(framework.stage(project.exposure).name, words.language)
    return View(
        text=page.text("moved", **facts, name=name),
        parts=(
            Heading(page.text("moved_title", **facts)),
            Paragraph(page.line("moved", **facts, name=name)),
            *short_parts(framework, card.short, project.exposure, words, waived={}, zone="UTC"),
            Buttons((_press(page, "status", project.id),)),
        ),
    )


def short_parts(
    framework: Framework,
    short: tuple[Finding, ...] | None,
    stage: int,
    words: Words,
    *,
    waived: Mapping[str, datetime],
    zone: str,
) -> tuple[Part, ...]:
    """What is short for a stage, heaviest first, with what is waived; or that nothing is, or that nobody knows."""
    page = words.page("projects")
    if short is None:
        return (Paragraph(page.line("short_not_assessed")),)
    if not short:
        return (Paragraph(page.line("short_none", stage=stage)),)
    heaviest = sorted(short, key=lambda finding: -finding.severity)
    lines = [
        (*finding_line(framework, finding, words), *waived_mark(finding, waived, zone, words))
        for finding in heaviest[:SHORT_SHOWN]
    ]
    if len(heaviest) > SHORT_SHOWN:
        lines.append(page.line("more", count=len(heaviest) - SHORT_SHOWN))
    return Paragraph(page.line("short_title", stage=stage)), Bullets(tuple(lines))


@present.register
def _(card: BoundCard, words: Words) -> View:
    """Everybody in the channel learns whose it is."""
    page = words.page("projects")
    said = page.line("bound", project=card.project.name)
    released = (Note(page.line("bound_released", count=card.released)),) if card.released else ()
    return View(text=plain_line(said), parts=(Paragraph(said), *released))


@present.register
def _(card: ArchiveCard, words: Words) -> View:
    """The question before archiving, or that it is done."""
    page = words.page("projects")
    project = card.project
    if card.done:
        return _one_line(page.line("archived", project=project.name, key=project.key))
    title = page.text("archive_title", project=project.name)
    parts: list[Part] = [Heading(title), Paragraph(page.line("archive_body"))]
    if card.is_open:
        parts.append(Paragraph(page.line("archive_open")))
    confirm = page.text("archive_confirm", project=project.name)
    button = Button(page.text("archive_button"), "archive", project.id, Style.DANGER, confirm)
    return View(text=title, parts=(*parts, Buttons((button,))))


@present.register
def _(card: RolesCard, words: Words) -> View:
    """Who holds which role, and what was just set."""
    page = words.page("projects")
    parts: list[Part] = [Heading(page.text("roles_title"))]
    if card.changed is not None:
        role = "admin" if card.changed.is_admin else "manager" if card.changed.is_manager else "none"
        parts.append(Paragraph(page.line(f"roles_{role}", person=Mention(card.changed.account, card.changed.name))))
    if card.kept is not None:
        parts.append(Paragraph(page.line("roles_kept", person=Mention(card.kept.account, card.kept.name))))
    parts.append(
        Facts(
            (
                (page.text("roles_admins"), _names(card.admins, page)),
                (page.text("roles_managers"), _names(card.managers, page)),
            )
        )
    )
    return View(text=page.text("roles_summary"), parts=(*parts, Note(page.line("roles_usage"))))


def _names(people: tuple[Person, ...], page: Page) -> Line:
    if not people:
        return page.line("roles_nobody")
    lines = [
        page.line("role", role=person.name)
        if person.is_known
        else page.line("role_unmet", person=Mention(person.account, person.name))
        for person in people
    ]
    return tuple(span for number, line in enumerate(lines) for span in ((Span(", "), *line) if number else line))


def _exposure(framework: Framework, stage: int, words: Words) -> dict[str, object]:
    found = framework.stage(stage)
    return {
        "stage": stage,
        "name": in_language(found.name, words.language),
        "text": in_language(found.exposure, words.language),
    }


def _press(page: Page, press: str, value: str, style: Style = Style.PLAIN) -> Button:
    return Button(page.text(f"{press}_button"), press, value, style)


def _one_line(said: Line) -> View:
    return View(text=plain_line(said), parts=(Paragraph(said),))
