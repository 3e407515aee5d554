"""The time the product lives in: moved in the playground, the machine's in production."""

from datetime import timedelta

from sqlalchemy import select

from storage.bound import table_of
from storage.delivery_tables import AuditEventRow
from tests.end_to_end.deeds import found, start
from tests.running import Running

AUDIT = table_of(AuditEventRow)


def test_the_trail_says_when_by_the_product_time(bot: Running) -> None:
    found(bot)
    bot.slack.clock(advance_seconds=40 * 86_400)
    now = bot.parts.clock.now()
    start(bot)
    with bot.parts.engines.reading.connect() as connection:
        created, started = connection.execute(select(AUDIT.c.at).order_by(AUDIT.c.seq)).scalars()
    assert timedelta(0) <= started - now < timedelta(hours=1)
    assert started - created > timedelta(days=39)
