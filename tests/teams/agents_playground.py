"""Microsoft 365 Agents Playground, started without a page and driven over HTTP.

Its own telemetry is off: the flag alone leaves a beacon, the environment variable stops that. Source of the paths: the
package's own page, version 0.2.28.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import yaml

from tests.teams import reading

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent.parent
CLI = Path("node_modules/@microsoft/m365agentsplayground/cli.js")
TENANT = "11111111-1111-4111-8111-111111111111"
BOT = "28:00000000-0000-4000-8000-00000000000b"
CHAT, TEAM, ALERTS = "a:1alexchat", "19:general@thread.tacv2", "19:alerts@thread.tacv2"
CARD = "application/vnd.microsoft.card.adaptive"
HANDLES = ("alex", "megan", "adele", "isaiah", "patti", "lynne")
STARTS_WITHIN = 30.0


def installed() -> Path | None:
    """The program, where `.ci/run` or the variable AGENTS_PLAYGROUND has put it."""
    for folder in (os.environ.get("AGENTS_PLAYGROUND"), ROOT / ".node"):
        if folder and (Path(folder) / CLI).exists():
            return Path(folder) / CLI
    return None


def why_not() -> str:
    """Why it cannot be started here; "" if it can."""
    if shutil.which("node") is None:
        return "Node is not installed"
    if installed() is None:
        return "the playground is not installed: npm install --prefix .node @microsoft/m365agentsplayground@0.2.28"
    return ""


def member(handle: str) -> Json:
    """Somebody of its world, as activities name them."""
    return {"id": f"29:1{handle}", "name": handle.title(), "aadObjectId": user_id(handle)}


def user_id(handle: str) -> str:
    """An Entra object id."""
    return f"22222222-2222-4222-8222-22222222222{HANDLES.index(handle)}"


def world() -> Json:
    """Exactly five people beside the one who is signed in, or it does not start."""

    def person(handle: str) -> Json:
        mail = f"{handle}@example.com"
        named = {"name": handle.title(), "givenName": handle.title(), "surname": "Test", "email": mail}
        ids = {"id": f"29:1{handle}", "aadObjectId": user_id(handle), "userPrincipleName": mail}
        return named | ids

    channels = [{"id": ALERTS, "name": "Alerts"}]
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": "Bridgehead"},
        "currentUser": person("alex"),
        "users": [person(handle) for handle in HANDLES[1:]],
        "personalChat": {"id": CHAT},
        "groupChat": {"id": "19:group1@thread.v2", "name": "Group Chat"},
        "team": {
            "id": TEAM,
            "name": "My Team",
            "aadGroupId": "33333333-3333-4333-8333-333333333333",
            "channels": channels,
        },
    }


@dataclass
class AgentsPlayground:
    """A running one. Whatever the bot sends stands in its record."""

    url: str
    http: httpx.Client
    record: Path

    def install(self, conversation: str) -> None:
        """Add the bot: both activities that tell of it."""
        self._post(f"/_debug/conversation/{quote(conversation, safe='')}/installation", {})

    def say(self, text: str, conversation: str = CHAT, *, mention: bool = False) -> None:
        """Alex says something; in a channel it opens a post."""
        tag = "<at>Bridgehead</at>"
        said: Json = {"from": {"id": member("alex")["id"]}, "text": f"{tag} {text}" if mention else text}
        said |= {"textFormat": "plain"}
        said |= {"mentions": [{"mentioned": {"id": BOT}, "text": tag}]} if mention else {}
        self._post(f"/_conversation/v1/conversations/{quote(conversation, safe='')}/messages", said)

    def execute(self, label: str, given: Json | None = None, conversation: str = CHAT) -> Json:
        """Alex presses the newest button that reads so; gives what the page would show instead of the card."""
        for own, card in reversed(self.cards(conversation)):
            for title, action in reading.buttons(card):
                if title.startswith(label) and "data" in action:
                    held = {each["id"]: each.get("value", "") for each in reading.inputs(card)}
                    done = {"type": "Action.Execute", "verb": action.get("verb", ""), "data": action["data"] | held}
                    done["data"] |= given or {}
                    invoked = {
                        "name": "adaptiveCard/action",
                        "from": {"id": member("alex")["id"]},
                        "conversation": {"id": conversation},
                        "replyToId": own,
                        "value": {"action": done, "trigger": "manual"},
                    }
                    answer: Json = self._post("/_conversation/v1/invoke", invoked).json()
                    return answer
        raise AssertionError(
            f"nothing reads {label!r} in {[reading.read(card) for _, card in self.cards(conversation)]}"
        )

    def other_says(self, handle: str, text: str) -> str:
        """Somebody else says something in their own chat; gives that chat's id."""
        asked = {"bot": {"id": BOT}, "members": [{"id": member(handle)["id"]}], "tenantId": TENANT}
        chat = str(self._post("/_connector/v3/conversations", asked).json()["id"])
        template = self.http.get("/_internal/v1/customActivities/template", params={"conversationId": chat}).json()
        said = {"type": "message", "text": text, "textFormat": "plain", "from": member(handle)}
        self._post("/_internal/v1/customActivities", template | said)
        return chat

    def calls(self) -> list[Json]:
        """What the bot asked of the connector, with the answers, oldest first."""
        if not self.record.exists():
            return []
        parts = (each for each in self.record.read_text(encoding="utf-8").split("\n---\n") if each.strip())
        return [each for each in map(json.loads, parts) if each["direction"].startswith("User Application")]

    def cards(self, conversation: str = CHAT) -> list[tuple[str, Json]]:
        """The cards that stand in a conversation, each as it was shown last; threads included."""
        shown: dict[str, Json] = {}
        for call in self.calls():
            asked, answer = call["request"], call["response"]
            if answer["statusCode"] >= 300 or not _is_in(asked["url"], conversation):
                continue
            for attached in asked["body"].get("attachments") or []:
                if attached["contentType"] == CARD:
                    own = answer["body"].get("id") or asked["url"].rpartition("/")[2]
                    shown[str(own)] = attached["content"]
        return list(shown.items())

    def wait_for(self, words: str, conversation: str = CHAT, timeout: float = 10.0) -> str:
        """Wait until a card of the conversation holds these words; gives it as text."""
        return self.wait(
            lambda: next(
                (text for _, card in reversed(self.cards(conversation)) if words in (text := reading.read(card))), None
            ),
            lambda: f"no card says {words!r}; there is {[reading.read(card) for _, card in self.cards(conversation)]}",
            timeout,
        )

    def wait(self, look: Callable[[], Any], otherwise: Callable[[], str], timeout: float = 10.0) -> Any:
        """Wait until a look finds something."""
        deadline = time.monotonic() + timeout
        while not (found := look()):
            if time.monotonic() > deadline:
                raise AssertionError(otherwise())
            time.sleep(0.05)
        return found

    def _post(self, path: str, body: Json) -> httpx.Response:
        return self.http.post(path, json=body).raise_for_status()


def _is_in(url: str, conversation: str) -> bool:
    path = httpx.URL(url).path
    return f"/conversations/{conversation}/" in path or f"/conversations/{conversation};" in path


@contextmanager
def agents_playground(bot_url: str, folder: Path) -> Iterator[AgentsPlayground]:
    """Start it for a bot, stop it."""
    program = installed()
    assert program is not None
    (folder / "world.yml").write_text(yaml.safe_dump(world()), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {
        "TEAMSAPPTESTER_BROWSER": "none",
        "APPLICATION_INSIGHTS_NO_STATSBEAT": "1",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(folder / "world.yml"),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
        "M365_AGENTS_PLAYGROUND_RECORDING_FILE": str(folder / "record.log"),
    }
    arguments = ["start", "-e", f"{bot_url}/api/messages", "-c", "msteams", "-p", str(port)]
    arguments += ["--disable-telemetry", "--enable-events-recording"]
    node = shutil.which("node")
    assert node is not None
    with (folder / "out.log").open("wb") as out:
        process = subprocess.Popen(
            [node, program, *arguments], cwd=folder, env=os.environ | told, stdout=out, stderr=out
        )
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=15) as http:
            _wait_until_up(http, process, folder)
            yield AgentsPlayground(url, http, folder / "record.log")
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_up(http: httpx.Client, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if http.get("/_debug/ping").text == "pong":
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the playground did not start: {(folder / 'out.log').read_text(encoding='utf-8')}")
