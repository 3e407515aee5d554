"""Random portfolios rated by two frameworks, the export of one as JSON, and the numbers of its overview by name."""

import io
import json
from collections import Counter
from functools import cache
from typing import Any

from bot.chat.incoming import Actor, Command, Spot
from bot.exporting import JsonWriter, write
from bot.offline import process_library
from bot.readiness.framework_versions import FrameworkKey, FrameworkVersion
from bot.readiness.holds import hold_of
from bot.readiness.scorecard import Severity, Standing
from bot.usecases import exports
from bot.usecases.overview import overview
from bot.usecases.ports import Context
from bot.usecases.shared import settle_shared
from storage import tally
from storage.engine import Engines
from storage.leverage import HOLD, hold_columns
from storage.store import Store
from tests.frameworks import shipped
from tests.portfolio.recounted import Plain
from tests.portfolio.stocked import NOW, PEOPLE, Kind, Stock, put

LIBRARY = process_library()
FORMER = "0.9"
RENAMED = {"business": "worth"}
"""What the former version calls a barrier, so that the current one does not name it."""
ASKED = Command(key="k", actor=Actor("slack", "T1", "U1"), spot=Spot("D1", direct=True), name="portfolio", text="")


def kind() -> Kind:
    """The shipped framework and a former version of it."""
    current = LIBRARY.shipped
    barriers = {each.id: each.primary for each in current.dimensions}
    return Kind(barriers, current.id, (current.version, FORMER), {FORMER: RENAMED})


def stocked(engines: Engines, store: Store, stock: Stock, actor: Actor) -> None:
    """Put it all into the tables, and what is found out about all projects at once."""
    put(engines, store, stock, actor)
    latest = {each.project_id: each for each in stock.milestones}
    with store.writing(actor) as tx:
        former = FrameworkKey(LIBRARY.shipped.id, FORMER)
        tx.frameworks.add(FrameworkVersion(former, {"en": "Former"}, NOW, "ada"), _text())
        context = Context(tx, PEOPLE[0], LIBRARY, NOW)
        found = {
            project_id: hold_of(
                context.framework_of(made), made.scorecard, {one.dimension_id: one.carries for one in levels}
            )
            for project_id, levels in stock.levels.items()
            if levels
            for made in (latest[project_id],)
        }
        holds = {project_id: hold for project_id, hold in found.items() if hold}
        rows = [{"project_id": project_id, **hold_columns(hold)} for project_id, hold in holds.items()]
        tx._bound.insert(HOLD, rows)
        tally.append(tx._bound, Counter(), sum(map(tally.of_hold, holds.values()), Counter()))
        settle_shared(context)


@cache
def _text() -> str:
    return shipped(FORMER, _rename)


def _rename(content: dict[str, Any]) -> None:
    for each in content["barriers"]:
        each["id"] = RENAMED.get(each["id"], each["id"])
    for each in content["dimensions"]:
        each["barrier"] = {rank: RENAMED.get(barrier, barrier) for rank, barrier in each["barrier"].items()}


def exported(context: Context) -> Plain:
    """The file that the actor gets, read again."""
    out = io.StringIO()
    card = exports.export_of(context)
    write(card, JsonWriter(card, out))
    found: Plain = json.loads(out.getvalue())
    return found


def numbers(context: Context) -> Plain:
    """All that the overview counts, ranks and names, by the names of `Recount.overview`."""
    card = overview(context, ASKED)
    census, failed = card.census, card.organization.failed
    keys = {each.id: each.key for each in context.tx.projects.all()}
    record = context.tx.forecasts.record()
    return {
        "total": census.total,
        "unassessed": census.unassessed,
        "stages": _some(census.stages),
        "exposures": _some(census.exposures),
        "ahead": census.standings.get(Standing.AHEAD, 0),
        "organization": {
            "stage": card.organization.stage,
            "fails": failed.condition.value,
            "have": failed.have,
            "need": failed.need,
            "behind": {"first": [each.key for each in card.held_back_by.shown], "total": card.held_back_by.total},
        }
        if failed
        else {"stage": card.organization.stage, "fails": None},
        "rated by others": {f"{each.id} {each.version}": count for each, count in card.rated_by_others},
        "moved": {
            "first": [[each.project.key, each.before, each.now] for each in card.moved.shown],
            "total": card.moved.total,
        },
        "became critical": {
            "first": [[each.project.key, each.dimension.id] for each in card.critical.shown],
            "total": card.critical.total,
        },
        "changed": card.changed,
        "barriers": [
            [each.barrier.id, each.blockers, each.projects, each.heaviest.name.lower()] for each in card.barriers
        ],
        "under no barrier": card.no_barrier,
        "shared": sorted(each.id for each in card.shared),
        "blockers": {
            "first": [
                [
                    keys[each.blocker.project_id],
                    each.blocker.dimension_id,
                    Severity(each.blocker.severity).name.lower(),
                    each.age,
                    each.owner.id if each.owner else None,
                    each.overdue,
                ]
                for _, each in card.blockers
            ],
            "total": census.blockers,
        },
        "lever": [card.lever.lever.id, card.lever.lever.risen, card.lever.lever.stages, card.lever.lever.opened]
        if card.lever
        else None,
        "late": census.late,
        "overdue": census.overdue,
        "waivers": census.waivers,
        "debtors": census.debtors,
        "rows": [
            [
                each.key,
                each.summary.stage,
                each.exposure,
                card.debts.get(each.id, 0),
                each.summary.blockers,
                each.summary.standing,
                each.summary.assessed_at.isoformat(),
            ]
            if each.summary
            else [each.key, None, each.exposure]
            for each in card.projects
        ],
        "forecasts": _some({**{each.value: many for each, many in record.outcomes.items()}, "open": record.open}),
    }


def _some(counts: Any) -> Plain:
    return {kind: count for kind, count in sorted(counts.items()) if count}
