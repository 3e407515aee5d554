"""What is said of blockers: what would clear one, how old it is, who has it; and where there is none."""

from dataclasses import replace

import pytest

from bot.chat.plain import plain
from bot.chat.view import Buttons, Style, View
from bot.readiness.blockers import Blocker
from bot.readiness.project_cards import BlockersCard, OpenBlocker, OverviewCard
from bot.readiness.scoring import FindingKind, Notch, Severity
from bot.wording.engine import LANGUAGES, Words
from bot.wording.pages import present
from bot.wording.pages.blockers import needed_for
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, PROJECT, ZONE, examples

EXAMPLES = examples()


def view(card: object, language: str = "en") -> View:
    shown = present(card, Words(language))
    assert isinstance(shown, View)
    return shown


def said(card: object, language: str = "en") -> str:
    return plain(view(card, language))


def one(kind: FindingKind, **more: object) -> BlockersCard:
    dimension = FRAMEWORK.dimensions[0]
    blocker = Blocker("b", "p1", dimension.id, kind, Severity.HIGH, NOW, "m1", stage=3, need=2)
    shown = OpenBlocker(blocker, dimension, FRAMEWORK.barriers[0], **{"age": 1, **more})  # type: ignore[arg-type]
    return BlockersCard(PROJECT, FRAMEWORK, (shown,), is_assessed=True, may_start=False, zone=ZONE)


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (FindingKind.MISSING, "stage 3 needs level 2, Level 2, in a label of sixty characters at the very most."),
        (FindingKind.UNPROVEN, "stage 3 needs level 2 with a link that shows it."),
        (FindingKind.UNKNOWN, "unknown. Nobody could answer: find who knows; stage 3 needs level 2,"),
        (FindingKind.CONTESTED, "the answers differ. Settle them; stage 3 needs level 2,"),
    ],
)
def test_a_blocker_says_what_would_clear_it(kind: FindingKind, needed: str) -> None:
    expected = f"high · Dimension 0 of the readiness checklist (Barrier 0), for 1 day: {needed}"
    assert expected in said(one(kind))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "stage 3 needs level 2 with a link that shows it (weighs more: the move is declared for soon)."),
        ("de", "Stufe 3 braucht Level 2 mit einem Link, der es zeigt (wiegt schwerer: Der Schritt ist bald geplant)."),
    ],
)
def test_why_a_blocker_weighs_more_stands_in_its_sentence(language: str, expected: str) -> None:
    lines = said(one(FindingKind.UNPROVEN, notch=Notch.DECLARED_MOVE), language).splitlines()
    assert [line for line in lines if line.endswith(f": {expected}")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FindingKind)
def test_nothing_stands_behind_the_full_stop_of_what_is_needed(kind: FindingKind, language: str) -> None:
    (blocker,) = one(kind, notch=Notch.SURVIVED).blockers
    assert needed_for(blocker, Words(language)).endswith(").")


def test_a_blocker_says_how_old_it_is_and_who_has_taken_it_on() -> None:
    assert ", since today:" in said(one(FindingKind.UNPROVEN, age=0))
    assert ", for 40 days:" in said(one(FindingKind.UNPROVEN, age=40))
    assert "that shows it. Mei Tanaka has taken it on." in said(one(FindingKind.UNPROVEN, owner=MEI))


def test_no_blocker_and_none_known_are_different() -> None:
    none = BlockersCard(PROJECT, FRAMEWORK, (), is_assessed=True, may_start=True, zone=ZONE)
    assert said(none) == ("## Churn prediction: no open blockers\nNo high or critical blocker is open.\n[Status]")
    assert said(replace(none, is_assessed=False)) == (
        "## Churn prediction: not assessed yet\n"
        "Nobody has assessed this project yet, so blockers are not known. An assessment finds them.\n"
        "[Start an assessment] [Status]"
    )


def test_blockers_whose_barriers_the_framework_does_not_know_stand_under_no_empty_heading() -> None:
    full = EXAMPLES["overview"]
    assert isinstance(full, OverviewCard)
    assert "Barriers" in said(full)
    foreign = said(replace(full, barriers=(), shared=()))
    assert "Heaviest blockers" in foreign
    assert "Barriers" not in foreign


def test_a_blocker_has_one_button_that_stands_out() -> None:
    for name, card in EXAMPLES.items():
        for part in view(card).parts if name.startswith("blockers") else ():
            if isinstance(part, Buttons):
                assert sum(each.style is Style.PRIMARY for each in part.buttons) <= 1, name
