"""What a view looks like in Slack, and that nothing we say is ever refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Divider,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    LinkButton,
    Note,
    Option,
    Paragraph,
    Span,
    Style,
    Table,
    View,
    line,
)
from bot.platforms.slack.render import Words, blocks, fallback, home, message
from bot.platforms.slack.render_form import modal, reading
from tests.platforms.strict_slack import check_blocks, check_message, check_view


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text, "emoji": False}


def test_a_message_whole() -> None:
    view = View(
        "Churn <AI> & co: stage 2",
        (
            Heading("Churn <AI>"),
            Paragraph(
                (Span("Owner "), Span("Ann", mention="U1"), Span(" says *no* "), Span("why", link="https://x.y"))
            ),
            Bullets((line("one"), (Span("two", bold=True),)), ordered=True),
            Facts((("Stage", line("2")), ("Gate", (Span("open", italic=True),)))),
            Divider(),
            Choices("answer", (Choice("A", "We guess.", "q1:a"), Choice("B", "We know.", "q1:b", chosen=True))),
            Buttons(
                (
                    Button("Stop", "stop", "p1", Style.DANGER, confirm="Stop it?"),
                    LinkButton("Open", "https://example.com"),
                    LinkButton("Bad", "javascript:alert(1)"),
                )
            ),
            Note(line("small :smile: print")),
        ),
    )
    assert message(view) == {
        "text": "Churn &lt;AI&gt; &amp; co: stage 2",
        "mrkdwn": False,
        "blocks": [
            {"type": "header", "text": plain("Churn <AI>")},
            rich(
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Owner "},
                        {"type": "user", "user_id": "U1"},
                        {"type": "text", "text": " says *no* "},
                        {"type": "link", "url": "https://x.y", "text": "why"},
                    ],
                }
            ),
            rich(
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "two", "style": {"bold": True}}],
                        },
                    ],
                }
            ),
            rich(
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Stage: ", "style": {"bold": True}},
                        {"type": "text", "text": "2"},
                        {"type": "text", "text": "\nGate: ", "style": {"bold": True}},
                        {"type": "text", "text": "open", "style": {"italic": True}},
                    ],
                }
            ),
            {"type": "divider"},
            {
                "type": "section",
                "text": plain("We guess."),
                "accessory": {"type": "button", "text": plain("A"), "action_id": "press:answer:0", "value": "q1:a"},
            },
            {
                "type": "section",
                "text": plain("We know."),
                "accessory": {
                    "type": "button",
                    "text": plain("B"),
                    "action_id": "press:answer:1",
                    "value": "q1:b",
                    "style": "primary",
                },
            },
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": plain("Stop"),
                        "action_id": "press:stop:2",
                        "value": "p1",
                        "style": "danger",
                        "confirm": {
                            "title": plain("Stop"),
                            "text": plain("Stop it?"),
                            "confirm": plain("Stop"),
                            "deny": plain("Cancel"),
                            "style": "danger",
                        },
                    },
                    {"type": "button", "text": plain("Open"), "url": "https://example.com", "action_id": "link:3"},
                ],
            },
            {"type": "context", "elements": [plain("small :smile: print")]},
        ],
    }


def rich(element: dict[str, object]) -> dict[str, object]:
    return {"type": "rich_text", "elements": [element]}


def test_a_table_is_a_block_in_a_message_and_lines_on_a_home() -> None:
    view = View("t", (Table(("Key", "Stage"), (("churn", "2"), ("vision", ""))),))
    cells = [[("Key"), ("Stage")], ["churn", "2"], ["vision", "–"]]
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": text} for text in row] for row in cells]}
    assert message(view)["blocks"] == [table]
    lines = "Key     Stage\nchurn   2\nvision  –"
    preformatted = rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": lines}]})
    assert home(view) == {"type": "home", "blocks": [preformatted]}


def test_the_second_table_of_a_message_is_lines() -> None:
    table = Table(("Key",), (("churn",),))
    kinds = [block["type"] for block in message(View("t", (table, table)))["blocks"]]
    assert kinds == ["table", "rich_text"]


def test_what_does_not_fit_is_counted_and_the_buttons_stay() -> None:
    view = View("v", (*(Heading(f"h{n}") for n in range(80)), Buttons((Button("Next", "next"),))))
    made = message(view, Words(more="… und {count} weitere"))["blocks"]
    assert len(made) == 50
    assert made[-2]["elements"] == [plain("… und 32 weitere")]
    assert made[-1]["type"] == "actions"
    assert made[47]["text"] == plain("h47")


def test_fifty_blocks_fit_without_a_note() -> None:
    made = message(View("v", tuple(Heading(f"h{n}") for n in range(50))))["blocks"]
    assert [block["type"] for block in made] == ["header"] * 50


def test_a_long_text_ends_in_an_ellipsis() -> None:
    (block,) = message(View("v", (Heading("x" * 200),)))["blocks"]
    assert block["text"]["text"] == "x" * 149 + "…"


def test_a_view_without_parts_shows_its_text() -> None:
    shown = rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "<!channel> hi"}]})
    assert message(View("<!channel> hi")) == {"text": "&lt;!channel&gt; hi", "blocks": [shown], "mrkdwn": False}


def test_a_mention_that_is_no_member_id_is_its_text() -> None:
    (block,) = message(View("v", (Paragraph((Span("Ann", mention="a:1-2"),)),)))["blocks"]
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "Ann"}]


FORM = Form(
    "start",
    "A title longer than twenty-four",
    "Go",
    (
        Field("name", FieldKind.TEXT, "Name", hint="short", initial="x", max_length=10),
        Field("why", FieldKind.LONG_TEXT, "Why", required=False),
        Field("stage", FieldKind.SELECT, "Stage", options=(Option("One", "1"), Option("Two", "2")), initial="2"),
        Field("owner", FieldKind.PERSON, "Owner", initial="U1"),
        Field("team", FieldKind.PEOPLE, "Team", initial=("U1", "U2")),
        Field("place", FieldKind.CHANNEL, "Channel"),
        Field("due", FieldKind.DATE, "Due", initial="2026-11-30"),
    ),
    value="p1",
    intro=(Paragraph(line("Hello")),),
    cancel="Back",
)


def test_a_form_whole() -> None:
    made = modal(FORM)
    check_view(made)
    inputs = {block["block_id"]: block for block in made.pop("blocks")[1:]}
    assert made == {
        "type": "modal",
        "callback_id": "form:start",
        "title": plain("A title longer than twe…"),
        "private_metadata": "p1",
        "submit": plain("Go"),
        "close": plain("Back"),
    }
    field = {"action_id": "field"}
    two = {"text": plain("Two"), "value": "2"}
    text = field | {"type": "plain_text_input"}
    assert {name: block["element"] for name, block in inputs.items()} == {
        "name": text | {"multiline": False, "max_length": 10, "initial_value": "x"},
        "why": text | {"multiline": True, "max_length": 3000},
        "stage": field
        | {"type": "static_select", "options": [{"text": plain("One"), "value": "1"}, two], "initial_option": two},
        "owner": field | {"type": "users_select", "initial_user": "U1"},
        "team": field | {"type": "multi_users_select", "initial_users": ["U1", "U2"]},
        "place": field
        | {
            "type": "conversations_select",
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        },
        "due": field | {"type": "datepicker", "initial_date": "2026-11-30"},
    }
    assert inputs["name"]["hint"] == plain("short")
    assert [name for name, block in inputs.items() if block["optional"]] == ["why"]


def test_a_loading_form_has_no_submit() -> None:
    made = modal(Form("start", "Start", "", (), intro=(Note(line("One moment")),)))
    check_view(made)
    assert "submit" not in made


def test_more_than_a_hundred_options_keep_the_initial_one_and_count_the_rest() -> None:
    options = tuple(Option(f"o{n}", str(n)) for n in range(130))
    made = modal(Form("f", "F", "Go", (Field("o", FieldKind.SELECT, "O", options=options, initial="120"),)))
    (block,) = made["blocks"]
    assert block["element"]["initial_option"]["value"] == "120"
    assert block["hint"] == plain("… and 30 more")
    check_view(made)


ANY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["<!channel>", "<@U1|x> & </b>", "*b* _i_ `c` ~s~", "\n \n", "\x00", "\ud800", "😀" * 80, "&" * 90]
    ),
    st.builds(lambda text, times: (text or "x") * times, st.text(max_size=4), st.integers(1, 10_000)),
)
SPAN = st.builds(
    Span,
    ANY,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    link=st.one_of(st.none(), ANY, st.sampled_from(["https://a.b/c?d=e", "http://" + "x" * 3000])),
    mention=st.one_of(st.none(), ANY, st.just("U0123ABC")),
)
LINE = st.lists(SPAN, max_size=4).map(tuple)
BUTTON = st.one_of(
    st.builds(Button, ANY, ANY, ANY, st.sampled_from(Style), ANY),
    st.builds(LinkButton, ANY, st.one_of(ANY, st.just("https://example.com"))),
)
TABLE = st.builds(
    Table,
    st.lists(ANY, max_size=24).map(tuple),
    st.lists(st.lists(ANY, max_size=24).map(tuple), max_size=4).flatmap(
        lambda rows: st.integers(1, 40).map(lambda times: tuple(rows) * times)
    ),
)
PART = st.one_of(
    st.builds(Heading, ANY),
    st.builds(Paragraph, LINE),
    st.builds(Bullets, st.lists(LINE, max_size=5).map(tuple), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(ANY, LINE), max_size=5).map(tuple)),
    TABLE,
    st.builds(Choices, ANY, st.lists(st.builds(Choice, ANY, ANY, ANY, st.booleans()), max_size=6).map(tuple)),
    st.builds(Buttons, st.lists(BUTTON, max_size=6).flatmap(lambda b: st.integers(1, 10).map(lambda n: tuple(b) * n))),
    st.builds(Note, LINE),
    st.just(Divider()),
)
PARTS = st.lists(PART, max_size=6).flatmap(
    lambda parts: st.sampled_from([1, 1, 3, 34]).map(lambda times: (tuple(parts) * times)[:200])
)
VIEWS = st.builds(View, ANY, PARTS)
FIELD = st.builds(
    Field,
    st.just("f"),
    st.sampled_from(FieldKind),
    ANY,
    ANY,
    st.booleans(),
    st.one_of(st.none(), ANY, st.lists(ANY, max_size=3).map(tuple)),
    st.lists(st.builds(Option, ANY, ANY), max_size=3).flatmap(
        lambda some: st.integers(1, 60).map(lambda n: tuple(some) * n)
    ),
    st.integers(0, 9_999),
)
slow = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@slow
@given(VIEWS)
def test_no_view_is_refused_as_a_message(view: View) -> None:
    check_message(message(view))


@slow
@given(VIEWS)
def test_no_view_is_refused_on_a_home_or_in_a_modal(view: View) -> None:
    check_view(home(view))
    check_view(reading(view.text, view))


@slow
@given(ANY, ANY, st.lists(FIELD, max_size=5), ANY, PARTS)
def test_no_form_is_refused(
    title: str, submit: str, fields: list[Field], value: str, intro: tuple[Heading, ...]
) -> None:
    import dataclasses

    own = tuple(dataclasses.replace(field, id=f"f{n}") for n, field in enumerate(fields))
    check_view_or_empty(modal(Form("f", title, submit, own, value, intro, submit)))


def check_view_or_empty(view: dict[str, object]) -> None:
    if view["blocks"]:
        check_view(view)


@pytest.mark.parametrize("number", [1, 49, 50, 51, 200])
def test_any_number_of_choices_fits(number: int) -> None:
    choices = Choices("p", tuple(Choice("x" * 80, "y" * 400, f"{n}") for n in range(number)))
    made = blocks(View("v", (choices, Buttons((Button("More", "more"),)))), "message")
    check_blocks(made, "message")
    assert made[-1]["type"] == "actions"


def test_the_fallback_of_a_view_without_a_sentence_is_its_words() -> None:
    assert fallback(View("", (Heading("A & B"),))) == "## A &amp; B"
