"""What delivery asks of others, outside any transaction: endpoints, hosts of links, a process that looks ahead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.readiness.asking import Unclear
from bot.readiness.framework import Dimension
from bot.readiness.links import Look
from bot.readiness.matching import Proposal
from bot.readiness.simulation import Simulation


class Proposer(Protocol):
    """Proposes a level for free words from outside; None, and never an exception, when it cannot."""

    async def propose(self, dimension: Dimension, words: str, language: str) -> Proposal | None: ...


class Interpreter(Protocol):
    """Proposes a reading of a question from outside; None, and never an exception, when it cannot."""

    async def read(self, unclear: Unclear) -> str | None: ...


class LinkLooker(Protocol):
    """Looks at links on their hosts; what goes wrong there is what it found, and never an exception."""

    async def look_at(self, known: Mapping[str, str]) -> Mapping[str, Look]:
        """What each link is like now; `known` maps them to the fingerprints of the last look, "" where there is none.

        In this order; those for which the time does not suffice are left out.
        """
        ...


class Simulator(Protocol):
    """Looks ahead on a copy of a tenant's rows."""

    async def simulate(self, tenant_id: str, begins: datetime, days: int) -> Simulation | None:
        """What would be sent from this moment on; None when that cannot be found out in time."""
        ...
