"""The core without a network: a real database, the real conversation, and a messenger that remembers."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import text

from bot.chat.incoming import Actor, Command, Opened, Press, Say, Spot, Submit
from bot.chat.plain import plain
from bot.chat.view import Reply
from bot.conversation import Conversation
from bot.dispatch import Dispatcher
from bot.offline import copies_of, process_library
from bot.readiness.appointments import AppointmentKind
from bot.readiness.assessment import Project
from bot.readiness.interview import Interview
from bot.readiness.preferences import Preferences
from bot.simulation import Simulator
from bot.tick import Ticker
from bot.usecases.outside_ports import LinkLooker
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.fakes import RememberingMessenger

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAM = {
    "data-engineering": "dan",
    "ml-engineering": "mei",
    "operations": "omar",
    "engineering-manager": "emma",
    "risk": "ravi",
    "business-sponsor": "sofia",
    "user-lead": "lukas",
}


@dataclass
class FrozenClock:
    """A time that only tests move."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def later(self, **passed: float) -> None:
        self.at += timedelta(**passed)


class InPlace:
    """The core without threads."""

    async def __call__(self, work: Callable[..., T], *arguments: object) -> T:
        return work(*arguments)

    reading = __call__


def account(handle: str) -> str:
    return f"U0{handle.upper()}"


@dataclass
class World:
    """One organization on Slack. People are named by handle; Ada is admin."""

    store: Store
    outbox: Outbox
    engines: Engines
    clock: FrozenClock = field(default_factory=FrozenClock)
    messenger: RememberingMessenger = field(default_factory=RememberingMessenger)
    links: LinkLooker | None = None
    came: Any = None
    """Which beginning it has had; see `tests.begun`."""

    def __post_init__(self) -> None:
        self.store = Store(self.engines, now=self.clock.now)
        self.conversation = Conversation(self.store, process_library(), self.clock, frozenset({account("ada")}))
        self.numbers = count(1)

    # -- people act --------------------------------------------------------------------------------------------
    def who(self, handle: str, channel: str = "") -> dict[str, Any]:
        return {
            "key": f"k{next(self.numbers)}",
            "actor": Actor("slack", "T1", account(handle), name=handle),
            "spot": Spot(channel or f"D{handle}", direct=not channel),
        }

    def command(self, handle: str, text: str, channel: str = "", name: str = "readiness") -> Reply:
        return self.conversation.converse(Command(**self.who(handle, channel), name=name, text=text))

    def press(self, handle: str, press: str, value: str) -> Reply:
        return self.conversation.converse(Press(**self.who(handle), press=press, value=value))

    def say(self, handle: str, text: str) -> Reply:
        return self.conversation.converse(Say(**self.who(handle), text=text))

    def open_home(self, handle: str) -> Reply:
        return self.conversation.converse(Opened(**self.who(handle)))

    def submit(self, handle: str, value: str = "", **fields: Any) -> Reply:
        return self.send(handle, "project", value, fields)

    def send(self, handle: str, form: str, value: str, fields: Mapping[str, Any]) -> Reply:
        """Submit a form of this name."""
        return self.conversation.converse(Submit(**self.who(handle), form=form, value=value, fields=fields))

    def fill(self, handle: str, form: str, value: str, **fields: Any) -> Reply:
        return self.conversation.converse(Submit(**self.who(handle), form=form, value=value, fields=fields))

    def found(self, owner: str = "olivia", team: bool = False, **fields: Any) -> Project:
        """Make a project by its form; `team` names a person for each role."""
        roles = {f"role_{role}": account(handle) for role, handle in TEAM.items()} if team else {}
        wanted = {"name": "Churn", "key": "churn", "exposure": "2", "owner": account(owner), "channel": "C1"}
        reply = self.submit(owner, **(wanted | roles | fields))
        assert not reply.errors, reply.errors
        return self.project(fields.get("key", "churn"))

    def answer_all(self, handle: str, levels: int | list[int], *, linked: bool = True) -> None:
        """Answer every open question of somebody's newest interview, each with a link before it.

        `levels` is one for all, or one per dimension in the framework's order; what is asked beyond is passed. Raises
        AssertionError with what was said instead, if anything was refused or broke.
        """
        interview_id = self.interview(handle).id
        dimensions = [dimension.id for dimension in self.conversation.library.shipped.dimensions]
        while (current := self.interview(handle, interview_id).current) is not None:
            if linked:
                self.say(handle, f"https://wiki.example/{current}")
            level = levels[dimensions.index(current)] if isinstance(levels, list) else levels
            refused = said(self.press(handle, "answer", f"{interview_id}|{current}|{level}"))
            assert not refused, f"{handle} answered {current} with {level}: {refused}"
            self.pass_all(handle, interview_id)

    def pass_all(self, handle: str, interview_id: str) -> None:
        """Pass whatever an answer calls for beyond its level."""
        while (interview := self.interview(handle, interview_id)).wanted:
            asked = f"{interview_id}|{interview.current}|{interview.wanted[0].id}"
            refused = said(self.press(handle, "not_now", asked))
            assert not refused, f"{handle} passed {asked}: {refused}"

    def prefer(self, handle: str, **own: Any) -> None:
        """Let somebody have set this for themself; what they set before is gone."""
        with self.store.writing(self.who(handle)["actor"]) as tx:
            tx.preferences.save(tx.people.of_account(account(handle)).id, Preferences(**own))

    # -- the world goes on -------------------------------------------------------------------------------------
    def deliver(self) -> int:
        """Drain the outbox, without pacing, until nothing runs aside any more."""
        return asyncio.run(_drained(self.dispatcher()))

    def dispatcher(self) -> Dispatcher:
        """What delivers in this world."""
        return Dispatcher(
            outbox=self.outbox,
            store=self.store,
            library=self.conversation.library,
            messengers={"slack": self.messenger},
            clock=self.clock,
            core=InPlace(),
            admins=self.conversation.admins,
            pace=timedelta(0),
            jitter=lambda: 1.0,
            links=self.links,
            simulator=Simulator(copies_of(self.engines), self.conversation.library, self.conversation.admins),
        )

    def tick(self) -> int:
        """Keep what is due by now."""
        ticker = Ticker(self.store, self.conversation.library, self.clock, InPlace(), self.conversation.admins)
        return asyncio.run(ticker.tick())

    def tick_while_delivering(self) -> None:
        """Keep what is due by now, and after each date deliver what it brought: as it may be in use."""

        class Between(InPlace):
            async def __call__(inner, work: Callable[..., T], *arguments: object) -> T:  # noqa: N805 - both are here
                done = work(*arguments)
                await self.dispatcher().drain()
                return done

        ticker = Ticker(self.store, self.conversation.library, self.clock, Between(), self.conversation.admins)
        asyncio.run(ticker.tick())

    def only(self, kind: AppointmentKind) -> None:
        """Let no other appointments stand than those of this kind."""
        with self.engines.writing.begin() as connection:
            connection.execute(text("DELETE FROM appointment WHERE kind <> :kind"), {"kind": kind.value})

    # -- what is there -----------------------------------------------------------------------------------------
    def read(self, look: Callable[[Any], T]) -> T:
        with self.store.reading(self.who("ada")["actor"]) as tx:
            return look(tx)

    def outbox_states(self) -> dict[str, set[tuple[str, str | None]]]:
        """Kind of notice -> how its rows ended."""
        ends: dict[str, set[tuple[str, str | None]]] = {}
        with self.engines.reading.connect() as connection:
            for kind, state, error in connection.execute(text("SELECT kind, state, error FROM outbox")):
                ends.setdefault(kind, set()).add((state, error))
        return ends

    def project(self, key: str = "churn") -> Project:
        found = self.read(lambda tx: tx.projects.by_key(key))
        assert isinstance(found, Project)
        return found

    def interview(self, handle: str, interview_id: str = "") -> Interview:
        def look(tx: Any) -> Interview:
            if interview_id:
                found: Interview = tx.interviews.get(interview_id)
                return found
            person = tx.people.of_account(account(handle))
            return next(iter(tx.interviews.unfinished_of(person.id)), None) or tx.interviews.latest_of(person.id)

        return self.read(look)


async def _drained(dispatcher: Dispatcher) -> int:
    handled = await dispatcher.drain()
    while dispatcher.aside.is_busy:
        await dispatcher.aside.finish()
        handled += await dispatcher.drain()
    return handled


def said(reply: Reply) -> str:
    """What the actor reads."""
    return plain(reply.view) if reply.view else ""
