"""The portfolio's report in front of a person: sorted and filtered in a browser, whole without its script."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.deeds import finish, found, start
from tests.end_to_end.test_page_reports import ARGUMENTS, NARROW, WIDE, listened
from tests.running import Running

sync_api = pytest.importorskip("playwright.sync_api", reason="the page is tested with playwright")
expect = sync_api.expect
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")

HOSTILE = '<img src=x onerror=alert(1)>"><script>alert(2)</script>' + "unbroken" * 9
TABLE = f"""key,name,exposure,team,target_date
alpha,Alpha,4,Risk,2027-03-01
beta,"{HOSTILE.replace('"', '""')}",1,,
gamma,Änderungsvorhersage,3,"Ops, Berlin",
"""


@pytest.fixture
def address(bot: Running) -> str:
    """Where the report of four projects lies; Churn has a result."""
    found(bot, name="Churn prediction", exposure="2")
    start(bot)
    finish(bot)
    ada = bot.as_("ada")
    ada.say("portfolio import", files=[("projects.csv", TABLE.encode())])
    bot.settle()
    ada.press("Import it now")
    bot.settle()
    ada.command("/portfolio", "report")
    bot.settle()
    newest = [message for message in ada.messages() if message.raw.get("files")][-1]
    return str(newest.raw["files"][0]["url_private"])


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield opened
        opened.close()


def shown(page: Any) -> list[str]:
    """The keys of the rows that are to be seen, in their order."""
    keys: list[str] = page.locator("#projects tbody tr:visible th code").all_text_contents()
    return keys


def test_the_page_sorts_filters_and_searches_by_mouse_and_by_keyboard(browser: Any, address: str) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page = listened(browser.new_context(viewport=WIDE).new_page(), errors)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert sorted(shown(page)) == ["alpha", "beta", "churn", "gamma"]
    exposed = page.get_by_role("button", name="Exposed")
    exposed.click()
    assert shown(page) == ["beta", "churn", "gamma", "alpha"]
    exposed.focus()
    page.keyboard.press("Enter")
    assert shown(page) == ["alpha", "gamma", "churn", "beta"]
    expect(page.get_by_role("columnheader", name="Exposed")).to_have_attribute("aria-sort", "descending")
    # What is empty stands last, whichever way.
    page.get_by_role("button", name="Index").click()
    assert shown(page)[0] == "churn"
    page.get_by_label("Stage", exact=True).select_option("1")
    assert shown(page) == ["churn"]
    expect(page.get_by_role("status")).to_have_text("1 of 4 shown")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Team", exact=True).select_option("Ops, Berlin")
    assert shown(page) == ["gamma"]
    page.get_by_label("Team", exact=True).select_option("")
    page.get_by_label("Search").fill("änderung ops")
    assert shown(page) == ["gamma"]
    page.get_by_label("Search").fill("nothing like it")
    assert shown(page) == []
    expect(page.get_by_text("No project fits these choices")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 4
    expect(page.get_by_label("Search")).to_be_focused()
    assert set(asked) == {address}
    assert errors == []


def test_the_page_fits_every_screen_light_and_dark_and_runs_nothing_of_others(
    browser: Any, address: str, tmp_path: Path
) -> None:
    errors: list[str] = []
    papers = set()
    for viewport in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            page = listened(browser.new_context(viewport=viewport, color_scheme=scheme).new_page(), errors)
            page.goto(address)
            expect(page.get_by_role("rowheader", name=HOSTILE)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
            papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.screenshot(path=tmp_path / f"{scheme}-{viewport['width']}.png", full_page=True)
    # On a phone the head of the table is away, and a list sorts.
    page.get_by_label("Sort by").select_option(label="Exposed, descending")
    assert shown(page)[0] == "alpha"
    # The policy of the page lets no other script run, wherever it comes from.
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert page.evaluate("window.ran") is None
    assert len(papers) == 2
    assert len(errors) == 1, errors
    assert "Content Security Policy" in errors[0]


def test_without_a_script_the_page_is_a_plain_table_and_it_prints(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_context(viewport=WIDE, java_script_enabled=False, color_scheme="dark").new_page()
    page.goto(address)
    assert sorted(shown(page)) == ["alpha", "beta", "churn", "gamma"]
    expect(page.get_by_label("Search")).to_be_hidden()
    assert page.get_by_role("table", name="Every project").get_by_role("button").count() == 0
    page.emulate_media(media="print", color_scheme="dark")
    printed = page.pdf(path=tmp_path / "portfolio.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
