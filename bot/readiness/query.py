"""A question to the portfolio, as data: which projects, in which order, how many. Pure.

People type it (`bot.readiness.filters` reads it), plain words are understood as one, and storage turns it into SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.readiness.scorecard import Severity

MOST_ROWS = 200


class Number(StrEnum):
    """A number of a project that can be compared. AGE: whole days since its result; BLOCKERS: waived ones as well."""

    STAGE = "stage"
    READINESS = "readiness"
    EXPOSURE = "exposure"
    TARGET = "target"
    INDEX = "index"
    BLOCKERS = "blockers"
    AGE = "age"


class Name(StrEnum):
    """Something of a project that has a name."""

    BARRIER = "barrier"
    SEVERITY = "severity"
    OWNER = "owner"
    TEAM = "team"
    FUNCTION = "function"
    PROJECT = "project"


class Flag(StrEnum):
    """What a project is or is not.

    BLOCKED    it has an unwaived blocker           OVERDUE    an assessment or a commitment is past its date
    STALE      evidence has aged since the result   WAIVED     a waiver is valid
    AHEAD      it reaches more people than its answers carry; IN_STEP, READY: the other two standings
    ADVANCING  its target is beyond its exposure    UNASSESSED there is no result yet
    ASKING     an assessment is open                COMPOUNDING three barriers or more are hot
    """

    BLOCKED = "blocked"
    OVERDUE = "overdue"
    STALE = "stale"
    WAIVED = "waived"
    AHEAD = "ahead"
    IN_STEP = "in_step"
    READY = "ready"
    ADVANCING = "advancing"
    UNASSESSED = "unassessed"
    ASKING = "asking"
    COMPOUNDING = "compounding"


class Order(StrEnum):
    """What a list can be sorted by. URGENCY: ahead of readiness first, then the most blocked.

    A project without a result counts for less than any with one, and for older.
    """

    URGENCY = "urgency"
    STAGE = "stage"
    EXPOSURE = "exposure"
    INDEX = "index"
    BLOCKERS = "blockers"
    AGE = "age"
    KEY = "key"


class Sign(StrEnum):
    """How a number is compared."""

    LEAST = ">="
    MOST = "<="
    MORE = ">"
    LESS = "<"
    IS = "="


@dataclass(frozen=True, slots=True)
class Compared:
    """A number held against another."""

    sign: Sign
    number: int

    def holds(self, value: int) -> bool:
        """Whether it is so for this value."""
        match self.sign:
            case Sign.LEAST:
                return value >= self.number
            case Sign.MOST:
                return value <= self.number
            case Sign.MORE:
                return value > self.number
            case Sign.LESS:
                return value < self.number
        return value == self.number


@dataclass(frozen=True, slots=True)
class Numbered:
    """One of the comparisons holds for this number; a project without a result has none but exposure and target."""

    what: Number
    any_of: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """It is one of these: ids of barriers, severities' names, accounts or names of owners, parts of names."""

    what: Name
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """A dimension whose level that counts compares so; without a comparison: one that blocks the project."""

    dimension_id: str
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Flagged:
    """The project is so."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Changed:
    """Its stage, index or blockers changed within this many days and today, 0: today; a first result is a change.

    Days are those of the reader's calendar: on a Wednesday five of them begin with Friday.
    """

    days: int


Condition = Numbered | Named | Rated | Flagged | Changed


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition, or that it does not hold."""

    condition: Condition
    negated: bool = False

    @property
    def reads_levels(self) -> bool:
        """Whether it asks for levels, or for findings that block nothing: neither is for everybody, unlike blockers."""
        match self.condition:
            case Rated(compared=compared):
                return compared is not None
            case Named(Name.SEVERITY, any_of):
                return any(SEVERITIES[each] < Severity.HIGH for each in any_of)
        return False


@dataclass(frozen=True, slots=True)
class Query:
    """All clauses hold; sorted by `order` (`descending`: the other way round), at most `limit` rows from `start` on."""

    clauses: tuple[Clause, ...] = ()
    order: Order = Order.URGENCY
    descending: bool = False
    limit: int | None = None
    start: int = 0

    def with_clause(self, condition: Condition, *, negated: bool = False) -> "Query":
        """The same, and this."""
        return replace(self, clauses=(*self.clauses, Clause(condition, negated)))

    @property
    def reads_levels(self) -> bool:
        """Whether one of its clauses does."""
        return any(clause.reads_levels for clause in self.clauses)

    def page(self, start: int) -> "Query":
        """The same from another row on."""
        return replace(self, start=start)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a framework brings: what people may write (lower case) -> the id."""

    barriers: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)


SEVERITIES: Mapping[str, Severity] = {severity.name.lower(): severity for severity in Severity}


def written(query: Query) -> str:
    """The query in the filter language; reading it gives the same query."""
    parts = [("-" if clause.negated else "") + _condition(clause.condition) for clause in query.clauses]
    if query.order is not Order.URGENCY or query.descending:
        parts.append(f"sort:{'-' if query.descending else ''}{query.order}")
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    return " ".join(parts)


def place_in(query: Query) -> str:
    """Where a page of it begins, as a button carries it: the first row, and the query in the filter language."""
    return f"{query.start}|{written(query)}"


def _condition(condition: Condition) -> str:
    match condition:
        case Numbered(what, any_of):
            return f"{what}:{','.join(_compared(each) for each in any_of)}"
        case Named(what, any_of):
            return f"{what}:{','.join(_quoted(each) for each in any_of)}"
        case Rated(dimension_id, compared):
            sign = f"{compared.sign}{compared.number}" if compared else ""
            return f"dimension:{dimension_id}{sign}"
        case Flagged(flag):
            return flag.value
        case Changed(days):
            return f"changed:{days}d"


def _compared(compared: Compared) -> str:
    return f"{'' if compared.sign is Sign.IS else compared.sign.value}{compared.number}"


def _quoted(word: str) -> str:
    plain = word and not any(sign in word for sign in ' ,"') and word[0] not in "<>=-"
    return word if plain else '"' + word.replace('"', '""') + '"'
