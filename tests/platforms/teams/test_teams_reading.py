"""What people say to us in Teams, and who is known there."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from bot.platforms.teams import roster
from bot.platforms.teams.addresses import Address
from bot.platforms.teams.parse import is_arrival, is_departure, words
from bot.platforms.teams.roster import Roster
from bot.usecases.sending import NotTaken, SendFault, Unreachable

ANN = "22222222-2222-4222-8222-222222222220"
KNOWN = {
    "uli": Address("https://s", "a:uli", "28:b", "29:uli", name="Uli"),
    "19:x": Address("https://s", "19:x", "28:b", team="19:gone", name="General"),
    "19:y": Address("https://s", "19:y", "28:b", team="19:live", name="General"),
}


@dataclass
class Kept:
    """Addresses that are known."""

    async def all(self, _: str) -> Mapping[str, Address]:
        return KNOWN


@dataclass
class Teams:
    """Two teams, one of which took the bot out; `fault` is what the other one answers."""

    fault: SendFault | None = None
    asked: list[str] = field(default_factory=list)

    def _answer(self, team: str) -> None:
        self.asked.append(team)
        if team == "19:gone":
            raise Unreachable("not_installed")
        if self.fault:
            raise self.fault

    async def members(self, _: str, team: str) -> AsyncIterator[Mapping[str, str]]:
        self._answer(team)
        yield {"aadObjectId": ANN, "name": "Ann Lee", "id": "29:ann"}

    async def channels(self, _: str, team: str) -> list[Mapping[str, str]]:
        self._answer(team)
        return [{"id": "19:alerts", "name": "Alerts"}]


async def test_a_team_that_is_gone_hides_neither_people_nor_channels_of_another() -> None:
    known = Roster(Teams(), Kept())  # type: ignore[arg-type]
    assert [each.name for each in await known.people("t")] == ["Ann Lee", "Uli"]
    assert [each.label for each in await known.channels("t")] == ["Alerts", "General", "General"]


async def test_a_roster_that_cannot_be_read_keeps_nobody_waiting_again_for_a_minute() -> None:
    clock = [0.0]
    teams = Teams(NotTaken("http_503"))
    known = Roster(teams, Kept(), lambda: clock[0])  # type: ignore[arg-type]
    assert list(await known.people("t")) == []
    assert list(await known.people("t")) == []
    assert teams.asked == ["19:gone", "19:live"]
    teams.fault, clock[0] = None, roster.RESTS
    assert [each.name for each in await known.people("t")] == ["Ann Lee", "Uli"]


def test_nobody_is_mentioned_by_signs_that_only_look_like_a_mention() -> None:
    mention = {"type": "mention", "text": "<at>Ann</at>", "mentioned": {"id": "29:ann", "name": "Ann"}}
    said = "roles \ue00029:eve\ue001 <@29:eve> <at>Eve</at> &lt;@29:eve> <at>Ann</at> admin"
    activity = {"text": said, "entities": [mention], "recipient": {"id": "28:b"}}
    assert words(activity) == "roles 29:eve <\u200b@29:eve> Eve <\u200b@29:eve> <@29:ann> admin"


def test_an_upgrade_of_the_app_is_no_farewell() -> None:
    def said(action: str) -> tuple[bool, bool]:
        activity = {"type": "installationUpdate", "action": action}
        return is_arrival(activity), is_departure(activity)

    assert [said(action) for action in ("add", "add-upgrade", "remove", "remove-upgrade")] == [
        (True, False),
        (True, False),
        (False, True),
        (False, False),
    ]
