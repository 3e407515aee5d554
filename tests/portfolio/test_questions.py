"""Every question of the filter language is answered by one query, and as reckoned by hand."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.readiness.organization import Behind
from bot.readiness.query import (
    Changed,
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
from bot.usecases.portfolio_ports import AsOf, Portfolio
from storage.engine import Engines
from storage.portfolio import FEW
from storage.store import Store
from tests.portfolio.reckoned import Reckoning
from tests.portfolio.stocked import BARRIERS, DAY, DIMENSIONS, NOW, TARGETS, TODAY, put, random_stock
from tests.storage.explained import gather_figures, plans
from tests.storage.values import ADA

AS_OF = AsOf(NOW, TODAY, TARGETS, "ada", reads_all=True)
WORDS = {
    Name.BARRIER: BARRIERS,
    Name.SEVERITY: ("low", "medium", "high", "critical"),
    Name.OWNER: ("me", "@u2", "BOB", "a", "nobody"),
    Name.TEAM: ("risk", "größe & mass", "o", "", "none"),
    Name.FUNCTION: ("SALES", "it", ""),
    Name.PROJECT: ("churn", "p00007", "100%_", "🙂", "\u202e", "*bold*"),
}
LEVELS = (0, 1, 2, 3, 4)


def conditions(random: Random) -> list[Condition]:
    """Each kind at least once."""

    def compared(*numbers: int) -> tuple[Compared, ...]:
        return tuple(Compared(random.choice(tuple(Sign)), number) for number in numbers)

    values = {Number.INDEX: (20, 80), Number.AGE: (1, 7), Number.BLOCKERS: (0, 2)}
    return [
        *(Numbered(number, compared(*values.get(number, (2, 4)))) for number in Number),
        *(Named(name, (word,)) for name, words in WORDS.items() for word in words),
        *(Named(name, words[:2]) for name, words in WORDS.items()),
        *(Rated(each, *compared(random.choice(LEVELS))) for each in DIMENSIONS),
        *(Rated(each) for each in DIMENSIONS),
        *(Flagged(flag) for flag in Flag),
        *(Changed(days) for days in (1, 7, 300)),
    ]


def queries(random: Random) -> list[Query]:
    """Each condition alone and denied, then several together in every order."""
    alone = [Query().with_clause(each, negated=negated) for each in conditions(random) for negated in (False, True)]
    together = []
    for number in range(60):
        query = Query(order=tuple(Order)[number % len(Order)], descending=random.random() < 0.5)
        for condition in random.sample(conditions(random), random.randint(0, 2)):
            query = query.with_clause(condition, negated=random.random() < 0.5)
        together.append(query)
    return alone + together


def test_a_question_is_answered_as_reckoned_by_hand(engines: Engines, store: Store) -> None:
    random = Random(5)
    stock = random_stock(random, 120)
    put(engines, store, stock)
    reckoning = Reckoning(stock)
    found_some = 0
    with store.reading(ADA) as tx:
        for query in queries(random):
            expected = reckoning.ids(query)
            assert list(tx.portfolio.ids(query, AS_OF)) == expected, query
            page = tx.portfolio.matching(query, AS_OF, 7)
            assert ([each.id for each in page.shown], page.total) == (expected[:7], len(expected)), query
            found_some += bool(expected)
        for start, limit in ((5, None), (0, 12), (5, 12), (10, 12), (12, 12), (500, None)):
            query = Query(limit=limit, start=start)
            page = tx.portfolio.matching(query, AS_OF, 4)
            expected, total = reckoning.ids(query), len(reckoning.ids(Query(limit=limit)))
            assert ([each.id for each in page.shown], page.total) == (expected[:4], total), query
            assert list(tx.portfolio.ids(query, AS_OF)) == expected
    assert found_some > 150


def test_levels_are_compared_of_those_projects_alone_whose_levels_are_for_the_reader(
    engines: Engines, store: Store
) -> None:
    """Neither a filter nor its opposite tells what a project's level is."""
    random = Random(11)
    stock = random_stock(random, 60)
    put(engines, store, stock)
    for reader in ("ada", "mei", "nobody"):
        reckoning, as_of = Reckoning(stock, reader), replace(AS_OF, reader_id=reader, reads_all=False)
        with store.reading(ADA) as tx:
            for number, dimension in enumerate(DIMENSIONS):
                other = random.choice(conditions(random))
                query = Query().with_clause(Rated(dimension, Compared(Sign.MORE, 1)), negated=bool(number % 2))
                for each in (query, query.with_clause(other), Query().with_clause(other)):
                    assert list(tx.portfolio.ids(each, as_of)) == reckoning.ids(each), each
                    assert tx.portfolio.unread(each, as_of) == reckoning.unread(each), each
                assert reckoning.unread(query) > 0
                assert tx.portfolio.unread(query, AS_OF) == 0


def test_all_projects_are_counted_as_reckoned_by_hand(engines: Engines, store: Store) -> None:
    stock = random_stock(Random(7), 150)
    put(engines, store, stock)
    reckoning = Reckoning(stock)
    active, assessed = reckoning.active, [each for each in reckoning.active if each.summary]
    crossings = Counter((each.summary.stage if each.summary else 0, each.exposure) for each in active)
    held = [(each.id, level) for each in active for level in reckoning.blockers(each)]
    with store.reading(ADA) as tx:
        census = tx.portfolio.census(AS_OF)
        assert (census.total, census.unassessed) == (len(active), len(active) - len(assessed))
        assert dict(census.crossings) == dict(crossings)
        assert census.standings == Counter(each.summary.standing for each in assessed if each.summary)
        assert sum(census.frameworks.values()) == len(assessed)
        assert {
            each.barrier_id: (each.blockers, each.projects, int(each.heaviest)) for each in census.barriers
        } == reckoning.barriers()
        assert [each.projects for each in census.barriers] == sorted(
            (b.projects for b in census.barriers), reverse=True
        )
        assert census.blockers == len(held)
        assert census.critical == sum(level.severity == 4 for _, level in held)
        assert census.blocked == len({project for project, _ in held})
        ids = {each.id for each in active}
        assert census.waived == sum(
            level.blocks and (each.id, level.dimension_id) in reckoning.waived
            for each in active
            for level in stock.levels[each.id]
        )
        assert (census.waivers, census.debtors) == (
            len([each for each in reckoning.waivers if each.project_id in ids]),
            len({each.project_id for each in reckoning.waivers} & ids),
        )
        assert census.late == sum(count for each, count in reckoning.late().items() if each in ids)
        assert census.overdue == sum(count for each, count in reckoning.overdue().items() if each in ids)
        old = {each.project_id for each in stock.blockers if each.severity == 4 and NOW - each.since > 30 * DAY}
        assert census.old_critical == bool(old)
        assert sum(member.count for member in census.members) == len(active)
        weight = {
            each.id: (-each.severity, each.since, each.dimension_id, each.id) for each in reckoning.open_blockers()
        }
        heaviest = tx.portfolio.heaviest(NOW, 12)
        assert [each.id for each in heaviest] == sorted(weight, key=lambda each: weight[each])[:12]
        assert [each.project_id for each in tx.portfolio.heaviest(NOW, 999)] == [
            each.split("-", 1)[1].rsplit("-dim", 1)[0] for each in sorted(weight, key=lambda each: weight[each])
        ]
        levels = tx.portfolio.levels([each.id for each in stock.projects])
        assert {key: list(value) for key, value in levels.items()} == {
            key: sorted(value, key=lambda level: level.dimension_id) for key, value in stock.levels.items() if value
        }


BEHIND = (
    Behind(below=2, nearest=True),
    Behind(below=4, nearest=True, other_teams=("Risk", "p00003")),
    Behind(below=5, nearest=True, other_functions=("Sales",)),
    Behind(exposed=2, unfounded=True),
    Behind(exposed=3, ahead=True),
    Behind(exposed=3, below=4),
    Behind(ahead=True),
    Behind(old_critical=True),
)


def test_the_projects_behind_a_condition_are_found_as_reckoned_by_hand(engines: Engines, store: Store) -> None:
    stock = random_stock(Random(3), 80)
    put(engines, store, stock)
    reckoning = Reckoning(stock)
    with store.reading(ADA) as tx:
        for behind in BEHIND:
            expected = reckoning.behind(behind)
            found = tx.portfolio.behind(behind, NOW, 3)
            assert ([each.id for each in found.shown], found.total) == (expected[:3], len(expected)), behind
            assert expected


def test_an_empty_portfolio_is_counted_as_well(store: Store) -> None:
    with store.reading(ADA) as tx:
        census = tx.portfolio.census(AS_OF)
        assert (census.total, census.blockers, census.barriers, census.members) == (0, 0, (), ())
        assert tx.portfolio.matching(Query(), AS_OF, 10).total == 0
        assert (tx.portfolio.heaviest(NOW, 5), tx.portfolio.levels(())) == ([], {})


BY_INDEX: dict[str, Callable[[Portfolio], object]] = {
    "census": lambda portfolio: portfolio.census(AS_OF),
    "first page": lambda portfolio: portfolio.matching(Query(), AS_OF, 10),
    "heaviest": lambda portfolio: portfolio.heaviest(NOW, 5),
    "levels": lambda portfolio: portfolio.levels(["p00001", "p00002"]),
    "a name": lambda portfolio: portfolio.named(["churn p00007", "what"]),
    "a key": lambda portfolio: portfolio.called(["p00007", "what"]),
    "keys that begin so": lambda portfolio: portfolio.like({"p", "q"}, 10),
    "a project": lambda portfolio: portfolio.matching(
        Query().with_clause(Changed(1)).with_clause(Numbered(Number.INDEX, (Compared(Sign.IS, 100),))), AS_OF, 10
    ),
}
"""Looks that cost the same however many projects there are."""
BY_ONE: dict[str, Condition] = {
    "barrier": Named(Name.BARRIER, ("data",)),
    "severity": Named(Name.SEVERITY, ("critical",)),
    "dimension": Rated("dim-3", Compared(Sign.LESS, 2)),
    "team": Named(Name.TEAM, ("risk",)),
    "changed": Changed(1),
    "overdue": Flagged(Flag.OVERDUE),
}
"""Filters that find their projects by an index; of a table that they match for the most part it is read whole."""


def test_what_every_look_at_the_portfolio_asks_is_answered_by_an_index(engines: Engines, store: Store) -> None:
    put(engines, store, random_stock(Random(1), 3_000))
    gather_figures(engines)
    looks = dict(BY_INDEX)
    if engines.reading.dialect.name == "sqlite":
        looks |= {
            name: lambda portfolio, condition=condition: portfolio.matching(Query().with_clause(condition), AS_OF, 10)
            for name, condition in BY_ONE.items()
        }
    for name, look in looks.items():
        with store.reading(ADA) as tx:
            plan = plans(engines, lambda look=look, tx=tx: look(tx.portfolio))  # type: ignore[misc]
        # Where a tenth of so small a table is overdue, PostgreSQL reads the whole.
        tables = ["project", "assessment", "commitment"] if name != "census" else []
        for table in (*tables, "project_level", "blocker", "milestone", "answer"):
            assert f"Seq Scan on {table} " not in plan, (name, plan)
            assert f"SCAN {table}\n" not in plan + "\n", (name, plan)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_filter_matches_is_counted_in_an_index_and_a_long_list_is_walked_down_its_order(
    engines: Engines, store: Store
) -> None:
    put(engines, store, random_stock(Random(1), 2_000))
    gather_figures(engines)
    conditions = (
        *(Numbered(number, (Compared(Sign.LEAST, 1),)) for number in Number),
        *(Flagged(flag) for flag in Flag if flag is not Flag.UNASSESSED),
        *BY_ONE.values(),
        Named(Name.OWNER, ("@u2",)),
    )
    for condition in conditions:
        with store.reading(ADA) as tx:
            query = Query().with_clause(condition)
            shown = tx.portfolio.matching(query, AS_OF, 10)
            plan = plans(engines, lambda query=query, tx=tx: tx.portfolio.matching(query, AS_OF, 10))  # type: ignore[misc]
        assert re.search(r"SEARCH project USING COVERING INDEX \w+ ", plan), (condition, plan)
        assert shown.total <= FEW or "SEARCH project USING INDEX ix_project_rank (tenant_id=?)\n" in plan, (
            condition,
            plan,
        )


def test_a_change_counts_from_the_beginning_of_the_readers_day(engines: Engines, store: Store) -> None:
    """Friday noon is since Friday, on Monday morning as well; in Singapore that Friday began earlier."""
    stock = random_stock(Random(13), 5)
    put(engines, store, stock)
    one = next(each for each in stock.projects if each.summary and each.archived_at is None)
    assert one.summary is not None
    midnight = NOW.replace(hour=0) - 3 * DAY
    for hours, zone, expected in (
        (1, "UTC", True),
        (-1, "UTC", False),
        (-7, "Asia/Singapore", True),
        (4, "America/New_York", False),
    ):
        changed = replace(one.summary, changed_at=midnight + timedelta(hours=hours))
        with store.writing(ADA) as tx:
            tx.projects.save(replace(one, summary=changed))
        with store.reading(ADA) as tx:
            found = tx.portfolio.ids(Query().with_clause(Changed(3)), replace(AS_OF, zone=zone))
        assert (one.id in found) is expected, (hours, zone)
