"""The demonstration portfolio: people live in different zones, one is away, one has a holiday region of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import Parts, compose
from bot.chat.incoming import Actor
from bot.clock import MovableClock
from bot.play import plant
from bot.readiness.appointments import AppointmentKind
from bot.readiness.local_time import local_day
from bot.settings import Settings
from bot.usecases.ports import Context
from tests.portfolio.overviews import LIBRARY, exported, numbers
from tests.portfolio.recounted import Recount


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """What `bridgehead play` plays, at that moment."""
    folder = tmp_path_factory.mktemp("seeded")
    settings = Settings(data=folder, database_url=f"sqlite:///{folder / 'seeded.db'}")
    plant(settings, folder / "seeded.db")
    parts = compose(settings, MovableClock())
    yield parts
    parts.engines.dispose()


def test_the_cast_has_lives_of_their_own(seeded: Parts) -> None:
    with seeded.store.reading(Actor("slack", "T0BRIDGE", "U0ADA")) as tx:
        sofia, lukas, mei, omar = (tx.people.of_account(f"U0{name}") for name in ("SOFIA", "LUKAS", "MEI", "OMAR"))
        assert sofia is not None
        assert lukas is not None
        assert mei is not None
        assert omar is not None
        assert (mei.timezone, omar.timezone) == ("Asia/Singapore", "America/New_York")
        today = local_day(datetime.now(UTC), sofia.timezone)
        (absence,) = tx.absences.of_person(sofia.id, today)
        assert (absence.last - absence.first) == timedelta(days=9)
        assert tx.preferences.get(lukas.id).region == "DE-BE"
        # Whoever is asked now will be reminded, and nobody for what was over long ago.
        waiting = {person for person in (p.id for p in tx.people.all()) if tx.interviews.unfinished_of(person)}
        reminded = {each.subject for each in tx.appointments.of_kind(AppointmentKind.REMINDER)}
        assert waiting <= reminded


def test_every_number_of_the_seeded_overview_is_in_its_export(seeded: Parts) -> None:
    with seeded.store.reading(Actor("slack", "T0BRIDGE", "U0MARTA")) as tx:
        marta = tx.people.of_account("U0MARTA")
        assert marta is not None
        assert marta.is_manager
        context = Context(tx, marta, LIBRARY, datetime.now(UTC))
        found = numbers(context)
        assert found == Recount(exported(context)).overview()
    counted = ("total", "stages", "organization", "barriers", "blockers", "lever", "rows", "forecasts")
    assert [name for name in counted if not found[name]] == []
