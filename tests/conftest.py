"""What every test may use: databases of both kinds, and sockets to this machine only."""

pytest_plugins = ["tests.databases"]
