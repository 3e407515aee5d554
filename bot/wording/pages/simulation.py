"""Pages of a look ahead: the first lines in chat, and what is said when there are none."""

from collections.abc import Iterator

from bot.chat.view import Bullets, Heading, Line, Note, Paragraph, Part, View
from bot.readiness.simulation import End, NothingAhead, Simulation, SimulationCard
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.foreseen import ForeseenLine, lines
from bot.wording.pages.presenting import present

SHOWN = 12
"""Lines in chat; the files hold all of them."""


@present.register
def _(card: SimulationCard, words: Words) -> View:
    """Above the files."""
    page, found = words.page("simulation"), lines(card, words)
    simulation, reader = card.simulation, card.reader
    ends, sent = short_date(simulation.ends, words.language, reader.timezone), _count(simulation, End.SENT)
    parts: list[Part] = [Heading(page.text("title", ends=ends)), Paragraph(page.line("assumption"))]
    if not (reader.is_admin or reader.is_manager):
        parts.append(Paragraph(page.line("scope")))
    parts.append(Paragraph(page.line("counts", messages=sent, **_recipients(simulation))))
    if told := tuple(_told(simulation, page)):
        parts.append(Bullets(told))
    parts += [Paragraph(page.line("first")), Bullets(tuple(_row(line, page, words) for line in found[:SHOWN]))]
    if len(found) > SHOWN:
        parts.append(Note(page.line("more", count=len(found) - SHOWN)))
    if not simulation.is_whole:
        parts.append(Paragraph(page.line("stopped", ends=ends)))
    if simulation.failed:
        parts.append(Paragraph(page.line("failed", count=simulation.failed)))
    return View(text=page.text("summary", ends=ends, messages=sent), parts=tuple(parts))


@present.register
def _(card: NothingAhead, words: Words) -> View:
    """Nothing would come, or nobody knows."""
    page = words.page("simulation")
    if not card.is_known:
        said = page.line("unknown", days=card.days)
        return View(page.text("unknown", days=card.days), (Paragraph(said), Paragraph(page.line("unknown_remedy"))))
    facts = {"days": card.days, "all": card.reader.is_admin or card.reader.is_manager}
    return View(page.text("nothing", **facts), (Paragraph(page.line("nothing", **facts)),))


def _told(simulation: Simulation, page: Page) -> Iterator[Line]:
    waited = sum(bool(message.waited) for message in simulation.messages)
    merged = sum(message.is_merged for message in simulation.messages)
    ended = len(simulation.messages) - _count(simulation, End.SENT)
    for slot, count in (("count_waited", waited), ("count_merged", merged), ("count_ended", ended)):
        if count:
            yield page.line(slot, count=count)


def _recipients(simulation: Simulation) -> dict[str, int]:
    sent = [message for message in simulation.messages if message.end is End.SENT]
    people = {message.person.id for message in sent if message.person}
    return {"people": len(people), "channels": len({message.place.id for message in sent if message.place})}


def _count(simulation: Simulation, end: End) -> int:
    return sum(message.end is end for message in simulation.messages)


def _row(line: ForeseenLine, page: Page, words: Words) -> Line:
    return page.line(
        "row",
        when=f"{short_date(line.day, words.language)} {line.time}".rstrip(),
        to=line.to,
        what=line.what,
        projects=line.projects,
        remarks="; ".join(line.remarks),
    )
