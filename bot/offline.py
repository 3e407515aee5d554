"""Parts that no platform is needed for: what comes with a process, and copies of a tenant to try things on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot.content.cron import check_rule, next_run
from bot.content.holidays import holidays_of
from bot.content.reader import read_framework, reread_framework, shipped_framework, shipped_frameworks
from bot.simulation import Copies
from bot.usecases.library import ProcessLibrary
from bot.usecases.ports import Library
from storage.copied import copied
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store


def process_library(link_hosts: Sequence[str] = ()) -> Library:
    """What comes with one process; the frameworks that are shipped are read from their files."""
    return ProcessLibrary(
        shipped_framework(),
        shipped_frameworks,
        read_framework,
        reread_framework,
        holidays=holidays_of,
        next_run=next_run,
        check_rule=check_rule,
        link_hosts=link_hosts,
    )


def copies_of(engines: Engines) -> Copies:
    """Where simulations run: a tenant's rows in memory."""

    @contextmanager
    def copies(tenant_id: str, now: Callable[[], datetime]) -> Iterator[tuple[Store, Outbox]]:
        with copied(engines, tenant_id) as copy:
            yield Store(copy, now=now), Outbox(copy)

    return copies
