"""The demonstration portfolio: a script of answers, played through the real conversation at the days it names."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count, groupby
from pathlib import Path
from typing import Any

import yaml

from bot.chat.incoming import Actor, Command, Incoming, Press, Spot, Submit
from bot.chat.view import Reply
from bot.clock import MovableClock
from bot.conversation import Conversation
from bot.readiness.assessment import Person
from bot.readiness.framework import Dimension
from bot.readiness.interview import Interview
from bot.readiness.local_time import local_day
from bot.readiness.notices import NoticeKind
from bot.usecases import reminders
from bot.usecases.ports import Claim, Context, Outbox, Profile
from bot.usecases.questionnaire import level_field, words_field

SCRIPT = Path(__file__).with_name("seed_portfolio.yaml")
CAST = Path(__file__).parent / "playground" / "cast.json"
RECENT = timedelta(days=1)
"""Notices of the last day are delivered when the playground opens; older ones count as sent."""
LEASE = timedelta(minutes=5)


@cache
def load_cast() -> Any:
    """The people and channels of the playground; the seed and the local Slack read the same file."""
    return json.loads(CAST.read_text(encoding="utf-8"))


def seed(conversation: Conversation, outbox: Outbox, clock: MovableClock, now: datetime) -> None:
    """Play the whole script, oldest first; what was owed in those days is settled as sent."""
    script = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
    stage = _Stage(conversation, clock)
    acts = sorted(_acts(script, now, stage), key=lambda dated: dated[0])
    for is_recent, group in groupby(acts, key=lambda dated: dated[0] > now - RECENT):
        for at, act in group:
            clock.move_to(at)
            act()
        if not is_recent:
            stage.settle(outbox)
    clock.move_to(now)


def _acts(script: Mapping[str, Any], now: datetime, stage: "_Stage") -> Iterator[tuple[datetime, Any]]:
    beginning = now - timedelta(days=200)
    yield beginning, lambda: stage.say("ada", "roles <@U0MARTA> manager")
    for number, project in enumerate(script["projects"]):
        first = max((entry["days_ago"] for entry in project["rounds"]), default=9)
        founded = now - timedelta(days=first + 7, minutes=number)
        yield founded, lambda project=project: stage.found(project)
        for entry in project["rounds"]:
            at = now - timedelta(days=entry["days_ago"], hours=2, minutes=number)
            yield at, lambda project=project, entry=entry: stage.assess(project, entry)
    for handle, own in script["people"].items():
        yield now - timedelta(days=2), lambda handle=handle, own=own: stage.arrange(handle, own, now)
    by_key = {project["key"]: project for project in script["projects"]}
    for entry in script["open"]:
        yield (
            now - timedelta(hours=1),
            lambda entry=entry: stage.assess(by_key[entry["project"]], entry),
        )


@dataclass
class _Stage:
    """Speaks for the cast."""

    conversation: Conversation
    clock: MovableClock

    def __post_init__(self) -> None:
        cast = load_cast()
        self._team = cast["team"]["id"]
        self._people = {person["handle"]: person for person in cast["people"]}
        self._channels = {channel["name"]: channel["id"] for channel in cast["channels"]}
        self._numbers = count(1)

    def settle(self, outbox: Outbox) -> None:
        """What was owed by now counts as sent; a person's profile is the one of the cast."""
        now = self.clock.now()
        while claims := outbox.claim(now, 100, LEASE):
            for claim in claims:
                if claim.notice.kind is NoticeKind.PROFILE:
                    self._introduce(claim)
                outbox.sent(claim, None, now, timedelta(0))

    def _introduce(self, claim: Claim) -> None:
        person = next(each for each in self._people.values() if each["id"] == claim.destination.user)
        language = person["locale"].partition("-")[0]
        with self.conversation.store.of_tenant(claim.tenant_id) as tx:
            nobody = Person(id="", name="")
            context = Context(tx=tx, actor=nobody, library=self.conversation.library, now=self.clock.now())
            profile = Profile(person["name"], person["tz"], language)
            reminders.learn(context, claim.notice.subject, profile, seek_admin=False)

    def say(self, handle: str, text: str) -> Reply:
        return self._tell(Command(**self._who(handle), name="readiness", text=text))

    def arrange(self, handle: str, own: Mapping[str, Any], now: datetime) -> None:
        """Fill the form of one's own schedule, and say for how many days one is away from today on."""
        fields: dict[str, str] = {**own["schedule"], "backup": self._people[own["schedule"]["backup"]]["id"]}
        self._tell(Submit(**self._who(handle), form="schedule", fields=fields))
        if days := own.get("away"):
            today = local_day(now, self._people[handle]["tz"])
            self.say(handle, f"away {today}..{today + timedelta(days=days)}")

    def found(self, project: Mapping[str, Any]) -> None:
        """Fill and submit the form of a new project."""
        roles = {f"role_{role}": self._people[handle]["id"] for role, handle in project.get("roles", {}).items()}
        fields = {
            "name": project["name"],
            "key": project["key"],
            "business_function": project["business_function"],
            "team": project["team"],
            "channel": self._channels[project["channel"]],
            "owner": self._people[project["owner"]]["id"],
            "exposure": str(project["exposure"]),
            "cadence": "automatic",
            **roles,
        }
        self._tell(Submit(**self._who(project["owner"]), form="project", fields=fields))

    def assess(self, project: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
        """Start an assessment and answer it as written."""
        if "exposure" in entry:
            project_id = self._read(project["owner"], lambda tx: tx.projects.by_key(project["key"])).id
            self._tell(Press(**self._who(project["owner"]), press="move", value=f"{project_id}|{entry['exposure']}"))
        self.say(project["owner"], f"start {project['key']}")
        written: dict[str, list[tuple[Dimension, str]]] = {}
        for dimension, said in zip(self.conversation.library.shipped.dimensions, entry["answers"].split(), strict=True):
            if said != ".":
                holder = project.get("roles", {}).get(dimension.role, project["owner"])
                written.setdefault(holder, []).append((dimension, said))
        for holder, answers in written.items():
            self._answer(holder, project, answers)

    def _answer(self, handle: str, project: Mapping[str, Any], answers: list[tuple[Dimension, str]]) -> None:
        """What one person says: buttons for what is no level, then all levels in one form."""
        interview = self._waiting(handle, answers[0][0].id)
        fields: dict[str, str] = {}
        for dimension, said in answers:
            here = f"{interview.id}|{dimension.id}"
            if said == "?":
                self._press(handle, "unknown", here)
            elif said == "=":
                self._press(handle, "unchanged", here)
            elif said == "x":
                self._press(handle, "not_applicable", here)
                self._press(handle, "reason", f"{here}|{next(iter(dimension.not_applicable_reasons))}")
            else:
                fields[level_field(dimension.id)] = said[0]
                if said.endswith("L"):
                    fields[words_field(dimension.id)] = (
                        f"https://wiki.northwind.example/{project['key']}/{dimension.id}"
                    )
        if fields:
            self._tell(Submit(**self._who(handle), form="questionnaire", value=interview.id, fields=fields))

    def _waiting(self, handle: str, dimension_id: str) -> Interview:
        found = self._read(handle, lambda tx: tx.interviews.unfinished_of(self._person(tx, handle)))
        waiting: list[Interview] = [interview for interview in found if dimension_id in interview.questions]
        return waiting[0]

    def _person(self, tx: Any, handle: str) -> str:
        return str(tx.people.of_account(self._people[handle]["id"]).id)

    def _read(self, handle: str, look: Any) -> Any:
        with self.conversation.store.reading(self._who(handle)["actor"]) as tx:
            return look(tx)

    def _press(self, handle: str, press: str, value: str) -> None:
        self._tell(Press(**self._who(handle), press=press, value=value))

    def _tell(self, incoming: Incoming) -> Reply:
        reply = self.conversation.converse(incoming)
        if reply.errors:
            raise ValueError(f"the seed was refused: {dict(reply.errors)} for {incoming}")
        return reply

    def _who(self, handle: str) -> dict[str, Any]:
        person = self._people[handle]
        actor = Actor("slack", self._team, person["id"], name=handle, language=person["locale"])
        return {"key": f"seed:{next(self._numbers)}", "actor": actor, "spot": Spot("", direct=True)}
