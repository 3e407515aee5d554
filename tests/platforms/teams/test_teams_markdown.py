"""Nothing that a person wrote is read as Markdown, as a mention or as a date; our own styles are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.view import Span, line
from bot.platforms.teams.markdown import Mentions, Room, escaped, markdown, paragraphs

ANN = "22222222-2222-4222-8222-222222222220"
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""More than Teams reads: what is safe here is safe there."""
DATE = re.compile(r"\{{2}(?:DATE|TIME)\(", re.IGNORECASE)


def read(text: str) -> tuple[str, list[str]]:
    """What a reader sees, and what he sees of it in bold or italics or as a link."""
    shown: list[str] = []
    kinds: list[str] = []
    for token in READER.parse(text):
        if token.type not in ("paragraph_open", "paragraph_close", "inline"):
            kinds.append(token.type)
        for inner in token.children or []:
            _read(inner, shown, kinds)
    return "".join(shown), kinds


def _read(token: Token, shown: list[str], kinds: list[str]) -> None:
    if token.type == "text":
        shown.append(token.content)
    elif token.type in ("softbreak", "hardbreak"):
        shown.append("\n")
    elif not token.type.endswith("_close"):
        kinds.append(token.type.removesuffix("_open"))


WILD = st.text(st.sampled_from("*_`[](){}<>&#+-=~|\\!/.:;1 9ab\n\tDATE"), max_size=40)
KNOWN = st.sampled_from(
    [
        *("# a", "- a", "+ a", "1. a", "12) a", "> a", "---", "===", "```a", "~~a~~", "**a**", "_a_", "__a__"),
        *("[a](https://b)", "![a](b)", "<b>a</b>", "<https://a.b>", "<at>Ann</at>", "&lt;b&gt;", "&#42;a&#42;"),
        *(
            "{{DATE(2026-11-28T10:00:00Z, SHORT)}}",
            "a|b\n-|-\nc|d",
            "    code",
            "a  \nb",
            "a\\\nb",
            "مرحبا *x*",
            "🎉_x_🎉",
        ),
    ]
)
TEXT = st.one_of(WILD, KNOWN, st.text(max_size=30))
few = settings(deadline=None, max_examples=150)


@few
@given(st.lists(TEXT, max_size=3).map("".join))
def test_a_text_is_shown_as_it_was_written_but_for_its_spaces(text: str) -> None:
    made = escaped(text)
    shown, kinds = read(made)
    assert kinds == []
    assert (
        shown.split() == "".join(each for each in text if each != "\x00" and not "\ud800" <= each <= "\udfff").split()
    )
    assert not DATE.search(made)
    assert "<at>Ann</at>" not in made


STYLED = st.builds(Span, TEXT, bold=st.booleans(), italic=st.booleans(), code=st.booleans())


@few
@given(st.lists(STYLED, max_size=4))
def test_styles_change_no_word_and_are_all_seen(spans: list[Span]) -> None:
    made = paragraphs(tuple(spans), Mentions(), Room(10_000))
    read_back = [read(text) for text in made]
    shown = "".join(text for text, _ in read_back)
    said = "".join(span.text.removeprefix("/") if span.code else span.text for span in spans)
    assert re.sub(r"\s", "", shown) == re.sub(r"[\s\x00]", "", said)
    assert {kind for _, kinds in read_back for kind in kinds} <= {"strong", "em"}
    if any(span.bold and span.text.strip() for span in spans if "\x00" not in span.text):
        assert any("strong" in kinds for _, kinds in read_back)
    assert not any(DATE.search(text) for text in made)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((Span("Owner: ", bold=True), Span("Ann")), "**Owner:** Ann"),
        ((Span("a", bold=True), Span("b")), "**a**\u200ab"),
        ((Span("stage 3", bold=True), Span(".")), "**stage 3**."),
        ((Span("a", bold=True), Span("b", italic=True)), "**a**\u200a_b_"),
        ((Span("a", bold=True, italic=True),), "**_a_**"),
        ((Span("Type "), Span("/readiness resume", code=True), Span(" now")), "Type **readiness resume** now"),
        ((Span("why", link="https://x.y/(a)_b"),), "[why](https://x.y/%28a%29_b)"),
        ((Span("why", link="javascript:alert(1)"),), "why (javascript:alert(1))"),
        ((Span("", link="https://x.y/a_b"),), r"[https://x.y/a\_b](https://x.y/a_b)"),
        ((Span("snake_case *and* <b> & co < 5"),), r"snake\_case \*and\* \<b> & co < 5"),
        ((Span("3. May"),), r"3\. May"),
        ((Span("-5 %"),), "-5 %"),
    ],
)
def test_a_line(spans: tuple[Span, ...], expected: str) -> None:
    assert markdown(spans, Mentions()) == expected


def test_line_breaks_are_paragraphs_and_empty_ones_are_left_out() -> None:
    spans = (Span("one\n\nt", bold=True), Span("wo\r\n# three"))
    assert paragraphs(spans, Mentions()) == ["**one**", "**t**\u200awo", r"\# three"]


def test_a_mention_rings_by_its_account() -> None:
    mentions = Mentions()
    said = markdown((Span("Ask "), Span("Ann *Lee*", mention=ANN), Span(".")), mentions)
    assert said == "Ask <at>Ann Lee</at>."
    assert mentions.of(said) == [
        {"type": "mention", "text": "<at>Ann Lee</at>", "mentioned": {"id": ANN, "name": "Ann Lee"}}
    ]


def test_two_people_of_one_name_are_both_rung() -> None:
    mentions = Mentions()
    other = ANN[:-1] + "7"
    said = markdown((Span("Ann", mention=ANN), Span(" "), Span("Ann", mention=other)), mentions)
    assert said == "<at>Ann</at> <at>Ann\u200b</at>"
    assert [entity["mentioned"]["id"] for entity in mentions.of(said)] == [ANN, other]


def test_an_account_of_another_platform_is_its_name() -> None:
    mentions = Mentions()
    assert markdown((Span("Ann_B", mention="U0ANN"),), mentions) == r"Ann\_B"
    assert mentions.entities == {}


def test_a_text_that_says_a_mention_rings_nobody() -> None:
    mentions = Mentions()
    said = markdown((Span("Ann", mention=ANN), *line(" wrote <at>Ann</at>")), mentions)
    assert said == r"<at>Ann</at> wrote \<at>Ann\</at>"
    assert read(said)[0].count("<at>") == 1
