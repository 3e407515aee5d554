"""The pages of the portfolio say what their cards hold, to those who may read it, within what a chat can show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.plain import plain
from bot.chat.view import Button, Buttons, Table, View
from bot.commands import COMMANDS, help_card
from bot.content.reader import shipped_framework
from bot.platforms.slack.render import blocks, text_units
from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength, Person, Project, Summary
from bot.readiness.blockers import Blocker
from bot.readiness.cards import FormOffer
from bot.readiness.digests import First
from bot.readiness.milestone import Milestone
from bot.readiness.organization import Member, organization_stage
from bot.readiness.portfolio import Census
from bot.readiness.project_cards import (
    BarrierCount,
    BlockersCard,
    HistoryCard,
    HomeCard,
    OpenBlocker,
    OverviewCard,
    PortfolioBrief,
    Progress,
    ReceiptCard,
    StatusCard,
)
from bot.readiness.rating import rate_all
from bot.readiness.receipts import receipt
from bot.readiness.scoring import FindingKind, Severity, score
from bot.usecases.portfolio import barrier_lines
from bot.wording.engine import LANGUAGES, Words
from bot.wording.pages import command_descriptions, present, present_loading

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FRAMEWORK = shipped_framework()
ENGLISH = Words("en")
MEI = Person("mei", "Mei *bold*", account="U0MEI")
CHURN = Project("p1", "churn", "Churn **now**", "mei", exposure=3, created_at=NOW)
ANSWERS = [
    Answer(
        f"a{n}",
        "p1",
        "as1",
        "i1",
        dimension.id,
        "mei",
        AnswerKind.LEVEL,
        NOW,
        level=n % 3,
        evidence=Evidence(EvidenceStrength.LINKED, "https://proof.example/1") if n % 2 else Evidence(),
        note="our own words" if n == 0 else "",
    )
    for n, dimension in enumerate(FRAMEWORK.dimensions[:-1])
]
RATINGS = rate_all(FRAMEWORK, ANSWERS, CHURN.roles)
SCORED = score(FRAMEWORK, 3, None, RATINGS)
PROGRESS = Progress("as1", 7, 10, (MEI,), NOW + timedelta(days=4))


def shown(card: object) -> View:
    view = present(card, ENGLISH)
    assert isinstance(view, View)
    return view


def presses(view: View) -> list[str]:
    rows = [part for part in view.parts if isinstance(part, Buttons)]
    return [button.press for row in rows for button in row.buttons if hasattr(button, "press")]


def status(**more: object) -> StatusCard:
    card = StatusCard(CHURN, FRAMEWORK, MEI, "Europe/Berlin", may_steer=False, may_read=False)
    return replace(card, **more)  # type: ignore[arg-type]


def open_blocker(n: int = 0, days: int = 3) -> OpenBlocker:
    dimension = FRAMEWORK.dimensions[n % len(FRAMEWORK.dimensions)]
    found = Blocker(
        f"b{n}", "p1", dimension.id, FindingKind.MISSING, Severity.HIGH, NOW, "m1", stage=3, need=dimension.need(3)
    )
    return OpenBlocker(found, dimension, FRAMEWORK.barrier(dimension.primary), days)


def overview(count: int, shown_count: int) -> OverviewCard:
    summary = Summary("m1", 2, 2, 3, "ahead_of_readiness", 55, 3, 1, 0, NOW)
    rows = tuple(
        replace(CHURN, id=f"p{n}", key=f"project-{n}", summary=summary if n % 4 else None) for n in range(shown_count)
    )
    return OverviewCard(
        framework=FRAMEWORK,
        census=Census(crossings={(0, 3): min(2, count), (2, 3): max(0, count - 2)}, blockers=9, waivers=1, debtors=1),
        organization=organization_stage([Member(2, 3, founded=True)] * count),
        zone="UTC",
        held_back_by=First(rows[:3], 5),
        barriers=tuple(BarrierCount(barrier, 4, 2, Severity.CRITICAL) for barrier in FRAMEWORK.barriers),
        shared=FRAMEWORK.dimensions[:2],
        blockers=tuple((row, open_blocker(n)) for n, row in enumerate(rows[:5])),
        projects=rows,
    )


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (status(), []),
        (status(may_steer=True), ["start"]),
        (status(may_steer=True, progress=PROGRESS), ["close_assessment"]),
        (status(scorecard=SCORED, taken_at=NOW), ["blockers", "history"]),
        (status(scorecard=SCORED, taken_at=NOW, may_read=True), ["why", "blockers", "history", "whatif", "report"]),
        (status(scorecard=SCORED, taken_at=NOW, may_read=True, so_far=True, progress=PROGRESS), ["why"]),
        (
            status(scorecard=SCORED, taken_at=NOW, may_read=True, may_steer=True, waiting=2, place_id="c1"),
            ["why", "blockers", "history", "whatif", "report", "start", "release"],
        ),
    ],
)
def test_a_status_offers_what_its_reader_may_do(card: StatusCard, expected: list[str]) -> None:
    assert [press for press in presses(shown(card)) if press != "edit"] == expected


def test_a_status_says_how_far_an_open_assessment_is_and_whom_it_waits_for() -> None:
    said = plain(shown(status(progress=PROGRESS)))
    assert "7 of 10 answered, until Fri 27 Nov. Waiting for Mei *bold*." in said


def test_a_status_says_stage_and_blockers_by_barrier() -> None:
    card = status(scorecard=SCORED, taken_at=NOW, may_read=True, barriers=barrier_lines(FRAMEWORK, SCORED))
    said = plain(shown(card))
    assert f"stage {SCORED.stage}" in said
    for finding in SCORED.blockers:
        assert FRAMEWORK.dimension(finding.dimension_id).name["en"] in said


def test_an_archived_project_can_be_read_and_says_so() -> None:
    assert "archived on 23 Nov 2026" in plain(shown(status(project=replace(CHURN, archived_at=NOW))))


def test_a_receipt_names_the_rule_the_author_the_day_and_the_evidence() -> None:
    proof = receipt(FRAMEWORK, SCORED, RATINGS, ANSWERS, NOW)
    card = ReceiptCard(CHURN, FRAMEWORK, proof, {each.id: each for each in ANSWERS}, {"mei": MEI}, "UTC")
    said = plain(shown(card))
    assert "every bar of a stage must hold, and these do not" in said
    for dimension in FRAMEWORK.dimensions:
        assert dimension.name["en"] in said
    assert "Mei *bold*, Mon 23 Nov" in said
    assert "https://proof.example/1" in said
    assert "our own words" in said
    assert said.rstrip().count("not answered") == 1


@pytest.mark.parametrize(
    ("found", "assessed", "sentence"),
    [
        ((), False, "Nobody has assessed this project yet"),
        ((), True, "No high or critical blocker is open."),
        ((open_blocker(),), True, "for 3 days: stage 3 needs level"),
        ((open_blocker(days=0), open_blocker(1, days=1)), True, "since today"),
    ],
)
def test_blockers_say_since_when_and_what_is_needed(
    found: tuple[OpenBlocker, ...], assessed: bool, sentence: str
) -> None:
    card = BlockersCard(CHURN, FRAMEWORK, found, is_assessed=assessed, may_start=True, zone="UTC")
    assert sentence in plain(shown(card))


@pytest.mark.parametrize("cause", ["completed", "closed", "edited", "moved"])
def test_history_has_a_row_per_milestone_in_the_readers_zone(cause: str) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    milestones = tuple(
        Milestone(f"m{n}", "p1", "as1", n, late, FRAMEWORK.id, FRAMEWORK.version, SCORED, cause=cause) for n in (2, 1)
    )
    view = shown(HistoryCard(CHURN, FRAMEWORK, milestones, (), "Europe/Berlin"))
    table = next(part for part in view.parts if isinstance(part, Table))
    stage = str(SCORED.stage)
    assert [row[:3] for row in table.rows] == [("2", "24 Nov 2026", stage), ("1", "24 Nov 2026", stage)]


def test_an_overview_says_how_many_it_leaves_out_and_leads_to_all() -> None:
    view = shown(overview(31, 10))
    assert "… and 4 more" in plain(view)
    assert "All projects (31)" in plain(view)
    buttons = [button for part in view.parts if isinstance(part, Buttons) for button in part.buttons]
    values = [button.value for button in buttons if isinstance(button, Button) and button.press == "projects"]
    barriers = [f"0|barrier:{barrier.id}" for barrier in FRAMEWORK.barriers]
    assert values == [*barriers, "0|waived", "0|unassessed", "0|"]


def test_an_empty_portfolio_invites_to_make_the_first_project() -> None:
    view = shown(overview(0, 0))
    assert presses(view) == ["new"]
    assert "Make the first one" in plain(view)


def test_an_empty_home_helps_and_a_managers_home_shows_the_portfolio() -> None:
    empty = HomeCard(MEI, FRAMEWORK, (), (), 0, ())
    assert presses(shown(empty)) == ["new", "own_schedule"]
    brief = PortfolioBrief(3, 1, 2, 0, {"stuck": "blocked"})
    assert presses(shown(replace(empty, portfolio=brief))) == [
        "new",
        "overview",
        "projects",
        "projects",
        "own_schedule",
    ]


def test_a_home_offers_start_and_edit_only_to_who_may_steer() -> None:
    home = HomeCard(MEI, FRAMEWORK, (), (CHURN,), 1, ())
    assert presses(shown(home)) == ["status", "new", "own_schedule"]
    steered = frozenset({"p1"})
    assert presses(shown(replace(home, steered_ids=steered))) == ["status", "start", "edit", "new", "own_schedule"]
    assert presses(shown(replace(home, steered_ids=steered, open_ids=steered))) == [
        "status",
        "edit",
        "new",
        "own_schedule",
    ]


def test_a_full_overview_fits_in_one_message() -> None:
    made = blocks(shown(overview(31, 10)), "message")
    assert len(made) <= 50
    assert text_units(made) <= 13_200


def test_every_command_is_described_and_help_shows_each() -> None:
    described = command_descriptions(ENGLISH)
    assert {(name, word) for name, table in COMMANDS.items() for word in table} <= set(described)
    rows = help_card("").rows
    said = plain(shown(help_card("")))
    assert all(described[row.command, row.word] in said for row in rows)


@pytest.mark.parametrize("press", ["new", "edit"])
def test_where_no_form_can_open_a_button_opens_it(press: str) -> None:
    assert presses(shown(FormOffer(press, "p1"))) == [press]


def test_the_table_shows_what_matters_most_where_a_narrow_screen_cuts_last() -> None:
    table = next(part for part in shown(overview(2, 2)).parts if isinstance(part, Table))
    assert table.columns == ("Project", "Stage", "People exposed", "Blockers", "Standing", "Assessed")
    assert table.rows == (
        ("project-0", "–", "3", "–", "–", "not yet"),
        ("project-1", "2", "3", "3", "ahead of readiness", "Mon 23 Nov"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_of_a_form_has_a_title_that_also_fits_a_refusal(language: str) -> None:
    assert present_loading(Words(language)).title == "Bridgehead"
