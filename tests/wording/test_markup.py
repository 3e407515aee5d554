"""The markup of templates, and the fence around people's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.view import Span
from bot.wording.markup import Link, Mention, bare, fence, parse

HOSTILE = ["**x**", "_x_", "`x`", "<!channel>", "<@U1>", "\ue000x\ue001", "\ue002U1\ue001x\ue001", "a\nb", "", "مرحبا"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_never_markup(text: str) -> None:
    said = parse(f"Hello {fence(text)}!")
    assert all(span == Span(span.text) for span in said)
    assert "".join(span.text for span in said) == f"Hello {text.translate({0xE000: '', 0xE001: '', 0xE002: ''})}!"


@given(st.text())
def test_whatever_people_write_stays_one_plain_run(text: str) -> None:
    assert all(span == Span(span.text) for span in parse(fence(text)))


def test_styles_go_around_values() -> None:
    assert parse(f"a **{fence('b')} c** _d_ `e` snake_case") == (
        Span("a "),
        Span("b c", bold=True),
        Span(" "),
        Span("d", italic=True),
        Span(" "),
        Span("e", code=True),
        Span(" snake_case"),
    )


def test_mentions_and_links_keep_their_targets() -> None:
    assert parse(fence(Mention("U1", "Mei")) + fence(Link("https://a", "b"))) == (
        Span("Mei", mention="U1"),
        Span("b", link="https://a"),
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "//host"])
def test_only_http_becomes_a_link(address: str) -> None:
    assert parse(fence(Link(address, "text"))) == (Span("text"),)


def test_plain_text_drops_the_styles() -> None:
    assert bare(f"**{fence('Churn')}** moved") == "Churn moved"
