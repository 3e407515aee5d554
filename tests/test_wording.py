"""Every language says everything, every slot is said in an example, and no sentence stands in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta

from bot.documents import documents, has_documents
from bot.exporting import export_documents, is_written
from bot.manifests import slack_commands, teams_files
from bot.platforms.slack.flows import SAID
from bot.platforms.teams.flows import EDGE
from bot.readiness.filters import FilterFault, FiltersRefused, Mistake
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.wording.engine import LANGUAGES, TEMPLATES, Page, Words, _environment
from bot.wording.pages import commands, present, present_fault, present_field_faults, present_loading, present_refusal
from tests.wording.test_every_page import EXAMPLES, FACTS

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


def test_every_slot_is_said_in_an_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: set[tuple[str, str]] = set()
    for name in ("line", "text"):
        rendered = getattr(Page, name)

        def remembered(page: Page, slot: str, /, _rendered: object = rendered, **values: object) -> object:
            said.add((str(page.template.name).removesuffix(".j2"), slot))
            return _rendered(page, slot, **values)  # type: ignore[operator]

        monkeypatch.setattr(Page, name, remembered)
    words = Words("en")
    commands._help.cache_clear()
    for card in EXAMPLES.values():
        present(card, words)
        if has_documents(card):
            documents(card, words)
        if is_written(card):
            export_documents(card, words, tmp_path)
    for refusal in Refusal:
        if refusal is not Refusal.FIELDS:
            present_refusal(Refused(refusal, **FACTS), words)
    for mistake in Mistake:
        fault = FilterFault(mistake, "word", 1, "stage", tuple("123456789"))
        present_refusal(FiltersRefused((fault,)), words)
    present_fault("abcd1234", words)
    present_loading(words)
    slack_commands()
    teams_files()
    for code in words.page("field_faults").template.blocks:
        present_field_faults(FieldsRefused({"name": code}), words)
    said |= {("edge", slot) for slot in (*SAID, *EDGE)}
    unsaid = {(page, slot) for page in PAGES for slot in words.page(page).template.blocks} - said
    assert not unsaid, "\n".join(f"{page}: {slot}" for page, slot in sorted(unsaid))


ROOT = Path(__file__).parent.parent
NOT_SAID = {"typed.py", "typed_times.py", "quantities.py", "lexicon.py", "stems.py", "manifest.py"} | {
    "asking_lexicon.py",
    "asking_small.py",
    "asking_times.py",
}
"""What people type, and what the platform's own page shows of the app."""
SPEAKING = [
    path
    for folder in ("readiness", "chat", "usecases", "wording", "platforms")
    for path in sorted((ROOT / "bot" / folder).rglob("*.py"))
    if "examples" not in path.name and path.name not in NOT_SAID
] + [ROOT / "bot" / name for name in ("conversation.py", "commands.py", "presses.py", "forms.py", "dispatch.py")]
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
FOR_US = {"debug", "info", "warning", "error", "fault", "add_note", "__init__"}
"""Calls whose words are for a log, for a fault of ours, or for whoever writes a framework file."""


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_for_people_stands_in_python(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = {id(node) for node in _for_us(tree)}
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in ours
        if SENTENCE.search(node.value)
    ]
    assert not sentences


def _for_us(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, errors of ours, assertions, and what goes into a log."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as words):
                yield words
            case ast.Raise() | ast.Assert():
                yield from ast.walk(node)
            case ast.Call(func=ast.Attribute(attr=name)) if name in FOR_US:
                yield from ast.walk(node)
