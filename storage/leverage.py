"""What holds projects now, and what was forecast to lift them."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select, text, update

from bot.readiness.assessment import Project
from bot.readiness.forecasts import Forecast, Outcome, TrackRecord, Verdict
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Held, LeverKind
from storage import tally
from storage.bound import MOST, START, Bound, of_tenant, table_of
from storage.leverage_tables import BARRED, HELD, IS_OPEN, ForecastRow, ProjectHoldRow
from storage.projects import PROJECT, of_ids

HOLD = table_of(ProjectHoldRow)
FORECAST = table_of(ForecastRow)


class Holds:
    """Fulfils `leverage_ports.Holds`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def save(self, project_id: str, hold: Hold | None) -> None:
        """Its counts go with it."""
        before = self._bound.rows(_hold_of(), project=project_id)
        if hold is None:
            self._bound.delete(HOLD, HOLD.c.project_id == project_id)
        else:
            self._bound.upsert(HOLD, {"project_id": project_id, **hold_columns(hold)})
        tally.append(self._bound, tally.of_hold(_hold(before[0]) if before else None), tally.of_hold(hold))

    def counted(self) -> Sequence[Held]:
        """By the sums that are kept."""
        return tally.read(self._bound, tally.HOLD, tally.RISE, tally.BARRIER_RISE).holds()

    def lifted(self, kind: LeverKind, lever_id: str, start: int, rows: int) -> Sequence[tuple[Project, Hold]]:
        """Three statements; the first goes down an index, whatever the number of projects."""
        found = self._bound.rows(_lifted(kind), lever=lever_id, most=rows, start=start)
        holds = {row.project_id: _hold(row) for row in found}
        return [(project, holds[project.id]) for project in of_ids(self._bound, list(holds))]


class Forecasts:
    """Fulfils `leverage_ports.Forecasts`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, forecast: Forecast) -> None:
        """Raises IntegrityError where one of the project is open."""
        made = {
            "milestone_id": forecast.milestone_id,
            "project_id": forecast.project_id,
            "made_at": forecast.made_at,
            **hold_columns(forecast.hold),
        }
        self._bound.insert(FORECAST, made)

    def open_of(self, project_id: str) -> Forecast | None:
        """The one that waits for its verdict."""
        waiting = self._bound.select(FORECAST).where(FORECAST.c.project_id == project_id, text(IS_OPEN))
        row = self._bound.first(waiting)
        return _forecast(row) if row else None

    def judge(self, forecast: Forecast, verdict: Verdict) -> None:
        """Raises KeyError where it is judged already."""
        this = update(FORECAST).where(
            of_tenant(FORECAST), FORECAST.c.milestone_id == forecast.milestone_id, text(IS_OPEN)
        )
        judged = this.values(
            outcome=verdict.outcome.value,
            judged_by=verdict.milestone_id,
            judged_at=verdict.at,
            reached=verdict.reached,
            promised=verdict.promised,
            raised=list(verdict.raised),
            missing=list(verdict.missing),
        )
        self._bound.write(FORECAST, judged.returning(FORECAST.c.milestone_id))

    def of_project(self, project_id: str, rows: int) -> Sequence[Forecast]:
        """Newest first."""
        theirs = self._bound.select(FORECAST).where(FORECAST.c.project_id == project_id)
        newest = theirs.order_by(FORECAST.c.made_at.desc()).limit(rows)
        return [_forecast(row) for row in self._bound.rows(newest)]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Forecast]:
        """In the order in which they were made."""
        theirs = self._bound.select(FORECAST).where(FORECAST.c.project_id.in_(list(project_ids)))
        return [
            _forecast(row) for row in self._bound.rows(theirs.order_by(FORECAST.c.made_at, FORECAST.c.milestone_id))
        ]

    def withdraw(self, project_id: str) -> None:
        """One statement."""
        self._bound.delete(FORECAST, FORECAST.c.project_id == project_id, FORECAST.c.outcome.is_(None))

    def record(self) -> TrackRecord:
        """One statement that reads an index alone."""
        counted = select(FORECAST.c.outcome, func.count().label("number")).where(of_tenant(FORECAST))
        numbers = {row.outcome: row.number for row in self._bound.rows(counted.group_by(FORECAST.c.outcome))}
        waiting = numbers.pop(None, 0)
        return TrackRecord({Outcome(outcome): number for outcome, number in numbers.items()}, waiting)


@cache
def _hold_of() -> Select[Any]:
    return select(*HOLD.c).where(of_tenant(HOLD), HOLD.c.project_id == bindparam("project"))


@cache
def _lifted(kind: LeverKind) -> Select[Any]:
    """As the index has them; where it ends with ids, by key: only what is alike is sorted."""
    first, *order = (HOLD.c[name] for name in (HELD if kind is LeverKind.DIMENSION else BARRED)[:-1])
    same = PROJECT.c.tenant_id == HOLD.c.tenant_id, PROJECT.c.id == HOLD.c.project_id
    theirs = select(*HOLD.c).join(PROJECT, and_(*same))
    mine = theirs.where(of_tenant(HOLD), first == bindparam("lever", type_=first.type))
    return mine.order_by(*(each.desc() for each in order), PROJECT.c.key).limit(MOST).offset(START)


def hold_columns(hold: Hold) -> dict[str, Any]:
    """All but whose it is."""
    return {
        "lifts": hold.lifts.value,
        "before": hold.before,
        "aim": hold.aim,
        "dimensions": " ".join(hold.dimensions),
        "after": hold.after,
        "barrier_id": hold.barrier,
        "barrier_after": hold.barrier_after,
    }


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        lifts=Lifts(row.lifts),
        before=row.before,
        aim=row.aim,
        dimensions=tuple(row.dimensions.split()),
        after=row.after,
        barrier=row.barrier_id,
        barrier_after=row.barrier_after,
    )


def _forecast(row: Row[Any]) -> Forecast:
    verdict = None
    if row.outcome is not None:
        verdict = Verdict(
            outcome=Outcome(row.outcome),
            milestone_id=row.judged_by,
            at=row.judged_at,
            reached=row.reached,
            promised=row.promised,
            raised=tuple(row.raised),
            missing=tuple(row.missing),
        )
    return Forecast(row.milestone_id, row.project_id, row.made_at, _hold(row), verdict)
