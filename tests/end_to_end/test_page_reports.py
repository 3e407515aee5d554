"""Files in front of a person: their cards on the page, a picture shown in place, the report opened and read."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.deeds import finish, found, say, start
from tests.running import Running

sync_api = pytest.importorskip("playwright.sync_api", reason="the page is tested with playwright")
expect = sync_api.expect
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
HOSTILE = '<img src=x onerror=alert(1)> "Churn" ' + "unbroken" * 18


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield opened
        opened.close()


def listened(page: Any, errors: list[str]) -> Any:
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    return page


def assessed(bot: Running, name: str = "Churn prediction") -> None:
    """Three results: after the first, an answer got a link, and then another level."""
    found(bot, name=name, exposure="2")
    start(bot)
    finish(bot)
    bot.as_("olivia").command("/readiness", "back")
    bot.settle()
    say(bot, "olivia", "https://wiki.northwind.example/churn/adoption", "2")


def report_address(bot: Running) -> str:
    bot.as_("olivia").command("/readiness", "report churn")
    bot.settle()
    newest = [message for message in bot.as_("olivia").messages() if message.raw.get("files")][-1]
    return str(newest.raw["files"][0]["url_private"])


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_files_stand_in_the_conversation_with_their_size_and_ways_to_get_them(
    bot: Running, browser: Any, tmp_path: Path, viewport: dict[str, int]
) -> None:
    errors: list[str] = []
    assessed(bot)
    report_address(bot)
    bot.as_("olivia").command("/readiness", "history churn")
    bot.as_("olivia").press("As a picture")
    bot.settle()
    page = listened(browser.new_context(viewport=viewport).new_page(), errors)
    page.goto(f"{bot.slack.url}/#as=olivia&channel=app")
    files = page.get_by_test_id("file")
    expect(files).to_have_count(3)
    report, text, picture = (files.nth(number) for number in range(3))
    expect(report).to_contain_text("Churn prediction: readiness report")
    expect(report).to_contain_text("Web page")
    expect(report).to_contain_text("kB")
    expect(report.get_by_role("link", name="Open")).to_have_attribute("target", "_blank")
    expect(text.get_by_role("link", name="Open")).to_have_count(0)
    image = picture.get_by_role("img")
    expect(image).to_have_attribute("alt", _alternative(bot))
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
    page.screenshot(path=tmp_path / "files.png")
    with page.expect_download() as downloading:
        text.get_by_role("link", name="Download").click()
    assert downloading.value.suggested_filename.startswith("churn-readiness-")
    assert downloading.value.suggested_filename.endswith(".md")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    assert errors == []


def _alternative(bot: Running) -> str:
    newest = [message for message in bot.as_("olivia").messages() if message.raw.get("files")][-1]
    told = str(newest.raw["files"][0]["alt_txt"])
    assert told.startswith("3 milestones from ")
    return told


@pytest.mark.parametrize("name", ["Churn prediction", HOSTILE], ids=["usual", "hostile"])
def test_the_report_fits_every_screen_light_and_dark_and_runs_nothing(
    bot: Running, browser: Any, tmp_path: Path, name: str
) -> None:
    errors: list[str] = []
    assessed(bot, name)
    address = report_address(bot)
    asked: list[str] = []
    papers = set()
    for viewport in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            page = listened(browser.new_context(viewport=viewport, color_scheme=scheme).new_page(), errors)
            page.on("request", lambda request: asked.append(request.url))
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            expect(page.get_by_role("img")).to_have_count(2)
            assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
            papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.screenshot(path=tmp_path / f"{scheme}-{viewport['width']}.png", full_page=True)
            page.context.close()
    assert len(papers) == 2
    assert set(asked) == {address}
    assert errors == []


def test_the_report_prints_on_white_paper_with_the_addresses_of_its_links(
    bot: Running, browser: Any, tmp_path: Path
) -> None:
    assessed(bot)
    page = browser.new_context(viewport=WIDE, color_scheme="dark").new_page()
    page.goto(report_address(bot))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("navigation").is_visible()
    link = page.get_by_role("link", name="evidence").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "attr(href)" in shown or "https://wiki.northwind.example/churn/adoption" in shown
    printed = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
