"""Against Microsoft's own stand-in for Teams, which we did not write: the whole way, and a look at its page."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import compose
from bot.clock import MovableClock
from bot.play_teams import local_settings
from bot.playground.served import Served
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from tests.running import AT_ONCE, is_settled, wait_until
from tests.teams.agents_playground import ALERTS, CHAT, AgentsPlayground, agents_playground, why_not

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
WEDNESDAY = 2
pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


class Bot:
    """The bot for the playground, with the clock in hand."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = MovableClock()
        made = local_settings(Settings(folder, url), url, "http://127.0.0.1")
        self.parts = compose(made, self.clock, AT_ONCE)

    def settle(self) -> None:
        wait_until(lambda: is_settled(self.parts), "still busy", 30)


@pytest.fixture(scope="module")
def bot(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bot, AgentsPlayground]]:
    folder = tmp_path_factory.mktemp("agents")
    shutil.copyfile(sqlite_template, folder / "bridgehead.db")
    running = Bot(f"sqlite:///{folder / 'bridgehead.db'}", folder)
    with (
        Served(web_app(running.parts, ticking), name="bridgehead") as served,
        agents_playground(str(served.url), folder) as playground,
    ):
        yield running, playground


def test_from_the_installation_to_a_reminder(bot: tuple[Bot, AgentsPlayground]) -> None:
    product, teams = bot

    # Installed: greeted once, though two activities tell of it. In a channel a mention is heard.
    teams.install(CHAT)
    teams.wait_for("Hello, I am Bridgehead")
    product.settle()
    assert len(teams.cards()) == 1
    teams.say("portfolio", ALERTS, mention=True)
    teams.wait_for("No projects yet.")
    product.settle()
    notes = [
        call
        for call in teams.calls()
        if ";messageid=" in call["request"]["url"] or "%3Bmessageid" in call["request"]["url"]
    ]
    assert [call["response"]["statusCode"] for call in notes] == [201]

    # A form: what is wrong stands in the same card, what was typed stays.
    teams.say("new")
    teams.wait_for("Who is exposed")
    given = {"name": "Churn", "exposure": "2", "channel": ALERTS, "key": "Churn Model!"}
    refused = teams.execute("Save", given)
    assert "Use small letters" in str(refused)
    taken = teams.execute("Save", given | {"key": "churn"})
    assert "Churn is set up" in str(taken)
    teams.wait_for("Churn is set up")
    product.settle()

    # An interview, pressed and typed; the question is replaced where it stands.
    teams.execute("Start an assessment")
    teams.wait_for("question 1 of 10")
    product.settle()
    teams.execute("Level 1")
    teams.wait_for("Data Pipeline Stability · Level 1")
    product.settle()
    updates = [call for call in teams.calls() if call["request"]["method"] == "PUT"]
    assert updates
    assert all(call["response"]["statusCode"] < 300 for call in updates)
    teams.say("not now")
    teams.wait_for("question 2 of 10")
    product.settle()
    teams.say("2")
    product.settle()
    teams.say("form churn")
    teams.wait_for("choose the highest level")
    product.settle()

    # The rest in one form; the result here, the alert in the channel.
    form = dict(teams.cards())
    boxes = [each["id"] for card in form.values() for each in _choices(card)]
    teams.execute("Save", dict.fromkeys(boxes, "1"))
    teams.wait_for("Thank you, that was all")
    teams.wait_for("Churn: stage 1")
    teams.wait_for("Churn: first result", ALERTS)
    product.settle()

    # A second person has a chat of their own.
    chat = teams.other_says("megan", "status churn")
    teams.wait_for("Churn", chat)

    # Nobody asks, and a quarter later it does, in working hours.
    before = len(teams.cards())
    later = product.clock.now() + timedelta(days=95)
    wednesday = later + timedelta(days=(WEDNESDAY - later.weekday()) % 7)
    product.clock.move_to(wednesday.replace(hour=10))
    product.parts.courier.wake()
    wait_until(lambda: len(teams.cards()) > before, "nothing came by itself", 30)
    assert all(call["response"]["statusCode"] < 300 for call in teams.calls())


def _choices(card: dict[str, object]) -> list[dict[str, str]]:
    from tests.teams import reading

    found = [each for each in reading.inputs(card) if each["type"] == "Input.ChoiceSet"]
    return [each for each in found if any(choice["value"] == "4" for choice in each["choices"])]


@pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")
def test_its_page_shows_our_cards(bot: tuple[Bot, AgentsPlayground], tmp_path: Path) -> None:
    """One run of the page itself: a form filled by hand, a question, an answer by a press."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the page is tested with playwright")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        page = opened.new_page(viewport={"width": 1400, "height": 1200})
        page.goto(bot[1].url)
        box = page.locator("[role=textbox][contenteditable=true]").first
        box.wait_for()
        box.click()
        page.keyboard.type("new")
        page.keyboard.press("Enter")
        card = page.locator(".ac-adaptiveCard").last
        page.get_by_text("Who is exposed to it today?").last.wait_for()
        card.get_by_label("Name").first.fill("Demand forecast")
        card.get_by_role("combobox", name="Who is exposed").click()
        page.get_by_role("option", name="2:").click()
        card.get_by_role("button", name="Save").click()
        page.get_by_text("Demand forecast is set up").first.wait_for()
        page.get_by_role("button", name="Start an assessment").last.click()
        page.get_by_text("question 1 of 10").last.wait_for()
        page.get_by_role("button", name="Level 2").last.click()
        page.get_by_text("Level 2").first.wait_for()
        page.screenshot(path=str(Path(os.environ.get("SCREENSHOTS", tmp_path)) / "agents-playground.png"))
        opened.close()
