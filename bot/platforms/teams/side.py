"""Everything that talks to Teams, joined by the settings; nothing connects yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.platforms.core import Core
from bot.platforms.tasks import Tasks
from bot.platforms.teams.addresses import Addresses, Kept
from bot.platforms.teams.addresses import Core as Threads
from bot.platforms.teams.authentication import Authentication, Keys
from bot.platforms.teams.connector import AppToken, Connector, Web
from bot.platforms.teams.delivery import Delivery
from bot.platforms.teams.documents import Documents, Shelf
from bot.platforms.teams.endpoint import TeamsEndpoint
from bot.platforms.teams.flows import Flows
from bot.platforms.teams.messenger import TeamsMessenger
from bot.platforms.teams.pacing import Pacing
from bot.platforms.teams.roster import Roster
from bot.settings import Settings


class Product(Core, Threads, Protocol):
    """The core with its threads."""


@dataclass(frozen=True, slots=True)
class TeamsSide:
    """The parts that a process runs."""

    endpoint: TeamsEndpoint
    messenger: TeamsMessenger
    web: Web
    tasks: Tasks
    shelf: Shelf


def teams_side(
    settings: Settings, core: Product, kept: Kept, shelf: Shelf, *, now: Callable[[], datetime], pacing: Pacing
) -> TeamsSide:
    """For the bot of these settings. Without an app's secret it serves Microsoft's local playground, and only that."""
    web, tasks = Web(), Tasks()
    token = authentication = None
    if settings.teams_app_secret:
        token = AppToken(
            web, settings.teams_app_id, settings.teams_app_secret, settings.teams_tenant_id, settings.teams_login_url
        )
        authentication = Authentication(Keys(web, settings.teams_openid_url), settings.teams_app_id)
    connector, addresses = Connector(web, token, pacing), Addresses(kept, core)
    delivery = Delivery(connector, addresses, Roster(connector, addresses))
    flows = Flows(core, delivery, tasks, now)
    endpoint = TeamsEndpoint(flows, authentication, settings.teams_tenant_id)
    return TeamsSide(endpoint, TeamsMessenger(delivery, web, Documents(shelf, core, settings.url)), web, tasks, shelf)
