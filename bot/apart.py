"""A simulation in a process of its own: it takes a processor for many seconds, which answers must not wait for."""

import asyncio
import contextlib
import json
import logging
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.simulation import Simulation

logger = logging.getLogger(__name__)

PATIENCE = 100.0
"""Seconds after which the child stops where it is, and says how far it came."""
LAST_PATIENCE = 130.0
"""Seconds after which it is ended."""
CHILD = (sys.executable, "-m", "bot.simulating")


@dataclass(frozen=True, slots=True)
class ProcessSimulator:
    """Fulfils `outside_ports.Simulator`. Its child gets all by standard input: an address may hold a secret."""

    database_url: str
    admins: frozenset[str] = frozenset()
    link_hosts: Sequence[str] = ()
    last_patience: float = LAST_PATIENCE
    child: Sequence[str] = CHILD

    async def simulate(self, tenant_id: str, begins: datetime, days: int) -> Simulation | None:
        """None when it takes too long, or the child breaks; what it says stands in the log."""
        asked = {
            "database_url": self.database_url,
            "tenant_id": tenant_id,
            "begins": begins.isoformat(),
            "days": days,
            "admins": sorted(self.admins),
            "link_hosts": list(self.link_hosts),
            "patience": PATIENCE,
        }
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*self.child, stdin=pipe, stdout=pipe)
        try:
            async with asyncio.timeout(self.last_patience):
                said, _ = await process.communicate(json.dumps(asked).encode())
        except TimeoutError:
            logger.warning("simulation.too_long days=%s", days)
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if process.returncode != 0:
            logger.error("simulation.broke code=%s", process.returncode)
            return None
        found = pickle.loads(said)  # noqa: S301 - what our own child says
        assert isinstance(found, Simulation), type(found)
        return found
