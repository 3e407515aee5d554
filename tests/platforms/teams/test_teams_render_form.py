"""What a form looks like in Teams, and that none is ever refused."""

import dataclasses

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.view import Field, FieldKind, Form, Note, Option, Paragraph, Part, line
from bot.platforms.teams.render_form import rendered_form
from bot.platforms.teams.words import Words
from tests.platforms.teams.strict_card import check_card
from tests.platforms.teams.views import ANY, FIELD, PARTS
from tests.wording.test_every_page import EXAMPLES, shown

ANN, BEN = "22222222-2222-4222-8222-222222222220", "22222222-2222-4222-8222-222222222221"
PEOPLE = {"choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}}
FORM = Form(
    "start",
    "A *title*",
    "Go",
    (
        Field("name", FieldKind.TEXT, "Name", hint="short *name*", initial="x", max_length=10),
        Field("why", FieldKind.LONG_TEXT, "Why", required=False),
        Field("stage", FieldKind.SELECT, "Stage", options=(Option("One", "1"), Option("Two", "2")), initial="2"),
        Field("owner", FieldKind.PERSON, "Owner", options=(Option("Ann", ANN),), initial=ANN),
        Field("team", FieldKind.PEOPLE, "Team", initial=(ANN, BEN), required=False),
        Field("place", FieldKind.CHANNEL, "Channel", options=(Option("Alerts", "19:a"),), required=False),
        Field("due", FieldKind.DATE, "Due", initial="2026-11-30"),
        Field("file", FieldKind.FILE, "File", hint="YAML."),
    ),
    value="p1",
    intro=(Paragraph(line("Hello")),),
    cancel="Back",
)


def test_a_form_whole() -> None:
    made = rendered_form(FORM, Words(fill_in="Bitte ausfüllen.", file="Ein Link.", language="de"))
    check_card(made)
    needed = {"isRequired": True, "errorMessage": "Bitte ausfüllen."}
    small = {"type": "TextBlock", "wrap": True, "isSubtle": True, "size": "Small", "spacing": "Small"}
    data = {"form": "start", "value": "p1", "several": "team"}
    submit = {"title": "Go", "data": data, "style": "positive"}
    cancel = {"title": "Back", "data": {"cancel": "start", "value": "p1"}, "associatedInputs": "none"}
    assert made["lang"] == "de"
    assert made["body"] == [
        {
            "type": "TextBlock",
            "text": "A \\*title\\*",
            "wrap": True,
            "size": "Large",
            "weight": "Bolder",
            "style": "heading",
        },
        {"type": "TextBlock", "text": "Hello", "wrap": True},
        {"id": "name", "label": "Name", **needed, "type": "Input.Text", "maxLength": 10, "value": "x"},
        small | {"text": "short \\*name\\*"},
        {"id": "why", "label": "Why", "type": "Input.Text", "maxLength": 4_000, "isMultiline": True},
        {
            "id": "stage",
            "label": "Stage",
            **needed,
            "type": "Input.ChoiceSet",
            "choices": [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}],
            "style": "compact",
            "value": "2",
        },
        {
            "id": "owner",
            "label": "Owner",
            **needed,
            "type": "Input.ChoiceSet",
            "choices": [{"title": "Ann", "value": ANN}],
            **PEOPLE,
            "value": ANN,
        },
        {
            "id": "team",
            "label": "Team",
            "type": "Input.ChoiceSet",
            "choices": [],
            **PEOPLE,
            "value": f"{ANN},{BEN}",
            "isMultiSelect": True,
        },
        {
            "id": "place",
            "label": "Channel",
            "type": "Input.ChoiceSet",
            "choices": [{"title": "–", "value": ""}, {"title": "Alerts", "value": "19:a"}],
            "style": "compact",
        },
        {"id": "due", "label": "Due", **needed, "type": "Input.Date", "value": "2026-11-30"},
        {"id": "file", "label": "File", **needed, "type": "Input.Text", "style": "Url", "maxLength": 2_000},
        small | {"text": "YAML. Ein Link."},
        {
            "type": "ActionSet",
            "actions": [
                {"type": "Action.Execute", "verb": "submit", **submit, "fallback": {"type": "Action.Submit", **submit}},
                {"type": "Action.Execute", "verb": "cancel", **cancel, "fallback": {"type": "Action.Submit", **cancel}},
            ],
        },
    ]


def test_a_channel_that_holds_is_offered_even_without_its_name() -> None:
    made = rendered_form(Form("f", "F", "Go", (Field("c", FieldKind.CHANNEL, "Channel", initial="19:gone"),)))
    assert made["body"][1]["choices"] == [{"title": "19:gone", "value": "19:gone"}]
    assert made["body"][1]["value"] == "19:gone"


def test_from_ten_options_on_a_choice_is_found_by_typing() -> None:
    def style(options: int) -> str:
        field = Field(
            "s", FieldKind.SELECT, "S", options=tuple(Option(str(each), str(each)) for each in range(options))
        )
        return str(rendered_form(Form("f", "F", "Go", (field,)))["body"][1]["style"])

    assert (style(9), style(10)) == ("compact", "filtered")


def test_a_form_that_is_too_large_leaves_out_what_may_be_left_out_and_counts_it() -> None:
    fields = tuple(
        Field(f"f{number}", FieldKind.LONG_TEXT, "L", required=number == 29, initial="y" * 2_900)
        for number in range(30)
    )
    made = rendered_form(Form("f", "F", "Go", fields))
    check_card(made)
    ids = [element["id"] for element in made["body"] if "id" in element]
    assert ids == [*(f"f{number}" for number in range(len(ids) - 1)), "f29"]
    assert made["body"][-2]["text"] == f"… and {30 - len(ids)} more"


def test_an_organization_of_thousands_fits_into_the_form_of_a_project() -> None:
    page = shown(EXAMPLES["project_form"], "en")
    assert isinstance(page, Form)
    people = tuple(
        Option(f"Somebody with a name, number {number}", f"{ANN[:-4]}{number:04}") for number in range(5_000)
    )
    channels = tuple(Option(f"Channel {number}", f"19:{number:032}@thread.tacv2") for number in range(1_000))
    options = {FieldKind.PERSON: people, FieldKind.CHANNEL: channels}
    fields = tuple(
        dataclasses.replace(field, options=options.get(field.kind, field.options), initial=people[4_000].value)
        if field.kind is FieldKind.PERSON
        else dataclasses.replace(field, options=options.get(field.kind, field.options))
        for field in page.fields
    )
    made = rendered_form(dataclasses.replace(page, fields=fields))
    check_card(made)
    inputs = {element["id"]: element for element in made["body"] if "id" in element}
    assert list(inputs) == [field.id for field in page.fields]
    assert inputs["owner"]["choices"] == [{"title": "Somebody with a name, number 4000", "value": people[4_000].value}]
    assert inputs["owner"]["value"] == people[4_000].value


def test_the_questionnaire_of_twenty_long_answers_still_opens() -> None:
    page = shown(EXAMPLES["questionnaire"], "en")
    assert isinstance(page, Form)
    check_card(rendered_form(page))


def test_a_loading_form_has_nothing_to_press() -> None:
    made = rendered_form(Form("start", "Start", "", (), intro=(Note(line("One moment")),)))
    check_card(made)
    assert [element["type"] for element in made["body"]] == ["TextBlock", "TextBlock"]


def test_no_field_of_ours_is_called_like_what_a_submit_carries() -> None:
    forms = [page for page in (shown(card, "en") for card in EXAMPLES.values()) if isinstance(page, Form)]
    taken = {"press", "form", "value", "several", "cancel", "opener", "msteams"}
    assert not taken & {field.id for form in forms for field in form.fields}


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(ANY, ANY, st.lists(FIELD, max_size=6), ANY, PARTS)
def test_no_form_is_refused(title: str, submit: str, fields: list[Field], value: str, intro: tuple[Part, ...]) -> None:
    own = tuple(dataclasses.replace(field, id=f"f{number}") for number, field in enumerate(fields))
    check_card(rendered_form(Form("f", title, submit, own, value, intro, submit)))
