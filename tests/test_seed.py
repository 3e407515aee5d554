"""The demonstration portfolio: people live in different zones, one is away, one has a holiday region of their own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import compose
from bot.chat.incoming import Actor
from bot.clock import MovableClock
from bot.play import plant
from bot.readiness.appointments import AppointmentKind
from bot.readiness.local_time import local_day
from bot.settings import Settings


def test_the_cast_has_lives_of_their_own(tmp_path: Path) -> None:
    database = tmp_path / "seeded.db"
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{database}")
    plant(settings, database)
    parts = compose(settings, MovableClock())
    with parts.store.reading(Actor("slack", "T0BRIDGE", "U0ADA")) as tx:
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
    parts.engines.dispose()
