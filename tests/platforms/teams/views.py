"""Views and forms of every shape, with everything a person may write."""

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
    Heading,
    LinkButton,
    Note,
    Option,
    Paragraph,
    Span,
    Style,
    Table,
    View,
)

HOSTILE = [
    *("<at>Ann</at>", "**b** _i_ `c` ~~s~~", "[a](https://evil.example)", "{{DATE(2026-11-28T10:00:00Z,SHORT)}}"),
    *("\n \n", "\x00", "\ud800", "😀" * 80, "\\" * 90, "مرحبا " * 20, '"\t' * 60),
]
ANY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.builds(lambda text, times: (text or "x") * times, st.text(max_size=4), st.integers(1, 5_000)),
)
SPAN = st.builds(
    Span,
    ANY,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    link=st.one_of(st.none(), ANY, st.sampled_from(["https://a.b/c?d=e", "http://" + "x" * 3000])),
    mention=st.one_of(st.none(), ANY, st.just("22222222-2222-4222-8222-222222222220"), st.just("29:1ann")),
)
LINE = st.lists(SPAN, max_size=4).map(tuple)
BUTTON = st.one_of(
    st.builds(Button, ANY, ANY, ANY, st.sampled_from(Style), ANY),
    st.builds(LinkButton, ANY, st.one_of(ANY, st.just("https://example.com"))),
)
TABLE = st.builds(
    Table,
    st.lists(ANY, max_size=14).map(tuple),
    st.lists(st.lists(ANY, max_size=14).map(tuple), max_size=4).flatmap(
        lambda rows: st.integers(1, 20).map(lambda times: tuple(rows) * times)
    ),
)
PART = st.one_of(
    st.builds(Heading, ANY),
    st.builds(Paragraph, LINE),
    st.builds(Bullets, st.lists(LINE, max_size=5).map(tuple), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(ANY, LINE), max_size=5).map(tuple)),
    TABLE,
    st.builds(Choices, ANY, st.lists(st.builds(Choice, ANY, ANY, ANY, st.booleans()), max_size=6).map(tuple)),
    st.builds(Buttons, st.lists(BUTTON, max_size=6).flatmap(lambda b: st.integers(1, 4).map(lambda n: tuple(b) * n))),
    st.builds(Note, LINE),
    st.just(Divider()),
)
PARTS = st.lists(PART, max_size=6).flatmap(
    lambda parts: st.sampled_from([1, 1, 3, 20]).map(lambda times: (tuple(parts) * times)[:100])
)
VIEWS = st.builds(View, ANY, PARTS)
FIELD = st.builds(
    Field,
    st.just("f"),
    st.sampled_from(FieldKind),
    ANY,
    ANY,
    st.booleans(),
    st.one_of(st.none(), st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3).map(tuple)),
    st.lists(st.builds(Option, ANY, st.text(min_size=1, max_size=40)), max_size=3).flatmap(
        lambda some: st.integers(1, 10).map(lambda n: tuple(some) * n)
    ),
    st.integers(0, 3_000),
)
