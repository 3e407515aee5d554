"""Portfolios at random, and of any size, written into the tables in bulk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from bot.chat.incoming import Actor
from bot.readiness.assessment import Assessment, AssessmentState, Person, Project, Summary
from bot.readiness.blockers import Blocker, BlockerEvent
from bot.readiness.commitments import Commitment
from bot.readiness.framework_versions import FrameworkKey
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.scorecard import FindingKind, Severity, Standing
from bot.readiness.waivers import Waiver, WaiverState
from storage import mapping, tally
from storage.assessments import ASSESSMENT
from storage.engine import Engines
from storage.gaps import COMMITMENT, EVENT, WAIVER, _commitment_columns, _waiver_columns
from storage.milestones import BLOCKER, CHANGE, MILESTONE
from storage.portfolio import LEVEL, _columns
from storage.projects import PROJECT, ROLE
from storage.store import Store
from tests.portfolio.past import changed, events, milestones
from tests.storage.values import ADA
from tests.storage.values import MILESTONE as MADE

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BARRIERS = ("technical", "data", "operational", "organizational", "business")
DIMENSIONS = {f"dim-{number}": BARRIERS[number % 5] for number in range(10)}
TARGETS = {1: 1, 2: 3, 3: 4, 4: 4, 5: 5}
TEAMS = ("", "Risk", "Growth", "Größe & Maß", "Ops")
FUNCTIONS = ("", "Sales", "Claims", "IT")
RESULT = {
    **mapping.milestone_columns(replace(MADE, assessment_id="a0", answers=())),
    "sha256": "0" * 64,
    "prev_sha256": "0" * 64,
}
PEOPLE = (Person("ada", "Ada Lovelace", account="U1"), Person("mei", "Mei Li", account="U2"), Person("bob", "Bob Ross"))
STRANGE = ("Churn", "x" * 200, "\u202eמחיר", "🙂🙂", "<!channel> *bold* & `code`", "100%_sure")


@dataclass(frozen=True)
class Kind:
    """By which framework the results are made: its dimensions with their barriers, its id and its versions.

    `renamed`: what a version calls barriers that the others call otherwise.
    """

    dimensions: Mapping[str, str] = field(default_factory=lambda: DIMENSIONS)
    framework_id: str = "f"
    versions: Sequence[str] = ("1", "2")
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def barriers(self, version: str) -> Mapping[str, str]:
        """The dimensions with their barriers as a version has them."""
        names = self.renamed.get(version, {})
        return {each: names.get(barrier, barrier) for each, barrier in self.dimensions.items()}


@dataclass
class Stock:
    """What was put into the tables."""

    kind: Kind = field(default_factory=Kind)
    projects: list[Project] = field(default_factory=list)
    levels: dict[str, list[ProjectLevel]] = field(default_factory=dict)
    stale: dict[str, datetime | None] = field(default_factory=dict)
    waivers: list[Waiver] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    blockers: list[Blocker] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    events: list[BlockerEvent] = field(default_factory=list)


def random_stock(random: Random, count: int, kind: Kind | None = None) -> Stock:
    """So many projects of every sort."""
    stock = Stock(kind or Kind())
    for number in range(count):
        _add(stock, random, f"p{number:05}")
    return stock


def _add(stock: Stock, random: Random, key: str) -> None:
    exposure = random.randint(1, 5)
    bare = Project(
        id=key,
        key=key,
        name=f"{random.choice(STRANGE)} {key}",
        owner_id=random.choice(PEOPLE).id,
        exposure=exposure,
        created_at=NOW - 400 * DAY,
        business_function=random.choice(FUNCTIONS),
        team=random.choice(TEAMS),
        target=random.choice((None, None, *range(exposure, 6))),
        archived_at=NOW if random.random() < 0.1 else None,
        roles={"ml_engineering": random.choice(PEOPLE).id} if random.random() < 0.3 else {},
    )
    stock.levels[key], stock.stale[key] = [], None
    if random.random() < 0.1:
        stock.projects.append(bare)
    else:
        floor, version = random.randint(1, 5), random.choice(stock.kind.versions)
        barriers = stock.kind.barriers(version)
        levels = [_level(random, each, barriers[each], floor) for each in barriers if random.random() < 0.95]
        summary = _summary(random, bare, levels, FrameworkKey(stock.kind.framework_id, version))
        past = milestones(random, replace(bare, summary=summary), bare.target or TARGETS[exposure], levels)
        stock.milestones += past
        stock.projects.append(replace(bare, summary=replace(summary, changed_at=changed(past).taken_at)))
        stock.stale[key] = random.choice((None, NOW - DAY, NOW, NOW + DAY))
        if bare.archived_at is None:
            stock.levels[key] = levels
            blockers = [_blocker(random, key, level) for level in levels if level.blocks]
            stock.blockers += blockers
            stock.events += [event for blocker in blockers for event in events(random, blocker)]
    for level in stock.levels[key]:
        if level.severity is Severity.HIGH and random.random() < 0.2:
            stock.waivers.append(_waiver(random, key, level.dimension_id))
        if level.blocks and random.random() < 0.2:
            due = random.choice((None, TODAY - DAY, TODAY, TODAY + DAY))
            stock.commitments.append(
                Commitment(f"c-{key}-{level.dimension_id}", key, level.dimension_id, "bob", 3, NOW - DAY, due)
            )
    if random.random() < 0.2:
        deadline = NOW + random.choice((-1, 1)) * DAY
        made_by = stock.kind.framework_id, stock.kind.versions[0]
        stock.assessments.append(Assessment(f"a-{key}", key, *made_by, NOW - 9 * DAY, "ada", deadline))


def _level(random: Random, dimension_id: str, barrier_id: str, floor: int) -> ProjectLevel:
    weighty = random.random() < 0.35
    severity = random.choice(tuple(Severity)) if weighty else None
    claimed = random.choice((None, 0, 1, 2, 3, 4))
    effective = random.randint(0, claimed or 0)
    carries = min(5, floor + random.choice((0, 1, 1, 2, 2, 2)))
    return ProjectLevel(dimension_id, barrier_id, claimed, effective, random.randint(0, 4), carries, severity)


def _summary(random: Random, project: Project, levels: list[ProjectLevel], key: FrameworkKey) -> Summary:
    readiness, exposure = min((level.carries for level in levels), default=5), project.exposure
    at = NOW - random.choice((0, 1, 6, 7, 8, 30, 200)) * DAY - timedelta(seconds=random.choice((0, 1)))
    standing = Standing.AHEAD if exposure > readiness else Standing.READY if exposure < readiness else Standing.IN_STEP
    return Summary(
        milestone_id=f"m-{project.id}",
        stage=min(exposure, readiness),
        readiness=readiness,
        optimistic=5,
        standing=standing.value,
        index=random.randint(0, 100),
        blockers=sum(level.blocks for level in levels),
        critical=sum(level.severity is Severity.CRITICAL for level in levels),
        exclusions=0,
        assessed_at=at,
        framework_id=key.id,
        framework_version=key.version,
        founded=readiness >= 2 or random.random() < 0.5,
        compounding=len({level.barrier_id for level in levels if level.blocks}) >= 3,
    )


def _blocker(random: Random, key: str, level: ProjectLevel) -> Blocker:
    since = NOW - random.choice((1, 29, 30, 31, 100)) * DAY - timedelta(seconds=random.randint(0, 1))
    severity = level.severity or Severity.HIGH
    return Blocker(
        f"b-{key}-{level.dimension_id}",
        key,
        level.dimension_id,
        FindingKind.MISSING,
        severity,
        since,
        f"m-{key}",
        stage=3,
        need=level.need,
    )


def _waiver(random: Random, key: str, dimension_id: str) -> Waiver:
    state, approved = random.choice(((WaiverState.ASKED, None), (WaiverState.APPROVED, NOW - 9 * DAY)))
    until = NOW + random.choice((-1, 0, 1)) * DAY
    return Waiver(
        f"w-{key}-{dimension_id}", key, dimension_id, "ada", "mei", NOW - 10 * DAY, until, 3, "so", state, approved
    )


def put(engines: Engines, store: Store, stock: Stock, actor: Actor = ADA) -> str:
    """Write it all for the tenant of an actor; gives the tenant. Milestones have no chain of hashes."""
    with store.writing(actor) as tx:
        for person in PEOPLE:
            tx.people.add(person)
        tenant = tx.tenant_id
    known = [each.id for each in stock.projects if each.summary]
    made_by, first = (stock.kind.framework_id, stock.kind.versions[0]), [each.id for each in stock.projects[:1]]
    shared = Assessment("a0", "".join(first), *made_by, NOW, "ada", NOW)
    results = [{**RESULT, **mapping.milestone_columns(each)} for each in stock.milestones]
    levels = [{"project_id": key, **_columns(level)} for key, several in stock.levels.items() for level in several]
    done = replace(shared, state=AssessmentState.COMPLETE, completed_at=NOW)
    assessments = [*([done] if known else []), *stock.assessments]
    projects = [_project(stock, each) for each in stock.projects]
    sums = sum((tally.of_project(each) for each in projects), Counter[tally.Sort]())
    sums += sum((tally.of_levels(each) for each in stock.levels.values()), Counter[tally.Sort]())
    with engines.writing.begin() as connection:
        counts = [{"what": what, "which": which, "amount": many} for (what, which), many in sums.items()]
        _insert(connection, tenant, tally.TALLY, counts)
        _insert(connection, tenant, PROJECT, projects)
        _insert(connection, tenant, ROLE, [each for project in stock.projects for each in _roles(project)])
        _insert(connection, tenant, ASSESSMENT, [mapping.assessment_columns(each) for each in assessments])
        _insert(connection, tenant, MILESTONE, results)
        _insert(connection, tenant, CHANGE, list(_moves(stock.milestones)))
        _insert(connection, tenant, LEVEL, levels)
        _insert(connection, tenant, COMMITMENT, [_commitment_columns(each) for each in stock.commitments])
        _insert(connection, tenant, WAIVER, [_waiver_columns(each) for each in stock.waivers])
        _insert(connection, tenant, BLOCKER, [mapping.blocker_columns(each) for each in stock.blockers])
        _insert(connection, tenant, EVENT, [_event(each) for each in stock.events])
    with engines.writing.begin() as connection:
        connection.execute(text("ANALYZE"))
    return tenant


def _project(stock: Stock, project: Project) -> dict[str, Any]:
    return {**mapping.project_columns(project), "stale_at": stock.stale[project.id], "counted": True}


def _moves(taken: Iterable[Milestone]) -> Iterator[dict[str, Any]]:
    """Where another stage was brought than before; each project's milestones stand together, oldest first."""
    for project_id, theirs in groupby(taken, key=lambda each: each.project_id):
        before = None
        for each in theirs:
            after = each.scorecard.stage
            if after != before:
                where = {"project_id": project_id, "sequence": each.sequence, "at": each.taken_at}
                yield {**where, "before": before, "after": after}
            before = after


def _event(event: BlockerEvent) -> dict[str, Any]:
    columns = {"blocker_id": event.blocker_id, "at": event.at, "happening": str(event.happening)}
    return {**columns, "severity": int(event.severity), "milestone_id": event.milestone_id, "person_id": None}


def _roles(project: Project) -> list[dict[str, Any]]:
    return [{"project_id": project.id, "role": role, "person_id": who} for role, who in project.roles.items()]


def _insert(connection: Connection, tenant: str, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [{"tenant_id": tenant, **row} for row in rows])
