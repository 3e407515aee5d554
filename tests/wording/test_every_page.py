"""Every page, in every language, is a message Slack takes; and none is without an example."""

from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from bot.chat.view import Form, View
from bot.platforms.slack.render import home, message
from bot.platforms.slack.render_form import modal
from bot.playground.limits import block_faults, view_faults
from bot.readiness.assessment import Project
from bot.readiness.cadence import CronFault
from bot.readiness.refusals import Refusal, Refused
from bot.wording import pages
from bot.wording.engine import LANGUAGES, Words
from bot.wording.pages import present, present_fault, present_refusal
from tests.platforms.strict_slack import check_message, check_view

EXAMPLES: dict[str, object] = {
    name: card
    for module in iter_modules(pages.__path__)
    if module.name.startswith("examples_")
    for name, card in import_module(f"{pages.__name__}.{module.name}").examples().items()
}
FACTS = {
    "command": "readiness",
    "word": "stat",
    "nearest": "status",
    "keys": "churn, notes",
    "project": "Churn",
    "key": "churn",
    "code": "D4",
    "near": "",
    "role": "owner",
    "holder": "Olivia",
    "phase": "paused",
    "dimension": "D3",
    "name": "Mei",
    "names": "Mei, Omar",
    "reason": "critical",
    "known": "poc-to-production 1.0",
    "number": "9",
    "newest": "3",
    "days": "60",
    "projects": "400",
    "most": "366",
    "allowed": "automatic, weekly",
    "rule": "0 9 1 * *",
    "zone": "Mars/Olympus",
    "faults": "“blokced” at 1 is no filter",
}


def _names_a_project(card: object) -> bool:
    named = {field.name for field in fields(card)} if is_dataclass(card) else ()
    return "project" in named and isinstance(getattr(card, "project", None), Project)


HOSTILE = "<!channel> *x* {{ 7 * 7 }} مرحبا 🎉 " * 5


def shown(card: object, language: str) -> View | Form:
    return present(card, Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_slack_takes_the_page(name: str, language: str) -> None:
    page = shown(EXAMPLES[name], language)
    if isinstance(page, Form):
        made = modal(page)
        check_view(made)
        assert view_faults(made) == []
        return
    made = message(page)
    check_message(made)
    assert block_faults(made["blocks"], "message") == []
    check_view(home(page))


@pytest.mark.parametrize("name", [name for name, card in EXAMPLES.items() if _names_a_project(card)])
def test_peoples_words_stand_on_the_page_as_they_were_written(name: str) -> None:
    card: Any = EXAMPLES[name]
    page = shown(replace(card, project=replace(card.project, name=HOSTILE)), "en")
    if isinstance(page, Form):
        check_view(modal(page))
        return
    made = message(page)
    check_message(made)
    assert "<!channel>" not in made["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["blockers_many", "blockers_rest", "result_with_debt", "alert_with_debt"])
def test_nothing_of_a_full_page_about_gaps_is_left_out(name: str, language: str) -> None:
    page = shown(EXAMPLES[name], language)
    assert isinstance(page, View)
    notes = [part for block in message(page)["blocks"] if block["type"] == "context" for part in block["elements"]]
    assert not [note for note in notes if note["text"].startswith("…")]


def test_every_page_has_an_example() -> None:
    pages = {kind for kind in present.registry if kind is not object}
    assert pages == {type(card) for card in EXAMPLES.values()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", [each for each in Refusal if each is not Refusal.FIELDS])
def test_a_refusal_is_two_lines(refusal: Refusal, language: str) -> None:
    said = present_refusal(Refused(refusal, **FACTS), Words(language)).text
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", CronFault.REASONS)
def test_a_rule_is_refused_for_its_own_reason_in_two_lines(language: str, reason: str) -> None:
    refused = Refused(Refusal.CRON_REFUSED, **{**FACTS, "reason": reason})
    assert len(present_refusal(refused, Words(language)).text.splitlines()) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_names_its_reference_in_two_lines(language: str) -> None:
    said = present_fault("abcd1234", Words(language)).text
    assert "abcd1234" in said
    assert len(said.splitlines()) == 2
