"""A person in front of the page gives the bot a file: in a form, and beside a message."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.frameworks import documented, faulty
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


def yaml(content: str, name: str = "own.yaml") -> dict[str, Any]:
    return {"name": name, "mimeType": "application/yaml", "buffer": content.encode()}


def type_(page: Any, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def said(page: Any, words: str) -> Any:
    return expect(page.get_by_test_id("message").filter(has_text=words).last)


def test_a_framework_is_given_in_a_form_and_beside_a_message(bot: Running, browser: Any, tmp_path: Path) -> None:
    errors: list[str] = []
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{bot.slack.url}/#as=ada&channel=app")

    type_(page, "/readiness framework import")
    form = page.get_by_test_id("modal")
    expect(form).to_contain_text("at most 1 MB")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_contain_text("Please complete this required field.")
    form.locator("input[type=file]").set_input_files(yaml("words", "notes.txt"))
    expect(form).to_contain_text("Choose a file that ends in .yaml or .yml.")
    form.locator("input[type=file]").set_input_files(yaml(faulty()))
    expect(form.locator(".file-box")).to_contain_text("own.yaml")
    page.screenshot(path=tmp_path / "form.png")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_be_hidden()
    said(page, "The file has 3 faults").to_contain_text("Line 3, column 9")
    page.screenshot(path=tmp_path / "faults.png")

    page.get_by_test_id("file-chooser").set_input_files(yaml(documented()))
    expect(page.get_by_test_id("attached")).to_contain_text("Goes with your message: own.yaml")
    type_(page, "framework import")
    said(page, "is imported and current from now on").to_be_visible()
    expect(page.get_by_test_id("attached")).to_be_hidden()
    page.screenshot(path=tmp_path / "imported.png")
    assert errors == []
