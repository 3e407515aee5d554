"""Names are found by the words that were typed, and never listed whole."""

from dataclasses import replace
from random import Random

from storage.engine import Engines
from storage.store import Store
from tests.portfolio.stocked import FUNCTIONS, PEOPLE, TEAMS, put, random_stock
from tests.storage.explained import plans
from tests.storage.values import ADA


def test_projects_are_found_by_key_by_whole_name_and_by_how_they_begin(engines: Engines, store: Store) -> None:
    stock = random_stock(Random(3), 60)
    first, second, *_ = [each for each in stock.projects if each.archived_at is None]
    stock.projects[stock.projects.index(second)] = replace(second, name="Größe — Süd & West")
    put(engines, store, stock)
    gone = next(each for each in stock.projects if each.archived_at)
    with store.reading(ADA) as tx:
        assert tx.portfolio.called({first.key, gone.key, "which", "projects"}) == {first.key: first.name}
        assert tx.portfolio.named({"größe — süd & west".casefold(), "größe"}) == {second.key: "Größe — Süd & West"}
        assert tx.portfolio.named({first.name.casefold(), gone.name.casefold()}) == {first.key: first.name}
        assert tx.portfolio.like({"q", "%"}, 5) == {}
        assert (
            list(tx.portfolio.like({"p"}, 3)) == sorted(each.key for each in stock.projects if not each.archived_at)[:3]
        )
        assert tx.portfolio.called(set()) == tx.portfolio.named(set()) == tx.portfolio.like(set(), 5) == {}
        assert len(tx.portfolio.called({f"word{number}" for number in range(1000)} | {first.key})) == 1


def test_teams_functions_and_owners_are_named_once_and_without_the_empty_one(engines: Engines, store: Store) -> None:
    put(engines, store, random_stock(Random(4), 80))
    with store.reading(ADA) as tx:
        groups = tx.portfolio.groups()
        found = plans(
            engines, lambda: (tx.portfolio.groups(), tx.portfolio.called({"churn"}), tx.portfolio.like({"c"}, 5))
        )
    assert set(groups.teams) == set(TEAMS) - {""}
    assert set(groups.functions) == set(FUNCTIONS) - {""}
    assert sorted(groups.owners) == sorted(person.name for person in PEOPLE)
    if engines.reading.dialect.name == "sqlite":
        assert "SCAN project" not in found, found
