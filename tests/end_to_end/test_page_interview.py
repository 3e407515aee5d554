"""A person in front of the page: a project by its form, a whole interview, the result, the alert, the home."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running, running

sync_api = pytest.importorskip("playwright.sync_api", reason="the page is tested with playwright")
expect = sync_api.expect
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


@pytest.fixture
def bot(database_url: str, tmp_path: Path) -> Iterator[Running]:
    with running(database_url, tmp_path) as pair:
        yield pair


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield opened
        opened.close()


def page_of(browser: Any, bot: Running, who: str, errors: list[str], viewport: dict[str, int]) -> Any:
    page = browser.new_context(viewport=viewport).new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{bot.slack.url}/#as={who}&channel=app")
    return page


def type_(page: Any, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_test_id("modal").get_by_label(re.compile(label)).click()
    page.get_by_role("option", name=option).click()


def newest(page: Any) -> Any:
    return page.get_by_test_id("message").last


CLOSER = "Who closes this gap"
MORE = {1: ("Who owns what",), 2: ("What is it for",), 6: ("Whose work changes",)}
"""What a level below the bar calls for, and what some questions call for beyond that."""


def answer(page: Any, question: int) -> None:
    expect(newest(page)).to_contain_text(f"question {question} of 10")
    newest(page).get_by_role("button", name="Level 1").click()
    for wanted in (CLOSER, *MORE.get(question, ())):
        expect(newest(page)).to_contain_text(wanted)
        newest(page).get_by_role("button", name="Not now").click()


def test_a_whole_interview_through_the_page(bot: Running, browser: Any, tmp_path: Path) -> None:
    errors: list[str] = []
    page = page_of(browser, bot, "olivia", errors, WIDE)

    type_(page, "/readiness new")
    form = page.get_by_test_id("modal")
    expect(form).to_contain_text("New project")
    form.get_by_label("Name", exact=True).fill("Churn prediction")
    form.get_by_label(re.compile("^Key")).fill("Not a key!")
    choose(page, "^Who is exposed", "3: Limited real users")
    choose(page, "^Channel", "churn-prediction")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_contain_text("small letters")
    page.screenshot(path=tmp_path / "form.png")
    form.get_by_label(re.compile("^Key")).fill("churn")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_be_hidden()
    expect(newest(page)).to_contain_text("Churn prediction")

    type_(page, "/readiness start churn")
    for question in range(1, 10):
        answer(page, question)
    page.screenshot(path=tmp_path / "interview.png")
    expect(newest(page)).to_contain_text("question 10 of 10")
    type_(page, "1")
    expect(page.get_by_test_id("messages")).to_contain_text(CLOSER)
    type_(page, "not now")
    expect(page.get_by_test_id("messages")).to_contain_text("Thank you, that was all")
    expect(page.get_by_test_id("messages")).to_contain_text("Churn prediction: stage 1")
    page.screenshot(path=tmp_path / "result.png")

    page.get_by_test_id("channel-churn-prediction").click()
    expect(newest(page)).to_contain_text("first result, stage 1")
    page.screenshot(path=tmp_path / "alert.png")
    newest(page).get_by_role("button", name="Why").click()
    expect(newest(page)).to_contain_text("Why Churn prediction is at stage 1")

    page.get_by_test_id("channel-app").click()
    page.get_by_test_id("home-tab").click()
    expect(page.get_by_test_id("home")).to_contain_text("Churn prediction")
    page.screenshot(path=tmp_path / "home.png")
    assert errors == []


def test_the_interview_fits_a_narrow_screen(bot: Running, browser: Any, tmp_path: Path) -> None:
    errors: list[str] = []
    olivia = bot.as_("olivia")
    olivia.command("/readiness", "new")
    olivia.wait_for_modal("Name")
    assert olivia.submit({"Name": "Churn", "Who is exposed": "3: Limited real users"}) is None
    olivia.command("/readiness", "start churn")
    page = page_of(browser, bot, "olivia", errors, NARROW)
    answer(page, 1)
    expect(newest(page)).to_contain_text("question 2 of 10")
    newest(page).get_by_role("button", name="Don’t know").click()
    expect(newest(page)).to_contain_text("question 3 of 10")
    page.screenshot(path=tmp_path / "narrow.png")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert errors == []
