"""What every test may use: databases of both kinds, and properties that do not race the clock."""

from hypothesis import HealthCheck, settings

# A busy machine is no fault of a property: none of our tests is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pytest_plugins = ["tests.databases"]
