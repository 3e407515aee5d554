"""What holds projects now, and what was forecast to lift them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, literal_column, select, text, update

from bot.readiness.assessment import Project
from bot.readiness.forecasts import Forecast, Outcome, TrackRecord, Verdict
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Held, LeverKind
from storage.bound import Bound, of_tenant, table_of
from storage.leverage_tables import IS_OPEN, ForecastRow, ProjectHoldRow
from storage.projects import PROJECT, made_of

HOLD = table_of(ProjectHoldRow)
FORECAST = table_of(ForecastRow)


class Holds:
    """Fulfils `leverage_ports.Holds`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def save(self, project_id: str, hold: Hold | None) -> None:
        """One statement."""
        if hold is None:
            self._bound.delete(HOLD, HOLD.c.project_id == project_id)
        else:
            self._bound.upsert(HOLD, {"project_id": project_id, **_columns(hold)})

    def counted(self) -> Sequence[Held]:
        """One statement that reads an index alone; sets of three or more of several barriers are counted as one."""
        named = case(
            (and_(HOLD.c.barrier_id == literal_column("''"), HOLD.c.dimensions.like(literal_column("'% % %'"))), ""),
            else_=HOLD.c.dimensions,
        )
        groups = (
            select(
                HOLD.c.lifts,
                named.label("dimensions"),
                HOLD.c.barrier_id,
                func.count().label("projects"),
                func.sum(HOLD.c.after - HOLD.c.before).label("stages"),
                func.sum(HOLD.c.barrier_after - HOLD.c.before).label("barrier_stages"),
            )
            .where(of_tenant(HOLD))
            .group_by(literal_column("1"), literal_column("2"), literal_column("3"))
        )
        return [
            Held(
                lifts=Lifts(row.lifts),
                dimensions=tuple(row.dimensions.split()),
                barrier=row.barrier_id,
                projects=row.projects,
                stages=row.stages,
                barrier_stages=row.barrier_stages,
            )
            for row in self._bound.rows(groups)
        ]

    def lifted(self, kind: LeverKind, lever_id: str, start: int, rows: int) -> Sequence[tuple[Project, Hold]]:
        """Two statements."""
        column, after = (
            (HOLD.c.dimensions, HOLD.c.after)
            if kind is LeverKind.DIMENSION
            else (HOLD.c.barrier_id, HOLD.c.barrier_after)
        )
        theirs = (
            select(*PROJECT.c, *(HOLD.c[name].label(f"hold_{name}") for name in _columns_of_a_hold()))
            .join_from(HOLD, PROJECT, and_(PROJECT.c.tenant_id == HOLD.c.tenant_id, PROJECT.c.id == HOLD.c.project_id))
            .where(of_tenant(HOLD), column == lever_id)
            .order_by(HOLD.c.lifts.desc(), (after - HOLD.c.before).desc(), PROJECT.c.key)
            .limit(rows)
            .offset(start or None)
        )
        found = self._bound.rows(theirs)
        return list(zip(made_of(self._bound, found), (_hold(row, "hold_") for row in found), strict=True))


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
            **_columns(forecast.hold),
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

    def record(self) -> TrackRecord:
        """Two statements that read indexes alone."""
        judged = (
            select(FORECAST.c.outcome, func.count().label("number"))
            .where(of_tenant(FORECAST), FORECAST.c.outcome.is_not(None))
            .group_by(FORECAST.c.outcome)
        )
        waiting = (
            select(func.count())
            .select_from(FORECAST)
            .join(
                PROJECT,
                and_(PROJECT.c.tenant_id == FORECAST.c.tenant_id, PROJECT.c.id == FORECAST.c.project_id),
            )
            .where(of_tenant(FORECAST), text(IS_OPEN), PROJECT.c.archived_at.is_(None))
        )
        outcomes = {Outcome(row.outcome): row.number for row in self._bound.rows(judged)}
        return TrackRecord(outcomes, self._bound.rows(waiting)[0][0])


def _columns(hold: Hold) -> dict[str, Any]:
    return {
        "lifts": hold.lifts.value,
        "before": hold.before,
        "aim": hold.aim,
        "dimensions": " ".join(hold.dimensions),
        "after": hold.after,
        "barrier_id": hold.barrier,
        "barrier_after": hold.barrier_after,
    }


def _columns_of_a_hold() -> tuple[str, ...]:
    return tuple(column.name for column in HOLD.c if column.name not in ("tenant_id", "project_id"))


def _hold(row: Row[Any], prefix: str = "") -> Hold:
    found = row._mapping  # noqa: SLF001  (SQLAlchemy's public name)
    return Hold(
        lifts=Lifts(found[f"{prefix}lifts"]),
        before=found[f"{prefix}before"],
        aim=found[f"{prefix}aim"],
        dimensions=tuple(found[f"{prefix}dimensions"].split()),
        after=found[f"{prefix}after"],
        barrier=found[f"{prefix}barrier_id"],
        barrier_after=found[f"{prefix}barrier_after"],
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
