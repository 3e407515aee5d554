"""The composition root: where real parts meet; those that need no platform come from `bot.offline`."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from slack_bolt.async_app import AsyncApp

from bot.apart import ProcessSimulator
from bot.chat.incoming import Command, Incoming, Say
from bot.chat.view import Form, Reply
from bot.clock import SystemClock
from bot.conversation import Conversation
from bot.courier import Courier
from bot.dispatch import LEASE, PACE, RATES, Dispatcher
from bot.links import HttpLinkLooker
from bot.offline import process_library
from bot.platforms.slack.client import WebClient, WebSession, web_client
from bot.platforms.slack.endpoint import SlackEndpoint
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.listeners import slack_app
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.tasks import Tasks
from bot.platforms.teams.pacing import Pacing
from bot.platforms.teams.side import TeamsSide, teams_side
from bot.proposing import EndpointProposer
from bot.settings import Settings
from bot.tick import Ticker
from bot.usecases.outside_ports import Interpreter
from bot.usecases.ports import NO_RATES, Clock, Messenger, Rate
from bot.wording.engine import Words
from storage.directory import Directory
from storage.engine import Engines, make_engines
from storage.outbox import Outbox
from storage.shelf import Shelf
from storage.store import Store

T = TypeVar("T")

WRITING_THREADS = {"sqlite": 1, "postgresql": 4}
"""Threads for work that may write. SQLite has one writing connection, and only a single thread is a fair queue for it:
with four, an answer's p99 was 1,669 ms instead of 216. On PostgreSQL more than about four lose on two cores (measured,
`docs/performance.md`)."""
READING_THREADS = 2
"""Threads for work that only reads; they wait for no writer, and no writer waits for them."""
DRAIN_SECONDS = 5.0


class Core:
    """The product, seen from the asynchronous edge: every incoming crosses into a worker thread once.

    `writing_threads`: how many may write at a time. Who only reads has threads beside them. `interpreter` is an
    endpoint that proposes what a question means, if one is configured.
    """

    def __init__(
        self, conversation: Conversation, writing_threads: int, interpreter: Interpreter | None = None
    ) -> None:
        self._conversation, self._interpreter = conversation, interpreter
        self._writing = ThreadPoolExecutor(writing_threads, thread_name_prefix="core-writing")
        self._reading = ThreadPoolExecutor(READING_THREADS, thread_name_prefix="core-reading")
        self.after: Callable[[], None] = lambda: None

    async def __call__(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, from a thread that may write."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, work, *arguments)

    async def reading(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, from a thread beside the writing ones."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, work, *arguments)

    async def converse(self, incoming: Incoming) -> Reply:
        """The reply to one incoming; what it owes to others is delivered right after."""
        if self._conversation.only_reads(incoming):
            return await self.reading(self._conversation.converse, incoming)
        reply = await self(self._conversation.converse, incoming)
        self.after()
        if reply.unclear and self._interpreter and isinstance(incoming, Say | Command):
            # Between two transactions; without a proposal, or with one that says nothing, the first reply stands.
            proposed = await self._interpreter.read(reply.unclear)
            further = await self.reading(self._conversation.proposed, incoming, proposed) if proposed else None
            return further or reply
        return reply

    def opens_form(self, incoming: Incoming) -> bool:
        """Whether this will be answered by a form; no disk."""
        return self._conversation.opens_form(incoming)

    def loading_form(self, incoming: Incoming) -> Form:
        """What stands in the window until the form is there; no disk."""
        return self._conversation.loading_form(incoming)

    def say(self, key: str, language: str) -> str:
        """A word that the edge itself needs."""
        # `more` keeps the place of its number: the renderer fills it in.
        return Words.of(language).page("edge").text(key, count="{count}")

    def close(self) -> None:
        """Let the running work end."""
        self._writing.shutdown()
        self._reading.shutdown()


@dataclass(frozen=True, slots=True)
class SlackSide:
    """Everything that talks to Slack."""

    app: AsyncApp
    endpoint: SlackEndpoint | None
    client: WebClient
    session: WebSession
    identity: Identity
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Parts:
    """The running product, without the processes around it."""

    settings: Settings
    clock: Clock
    engines: Engines
    store: Store
    conversation: Conversation
    core: Core
    courier: Courier
    ticker: Ticker
    slack: SlackSide | None
    teams: TeamsSide | None = None
    proposer: EndpointProposer | None = None

    async def close(self) -> None:
        """Finish what runs, close what is open."""
        if self.teams:
            await self.teams.tasks.drain(DRAIN_SECONDS)
            await self.teams.web.close()
        if self.slack:
            await self.slack.tasks.drain(DRAIN_SECONDS)
            await self.slack.session.close()
        if self.proposer:
            await self.proposer.close()
        self.core.close()
        self.engines.dispose()

    def recover(self) -> None:
        """Take up what a killed process left, when this one is alone on its database: SQLite has one at a time."""
        if self.settings.database_url.startswith("sqlite"):
            self.courier.dispatcher.outbox.recover(self.clock.now())


def compose(
    settings: Settings,
    clock: Clock | None = None,
    pace: timedelta = PACE,
    lease: timedelta = LEASE,
    *,
    rates: Mapping[str, Rate] = RATES,
    loopback_ports: frozenset[int] = frozenset(),
    one_organization: bool = False,
) -> Parts:
    """Join the parts by these settings; nothing connects yet. A platform without a bot there has no side here.

    `loopback_ports`: ports of this machine on which links may be looked at, for tests. `one_organization`: a platform
    that speaks for the first time joins the organization that is there.
    """
    clock = clock or SystemClock()
    engines = make_engines(settings.database_url)
    # One bot on each of two platforms serves one organization: whoever set both tokens has said so.
    is_one = one_organization or bool(settings.slack_bot_token and settings.teams_app_id)
    store = Store(engines, now=clock.now, one_organization=is_one)
    proposer = _proposer(settings, clock)
    conversation = Conversation(
        store,
        process_library(settings.link_hosts),
        clock,
        settings.admins,
        settings.timezone,
        asks_elsewhere=proposer is not None,
    )
    core = Core(conversation, WRITING_THREADS[engines.writing.dialect.name], proposer)
    slack = _slack(settings, core) if settings.slack_bot_token else None
    teams = None
    if settings.teams_app_id:
        pacing = Pacing() if pace else Pacing(limits=())
        teams = teams_side(
            settings, core, Directory(engines, store), Shelf(engines, store, clock.now), now=clock.now, pacing=pacing
        )
    messengers: dict[str, Messenger] = {"slack": SlackMessenger(slack.client)} if slack else {}
    messengers |= {"teams": teams.messenger} if teams else {}
    dispatcher = Dispatcher(
        outbox=Outbox(engines),
        store=store,
        library=conversation.library,
        messengers=messengers,
        clock=clock,
        core=core,
        admins=settings.admins,
        pace=pace,
        lease=lease,
        # Who does not pace at all, as tests do, does not pace a workspace either.
        rates=rates if pace else NO_RATES,
        proposer=proposer,
        links=HttpLinkLooker(settings.link_hosts, loopback_ports) if settings.link_hosts else None,
        simulator=ProcessSimulator(settings.database_url, settings.admins, settings.link_hosts),
    )
    courier = Courier(dispatcher)
    core.after = courier.wake
    ticker = Ticker(store, conversation.library, clock, core, settings.admins, courier.wake)
    return Parts(settings, clock, engines, store, conversation, core, courier, ticker, slack, teams, proposer)


def _proposer(settings: Settings, clock: Clock) -> EndpointProposer | None:
    if not settings.llm_url:
        return None
    return EndpointProposer(settings.llm_url, settings.llm_model, settings.llm_key, clock)


def _slack(settings: Settings, core: Core) -> SlackSide:
    session, identity, tasks = WebSession(), Identity(), Tasks()
    client = web_client(settings.slack_bot_token, settings.slack_api_url, session)
    secret = None if settings.socket_mode else settings.slack_signing_secret
    app = slack_app(core, client, identity, secret, tasks)
    endpoint = SlackEndpoint(app, secret) if secret else None
    return SlackSide(app, endpoint, client, session, identity, tasks)
