"""A question to the portfolio as conditions of one SQL statement over projects."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    not_,
    or_,
    select,
)

from bot.readiness.query import (
    SEVERITIES,
    Changed,
    Clause,
    Compared,
    Condition,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Order,
    Query,
    Rated,
    Sign,
)
from bot.readiness.scorecard import Standing
from bot.usecases.portfolio_ports import AsOf
from storage.assessments import ASSESSMENT, OPEN, asked_last
from storage.bound import NOW, TODAY, Bound, of_tenant
from storage.gaps import COMMITMENT
from storage.people import ACCOUNT, PERSON
from storage.portfolio_parts import BLOCKS, LEVEL, indebted, late, levels, overdue, waived, with_debts
from storage.projects import PROJECT, ROLE

IS_ACTIVE = PROJECT.c.archived_at.is_(None)
IS_ASSESSED = PROJECT.c.summary_milestone_id.is_not(None)

HOT = 3
"""So many barriers with a blocker compound one another."""

WALKED = (Order.URGENCY, Order.KEY)
"""What a list can go down by an index."""

ME = ("me", "@me")
DAY = timedelta(days=1)

_COLUMNS: Mapping[Number, ColumnElement[Any]] = {
    Number.STAGE: PROJECT.c.summary_stage,
    Number.READINESS: PROJECT.c.summary_readiness,
    Number.INDEX: PROJECT.c.summary_index,
    Number.BLOCKERS: PROJECT.c.summary_blockers,
    Number.EXPOSURE: PROJECT.c.exposure,
    Number.AGE: PROJECT.c.summary_assessed_at,
}
_STANDINGS = {Flag.AHEAD: Standing.AHEAD, Flag.IN_STEP: Standing.IN_STEP, Flag.READY: Standing.READY}


@cache
def in_order(order: Order, descending: bool) -> tuple[ColumnElement[Any], ...]:  # noqa: FBT001  (as a query has it)
    """What a list is sorted by. Without a result a project counts less than any with one; a tie goes by key."""
    columns: Mapping[Order, ColumnElement[Any]] = {
        Order.URGENCY: PROJECT.c.rank,
        Order.STAGE: PROJECT.c.summary_stage,
        Order.EXPOSURE: PROJECT.c.exposure,
        Order.INDEX: PROJECT.c.summary_index,
        Order.BLOCKERS: PROJECT.c.summary_blockers,
        Order.AGE: PROJECT.c.summary_assessed_at,
        Order.KEY: PROJECT.c.key,
    }
    column = columns[order]
    # The older a result, the earlier its date; none at all is the oldest.
    falling = descending != (order is Order.AGE)
    if order in WALKED:
        # As the index has it, so that a page reads its own rows alone.
        return tuple(each.desc() if falling else each.asc() for each in dict.fromkeys((column, PROJECT.c.key)))
    return column.desc().nulls_last() if falling else column.asc().nulls_first(), PROJECT.c.key


@dataclass(frozen=True, slots=True)
class Filters:
    """Turns conditions into SQL, for one tenant at one moment: what it makes is run with `moment`.

    `walking`: the list goes down its order and looks at each project until it has enough, instead of gathering all that
    match and sorting them.
    """

    bound: Bound
    as_of: AsOf
    walking: bool = False
    seen: dict[str, list[str]] = field(default_factory=dict)
    """What names were looked up in, once for all statements of a question."""

    @property
    def moment(self) -> dict[str, object]:
        """The parameters of time."""
        return {NOW.key: self.as_of.now, TODAY.key: self.as_of.today}

    def of(self, query: Query) -> tuple[ColumnElement[bool], ...]:
        """What must hold of a project, archived ones left out."""
        mine = (of_tenant(PROJECT), IS_ACTIVE)
        return *mine, *map(self._clause, query.clauses)

    def readable(self) -> ColumnElement[bool]:
        """Whether a project's levels are for the reader, as `bot.usecases.people.reads_answers` says."""
        reader = self.as_of.reader_id
        in_a_role = select(ROLE.c.project_id).where(of_tenant(ROLE), ROLE.c.person_id == reader)
        return or_(PROJECT.c.owner_id == reader, PROJECT.c.id.in_(in_a_role), PROJECT.c.id.in_(asked_last(reader)))

    def aimed(self) -> ColumnElement[Any]:
        """The target, the usual one where a project has none of its own."""
        return func.coalesce(PROJECT.c.target, case(dict(self.as_of.targets), value=PROJECT.c.exposure, else_=0))

    def _clause(self, clause: Clause) -> ColumnElement[bool]:
        condition = self._condition(clause.condition)
        so = not_(condition) if clause.negated else condition
        return and_(self.readable(), so) if clause.reads_levels and not self.as_of.reads_all else so

    def _condition(self, condition: Condition) -> ColumnElement[bool]:
        match condition:
            case Numbered(what, any_of):
                return _known(self._number(what), or_(*(self._numbered(what, each) for each in any_of)))
            case Named(Name.BARRIER, any_of):
                return self._short(BLOCKS, LEVEL.c.barrier_id.in_(any_of))
            case Named(Name.SEVERITY, any_of):
                severities = [int(SEVERITIES[each]) for each in any_of]
                return self._short(LEVEL.c.severity.is_not(None), LEVEL.c.severity.in_(severities))
            case Named(what, any_of):
                return self._named(what, any_of)
            case Rated(dimension_id, None):
                return self._short(BLOCKS, LEVEL.c.dimension_id == dimension_id)
            case Rated(dimension_id, compared) if compared is not None:
                rated = LEVEL.c.dimension_id == dimension_id, _holds(LEVEL.c.effective, compared)
                return self._with(levels().where(*rated))
            case Flagged(flag):
                return self._flagged(flag)
            case Changed(days):
                since = self.as_of.began(days)
                return _known(PROJECT.c.summary_changed_at, PROJECT.c.summary_changed_at >= since)
        raise ValueError(condition)

    def _numbered(self, what: Number, compared: Compared) -> ColumnElement[bool]:
        if what is Number.AGE:
            return self._aged(compared)
        return _holds(self._number(what), compared)

    def _number(self, what: Number) -> ColumnElement[Any]:
        return self.aimed() if what is Number.TARGET else _COLUMNS[what]

    def _short(self, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        """It has such a finding, and it is not waived."""
        return self._with(levels().where(*conditions, ~waived()))

    def _with(self, theirs: Select[Any]) -> ColumnElement[bool]:
        """Whether these ids of projects, each out of a row that is found by it, have the project's among them."""
        if not self.walking:
            return PROJECT.c.id.in_(theirs)
        (project_id,) = theirs.selected_columns
        return theirs.where(project_id == PROJECT.c.id).exists()

    def _flagged(self, flag: Flag) -> ColumnElement[bool]:
        match flag:
            case Flag.BLOCKED:
                covered = with_debts().having(func.sum(case((waived(), 0), else_=1)) == 0)
                blocked = and_(PROJECT.c.summary_blockers > 0, PROJECT.c.id.not_in(covered))
                return _known(PROJECT.c.summary_blockers, blocked)
            case Flag.OVERDUE:
                return or_(self._with(late(ASSESSMENT.c.project_id)), self._with(overdue(COMMITMENT.c.project_id)))
            case Flag.STALE:
                return _known(PROJECT.c.stale_at, PROJECT.c.stale_at <= NOW)
            case Flag.WAIVED:
                return self._with(indebted())
            case Flag.ADVANCING:
                return self.aimed() > PROJECT.c.exposure
            case Flag.UNASSESSED:
                return not_(IS_ASSESSED)
            case Flag.ASKING:
                return self._with(select(ASSESSMENT.c.project_id).where(of_tenant(ASSESSMENT), OPEN))
            case Flag.COMPOUNDING:
                counting = case((waived(), None), else_=LEVEL.c.barrier_id)
                cooled = with_debts().having(func.count(counting.distinct()) < HOT)
                compounding = and_(PROJECT.c.summary_compounding.is_(True), PROJECT.c.id.not_in(cooled))
                return _known(PROJECT.c.summary_compounding, compounding)
        return _known(PROJECT.c.summary_standing, PROJECT.c.summary_standing == str(_STANDINGS[flag]))

    def _aged(self, compared: Compared) -> ColumnElement[bool]:
        """Whole days since the result: at least so many, when it is from so many days ago or earlier."""
        at, sign = PROJECT.c.summary_assessed_at, compared.sign
        day, next_day = (self.as_of.now - number * DAY for number in (compared.number, compared.number + 1))
        match sign:
            case Sign.LEAST:
                return at <= day
            case Sign.LESS:
                return at > day
            case Sign.MORE:
                return at <= next_day
            case Sign.MOST:
                return at > next_day
        return and_(at <= day, at > next_day)

    def _named(self, what: Name, any_of: Iterable[str]) -> ColumnElement[bool]:
        folded = [word.casefold() for word in any_of]
        match what:
            case Name.PROJECT:
                return or_(*(PROJECT.c.folded.contains(word, autoescape=True) for word in folded))
            case Name.TEAM:
                return _one_of(PROJECT.c.team, _having(self._seen(PROJECT.c.team), folded))
            case Name.FUNCTION:
                return _one_of(PROJECT.c.business_function, _having(self._seen(PROJECT.c.business_function), folded))
        return _one_of(PROJECT.c.owner_id, self._owners(folded))

    def _owners(self, folded: list[str]) -> list[str]:
        """The owners of these accounts or names; "me" is the reader."""
        words = [word.removeprefix("<").removeprefix("@").removesuffix(">") for word in folded if word not in ME]
        owners = different(PROJECT.c.owner_id)
        named = (
            select(PERSON.c.id, PERSON.c.name, ACCOUNT.c.platform_user)
            .outerjoin(ACCOUNT, and_(ACCOUNT.c.tenant_id == PERSON.c.tenant_id, ACCOUNT.c.person_id == PERSON.c.id))
            .where(of_tenant(PERSON), PERSON.c.id.in_(owners))
        )
        found = {self.as_of.reader_id} if len(words) < len(folded) else set()
        if words:
            found |= {
                row.id
                for row in self.bound.rows(named)
                if any(word == (row.platform_user or "").casefold() or word in row.name.casefold() for word in words)
            }
        return sorted(found)

    def _seen(self, column: Column[str]) -> list[str]:
        if column.key not in self.seen:
            self.seen[column.key] = [row.value for row in self.bound.rows(different(column))]
        return self.seen[column.key]


@cache
def different(column: ColumnElement[Any]) -> Select[Any]:
    """The different values of an indexed column, each found by one step down the index, however many rows it has."""
    mine = (of_tenant(PROJECT), IS_ACTIVE)
    seen = select(func.min(column).label("value")).where(*mine).cte(recursive=True)
    following = select(func.min(column)).where(*mine, column > seen.c.value).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.value.is_not(None)))
    return select(seen.c.value).where(seen.c.value.is_not(None))


def _known(value: ColumnElement[Any], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition; of a project that has no such value it is not so, rather than unknown: its opposite is."""
    return and_(value.is_not(None), condition)


_COMPARED: Mapping[Sign, Callable[[ColumnElement[Any], int], ColumnElement[bool]]] = {
    Sign.LEAST: lambda value, number: value >= number,
    Sign.MOST: lambda value, number: value <= number,
    Sign.MORE: lambda value, number: value > number,
    Sign.LESS: lambda value, number: value < number,
    Sign.IS: lambda value, number: value == number,
}


def _holds(value: ColumnElement[Any], compared: Compared) -> ColumnElement[bool]:
    return _COMPARED[compared.sign](value, compared.number)


def _having(values: Iterable[str], parts: Iterable[str]) -> list[str]:
    """The values with one of these parts in them, in any case; "" means exactly nothing."""
    wanted = list(parts)
    return [value for value in values if any(part in value.casefold() if part else not value for part in wanted)]


def _one_of(column: ColumnElement[str], values: list[str]) -> ColumnElement[bool]:
    return column.in_(values) if values else false()
