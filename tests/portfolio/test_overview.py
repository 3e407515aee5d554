"""The overview says what somebody finds who counts in an exported file, with nothing but the file and the rules."""

from dataclasses import replace
from itertools import count
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.incoming import Actor
from bot.usecases.ports import Context
from storage.engine import Engines
from storage.store import Store
from tests.portfolio.overviews import LIBRARY, exported, kind, numbers, stocked
from tests.portfolio.recounted import Recount
from tests.portfolio.stocked import NOW, PEOPLE, random_stock

TENANTS = count(1)


def test_the_overview_agrees_with_a_recount_of_the_exported_file_whatever_the_portfolio(
    engines: Engines, store: Store
) -> None:
    """Rated by two frameworks, one with a barrier that the other does not name; for readers whose day is another."""
    names, told = set[str](), set[str]()

    @settings(max_examples=6)
    @example(seed=1, projects=40, zone="UTC")
    @example(seed=1, projects=40, zone="Pacific/Honolulu")
    @example(seed=2, projects=5, zone="UTC")
    @given(seed=st.integers(0, 2**32), projects=st.integers(0, 40), zone=st.sampled_from(["UTC", "Pacific/Honolulu"]))
    def agree(seed: int, projects: int, zone: str) -> None:
        actor = Actor("slack", f"T{next(TENANTS)}", "U1")
        stocked(engines, store, random_stock(Random(seed), projects, kind()), actor)
        with store.reading(actor) as tx:
            context = Context(tx, replace(PEOPLE[0], is_admin=True, timezone=zone), LIBRARY, NOW)
            found, recount = numbers(context), Recount(exported(context)).overview()
        assert found == recount
        names.update(recount)
        told.update(name for name, number in recount.items() if number and number != {"first": [], "total": 0})

    agree()
    # Forecasts are told of by the seeded portfolio. At random few projects are held by one dimension alone, and none is
    # where no dimension blocks half of them.
    assert names - told <= {"forecasts", "lever", "shared"}
