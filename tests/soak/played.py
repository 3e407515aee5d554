"""Plays a script with the real product: conversation, tick and delivery, under a clock that jumps."""

import asyncio
import heapq
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.chat.incoming import Actor, Command, Incoming, Spot, Submit
from bot.chat.view import Reply
from bot.conversation import Conversation
from bot.dispatch import Dispatcher
from bot.offline import process_library
from bot.readiness.administration import OrganizationSettings
from bot.readiness.preferences import Preferences
from bot.tick import Ticker
from bot.usecases.people import acting_person
from bot.usecases.ports import Destination, Profile
from bot.usecases.questionnaire import level_field, words_field
from bot.watched import TakingMessenger
from storage.assessments import ANSWER, ASSESSMENT, INTERVIEW
from storage.due import OUTBOX
from storage.engine import Engines
from storage.gaps import EVENT, SHARED
from storage.milestones import BLOCKER, MILESTONE
from storage.outbox import Outbox
from storage.people import ACCOUNT, PLACE
from storage.projects import PROJECT
from storage.store import Store
from tests.soak.record import Assessed, Entry, Happened, Result, Year
from tests.soak.script import BEGINS, MANAGERS, Human, Script, Undertaking
from tests.world import FrozenClock, InPlace

CADENCES = {each: each for each in ("weekly", "monthly", "quarterly")} | {"cron": 'cron "30 10 1 * *" America/New_York'}
ADMIN = "admin"
TOLD_TOGETHER = ("escalation", "unknown")


class Platform(TakingMessenger):
    """Takes everything and writes down when; tells of people what the script says."""

    def __init__(self, script: Script, clock: FrozenClock) -> None:
        self.script, self.clock = script, clock
        self.arrived: defaultdict[str, list[datetime]] = defaultdict(list)

    async def post(self, to: Destination, view: Any, key: str, thread: str | None = None) -> str:
        self.arrived[key].append(self.clock.at)
        return await super().post(to, view, key, thread)

    async def profile(self, to: Destination) -> Profile:
        user = to.user or ""
        human = self.script.humans.get(handle_of(user))
        zone = human.profile_zone(self.clock.at) if human else "Europe/Berlin"
        return Profile(handle_of(user), zone, "en")


def account(handle: str) -> str:
    return f"U0{handle.upper()}"


def handle_of(user: str) -> str:
    return user.removeprefix("U0").lower()


@dataclass
class Played:
    """One year being played."""

    script: Script
    engines: Engines
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(BEGINS))
    assessed: dict[str, Assessed] = field(default_factory=dict)
    kept: int = 0

    def __post_init__(self) -> None:
        self.store = Store(self.engines, now=self.clock.now)
        self.outbox = Outbox(self.engines)
        self.platform = Platform(self.script, self.clock)
        admins = frozenset({account(ADMIN)})
        self.conversation = Conversation(self.store, process_library(), self.clock, admins, "Europe/Berlin")
        library, core = self.conversation.library, InPlace()
        self.ticker = Ticker(self.store, library, self.clock, core, admins)
        self.dispatcher = Dispatcher(
            self.outbox,
            self.store,
            library,
            {"slack": self.platform},
            self.clock,
            core,
            admins,
            pace=timedelta(0),
            jitter=lambda: 1.0,
        )
        self.numbers = count(1)
        self.acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self.seen = 0

    def play(self) -> Year:
        """From the first day to the last."""
        begun = time.monotonic()
        asyncio.run(self._play())
        return self._record(time.monotonic() - begun)

    async def _play(self) -> None:
        self._meet()
        # From here on the bot knows where everybody lives.
        await self.dispatcher.drain()
        self._found()
        await self.dispatcher.drain()
        self._plan_script()
        while (following := self._following()) is not None and following < self.script.ends:
            assert following >= self.clock.at, (following, self.clock.at)
            self.clock.at = following
            while self.acts and self.acts[0][0] <= following:
                heapq.heappop(self.acts)[2]()
            self.kept += await self.ticker.tick()
            await self.dispatcher.drain()
            self._look_for_assessments()

    def _following(self) -> datetime | None:
        times = [self.store.next_due(), self.outbox.next_due(self.clock.at), self.acts[0][0] if self.acts else None]
        found = min((each for each in times if each is not None), default=None)
        return None if found is None else max(found, self.clock.at)

    # -- before the first day ----------------------------------------------------------------------------------
    def _meet(self) -> None:
        for manager in MANAGERS:
            self._command(ADMIN, f"roles <@{account(manager)}> manager")
        for human in self.script.humans.values():
            with self._writing() as tx:
                acting_person(tx, self._who(human.handle)["actor"], frozenset())
        for human in self.script.humans.values():
            self._prefer(human)
        with self._writing() as tx:
            tx.settings.save(OrganizationSettings(messages_a_day=self.script.budget, closed=self.script.closed))

    def _found(self) -> None:
        self._command(MANAGERS[0], "digest me", name="portfolio")
        for undertaking in self.script.undertakings.values():
            self._submit_project(undertaking)
            if undertaking.cadence != "automatic":
                self._command(undertaking.owner, f"schedule {undertaking.key} {CADENCES[undertaking.cadence]}")

    def _submit_project(self, undertaking: Undertaking) -> None:
        roles = {f"role_{role}": account(handle) for role, handle in undertaking.roles.items()}
        fields = {
            "name": undertaking.key.title(),
            "key": undertaking.key,
            "exposure": str(undertaking.exposure),
            "owner": account(undertaking.owner),
            "channel": f"C{undertaking.key}",
        }
        submit = Submit(**self._who(undertaking.owner), form="project", fields=fields | roles)
        reply = self.conversation.converse(submit)
        assert not reply.errors, reply.errors

    def _prefer(self, human: Human) -> None:
        with self._writing() as tx:
            backup = tx.people.of_account(account(human.backup)) if human.backup else None
            own = Preferences(
                begins=human.begins,
                ends=human.ends,
                days=human.days,
                region=human.region,
                reminder_day=human.reminder_day,
                reminder_time=human.reminder_time,
                reminds=human.reminds,
                backup_id=backup.id if backup else None,
            )
            tx.preferences.save(tx.people.of_account(account(human.handle)).id, own)

    def _plan_script(self) -> None:
        for human in self.script.humans.values():
            for away in human.away:
                self._say(away.said, human, f"away {away.first}..{away.last}")
            for snooze in human.snoozes:
                self._say(snooze.said, human, f"snooze {snooze.hours}h" if snooze.hours else f"snooze {snooze.days}d")
            for skip in human.skips:
                self._at(skip, lambda human=human: self._skip(human))
        for undertaking in self.script.undertakings.values():
            for at in undertaking.starts:
                self._at(at, lambda each=undertaking: self._command(each.owner, f"start {each.key}"))

    def _say(self, at: datetime, human: Human, text: str) -> None:
        """A command that must be understood."""

        def act() -> None:
            reply = self._command(human.handle, text)
            assert reply.view is not None, text
            assert "nothing has changed" not in reply.view.text, (text, reply.view.text)

        self._at(at, act)

    def _skip(self, human: Human) -> None:
        submit = Submit(**self._who(human.handle), form="skip_week", value="", fields={"reason": "Too much else."})
        assert not self._tell(submit).errors

    # -- while it goes on --------------------------------------------------------------------------------------
    def _look_for_assessments(self) -> None:
        """Whoever is asked by a new assessment decides what they will do about it."""
        with self.engines.reading.connect() as connection:
            columns = (ASSESSMENT.c.seq, ASSESSMENT.c.id, ASSESSMENT.c.opened_at, ASSESSMENT.c.opened_by, PROJECT.c.key)
            new = select(*columns).join(PROJECT, PROJECT.c.id == ASSESSMENT.c.project_id)
            for row in connection.execute(new.where(ASSESSMENT.c.seq > self.seen).order_by(ASSESSMENT.c.seq)).all():
                self.seen = row.seq
                columns_ = (ACCOUNT.c.platform_user, INTERVIEW.c.id, INTERVIEW.c.questions)
                asked = select(*columns_).join(INTERVIEW, INTERVIEW.c.respondent_id == ACCOUNT.c.person_id)
                theirs = connection.execute(asked.where(INTERVIEW.c.assessment_id == row.id)).all()
                self._decide(row, theirs)

    def _decide(self, row: Any, interviews: Sequence[Any]) -> None:
        round_ = 1 + sum(each.project == row.key for each in self.assessed.values())
        undertaking = self.script.undertakings[row.key]
        by = undertaking.owner if row.opened_at in undertaking.starts else ""
        asked = {handle_of(each.platform_user): each.id for each in interviews if each.questions}
        one = Assessed(row.id, row.key, round_, row.opened_at, by, asked)
        self.assessed[row.id] = one
        for handle, interview_id in sorted(asked.items()):
            plan = self.script.answers(row.key, round_, handle)
            if plan is not None:
                after, wholly = plan
                act = lambda h=handle, i=interview_id, w=wholly: self._answer(one, h, i, wholly=w)  # noqa: E731
                self._at(row.opened_at + after, act)

    def _answer(self, one: Assessed, handle: str, interview_id: str, *, wholly: bool) -> None:
        """All that is asked, or all but the last; nothing once it is over."""
        with self.store.reading(self._who(handle)["actor"]) as tx:
            interview = tx.interviews.get(interview_id)
        if interview.is_over:
            return
        asked = list(interview.questions) if wholly else list(interview.questions[:-1])
        fields = {}
        for dimension, (level, is_linked) in zip(
            asked, self.script.levels(one.project, one.round, handle), strict=False
        ):
            fields[level_field(dimension)] = str(level)
            if is_linked:
                fields[words_field(dimension)] = f"https://wiki.example/{one.round}/{dimension}"
        if fields:
            reply = self._tell(Submit(**self._who(handle), form="questionnaire", value=interview_id, fields=fields))
            assert not reply.errors, reply.errors
            (one.answered if wholly else one.partly)[handle] = self.clock.at

    def _at(self, at: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self.acts, (max(at, self.clock.at), next(self.numbers), act))

    def _command(self, handle: str, text: str, name: str = "readiness") -> Reply:
        return self._tell(Command(**self._who(handle), name=name, text=text))

    def _tell(self, incoming: Incoming) -> Reply:
        return self.conversation.converse(incoming)

    def _who(self, handle: str) -> dict[str, Any]:
        actor = Actor("slack", "T1", account(handle), name=handle)
        return {"key": f"k{next(self.numbers)}", "actor": actor, "spot": Spot(f"D{handle}", direct=True)}

    def _writing(self) -> Any:
        return self.store.writing(self._who(ADMIN)["actor"])

    # -- after the last day ------------------------------------------------------------------------------------
    def _record(self, seconds: float) -> Year:
        with self.engines.reading.connect() as connection:
            accounts = connection.execute(select(ACCOUNT.c.person_id, ACCOUNT.c.platform_user)).all()
            people = {row.person_id: row.platform_user for row in accounts}
            places = {row.id: row.channel for row in connection.execute(select(PLACE.c.id, PLACE.c.channel))}
            ends = {row.id: row for row in connection.execute(select(*ASSESSMENT.c))}
            for one in self.assessed.values():
                one.deadline, one.ended = ends[one.id].deadline, ends[one.id].completed_at
            for row in connection.execute(select(*MILESTONE.c).order_by(MILESTONE.c.taken_at)):
                links = tuple(
                    (handle_of(people[answer.respondent_id]), answer.given_at)
                    for answer in connection.execute(select(*ANSWER.c).where(ANSWER.c.id.in_(row.answers)))
                    if answer.strength == "linked"
                )
                self.assessed[row.assessment_id].results.append(Result(row.id, row.taken_at, row.cause, links))
            happened = self._look_for_blockers(connection)
            columns = (SHARED.c.dimension_id, SHARED.c.found_at, SHARED.c.gone_at)
            shared = [(row.dimension_id, row.found_at, row.gone_at) for row in connection.execute(select(*columns))]
            ledger = [
                Entry(
                    kind=row.kind,
                    key=row.key,
                    subject=row.subject,
                    person=handle_of(people[row.person_id]) if row.person_id else None,
                    place=places[row.place_id].removeprefix("C") if row.place_id else None,
                    state=row.state,
                    unasked=row.unasked,
                    edits=row.edits is not None,
                    done_at=row.done_at,
                    error=row.error,
                    rung=int(row.parameters["rung"]) if "rung" in row.parameters else None,
                    about=frozenset(row.parameters) - {"rung"} if row.kind in TOLD_TOGETHER else frozenset(),
                )
                for row in connection.execute(select(*OUTBOX.c).order_by(OUTBOX.c.id))
            ]
        return Year(
            script=self.script,
            assessed=list(self.assessed.values()),
            happened=happened,
            shared=shared,
            ledger=ledger,
            arrived=self.platform.arrived,
            kept=self.kept,
            seconds=seconds,
        )

    def _look_for_blockers(self, connection: Any) -> list[Happened]:
        columns = (EVENT.c.at, EVENT.c.blocker_id, BLOCKER.c.dimension_id, EVENT.c.happening, PROJECT.c.key)
        events = select(*columns).join(BLOCKER, BLOCKER.c.id == EVENT.c.blocker_id)
        found = connection.execute(events.join(PROJECT, PROJECT.c.id == BLOCKER.c.project_id).order_by(EVENT.c.seq))
        return [Happened(row.key, row.blocker_id, row.dimension_id, row.happening, row.at) for row in found]
