"""The page of one project's open blockers, and a blocker as one line among others."""

from bot.chat.view import Button, Buttons, Divider, Heading, Line, Note, Paragraph, Part, Span, Style, View
from bot.readiness.assessment import Project
from bot.readiness.blockers import BlockerEvent, BlockerState, ClaimState, GapAct, Happening
from bot.readiness.framework import in_language
from bot.readiness.project_cards import BlockersCard, OpenBlocker
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link, Mention
from bot.wording.pages.debts import last_day, notch_text
from bot.wording.pages.presenting import present

SHOWN = 10
"""Blockers on one page: each takes a paragraph, its history and a row of buttons."""

EVENTS_SHOWN = 6
QUOTED = 160
"""Characters of somebody's words that a list quotes."""


@present.register
def _(card: BlockersCard, words: Words) -> View:
    """Each open blocker: how heavy, where, since when, who has it, and what its reader can do."""
    page = words.page("blockers")
    project, count = card.project, len(card.blockers)
    buttons = [Button(page.text("status_button"), "status", project.id)]
    if not card.is_assessed:
        if card.may_start:
            buttons.insert(0, Button(page.text("start_button"), "start", project.id, Style.PRIMARY))
        parts: tuple[Part, ...] = (Paragraph(page.line("not_assessed")),)
    elif not card.blockers:
        parts = (Paragraph(page.line("none")),)
    else:
        shown = card.blockers[card.start : card.start + SHOWN]
        parts = (*(part for each in shown for part in _blocker(card, each, words, page)), Note(page.line("then")))
        buttons.append(Button(page.text("why_button"), "why", project.id))
        if (left := count - card.start - SHOWN) > 0:
            buttons.insert(
                0, Button(page.text("more_button", count=left), "blockers_from", f"{project.id}|{card.start + SHOWN}")
            )
    slot = "" if count else "_none" if card.is_assessed else "_not_assessed"
    return View(
        text=page.text(f"summary{slot}", project=project.name, count=count),
        parts=(Heading(page.text(f"title{slot}", project=project.name, count=count)), *parts, Buttons(tuple(buttons))),
    )


def blocker_with_project(page: Page, project: Project, open_blocker: OpenBlocker, words: Words) -> Line:
    """A blocker among those of several projects; `page` has a slot `blocker`."""
    line = page.line("blocker", project=project.name, **_named(open_blocker, words))
    return (*line, *_holder(open_blocker, words))


def blocker_alone(open_blocker: OpenBlocker, words: Words) -> Line:
    """A blocker with what would clear it and who has it, for a message about it."""
    named = _named(open_blocker, words)
    line = words.page("blockers").line("blocker", **named, needed=needed_for(open_blocker, words))
    return (*line, *_holder(open_blocker, words))


def gap_buttons(project: Project, dimension_id: str, acts: tuple[GapAct, ...], words: Words) -> tuple[Button, ...]:
    """A button for each act; the one to press first stands out, and only one."""
    page = words.page("gaps")
    first = next((act for act in acts if act in (GapAct.TAKE, GapAct.RESOLVED)), None)
    return tuple(
        Button(
            page.text(f"{act.value}_button"),
            act.value,
            f"{project.id}|{dimension_id}",
            Style.PRIMARY if act is first else Style.PLAIN,
            page.text("withdraw_waiver_confirm") if act is GapAct.WITHDRAW_WAIVER else "",
        )
        for act in acts
    )


def _blocker(card: BlockersCard, each: OpenBlocker, words: Words, page: Page) -> tuple[Part, ...]:
    buttons = gap_buttons(card.project, each.dimension.id, each.acts, words)
    said = (*blocker_alone(each, words), *_standing(each, card.zone, words))
    history = _history(each, card.zone, words, page)
    return (
        Paragraph(said),
        *((Note(history),) if history else ()),
        *((Buttons(buttons),) if buttons else ()),
        Divider(),
    )


def needed_for(open_blocker: OpenBlocker, words: Words) -> str:
    """What would clear a blocker, and why it weighs more than its kind alone says."""
    blocker, dimension = open_blocker.blocker, open_blocker.dimension
    return words.page("blockers").text(
        f"needed_{blocker.kind.value}",
        stage=blocker.stage,
        need=blocker.need,
        label=in_language(dimension.level(blocker.need).label, words.language),
        notch=notch_text(open_blocker.notch, words),
        worst=words.page("result").text(f"severity_{open_blocker.up_to.value}") if open_blocker.up_to else "",
    )


def _named(open_blocker: OpenBlocker, words: Words) -> dict[str, str]:
    return {
        "severity": words.page("result").text(f"severity_{open_blocker.blocker.severity.value}"),
        "dimension": in_language(open_blocker.dimension.name, words.language),
        "barrier": in_language(open_blocker.barrier.name, words.language),
        "age": words.page("blockers").text("age", days=open_blocker.age),
    }


def _holder(each: OpenBlocker, words: Words) -> Line:
    """Who has taken it on, by when, and how late that is."""
    if each.owner is None:
        return ()
    page = words.page("gaps")
    due = full_date(each.due, words.language) if each.due else ""
    slot = "held_in_progress" if each.state is BlockerState.IN_PROGRESS else "held"
    held = page.line(slot, person=Mention(each.owner.account, each.owner.name), due=due)
    late = (Span(" "), *page.line("overdue", days=each.overdue)) if each.overdue else ()
    return (Span(" "), *held, *late)


def _standing(each: OpenBlocker, zone: str, words: Words) -> Line:
    """A claim that it is resolved, or what became of it; a waiver that is asked for, or holds."""
    page, said = words.page("gaps"), list[Line]()
    if each.claim is not None and each.claimant is not None and each.claim.state is not ClaimState.CONFIRMED:
        said.append(
            page.line(
                "claim_stands" if each.claim.state is ClaimState.STANDS else "claim_refuted",
                person=each.claimant.name,
                date=short_date(each.claim.claimed_at, words.language, zone),
                words=quoted(each.claim.words),
                link=Link(each.claim.link, page.text("proof_link")),
            )
        )
    if each.waiver is not None and each.approver is not None:
        valid = each.waiver.approved_at is not None
        said.append(
            page.line(
                "waived_by" if valid else "waiver_waits",
                approver=each.approver.name,
                until=last_day(each.waiver.until, words, zone),
                reason=quoted(each.waiver.reason),
            )
        )
    return tuple(span for line in said for span in (Span("\n"), *line))


def quoted(words: str) -> str:
    """A person's words in one line, as many as stand beside others."""
    line = " ".join(words.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"


def _history(each: OpenBlocker, zone: str, words: Words, page: Page) -> Line:
    """How it went since it was found, where there is more to say than that."""
    if len(each.events) < 2:
        return ()
    shown = [_event(event, zone, words, page) for event in each.events[-EVENTS_SHOWN:]]
    return page.line("history", events=" · ".join(shown))


def _event(event: BlockerEvent, zone: str, words: Words, page: Page) -> str:
    severity = words.page("result").text(f"severity_{event.severity.value}")
    date = short_date(event.at, words.language, zone)
    what = page.text(f"event_{event.happening.value}")
    if event.happening in (Happening.FOUND, Happening.UNKNOWN, Happening.REOPENED, Happening.SEVERITY):
        return page.text("event", date=date, what=what, severity=severity)
    return page.text("event_plain", date=date, what=what)
