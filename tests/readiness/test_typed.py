"""What typed replies mean, as a table."""

import pytest

from bot.readiness.typed import Reply, understand, words_around

LINK = "https://wiki.northwind.example/churn/report"


@pytest.mark.parametrize(
    ("text", "kind", "level", "link"),
    [
        ("3", Reply.LEVEL, 3, None),
        (" level 2 ", Reply.LEVEL, 2, None),
        ("Stufe 4.", Reply.LEVEL, 4, None),
        ("L0", Reply.LEVEL, 0, None),
        ("level two", Reply.LEVEL, 2, None),
        ("Vier", Reply.LEVEL, 4, None),
        ("5", Reply.NO_LEVEL, None, None),
        ("-1", Reply.NO_LEVEL, None, None),
        ("Level 9", Reply.NO_LEVEL, None, None),
        ("5 of us", Reply.NOTE, None, None),
        ("don\u2019t know", Reply.UNKNOWN, None, None),
        ("Keine Ahnung!", Reply.UNKNOWN, None, None),
        ("?", Reply.WHY, None, None),
        ("n/a", Reply.NOT_APPLICABLE, None, None),
        ("Unchanged.", Reply.UNCHANGED, None, None),
        ("zurück", Reply.BACK, None, None),
        ("skip", Reply.SKIP, None, None),
        ("PAUSE", Reply.PAUSE, None, None),
        ("weiter", Reply.RESUME, None, None),
        ("why?", Reply.WHY, None, None),
        ("Auch nicht meine.", Reply.NOT_MINE_EITHER, None, None),
        ("no link", Reply.NOT_NOW, None, None),
        ("https://wiki/x", Reply.LINK, None, "https://wiki/x"),
        ("see https://wiki/x, page 2", Reply.LINK, None, "https://wiki/x"),
        ("we rehearsed it in August", Reply.NOTE, None, None),
        ("back in August we rehearsed", Reply.NOTE, None, None),
        ("", Reply.NOTE, None, None),
        ("\u200f3\u200f", Reply.NOTE, None, None),
    ],
)
def test_a_typed_reply_means(text: str, kind: Reply, level: int | None, link: str | None) -> None:
    reply = understand(text)
    assert (reply.kind, reply.level, reply.link) == (kind, level, link)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (LINK, ""),
        (f"the report of October\n{LINK}", "the report of October"),
        (f"rehearsed in August, notes at {LINK}", f"rehearsed in August, notes at {LINK}"),
    ],
)
def test_a_line_that_is_only_the_link_is_no_note(text: str, around: str) -> None:
    assert words_around(text, LINK) == around
