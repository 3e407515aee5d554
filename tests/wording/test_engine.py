"""A sentence that never changes is worded once; one that holds values is worded anew, and never without them."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot.commands import help_card
from bot.wording.engine import LANGUAGES, Words
from bot.wording.pages import present


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slot_without_values_is_worded_once_for_each_language(language: str) -> None:
    assert Words(language).page("help").line("intro") is Words(language).page("help").line("intro")
    assert Words(language).page("help").text("title") is Words(language).page("help").text("title")


def test_languages_pages_and_slots_do_not_take_each_others_words() -> None:
    english, german = Words("en"), Words("de")
    assert english.page("home").text("no_blockers") != german.page("home").text("no_blockers")
    assert english.page("home").text("summary") != english.page("help").text("summary")
    assert english.page("help").text("title") != english.page("help").text("summary")


def test_a_slot_with_values_says_the_values_of_this_time() -> None:
    page = Words("en").page("edge")
    assert [page.text("more", count=count) for count in (1, 2)] == ["… and 1 more", "… and 2 more"]


def test_what_is_missing_is_an_error_every_time() -> None:
    for _ in range(2):
        with pytest.raises(UndefinedError):
            Words("en").page("edge").text("more")
        with pytest.raises(KeyError):
            Words("en").page("edge").text("no such slot")
        with pytest.raises(TemplateNotFound):
            Words("en").page("no such page")


def test_help_is_worded_once_for_each_topic_and_language() -> None:
    whole, topic = help_card(""), help_card("status")
    for words in (Words("en"), Words("de")):
        assert present(whole, words) is present(help_card(""), words)
        assert present(topic, words) is present(help_card("status"), words)
    assert len({present(card, Words(language)) for card in (whole, topic) for language in ("en", "de")}) == 4
