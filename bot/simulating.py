"""`python -m bot.simulating`: one simulation, asked for as JSON on standard input, given pickled on standard output."""

import asyncio
import json
import logging
import pickle
import sys
from datetime import datetime

from bot.offline import copies_of, process_library
from bot.simulation import Simulator
from storage.engine import make_engines


def main() -> None:
    """Read, simulate, write."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s simulation %(message)s")
    asked = json.load(sys.stdin)
    engines = make_engines(asked["database_url"])
    library = process_library(asked["link_hosts"])
    simulator = Simulator(copies_of(engines), library, frozenset(asked["admins"]), asked["patience"])
    begins = datetime.fromisoformat(asked["begins"])
    found = asyncio.run(simulator.simulate(asked["tenant_id"], begins, asked["days"]))
    engines.dispose()
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
