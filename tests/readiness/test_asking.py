"""Questions in plain words, rule by rule; how often it is right over many of them stands in test_asking_figures."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.reader import read_framework
from bot.readiness.asking import Ask, Reading, read_reading
from bot.readiness.asking_lexicon import LEXICON
from bot.readiness.asking_reader import read_question
from bot.readiness.asking_times import find_times
from bot.readiness.asking_words import fold, phrase_words, runs, tokens
from bot.readiness.spoken import spoken
from tests.frameworks import FILES
from tests.readiness.asked import PARTS, questions, read, world

KNOWN, TODAY = world()


def written(text: str) -> tuple[bool, list[str], tuple[str, ...]]:
    found = read(text)
    assert found is not None, text
    return found.sure, [reading.written() for reading in found.readings], found.unread


def test_what_is_sure_is_one_reading_and_what_is_not_offers_the_nearest() -> None:
    assert written("which projects are stuck on data?") == (True, ["list barrier:data"], ())
    assert written("which projects are stuck on data since the merger?") == (
        False,
        ["list barrier:data"],
        ("since", "merger"),
    )
    assert written("churn?") == (False, ["status churn", "why churn", "blockers churn"], ())
    assert written("churn and pricing") == (False, ["compare churn pricing", "status churn", "status pricing"], ())
    assert written("which projects would the board like?") == (False, [], ("board", "like"))
    # What filters say with a minus is not to be answered by its contrary.
    for text in ("projects blocked, -overdue", "welche Projekte sind -blocked?", "blocked projects but -waived"):
        assert not written(text)[0], text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since Friday", 5),
        ("since last friday", 5),
        ("seit Mittwoch", 7),
        ("since yesterday", 1),
        ("since today", 0),
        ("heute", 0),
        ("since 2026-11-05", 20),
        ("seit dem 1.11.", 24),
        ("seit 24.12.", 336),
        ("since March", 269),
        ("since 3 October", 53),
        ("since October 3", 53),
        ("this week", 2),
        ("diesen Monat", 24),
        ("this quarter", 55),
        ("in the last 3 weeks", 21),
        ("in den letzten zwei Wochen", 14),
        ("over the past year", 365),
        ("last month", 30),
        ("ten", None),
        ("since the reorg", None),
        ("since 31.2.", None),
        ("since 2027-01-01", None),
    ],
)
def test_since_when(text: str, days: int | None) -> None:
    found = find_times(tokens(text), TODAY)
    assert [each.span.days for each in found] == ([] if days is None else [days])
    if days is not None:
        assert found[0].end == len(tokens(text))


def test_how_long_is_told_apart_from_since_when() -> None:
    (lasting,) = find_times(tokens("not assessed for more than two months"), TODAY)
    assert (lasting.span.days, lasting.span.lasting) == (60, True)
    assert written("which projects have not been assessed for 60 days?")[1] == ["list -age:<=60"]
    # How long a blocker stands, no filter tells.
    assert written("what has been blocked for 60 days?")[0] is False


def test_it_in_a_projects_channel_is_the_project() -> None:
    found = read_question("why is it only stage 2?", replace(KNOWN, here="churn"), TODAY)
    assert found is not None
    assert (found.sure, found.readings) == (True, (Reading(Ask.WHY, projects=("churn",)),))
    elsewhere = read("why is it only stage 2?")
    assert elsewhere is not None
    assert not elsewhere.sure


def test_a_name_that_two_things_have_is_asked_back() -> None:
    twice = replace(KNOWN, teams=(*KNOWN.teams, "Finance"), projects={**KNOWN.projects, "data": "Data lake"})
    for text in ("overdue projects in Finance", "which projects are stuck on data?"):
        found = read_question(text, twice, TODAY)
        assert found is not None
        assert not found.sure


def test_a_slip_of_the_keyboard_is_read_over_and_another_word_is_not() -> None:
    assert written("whcih projcts are overdeu?") == (True, ["list overdue"], ())
    assert written("why is chrun only stage 2")[1][0] == "why churn"
    # "state" is not "stage", "locked" not "blocked", "later" not "late".
    for text in ("which projects are in state 3?", "which projects are locked?", "which projects come later?"):
        assert written(text)[0] is False


def test_names_are_found_whole_in_any_case_and_without_their_signs() -> None:
    for text in ("why is DYNAMIC PRICING — süd & west at stage 1?", "why is dynamic pricing sued west at stage 1?"):
        assert written(text)[:2] == (True, ["why pricing", "blockers pricing"])
    assert "dynamic pricing — süd & west" in runs("why is Dynamic pricing — Süd & West so low?", 8)
    assert "dan" in runs("Dan’s projects", 3)


def test_a_reading_is_written_as_it_is_read() -> None:
    for part in PARTS:
        for _, text, _ in questions(part):
            for reading in getattr(read(text), "readings", ()):
                assert read_reading(reading.written(), KNOWN.vocabulary) == reading, text


@pytest.mark.parametrize("line", ["", "why", "why churn pricing", "compare churn", "destroy churn", "overview churn"])
def test_a_line_that_is_no_reading_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_reading(line, KNOWN.vocabulary)


WORDS = st.sampled_from([*(word for phrases in LEXICON.values() for word in fold(phrases).replace("|", " ").split())])
PIECES = st.one_of(
    WORDS, st.sampled_from([*KNOWN.projects, *KNOWN.teams, "7", "99999", "<", "?", ",", "since"]), st.text(max_size=8)
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_is_typed_has_readings_that_can_be_written_and_read(text: str) -> None:
    found = read(text)
    assert found == read(text)
    if found is not None:
        assert bool(found.readings) >= found.sure
        for reading in found.readings:
            assert read_reading(reading.written(), KNOWN.vocabulary) == reading


def test_no_phrase_of_ours_means_two_things() -> None:
    meanings: dict[tuple[str, ...], set[object]] = {}
    for cue, phrases in LEXICON.items():
        for phrase in phrases.split("|"):
            meanings.setdefault(phrase_words(phrase.strip()), set()).add(cue)
    assert {phrase: cues for phrase, cues in meanings.items() if len(cues) > 1} == {}


def test_a_framework_without_words_of_its_own_is_asked_by_its_names() -> None:
    framework = read_framework(FILES["claims.yaml"]())
    vocabulary, stages = spoken(framework)
    first = framework.dimensions[0]
    assert vocabulary.dimensions[first.id] == vocabulary.dimensions[first.name["en"].lower()] == first.id
    known = replace(KNOWN, vocabulary=vocabulary, stages=stages)
    found = read_question(f"which projects are blocked by {first.name['en']}?", known, date(2026, 11, 25))
    assert found is not None
    assert [reading.written() for reading in found.readings] == [f"list dimension:{first.id}"]
