"""What a view looks like in Teams, and that nothing we say is ever refused."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Divider,
    Facts,
    Form,
    Heading,
    LinkButton,
    Note,
    Paragraph,
    Part,
    Span,
    Style,
    Table,
    View,
    line,
)
from bot.platforms.teams.activities import messages
from bot.platforms.teams.render import cards, rendered, spoken
from bot.platforms.teams.render_form import rendered_form
from bot.platforms.teams.words import Words
from bot.wording.engine import LANGUAGES
from tests.platforms.teams.strict_card import check_card, nodes
from tests.platforms.teams.views import VIEWS
from tests.wording.test_every_page import EXAMPLES, shown

ANN = "22222222-2222-4222-8222-222222222220"
slow = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def test_a_card_whole() -> None:
    view = View(
        "Churn <AI> & co: stage 2",
        (
            Heading("Churn *AI*"),
            Paragraph(
                (Span("Owner "), Span("Ann", mention=ANN), Span(" says *no*\nand "), Span("why", link="https://x.y"))
            ),
            Bullets((line("one"), (Span("two", bold=True),)), ordered=True),
            Facts((("Stage", line("2")), ("Gate", (Span("open", italic=True),)))),
            Divider(),
            Heading("Next"),
            Choices("answer", (Choice("A", "1. We guess.", "q1:a"), Choice("B", "We know.", "q1:b", chosen=True))),
            Buttons(
                (
                    Button("Go", "go", "p1", Style.PRIMARY),
                    Button("Stop", "stop", "p1", Style.DANGER, confirm="Stop *it*?"),
                    LinkButton("Open", "https://example.com"),
                    LinkButton("Bad", "javascript:alert(1)"),
                )
            ),
            Note(line("small print")),
        ),
    )
    made = rendered(view)
    check_card(made)
    assert made == {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": "Churn \\<AI> & co: stage 2",
        "body": [
            text("Churn \\*AI\\*", size="Large", weight="Bolder", style="heading"),
            text("Owner <at>Ann</at> says \\*no\\*"),
            text("and [why](https://x.y)", spacing="None"),
            text("1. one\n2. **two**"),
            {"type": "FactSet", "facts": [{"title": "Stage", "value": "2"}, {"title": "Gate", "value": "_open_"}]},
            text("Next", size="Medium", weight="Bolder", style="heading", separator=True, spacing="Large"),
            choice("1\\. We guess.", executed("A", {"press": "answer", "value": "q1:a"})),
            choice("We know.", executed("✓ B", {"press": "answer", "value": "q1:b"}, style="positive")),
            {
                "type": "ActionSet",
                "actions": [
                    executed("Go", {"press": "go", "value": "p1"}, style="positive"),
                    {
                        "type": "Action.ShowCard",
                        "title": "Stop…",
                        "card": {
                            "type": "AdaptiveCard",
                            "body": [text("Stop \\*it\\*?")],
                            "actions": [executed("Stop", {"press": "stop", "value": "p1"}, style="destructive")],
                        },
                    },
                    {"type": "Action.OpenUrl", "title": "Open", "url": "https://example.com"},
                ],
            },
            text("small print", isSubtle=True, size="Small"),
        ],
        "msteams": {
            "entities": [{"type": "mention", "text": "<at>Ann</at>", "mentioned": {"id": ANN, "name": "Ann"}}],
        },
    }


def text(said: str, **style: object) -> dict[str, object]:
    return {"type": "TextBlock", "text": said, "wrap": True, **style}


def executed(title: str, data: dict[str, str], **style: object) -> dict[str, object]:
    said = {"title": title, "data": data, **style}
    return {"type": "Action.Execute", "verb": "press", **said, "fallback": {"type": "Action.Submit", **said}}


def choice(said: str, button: dict[str, object]) -> dict[str, object]:
    column = {"type": "Column", "verticalContentAlignment": "Center"}
    actions = {"type": "ActionSet", "actions": [button]}
    return {
        "type": "ColumnSet",
        "columns": [
            column | {"width": "stretch", "items": [text(said)]},
            column | {"width": "auto", "items": [actions]},
        ],
    }


def test_a_choice_with_a_long_label_is_a_box_with_its_button_below() -> None:
    long = Choice("Measures with limits", "2. We measure.", "2")
    view = View("q", (Choices("answer", (Choice("No", "1. We guess.", "1"), long)),))
    first, second = rendered(view)["body"]
    box = {"type": "Container", "style": "emphasis", "spacing": "Small"}
    actions = {"type": "ActionSet", "spacing": "Small"}
    no = executed("No", {"press": "answer", "value": "1"})
    yes = executed("Measures with limits", {"press": "answer", "value": "2"})
    assert first == box | {"items": [text("1\\. We guess."), actions | {"actions": [no]}]}
    assert second == box | {"items": [text("2\\. We measure."), actions | {"actions": [yes]}]}


def test_a_small_table_is_a_table() -> None:
    (made,) = rendered(View("t", (Table(("What", "1"), (("Stage", "2"), ("*Index*", ""))),)))["body"]
    assert made["firstRowAsHeader"] is True
    assert made["columns"] == [{"width": 7}, {"width": 4}]
    cells = [[cell["items"][0] for cell in row["cells"]] for row in made["rows"]]
    assert cells == [
        [text("What", weight="Bolder"), text("1", weight="Bolder")],
        [text("Stage"), text("2")],
        [text("\\*Index\\*"), text("–")],
    ]


def test_a_wide_table_is_a_list_of_its_rows_that_a_phone_can_show() -> None:
    table = Table(
        ("Project", "Stage", "Blockers", "Standing"), (("churn", "2", "", "in step"), ("vision", "–", "–", "–"))
    )
    (made,) = rendered(View("t", (table,)))["body"]
    assert made == {
        "type": "FactSet",
        "facts": [
            {"title": "churn", "value": "Stage\u00a0**2** · Standing\u00a0**in step**"},
            {"title": "vision", "value": "–"},
        ],
    }


MANY = View(
    "All",
    (
        Heading("All"),
        Table(("Key", "Stage"), tuple((f"project {number} " + "x" * 250, "2") for number in range(200))),
        Buttons((Button("Next", "next"),)),
    ),
)


def test_what_does_not_fit_into_one_card_is_counted_and_the_buttons_stay() -> None:
    made = rendered(MANY, Words(more="… und {count} weitere"))
    check_card(made)
    rows = sum(len(element["rows"]) - 1 for element in made["body"] if element["type"] == "Table")
    assert made["body"][-2]["text"] == f"… und {200 - rows} weitere"
    assert made["body"][-1]["actions"][0]["title"] == "Next"


def test_an_answer_takes_as_many_cards_as_it_needs_and_says_everything() -> None:
    made = cards(MANY)
    assert len(made) == 3
    for each in made:
        check_card(each)
    tables = [element for card in made for element in card["body"] if element["type"] == "Table"]
    rows = [row["cells"][0]["items"][0]["text"].split()[1] for table in tables for row in table["rows"][1:]]
    assert rows == [str(number) for number in range(200)]
    assert all(table["rows"][0]["cells"][0]["items"][0]["text"] == "Key" for table in tables)
    assert made[-1]["body"][-1]["type"] == "ActionSet"


def test_the_messages_of_an_answer_say_once_what_it_is() -> None:
    first, *others = messages(MANY, Words())
    assert first["summary"] == "All"
    assert len(others) == 2
    assert not any("summary" in each for each in others)
    assert [each["attachments"][0]["content"] for each in (first, *others)] == list(cards(MANY))


def test_an_answer_without_end_is_cut_after_five_cards() -> None:
    made = cards(View("t", tuple(Paragraph(line(f"{number} " + "y" * 3_900)) for number in range(100))))
    assert len(made) == 5
    for each in made:
        check_card(each)
    shown = sum(len(card["body"]) for card in made) - 1
    assert made[-1]["body"][-1]["text"] == f"… and {100 - shown} more"


def test_buttons_stand_on_the_card_of_what_they_are_about() -> None:
    parts: list[Part] = []
    for number in range(40):
        parts += [Paragraph(line(f"{number} " + "z" * 3_000)), Buttons((Button("Do", "do", str(number)),))]
    for card in cards(View("t", tuple(parts[:40]))):
        kinds = [element["type"] for element in card["body"]]
        assert kinds[0] == "TextBlock"
        assert kinds[-1] == "ActionSet"


def test_more_than_six_buttons_are_several_sets() -> None:
    made = rendered(View("t", (Buttons(tuple(Button(str(number), "p", str(number)) for number in range(13))),)))
    assert [len(element["actions"]) for element in made["body"]] == [6, 6, 1]


def test_a_view_without_parts_shows_its_text() -> None:
    assert rendered(View("<at>all</at> hi\nthere"))["body"] == [text("\\<at>all\\</at> hi"), text("there")]


def test_a_notification_says_the_sentence_or_else_the_words() -> None:
    assert spoken(View("A & B")) == "A & B"
    assert spoken(View("", (Heading("A & B"),))) == "## A & B"
    assert spoken(View(" ")) == "–"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_teams_takes_the_page(name: str, language: str) -> None:
    page = shown(EXAMPLES[name], language)
    if isinstance(page, Form):
        check_card(rendered_form(page))
        return
    check_card(rendered(page))
    several = cards(page)
    for card in several[1:]:
        check_card(card)
    assert presses(several) == [button for part in page.parts for button in (_pressed(part))], (
        "a button of the page stands on none of its cards"
    )


def presses(made: tuple[dict[str, Any], ...]) -> list[tuple[str, str]]:
    return [
        (node["data"]["press"], node["data"]["value"])
        for card in made
        for node in nodes(card)
        if node.get("type") == "Action.Execute"
    ]


def _pressed(part: Part) -> list[tuple[str, str]]:
    match part:
        case Buttons(buttons):
            return [(button.press, button.value) for button in buttons if isinstance(button, Button)]
        case Choices(press, choices):
            return [(press, choice.value) for choice in choices]
    return []


@pytest.mark.parametrize("name", ["blockers_many", "blockers_rest", "result_with_debt", "alert_with_debt", "status"])
def test_nothing_of_a_full_page_is_left_out_of_its_card(name: str) -> None:
    page = shown(EXAMPLES[name], "de")
    assert isinstance(page, View)
    assert rendered(page) == cards(page)[0]
    assert len(cards(page)) == 1


@slow
@given(VIEWS)
def test_no_view_is_refused(view: View) -> None:
    check_card(rendered(view))
    for card in cards(view):
        check_card(card)
