"""The one way out: an outbox row is claimed, worded in its reader's language, sent, and settled.

The slow part, the platform's answer, happens outside any transaction and off the core's thread.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from bot.aside import Aside
from bot.chat.document import Document
from bot.desk import Desk, Said, SaidNow, said_now, taken_in, worded, written
from bot.documents import documents, has_documents
from bot.readiness.assessment import Person
from bot.readiness.cards import QuestionCard
from bot.readiness.links import Look
from bot.readiness.notices import FILES, NoticeKind, is_too_late
from bot.together import Together
from bot.traces import traced
from bot.usecases import held_files, link_checks, people, reminders, simulations, undelivered
from bot.usecases.courtesy import Wait
from bot.usecases.file_imports import IMPORTS
from bot.usecases.outside_ports import LinkLooker, Proposer, Simulator
from bot.usecases.ports import Claim, Clock, Context, Library, Messenger, Outbox, Rate, Sent, Store
from bot.usecases.sending import (
    KEY_DEAD,
    CannotLook,
    FileRefused,
    MaybeTaken,
    NotTaken,
    RateLimited,
    SendFault,
    TokenDead,
    Unreachable,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")

LEASE = timedelta(seconds=60)
"""How long a claim is ours; far above the messenger's time-out of 10 s."""
PACE = timedelta(seconds=1)
"""Slack takes one message per second and channel, Teams a little more."""
RATES: Mapping[str, Rate] = {
    "slack": Rate(timedelta(seconds=60 / 290), burst=10),
    "teams": Rate(timedelta(milliseconds=40), burst=20),
}
"""What a workspace takes as a whole. Slack says "several hundred messages a minute" beside one a second and channel
(docs.slack.dev, rate limits); no minute has more than 300 of ours. Teams takes 50 requests a second for each tenant
(learn.microsoft.com, rate limiting for bots); half of it is left for answers. A 429 does not say which limit it means:
its channel waits."""
BATCH = 10
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=15)
MOST_ATTEMPTS = 20
"""After about three hours of trying a message is held for a person to look at; it is never dropped."""
TOKEN_RETRY = timedelta(minutes=5)
ASIDE: Mapping[str, int] = {NoticeKind.SIMULATION: 1, NoticeKind.LINKS: 2, NoticeKind.EXPORT: 1}
"""Kinds whose work takes many seconds, and how many of each go on aside at a time: one takes a processor to itself."""
ASIDE_RETRY = timedelta(seconds=10)
"""When to look again whether there is room aside."""
UNSAID = frozenset({*ASIDE, *IMPORTS, NoticeKind.PROFILE})
"""Kinds with work of their own, which say what comes of it or nothing."""
NOTHING_TO_SAY = "nothing_to_say"
TOO_LATE = "too_late"


class Core(Protocol):
    """Runs synchronous core work in threads of its own; what only reads goes beside what may write."""

    def __call__(self, work: Callable[..., T], *arguments: object) -> Awaitable[T]:
        """What `work` gives, from a thread that may write; one at a time on SQLite."""
        ...

    def reading(self, work: Callable[..., T], *arguments: object) -> Awaitable[T]:
        """What `work` gives, from a thread that only reads."""
        ...


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Delivers what is due. Any number of them may run on one database.

    `proposer` is an endpoint that proposes levels for free words, `links` looks at links, each if it is configured;
    `simulator` looks ahead for those who ask; `told` hears of every card that a notice has become. `aside` is what
    runs beside the streams.
    """

    outbox: Outbox
    store: Store
    library: Library
    messengers: Mapping[str, Messenger]
    clock: Clock
    core: Core
    admins: frozenset[str] = frozenset()
    pace: timedelta = PACE
    lease: timedelta = LEASE
    rates: Mapping[str, Rate] = field(default_factory=dict)
    jitter: Callable[[], float] = field(default=random.random)
    proposer: Proposer | None = None
    links: LinkLooker | None = None
    simulator: Simulator | None = None
    told: Callable[[Claim, object], None] = lambda _claim, _card: None
    aside: Aside = field(default_factory=lambda: Aside(ASIDE))
    _together: Together[Sent] = field(default_factory=Together)

    async def drain(self, stop: asyncio.Event | None = None) -> int:
        """Send what is due now, several streams side by side; says how many rows were handled.

        Once `stop` is set nothing more is taken up. What takes many seconds goes on aside, and nothing waits for it.
        """
        handled = 0
        while not (stop and stop.is_set()):
            claims = await self.core(self.outbox.claim, self.clock.now(), BATCH, self.lease, self.rates)
            if not claims:
                break
            await self._each([claim for claim in claims if claim.notice.kind not in ASIDE])
            for claim in claims:
                if claim.notice.kind in ASIDE:
                    await self._begin_aside(claim)
            handled += len(claims)
        return handled

    async def _begin_aside(self, claim: Claim) -> None:
        if self.aside.has_room(claim.notice.kind):
            self.aside.begin(claim.notice.kind, self._each([claim]))
        else:
            later = self.clock.now() + ASIDE_RETRY
            await self.core(self.outbox.retry, claim, later, "no_room_aside", later)

    async def _each(self, claims: Sequence[Claim]) -> None:
        """Side by side; what is alike is read together, so that no question waits for what a digest reads."""
        alike: dict[tuple[str, str, NoticeKind], list[Claim]] = {}
        for claim in claims:
            of = (claim.tenant_id, claim.destination.platform, claim.notice.kind)
            alike.setdefault(of, []).append(claim)
        ends = await asyncio.gather(*(self._alike(several) for several in alike.values()), return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    async def _alike(self, claims: Sequence[Claim]) -> None:
        said: Sequence[SaidNow] = [None] * len(claims)
        if claims[0].notice.kind not in UNSAID and claims[0].destination.platform in self.messengers:
            said = await self.core.reading(said_now, self._desk, claims, self.told)
        pairs = zip(claims, said, strict=True)
        ends = await asyncio.gather(*(self._deliver(claim, now) for claim, now in pairs), return_exceptions=True)
        for claim, end in zip(claims, ends, strict=True):
            if isinstance(end, Exception):
                await self._settle_own_fault(claim, end)

    async def _deliver(self, claim: Claim, said: SaidNow) -> None:
        messenger = self.messengers.get(claim.destination.platform)
        if is_too_late(claim.notice.kind, claim.wanted_at, self.clock.now()) and not claim.ambiguous:
            await self.core(self.outbox.drop, claim, TOO_LATE, self.clock.now())
            return
        try:
            if claim.notice.kind is NoticeKind.LINKS:
                await self._look_at_links(claim)
                return
            if messenger is None:
                raise NotTaken(f"no_{claim.destination.platform}_here")
            if claim.notice.kind is NoticeKind.PROFILE:
                await self._refresh_profile(messenger, claim)
            elif claim.notice.kind in IMPORTS:
                await self._import(messenger, claim)
            elif claim.notice.kind is NoticeKind.SIMULATION:
                await self._simulate(messenger, claim)
            elif claim.notice.kind is NoticeKind.EXPORT:
                await self._export(messenger, claim)
            else:
                await self._say(messenger, claim, said)
        except SendFault as fault:
            await self._settle_fault(claim, fault)

    async def _say(self, messenger: Messenger, claim: Claim, said: SaidNow) -> None:
        if isinstance(said, Exception):
            raise said
        if said is None:
            await self.core(self.outbox.drop, claim, NOTHING_TO_SAY, self.clock.now())
            return
        if isinstance(said, Wait):
            await self.core(self.outbox.postpone, claim, said.until, said.why.value, self.clock.now())
            return
        card, language = said.card, said.words.language
        if self.proposer and isinstance(card, QuestionCard) and card.undecided:
            # Asked outside any transaction; without an answer, what was found here stands.
            proposal = await self.proposer.propose(card.dimension, card.undecided, language)
            if proposal:
                said = await self.core.reading(worded, replace(card, proposal=proposal), language)
        ref = await self._send(messenger, claim, said)
        paced = timedelta(0) if claim.edits_ref or claim.notice.kind is NoticeKind.HOME else self.pace
        await self._sent(claim, ref, paced)

    async def _sent(self, claim: Claim, ref: str | None, pace: timedelta) -> None:
        """On record: what has gone out side by side in one transaction, as it costs more than what it writes."""
        await self._together.write(Sent(claim, ref, self.clock.now(), pace), self._record)

    async def _record(self, several: Sequence[Sent]) -> None:
        await self.core(self.outbox.all_sent, several)

    async def _send(self, messenger: Messenger, claim: Claim, said: Said, files: Sequence[Document] = ()) -> str | None:
        """Edits and homes may be repeated; what else may have arrived is looked for before it is sent again."""
        to, key, view = claim.destination, claim.notice.key, said.view
        if claim.notice.kind is NoticeKind.HOME:
            await messenger.publish_home(to, view)
            return None
        if claim.edits_ref:
            await messenger.edit(to, claim.edits_ref, view)
            return claim.edits_ref
        if claim.ambiguous and (ref := await self._find(messenger, claim)):
            return ref
        if has_documents(said.card):
            # Drawing and writing takes a second or more: beside the loop, and after the transaction.
            files = await asyncio.to_thread(documents, said.card, said.words)
        if files:
            return await messenger.upload(to, files, view, key)
        return await messenger.post(to, view, key, claim.thread_ref)

    async def _find(self, messenger: Messenger, claim: Claim) -> str | None:
        """Look for a post that may have arrived. What keeps us from looking now keeps it uncertain, not unsent.

        Where we may never look it is sent once more, and marked: better twice than not at all.
        """
        to, key = claim.destination, claim.notice.key
        try:
            return await messenger.find(to, key, claim.first_tried_at, claim.thread_ref)
        except CannotLook:
            # Before it goes, as that may be refused, and the next try would not know of the first.
            await self.core(self.outbox.doubt, claim)
            return None
        except (RateLimited, NotTaken, TokenDead) as fault:
            raise MaybeTaken(fault.reason) from fault

    async def _refresh_profile(self, messenger: Messenger, claim: Claim) -> None:
        profile = await messenger.profile(claim.destination)

        def save() -> None:
            with self.store.of_tenant(claim.tenant_id, at=claim.destination.platform) as tx:
                context = Context(tx=tx, actor=Person(id="", name=""), library=self.library, now=self.clock.now())
                reminders.learn(context, claim.notice.subject, profile, seek_admin=not self.admins)

        await self.core(save)
        await self._sent(claim, None, timedelta(0))

    async def _import(self, messenger: Messenger, claim: Claim) -> None:
        """Fetch the file, read it outside any transaction, take it in within one, and tell who sent it.

        Doing all of it again does no harm, as the same text changes nothing.
        """
        of_kind = IMPORTS[claim.notice.kind]
        try:
            content = await messenger.download(claim.notice.subject, of_kind.most_bytes)
        except FileRefused as refused:
            found = of_kind.refused(refused.reason)
        else:
            found = await self.core.reading(of_kind.read, self.library, content)
        core = self.core.reading if of_kind.is_look(claim.notice) else self.core
        end = await self._send(messenger, claim, await core(taken_in, self._desk, claim, found))
        await self._sent(claim, end, self.pace)

    async def _simulate(self, messenger: Messenger, claim: Claim) -> None:
        """Look ahead outside any transaction, and send what its reader may see of it."""
        if self.simulator is None:
            raise NotTaken("no_simulator_here")
        days = int(claim.notice.parameters["days"])
        found = await self._keeping(claim, self.simulator.simulate(claim.tenant_id, self.clock.now(), days))

        def seen() -> Said:
            with self.store.reading_tenant(claim.tenant_id, at=claim.destination.platform) as tx:
                reader = people.by_settings(tx.people.get(claim.notice.person_id or ""), self.admins)
            return worded(simulations.card(reader, days, found), reader.language)

        await self._sent(claim, await self._send(messenger, claim, await self.core.reading(seen)), self.pace)

    async def _export(self, messenger: Messenger, claim: Claim) -> None:
        """Write files while they are read, in a thread of its own, and send them from where they lie."""
        with TemporaryDirectory(prefix="bridgehead-") as folder:
            said, files = await self._keeping(claim, asyncio.to_thread(written, self._desk, claim, Path(folder)))
            end = await self._keeping(claim, self._send(messenger, claim, said, files))
        await self._sent(claim, end, self.pace)

    @property
    def _desk(self) -> Desk:
        return Desk(self.store, self.library, self.clock, self.admins)

    async def _keeping(self, claim: Claim, work: Awaitable[T]) -> T:
        """What `work` gives; the claim stays ours as long as that takes."""
        working = asyncio.ensure_future(work)
        try:
            while not (await asyncio.wait((working,), timeout=self.lease.total_seconds() / 2))[0]:
                await self.core(self.outbox.extend, claim, self.clock.now() + self.lease)
        finally:
            working.cancel()
        return await working

    async def _look_at_links(self, claim: Claim) -> None:
        """Look at a project's links outside any transaction, then keep what was found within one.

        Doing all of it again does no harm: it is one look more.
        """
        if self.links is None:
            await self.core(self.outbox.drop, claim, NOTHING_TO_SAY, self.clock.now())
            return
        began = self.clock.now()
        wanted = await self.core.reading(self._links_wanted, claim)
        if found := await self.links.look_at(wanted):
            await self.core(self._links_found, claim, began, found)
        await self._sent(claim, None, timedelta(0))

    def _links_wanted(self, claim: Claim) -> Mapping[str, str]:
        with self.store.reading_tenant(claim.tenant_id, at=claim.destination.platform) as tx:
            nobody = Person(id="", name="")
            return link_checks.wanted(Context(tx, nobody, self.library, self.clock.now()), claim.notice)

    def _links_found(self, claim: Claim, began: datetime, found: Mapping[str, Look]) -> None:
        # What is owed because of it waits for working hours, as nobody's act brought it; it holds as of its beginning.
        with self.store.of_tenant(claim.tenant_id, by_clock=True) as tx:
            nobody = Person(id="", name="")
            link_checks.checked(Context(tx, nobody, self.library, began, self.admins), claim.notice.subject, found)

    async def _settle_fault(self, claim: Claim, fault: SendFault) -> None:
        now = self.clock.now()
        known = {"notice": claim.id, "kind": claim.notice.kind.value, "reason": fault.reason}
        logger.warning("delivery.fault notice=%(notice)s kind=%(kind)s reason=%(reason)s", known)
        match fault:
            case RateLimited(retry_after=wait):
                await self.core(self.outbox.retry, claim, now + wait, fault.reason, now + wait)
            case TokenDead():
                later, reason = now + TOKEN_RETRY, f"{KEY_DEAD}{fault.reason}"
                await self.core(self.outbox.retry, claim, later, reason, later)
            case Unreachable():
                await self.core(self._hold, claim, fault.reason)
            case NotTaken() | MaybeTaken() if claim.attempts % MOST_ATTEMPTS == 0:
                await self.core(self._hold, claim, fault.reason)
            case MaybeTaken():
                await self.core(self.outbox.leave_ambiguous, claim, fault.reason)
            case _:
                await self.core(self.outbox.retry, claim, now + self._wait(claim), fault.reason, now)

    async def _settle_own_fault(self, claim: Claim, error: Exception) -> None:
        """A fault of ours stops no other message; this one is tried again, and held when it keeps failing.

        It may have come after the platform took the message, so it is looked for first.
        """
        logger.error("delivery.broke notice=%s kind=%s error=%s", claim.id, claim.notice.kind.value, traced(error))
        await self._settle_fault(claim, MaybeTaken("fault"))

    def _hold(self, claim: Claim, reason: str) -> None:
        now = self.clock.now()
        self.outbox.hold(claim, reason, now)
        with self.store.of_tenant(claim.tenant_id, at=claim.destination.platform) as tx:
            nobody = Person(id="", name="")
            context = Context(tx=tx, actor=nobody, library=self.library, now=now)
            if claim.notice.kind in FILES:
                held_files.owe_word(context, claim.notice, claim.attempts, reason)
            elif claim.notice.place_id is not None:
                undelivered.owe_repair(context, tx.places.get(claim.notice.place_id))
            else:
                undelivered.owe_word_of(context, claim.notice, reason)

    def _wait(self, claim: Claim) -> timedelta:
        """Twice as long each time, up to a quarter of an hour, spread so that a crowd does not return at once."""
        doubled = FIRST_RETRY * (1 << min(claim.attempts - 1, 10))
        return min(doubled, LONGEST_RETRY) * (0.5 + self.jitter() / 2)
