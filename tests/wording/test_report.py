"""The report: its whole text, and a page that needs nothing, escapes everything and links only where it may."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.documents import documents
from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.file_cards import ReportCard
from bot.wording.engine import LANGUAGES, Words
from bot.wording.evidence import safe_address
from bot.wording.pages.examples_files import report_card
from bot.wording.pages.examples_projects import NOW

EXPECTED = Path(__file__).parent / "report.md"
HOSTILE = '<script>alert(1)</script> "quoted" <!channel> {{ 7 * 7 }} | a | **b** [x](javascript:alert(1)) مرحبا'
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes in order, open tags checked, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.words.append("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(card: ReportCard, language: str = "en") -> str:
    return documents(card, Words(language))[0].content.decode()


def markdown_of(card: ReportCard, language: str = "en") -> str:
    return documents(card, Words(language))[1].content.decode()


def with_answer(card: ReportCard, **changes: Any) -> ReportCard:
    """The card with its first answer told differently, in the receipt as well."""
    line, *lines = card.proof.receipt.lines
    first = line.answers[0]
    answer: Answer = replace(card.proof.answers[first.answer_id], **changes)
    told = replace(first, link=answer.evidence.link, strength=answer.evidence.strength, approved_by=answer.approved_by)
    receipt = replace(card.proof.receipt, lines=(replace(line, answers=(told,)), *lines))
    answers = {**card.proof.answers, answer.id: answer}
    return replace(card, proof=replace(card.proof, receipt=receipt, answers=answers))


def hostile_card() -> ReportCard:
    card = report_card()
    project = replace(card.project, name=HOSTILE, team=HOSTILE)
    people = {key: replace(person, name=HOSTILE) for key, person in card.proof.people.items()}
    card = replace(card, status=replace(card.status, project=project), proof=replace(card.proof, people=people))
    bad = Evidence(EvidenceStrength.LINKED, "javascript:alert(document.cookie)")
    return with_answer(card, note=HOSTILE, evidence=bad, facts={HOSTILE: HOSTILE})


def test_the_whole_report_reads_so_as_markdown() -> None:
    assert markdown_of(report_card()) == EXPECTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", [report_card(), hostile_card()], ids=["usual", "hostile"])
def test_the_page_needs_nothing_from_anywhere_and_runs_nothing(card: ReportCard, language: str) -> None:
    text = page_of(card, language)
    page = Page(text)
    assert page.open == []
    for tag in ("script", "link", "img", "iframe", "object", "embed", "form", "base"):
        assert page.of(tag) == [], tag
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "src" not in attributes, tag
        for name in ("href", "xlink:href"):
            address = attributes.get(name) or "#"
            assert address.startswith(("#", "https://", "http://")), address
    assert "url(http" not in text
    assert "@import" not in text
    (policy,) = [meta["content"] for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_be_read_without_eyes(language: str) -> None:
    page = Page(page_of(report_card(), language))
    assert page.of("html") == [{"lang": language}]
    assert len(page.of("h1")) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(cell["scope"] in ("col", "row") for cell in page.of("th"))
    assert len(page.of("caption")) == len(page.of("table")) == 4
    pictures = [attributes for _, attributes in page.tags if attributes.get("role") == "img"]
    assert [bool(picture["aria-label"]) for picture in pictures] == [True, True]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_what_people_wrote_stands_there_as_they_wrote_it() -> None:
    page = Page(page_of(hostile_card()))
    assert page.text.count(" ".join(HOSTILE.split())) >= 5
    assert "javascript:alert(document.cookie)" in page.text
    text = markdown_of(hostile_card())
    assert "<script>" not in text
    assert "[x](javascript" not in text
    assert "evidence: javascript:alert(document.cookie)" in text
    rows = [row.replace("\\|", "") for row in text.splitlines() if row.startswith("| ")]
    assert {row.count("|") for row in rows} <= {4, 6, 8}


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://wiki.example/a b?x=1#y", "https://wiki.example/a%20b?x=1#y"),
        ('http://wiki.example/">x', "http://wiki.example/%22%3Ex"),
        ("JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("//wiki.example/x", None),
        ("http://[broken", None),
    ],
)
def test_only_http_and_https_become_links(address: str, link: str | None) -> None:
    assert safe_address(address) == link


def test_an_answer_is_shown_with_all_that_backs_it() -> None:
    evidence = Evidence(EvidenceStrength.VERIFIED, "https://wiki.example/proof")
    card = with_answer(report_card(), evidence=evidence, approved_by="mei", note="Two\nlines", facts={"owner": "Mei"})
    text = Page(page_of(card)).text
    assert "verified evidence · agreed to by Mei Tanaka “Two lines” owner: Mei" in text
    assert "[verified evidence](<https://wiki.example/proof>)" in markdown_of(card)


def test_a_first_result_has_no_changes_and_an_open_one_no_history() -> None:
    first = replace(report_card(), milestones=report_card().milestones[:1], changes=())
    assert "## What changed" not in markdown_of(first)
    assert "## History" in markdown_of(first)
    still_open = replace(first, milestones=())
    assert "so far: the first assessment is still open" in markdown_of(still_open)
    assert "## History" not in markdown_of(still_open)
    assert "trend-" not in page_of(still_open)


def test_a_dimension_left_out_of_the_stage_is_named_and_has_no_bars() -> None:
    card = report_card()
    line, *lines = card.proof.receipt.lines
    out = replace(line, excluded=True, kind=AnswerKind.NOT_APPLICABLE, level=None)
    scorecard = card.status.scorecard
    assert scorecard is not None
    receipt = replace(card.proof.receipt, lines=(out, *lines))
    status = replace(card.status, scorecard=replace(scorecard, exclusions=(line.dimension_id,)))
    text = markdown_of(replace(card, proof=replace(card.proof, receipt=receipt), status=status))
    assert "| Dimension 0 of the readiness checklist | – | – | – | – | – | – |" in text
    assert "Left out of the stage because it does not apply: Dimension 0 of the readiness checklist." in text


def test_dates_are_those_of_the_readers_zone_and_language() -> None:
    card = replace(report_card(), made_at=NOW.replace(hour=23, minute=30))
    assert "Made on 24 Nov 2026 for Olivia Brandt." in markdown_of(card)
    assert "Erstellt am 24. Nov 2026 für Olivia Brandt." in markdown_of(card, "de")
