"""Every language says everything, and every slot is said somewhere."""

import pytest
from jinja2 import meta

from bot.wording.engine import LANGUAGES, TEMPLATES, _environment

PAGES = sorted(path.stem for path in (TEMPLATES / "en").glob("*.j2"))
OTHERS = [language for language in LANGUAGES if language != "en"]


def slots(language: str, page: str) -> dict[str, frozenset[str]]:
    """Block -> the values it needs."""
    environment = _environment(language)
    template = environment.get_template(f"{page}.j2")
    source = (TEMPLATES / language / f"{page}.j2").read_text(encoding="utf-8")
    pieces = source.split("{% block ")
    needs = {}
    for piece in pieces[1:]:
        name, _, rest = piece.partition(" %}")
        needs[name] = frozenset(meta.find_undeclared_variables(environment.parse(rest.partition("{% endblock %}")[0])))
    assert needs.keys() == template.blocks.keys(), (language, page)
    return needs


def test_english_and_german_are_shipped() -> None:
    assert LANGUAGES == ("de", "en")


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_same_pages(language: str) -> None:
    assert sorted(path.stem for path in (TEMPLATES / language).glob("*.j2")) == PAGES


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", OTHERS)
def test_a_page_has_the_same_slots_with_the_same_values(language: str, page: str) -> None:
    assert slots(language, page) == slots("en", page)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_invalid(language: str, page: str) -> None:
    text = (TEMPLATES / language / f"{page}.j2").read_text(encoding="utf-8").lower()
    assert "invalid" not in text
    assert "ungültig" not in text
