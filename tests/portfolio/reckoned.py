"""The portfolio reckoned a second time: in plain Python, row by row, without a look at how storage does it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.organization import Behind
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.query import (
    SEVERITIES,
    Changed,
    Clause,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Order,
    Query,
    Rated,
)
from tests.portfolio.stocked import DAY, NOW, PEOPLE, TARGETS, TODAY, Stock

TODAY_BEGAN = NOW.replace(hour=0, minute=0, second=0, microsecond=0)

NAMES = {person.id: person for person in PEOPLE}


class Reckoning:
    """What is true of a stock at NOW."""

    def __init__(self, stock: Stock, reader_id: str = "") -> None:
        """`reader_id`: who reads the levels of their own projects alone; "" reads them all."""
        self.stock, self.reader_id = stock, reader_id
        self.active = [each for each in stock.projects if each.archived_at is None]
        self.waivers = [each for each in stock.waivers if each.is_valid(NOW)]
        self.waived = {(each.project_id, each.dimension_id) for each in self.waivers}

    def ids(self, query: Query) -> list[str]:
        """The matching projects in order, from the start to the limit."""
        found = [each for each in self.active if all(self._holds(each, clause) for clause in query.clauses)]
        ordered = self._sorted(found, query)
        return [each.id for each in ordered][query.start : query.limit]

    def unread(self, query: Query) -> int:
        """How many projects are left out for their levels alone."""
        others = tuple(each for each in query.clauses if not _reads_levels(each))
        if len(others) == len(query.clauses):
            return 0
        found = [each for each in self.active if all(self._holds(each, clause) for clause in others)]
        return sum(not self.reads(each) for each in found)

    def reads(self, project: Project) -> bool:
        """Whether the levels of a project are for the reader."""
        return self.reader_id in ("", project.owner_id, *project.roles.values())

    def unwaived(self, project: Project) -> list[ProjectLevel]:
        """The levels with a finding that is not waived."""
        levels = self.stock.levels[project.id]
        return [each for each in levels if each.severity and (project.id, each.dimension_id) not in self.waived]

    def blockers(self, project: Project) -> list[ProjectLevel]:
        """Those of them that block."""
        return [each for each in self.unwaived(project) if each.severity and each.severity >= 3]

    def barriers(self) -> dict[str, tuple[int, int, int]]:
        """Barrier -> blockers, projects, the heaviest."""
        held = [(project.id, level) for project in self.active for level in self.blockers(project)]
        return {
            barrier: (
                sum(level.barrier_id == barrier for _, level in held),
                len({project for project, level in held if level.barrier_id == barrier}),
                max(int(level.severity or 0) for _, level in held if level.barrier_id == barrier),
            )
            for barrier in {level.barrier_id for _, level in held}
        }

    def open_blockers(self) -> list[Blocker]:
        """Those of active projects that are not waived."""
        ids = {each.id for each in self.active}
        return [
            each
            for each in self.stock.blockers
            if each.project_id in ids and (each.project_id, each.dimension_id) not in self.waived
        ]

    def behind(self, behind: Behind) -> list[str]:
        """Who holds the organization back, by key."""
        found = []
        old = {each.project_id for each in self.open_blockers() if each.severity == 4 and NOW - each.since > 30 * DAY}
        for each in self.active:
            summary = each.summary
            stage, founded = (summary.stage, summary.founded) if summary else (1, False)
            team, function = each.team or each.id, each.business_function or each.id
            if (
                (behind.below is None or stage < behind.below)
                and each.exposure >= behind.exposed
                and not (behind.unfounded and founded)
                and not (behind.ahead and stage >= each.exposure)
                and not (behind.old_critical and each.id not in old)
                and team not in behind.other_teams
                and function not in behind.other_functions
            ):
                found.append((each.key, stage))
        highest = max((stage for _, stage in found), default=0)
        return sorted(key for key, stage in found if stage == highest or not behind.nearest)

    def late(self) -> Counter[str]:
        """Open assessments past their deadline, by project."""
        return Counter(each.project_id for each in self.stock.assessments if each.deadline < NOW)

    def overdue(self) -> Counter[str]:
        """Commitments past their day, by project."""
        return Counter(each.project_id for each in self.stock.commitments if each.due and each.due < TODAY)

    def _holds(self, project: Project, clause: Clause) -> bool:
        if _reads_levels(clause) and not self.reads(project):
            return False
        return self._is_so(project, clause.condition) != clause.negated

    def _is_so(self, project: Project, condition: Any) -> bool:
        summary = project.summary
        match condition:
            case Numbered(what, any_of):
                value = self._value(project, what)
                return value is not None and any(each.holds(value) for each in any_of)
            case Named(Name.BARRIER, any_of):
                return any(level.barrier_id in any_of for level in self.blockers(project))
            case Named(Name.SEVERITY, any_of):
                severities = {SEVERITIES[each] for each in any_of}
                return any(level.severity in severities for level in self.unwaived(project))
            case Named(what, any_of):
                return self._is_named(project, what, [each.casefold() for each in any_of])
            case Rated(dimension_id, None):
                return any(level.dimension_id == dimension_id for level in self.blockers(project))
            case Rated(dimension_id, compared):
                levels = [each for each in self.stock.levels[project.id] if each.dimension_id == dimension_id]
                return any(compared.holds(level.effective) for level in levels)
            case Changed(days):
                return (
                    summary is not None
                    and summary.changed_at is not None
                    and summary.changed_at >= TODAY_BEGAN - days * DAY
                )
            case Flagged(flag):
                return self._flag(project, flag)
        raise ValueError(condition)

    def _value(self, project: Project, what: Number) -> int | None:
        summary = project.summary
        if what is Number.EXPOSURE:
            return project.exposure
        if what is Number.TARGET:
            return project.target or TARGETS[project.exposure]
        if summary is None:
            return None
        return (NOW - summary.assessed_at) // DAY if what is Number.AGE else int(getattr(summary, what.value))

    def _is_named(self, project: Project, what: Name, words: list[str]) -> bool:
        match what:
            case Name.PROJECT:
                return any(word in project.key or word in project.name.casefold() for word in words)
            case Name.OWNER:
                owner = NAMES[project.owner_id]
                names = owner.name.casefold(), owner.account.casefold()
                return any(
                    project.owner_id == (self.reader_id or "ada")
                    if word == "me"
                    else word.removeprefix("@") == names[1] or word in names[0]
                    for word in words
                )
        value = (project.team if what is Name.TEAM else project.business_function).casefold()
        return any(word in value if word else not value for word in words)

    def _flag(self, project: Project, flag: Flag) -> bool:
        summary, stale = project.summary, self.stock.stale[project.id]
        table: dict[Flag, Callable[[], bool]] = {
            Flag.BLOCKED: lambda: bool(self.blockers(project)),
            Flag.OVERDUE: lambda: bool(self.late()[project.id] or self.overdue()[project.id]),
            Flag.STALE: lambda: stale is not None and stale <= NOW,
            Flag.WAIVED: lambda: any(each.project_id == project.id for each in self.waivers),
            Flag.AHEAD: lambda: summary is not None and project.exposure > summary.readiness,
            Flag.IN_STEP: lambda: summary is not None and project.exposure == summary.readiness,
            Flag.READY: lambda: summary is not None and project.exposure < summary.readiness,
            Flag.ADVANCING: lambda: (project.target or TARGETS[project.exposure]) > project.exposure,
            Flag.UNASSESSED: lambda: summary is None,
            Flag.ASKING: lambda: any(each.project_id == project.id for each in self.stock.assessments),
            Flag.COMPOUNDING: lambda: len({level.barrier_id for level in self.blockers(project)}) >= 3,
        }
        return table[flag]()

    def _sorted(self, projects: list[Project], query: Query) -> list[Project]:
        by_key = sorted(projects, key=lambda each: each.key)
        if query.order is Order.KEY:
            return by_key[::-1] if query.descending else by_key
        if query.order is Order.URGENCY:

            def urgency(project: Project) -> tuple[bool, int, int]:
                summary = project.summary
                if summary is None:
                    return True, 0, 0
                return not self._flag(project, Flag.AHEAD), -summary.critical, -summary.blockers

            ordered = sorted(by_key, key=urgency)
            return ordered[::-1] if query.descending else ordered

        def value(project: Project) -> float:
            summary = project.summary
            if query.order is Order.EXPOSURE:
                return project.exposure
            if query.order is Order.AGE:
                return (NOW - summary.assessed_at).total_seconds() if summary else float("inf")
            return float(getattr(summary, query.order.value)) if summary else -1

        return sorted(by_key, key=value, reverse=query.descending)


def _reads_levels(clause: Clause) -> bool:
    condition = clause.condition
    if isinstance(condition, Named) and condition.what is Name.SEVERITY:
        return bool({"low", "medium"} & set(condition.any_of))
    return isinstance(condition, Rated) and condition.compared is not None
