"""The playground's page in a real browser, with the real server and a small real Bolt app behind it."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.served import Served
from bot.playground.server import LocalSlack

sync_api = pytest.importorskip("playwright.sync_api", reason="the page is tested with playwright")
expect = sync_api.expect
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
MANIFEST = {
    "features": {
        "slash_commands": [
            {"command": "/readiness", "description": "Assess a project", "usage_hint": "[start | report]"},
            {"command": "/register", "description": "The register", "usage_hint": "[project]"},
        ]
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower()}


def button(action: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(text), **more}


def entry(block: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block, "label": plain(label), "element": {"action_id": "v", **element}, **more}


LEVELS = [option("Pilot"), option("Production")]
FORM = {
    "type": "modal",
    "callback_id": "assess",
    "title": plain("Assess"),
    "submit": plain("Save"),
    "blocks": [
        entry("name", "Project name", {"type": "plain_text_input", "max_length": 40}, hint=plain("As people say it")),
        entry("why", "Why", {"type": "plain_text_input", "multiline": True, "initial_value": "Because"}),
        entry("users", "Users", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        entry("level", "Level", {"type": "static_select", "options": LEVELS, "initial_option": LEVELS[0]}),
        entry("tags", "Tags", {"type": "multi_static_select", "options": LEVELS, "initial_options": LEVELS}),
        entry("city", "City", {"type": "external_select", "action_id": "city", "min_query_length": 0}),
        entry("owner", "Owner", {"type": "users_select"}),
        entry("team", "Team", {"type": "multi_users_select", "initial_users": ["U0MEI"]}),
        entry("place", "Place", {"type": "conversations_select", "initial_conversation": "C0CHURN"}),
        entry("risk", "Risk", {"type": "radio_buttons", "options": LEVELS}, optional=True),
        entry("done", "Done", {"type": "checkboxes", "options": LEVELS, "initial_options": LEVELS[1:]}),
        entry("day", "Day", {"type": "datepicker", "initial_date": "2026-12-01"}),
        entry("hour", "Hour", {"type": "timepicker", "initial_time": "09:30"}),
        entry("start", "Start", {"type": "datetimepicker", "initial_date_time": 1767225600}),
    ],
}
HOSTILE = "*not bold* <img src=x onerror=alert(1)>"


def every_block(image: str) -> list[list[dict[str, Any]]]:
    def cell(text: str) -> dict[str, Any]:
        return {"type": "raw_text", "text": text}

    def run_of(*elements: dict[str, Any]) -> dict[str, Any]:
        return {"type": "rich_text_section", "elements": list(elements)}

    text = {"type": "text", "text": "Bold", "style": {"bold": True}}
    bad = {"type": "link", "url": "javascript:alert(1)", "text": "a script"}
    bullets = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [run_of(text)]}
    numbers = {"type": "rich_text_list", "style": "ordered", "elements": [run_of(text)]}
    table = [[cell("Dimension"), cell("Score")], [cell("Data"), {"type": "raw_number", "value": 3, "text": "3"}]]
    pages = [[cell("Project"), cell("Level")], *([cell(f"Project {n}"), cell(str(n))] for n in range(1, 8))]
    card = {"type": "card", "title": plain("A card"), "body": marked("Its body"), "actions": [button("card", "Take")]}
    more = {"type": "overflow", "action_id": "more", "options": LEVELS}
    chosen = [{"type": "static_select", "action_id": "pick", "options": LEVELS}]
    pressed = [button("ask", "Ask", style="primary"), button("docs", "Docs", url="https://example.com/")]
    picture = {"type": "image", "image_url": image, "alt_text": "The mark"}
    first = [
        {"type": "header", "text": plain("Readiness")},
        {"type": "section", "text": plain(HOSTILE), "accessory": more},
        {
            "type": "section",
            "text": marked("*Level 2* of _5_, ~1~, `gate`, <https://example.com/a_b|report>, <@U0OLIVIA>"),
        },
        {"type": "section", "fields": [marked("*Owner*"), plain("Olivia")]},
        {"type": "context", "elements": [marked("<!here> <!date^1767225600^{date_num}|then> &lt;b&gt;"), picture]},
        {"type": "divider"},
        {"type": "actions", "elements": [*pressed, *chosen]},
        {**picture, "title": plain("An image")},
        {"type": "rich_text", "elements": [run_of(text, bad), numbers, bullets]},
        {"type": "markdown", "text": "## Plan\n1. **First**\n2. [Second](https://example.com)"},
        {"type": "data_table", "caption": "All projects", "page_size": 5, "rows": pages},
    ]
    inside = {"type": "container", "title": plain("Details"), "child_blocks": [{"type": "divider"}]}
    second = [{"type": "table", "rows": table}, {"type": "carousel", "elements": [card]}, card, inside]
    return [first, second, [{"type": "alert", "text": plain("Careful"), "level": "warning"}, {"type": "hologram"}]]


def small_bot(slack: LocalSlack, heard: dict[str, Any]) -> Starlette:  # noqa: C901  one listener per thing tested
    """A Bolt app that answers whatever the tests do."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    @app.command("/readiness")
    async def readiness(ack: Any, command: Any, client: Any) -> None:
        if command["text"] == "form":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        elif command["text"] == "sleep":
            await asyncio.sleep(2.5)
        else:
            await ack(text=f"*Only you* read this: {command['text']}")

    @app.options("city")
    async def cities(ack: Any, payload: Any) -> None:
        await ack(options=[option(name) for name in ("Berlin", "Bern") if payload["value"].lower() in name.lower()])

    @app.view("assess")
    async def assess(ack: Any, view: Any) -> None:
        heard["values"] = view["state"]["values"]
        taken = heard["values"]["name"]["v"]["value"] == "taken"
        await (ack(response_action="errors", errors={"name": "This name is taken."}) if taken else ack())

    @app.event("app_home_opened")
    async def home(event: Any, client: Any) -> None:
        blocks = [{"type": "section", "text": marked(f"Hello <@{event['user']}>, these are your projects.")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("message")
    async def message(event: Any, say: Any) -> None:
        await say(f"You said: {event['text']}")

    @app.action(re.compile(".*"))
    async def pressed(ack: Any, action: Any, respond: Any) -> None:
        await ack()
        await respond(text=f"Pressed {action['action_id']}", replace_original=False)

    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def clock(request: Request) -> Response:
        heard["clock"] = await request.json()
        return JSONResponse({})

    routes = [("/slack/events", events), ("/play/clock", clock)]
    return Starlette(routes=[Route(path, run, methods=["POST"]) for path, run in routes])


class Playground(LocalSlack):
    """The local Slack with the small bot behind it."""

    def __init__(self) -> None:
        super().__init__(manifest=MANIFEST, ack_seconds=2.0)
        self.heard: dict[str, Any] = {}
        self.bot = Served(small_bot(self, self.heard), name="small bot")
        self.bot_url = f"{self.bot.url}/slack/events"

    def say(self, channel: str, text: str, **more: Any) -> str:
        return str(self.workspace.add_message(channel, self.workspace.bot_message(text, **more))["ts"])


@pytest.fixture(scope="module")
def playground() -> Iterator[Playground]:
    with Playground() as made, made.bot:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(playground: Playground, browser: Any) -> Iterator[Any]:
    """A fresh page of Olivia's; no error may reach its console."""
    playground.workspace.stacks.clear()
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(5000)
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{playground.url}/#as=olivia&channel=churn-prediction")
    opened.get_by_test_id("composer").wait_for()
    yield opened
    context.close()
    assert errors == []


def write(page: Any, text: str, box: str = "composer") -> None:
    page.get_by_test_id(box).fill(text)
    page.get_by_test_id(box).press("Enter")


def test_acting_as_another_person_stays_after_a_reload(page: Any) -> None:
    page.get_by_test_id("act-as").click()
    page.keyboard.type("m")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("act-as")).to_contain_text("Mei Tanaka")
    page.reload()
    expect(page.get_by_test_id("act-as")).to_contain_text("Mei Tanaka")
    expect(page.get_by_test_id("title")).to_contain_text("churn-prediction")


def test_a_slash_offers_commands_and_the_answer_is_only_visible_to_its_person(page: Any) -> None:
    page.get_by_test_id("composer").press_sequentially("/re")
    expect(page.get_by_role("option")).to_contain_text(["/readiness [start | report]", "/register [project]"])
    page.keyboard.press("Tab")
    page.keyboard.type("report")
    page.keyboard.press("Enter")
    answer = page.get_by_test_id("message").filter(has_text="Only you read this: report")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.locator("strong")).to_have_text("Only you")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("composer")).to_have_value("/readiness report")
    page.get_by_test_id("act-as").click()
    page.get_by_test_id("person-dan").click()
    expect(answer).to_have_count(0)


def test_a_bot_that_does_not_answer_in_time_is_named_as_slack_names_it(page: Any) -> None:
    write(page, "/readiness sleep")
    expect(page.get_by_text("/readiness failed with the error 'operation_timeout'")).to_be_visible()


def test_mentions_are_completed_and_reach_the_channel(page: Any) -> None:
    page.get_by_test_id("composer").press_sequentially("Ask @da")
    page.keyboard.press("Enter")
    page.keyboard.type("about #pric")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    said = page.get_by_test_id("message").filter(has_text="Ask @Dan Okafor about #pricing")
    expect(said.locator("a.pill")).to_have_attribute("href", "#as=U0OLIVIA&channel=C0PRICING")


def test_every_block_is_drawn_and_an_unknown_one_is_a_grey_box(
    playground: Playground, page: Any, tmp_path: Path
) -> None:
    for blocks in every_block(f"{playground.url}/static/favicon.svg"):
        playground.say("C0CHURN", "blocks", blocks=playground.workspace.name_blocks(blocks))
    expect(page.get_by_test_id("unknown-block")).to_have_count(1)
    expect(page.get_by_test_id("unknown-block")).to_contain_text("hologram")
    expect(page.get_by_text(HOSTILE, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="report", exact=True)).to_have_attribute("href", "https://example.com/a_b")
    expect(page.get_by_role("link", name="a script")).to_have_count(0)
    expect(page.get_by_text("@here 2026-01-01 <b>")).to_be_visible()
    expect(page.locator(".rich-text ol > li > ul > li")).to_have_text("Bold")
    expect(page.get_by_text("1–5 of 7")).to_be_visible()
    page.get_by_test_id("table-next").click()
    expect(page.get_by_role("rowheader", name="Project 7")).to_be_visible()
    page.screenshot(path=tmp_path / "wide.png")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.screenshot(path=tmp_path / "dark.png")
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=tmp_path / "narrow.png")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("(list => list.scrollWidth - list.clientWidth)(document.querySelector('.messages'))") == 0
    page.get_by_test_id("menu").click()
    expect(page.get_by_test_id("act-as")).to_be_focused()
    page.screenshot(path=tmp_path / "drawer.png")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("menu")).to_be_focused()


def test_a_press_asks_first_when_told_to_and_reaches_the_bot(playground: Playground, page: Any) -> None:
    confirm = {"title": plain("Really?"), "text": plain("It is final."), "confirm": plain("Yes"), "deny": plain("No")}
    more = {"type": "overflow", "action_id": "more", "options": [option("Rename")]}
    elements = [button("drop", "Drop", style="danger", confirm=confirm), more]
    playground.say("C0CHURN", "press", blocks=[{"type": "actions", "block_id": "b", "elements": elements}])
    page.get_by_role("button", name="Drop").click()
    page.get_by_test_id("confirm-no").click()
    page.get_by_role("button", name="Drop").click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_text("Pressed drop")).to_have_count(1)
    page.get_by_role("button", name="More actions").last.click()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Pressed more")).to_be_visible()


def test_a_form_shows_errors_in_place_and_sends_values_in_slacks_shape(playground: Playground, page: Any) -> None:
    write(page, "/readiness form")
    modal, name = page.get_by_test_id("modal"), page.get_by_label("Project name")
    expect(name).to_be_focused()
    page.get_by_role("combobox", name="Owner", exact=True).click()
    page.keyboard.type("mei")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="City", exact=True).click()
    page.get_by_role("option", name="Bern", exact=True).click()
    page.get_by_test_id("modal-submit").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    name.fill("taken")
    page.get_by_test_id("modal-submit").click()
    expect(name).to_have_accessible_description("This name is taken. As people say it")
    name.fill("Churn")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(1)
    expect(modal).to_be_hidden()
    expect(page.get_by_test_id("composer")).to_be_focused()
    assert playground.heard["values"] == {
        "name": {"v": {"type": "plain_text_input", "value": "Churn"}},
        "why": {"v": {"type": "plain_text_input", "value": "Because"}},
        "users": {"v": {"type": "number_input", "value": None}},
        "level": {"v": {"type": "static_select", "selected_option": LEVELS[0]}},
        "tags": {"v": {"type": "multi_static_select", "selected_options": LEVELS}},
        "city": {"city": {"type": "external_select", "selected_option": option("Bern")}},
        "owner": {"v": {"type": "users_select", "selected_user": "U0MEI"}},
        "team": {"v": {"type": "multi_users_select", "selected_users": ["U0MEI"]}},
        "place": {"v": {"type": "conversations_select", "selected_conversation": "C0CHURN"}},
        "risk": {"v": {"type": "radio_buttons", "selected_option": None}},
        "done": {"v": {"type": "checkboxes", "selected_options": LEVELS[1:]}},
        "day": {"v": {"type": "datepicker", "selected_date": "2026-12-01"}},
        "hour": {"v": {"type": "timepicker", "selected_time": "09:30"}},
        "start": {"v": {"type": "datetimepicker", "selected_date_time": 1767225600}},
    }
    write(page, "/readiness form")
    expect(modal).to_be_visible()
    page.keyboard.press("Escape")
    expect(modal).to_be_hidden()


def test_the_app_has_a_home_and_a_conversation(page: Any) -> None:
    page.get_by_test_id("channel-app").click()
    expect(page.get_by_test_id("home")).to_contain_text("Hello @Olivia Brandt, these are your projects.")
    page.get_by_test_id("home-tab").press("ArrowRight")
    write(page, "good morning")
    expect(page.get_by_text("You said: good morning")).to_be_visible()


def test_threads_open_beside_the_channel_and_give_the_focus_back(playground: Playground, page: Any) -> None:
    ts = playground.say("C0SUPPORT", "Who joins?")
    playground.say("C0SUPPORT", "I do", thread_ts=ts)
    page.get_by_test_id("channel-support-copilot").click()
    page.get_by_role("button", name="1 reply").click()
    write(page, "Me too", "thread-composer")
    expect(page.get_by_test_id("thread-messages").get_by_test_id("message")).to_have_count(3)
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    page.get_by_test_id("thread-composer").press("Escape")
    expect(page.locator(f'[data-ts="{ts}"]')).to_be_focused()


def test_unread_marks_come_and_go(playground: Playground, page: Any) -> None:
    playground.say("C0VISION", "Look here")
    expect(page.get_by_test_id("unread-vision-qa")).to_contain_text("1")
    page.get_by_test_id("channel-vision-qa").click()
    expect(page.get_by_test_id("unread-line")).to_be_visible()
    expect(page.get_by_test_id("unread-vision-qa")).to_have_count(0)


def test_the_log_shows_each_request_and_its_answer(page: Any) -> None:
    write(page, "/readiness logged")
    page.get_by_test_id("log-toggle").click()
    row = page.get_by_test_id("log-drawer").get_by_test_id("log-row").filter(has_text="/readiness logged")
    row.locator("summary").click()
    expect(row).to_contain_text('"text": "logged"')
    expect(row).to_contain_text("200")


def test_the_clock_moves_the_workspace_and_the_bot(playground: Playground, page: Any) -> None:
    page.get_by_test_id("clock").click()
    page.get_by_test_id("clock-monday").click()
    expect(page.get_by_test_id("clock")).to_contain_text(re.compile(r"Mon \d+ \w+,? 09:00"))
    assert playground.heard["clock"]["now"].startswith(playground.workspace.clock.iso()[:13])
