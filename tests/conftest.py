"""What every test may use: databases of both kinds, and properties that do not race the clock."""

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

# A busy machine is no fault of a property: none of our tests is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# What is imported and collected stays; to look for garbage among it takes as long as to make it.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on there is garbage."""
    gc.freeze()
    gc.enable()
