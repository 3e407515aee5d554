"""What the pages of projects, portfolio, home and help say: whole outputs, in English."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.chat.plain import plain, plain_line
from bot.chat.view import Button, Buttons, Choices, FieldKind, Form, Paragraph, Style, View
from bot.commands import COMMANDS
from bot.readiness import project_cards
from bot.readiness.cards import FormOffer, HelpCard, HelpRow
from bot.readiness.organization import OrganizationStage
from bot.readiness.portfolio import Census
from bot.readiness.project_cards import (
    ArchiveCard,
    BoundCard,
    HomeCard,
    MoveCard,
    MovedCard,
    OverviewCard,
    Progress,
    ProjectForm,
    ProjectSaved,
    RolesCard,
    StatusCard,
)
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Words
from bot.wording.pages import present
from bot.wording.pages.commands import command_descriptions
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, ZONE, examples

EN = Words("en")
EXAMPLES = examples()
NEVER_ASSESSED = replace(PROJECT, summary=None)
BARE_STATUS = StatusCard(NEVER_ASSESSED, FRAMEWORK, OLIVIA, ZONE, may_steer=True, may_read=True)
EMPTY_HOME = HomeCard(OLIVIA, FRAMEWORK, (), (), 0, ())


def view(card: object) -> View:
    shown = present(card, EN)
    assert isinstance(shown, View)
    return shown


def form(card: ProjectForm) -> Form:
    shown = present(card, EN)
    assert isinstance(shown, Form)
    return shown


def said(card: object) -> str:
    return plain(view(card))


def buttons(card: object) -> dict[str, Button]:
    rows = [part.buttons for part in view(card).parts if isinstance(part, Buttons)]
    return {button.press: button for row in rows for button in row if isinstance(button, Button)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_one_plain_sentence_and_its_parts(name: str) -> None:
    shown = present(EXAMPLES[name], EN)
    if isinstance(shown, View):
        assert shown.text
        assert "\n" not in shown.text
        assert shown.parts
    else:
        assert shown.fields


def test_every_card_with_a_page_has_an_example() -> None:
    shown = {type(card) for card in EXAMPLES.values()}
    cards = [value for name, value in vars(project_cards).items() if name.endswith("Card")]
    assert [card for card in cards if card not in shown] == []


class TestDates:
    def test_a_near_date_names_its_weekday_in_the_readers_zone(self) -> None:
        late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        assert short_date(late, "en") == "Sun 22 Nov"
        assert short_date(late, "en", "Europe/Berlin") == "Mon 23 Nov"

    def test_a_far_date_names_its_year(self) -> None:
        assert full_date(NOW, "en") == "23 Nov 2026"
        assert full_date(date(2027, 3, 1), "en", "Pacific/Auckland") == "1 Mar 2027"

    @pytest.mark.parametrize("zone", ["", "Middle/Earth", "../etc"])
    def test_a_zone_this_machine_does_not_know_is_read_as_utc(self, zone: str) -> None:
        assert short_date(NOW, "en", zone) == "Mon 23 Nov"


class TestStatus:
    def test_of_a_project_that_was_never_assessed_invites_its_owner_to_start(self) -> None:
        assert view(BARE_STATUS).text == "Churn prediction has not been assessed yet."
        assert said(BARE_STATUS) == (
            "## Churn prediction\n"
            "Not assessed yet. Start an assessment: I ask the people who know, and then the stage, the blockers and the"
            " next steps show here.\n"
            "Owner: Olivia Brandt.\n"
            "[Start an assessment]"
        )
        assert buttons(BARE_STATUS)["start"].style is Style.PRIMARY

    def test_tells_everybody_else_who_can_start(self) -> None:
        card = replace(BARE_STATUS, may_steer=False)
        assert "Olivia Brandt owns the project and can start the first assessment." in said(card)
        assert buttons(card) == {}

    def test_of_a_first_assessment_says_how_far_it_is_and_whom_it_waits_for(self) -> None:
        card = replace(BARE_STATUS, progress=Progress("as1", 7, 10, (MEI,), NOW))
        assert view(card).text == "Churn prediction is being assessed: 7 of 10 answered."
        assert "Assessment open: 7 of 10 answered, until Mon 23 Nov. Waiting for Mei Tanaka." in said(card)
        assert buttons(card)["close_assessment"].value == "as1"
        assert buttons(card)["close_assessment"].confirm
        assert "start" not in buttons(card)

    def test_so_far_is_named_as_such(self) -> None:
        card = EXAMPLES["status"]
        assert isinstance(card, StatusCard)
        so_far = replace(card, so_far=True)
        assert view(so_far).text == "Churn prediction is at stage 1 so far; the assessment is still open."
        assert "It becomes official when the assessment ends." in said(so_far)

    def test_groups_blockers_under_their_barriers(self) -> None:
        assert (
            "Barrier 0 · severe\n"
            "- critical · Dimension 0 of the readiness checklist: at level 0, stage 3 needs 2\n"
            "- critical · Dimension 5 of the readiness checklist: at level 1, stage 3 needs 2\n"
            "Barrier 1 · severe\n"
        ) in said(EXAMPLES["status"])

    def test_says_what_waits_for_the_channel_and_how_to_repair_it(self) -> None:
        card = replace(BARE_STATUS, waiting=1, place_id="place")
        assert (
            "1 message waits for this project’s channel, because I could not post there. Nothing is lost: invite me"
            " there, then send it."
        ) in said(card)
        assert buttons(card)["release"].value == "place"

    def test_gives_no_receipt_to_a_viewer(self) -> None:
        card = EXAMPLES["status"]
        assert isinstance(card, StatusCard)
        assert "why" not in buttons(replace(card, may_read=False))

    def test_of_an_archived_project_says_since_when(self) -> None:
        card = replace(BARE_STATUS, project=replace(NEVER_ASSESSED, archived_at=NOW), may_steer=False)
        assert "This project was archived on 23 Nov 2026. Its history stays readable." in said(card)


class TestReceipt:
    def test_names_the_rule_then_what_misses_it_then_every_answer(self) -> None:
        lines = said(EXAMPLES["why"]).splitlines()
        assert lines[:5] == [
            "## Why Churn prediction is at stage 1",
            "The stage is the lower of two numbers: how far people are exposed (3) and how far the answers carry (1).",
            "The answers stop short of stage 2, Formalized POC: every bar of a stage must hold, and these do not.",
            "- Dimension 0 of the readiness checklist is at level 0; stage 2 needs level 1.",
            "Mei Tanaka, Mon 2 Nov: level 0, Level 0, in a label of sixty characters at the very most",
        ]
        answers = lines[lines.index("All answers") + 1 :]
        assert [line for line in answers if line.startswith("- ")][9] == (
            "- Dimension 9 of the readiness checklist: not answered"
        )
        assert "· evidence (https://wiki.example/record) · “We rehearsed it" in answers[1]


class TestOverview:
    def test_says_the_first_condition_that_fails_and_where_to_look(self) -> None:
        assert (
            "The organization is at stage 3, Production pilot.\n"
            "For stage 4 it still needs: four of five projects with real users in step or better; 3 are, 16 must be."
            " Look at churn, churn, churn, … and 14 more.\n"
        ) in said(EXAMPLES["overview"])

    def test_ends_what_is_left_out_with_how_much_it_is(self) -> None:
        assert "… and 55 more" in said(EXAMPLES["overview"])
        assert "[All projects (240)]" in said(EXAMPLES["overview"])

    def test_of_no_project_invites_to_make_one(self) -> None:
        card = OverviewCard(FRAMEWORK, Census(), OrganizationStage(1, None), ZONE)
        assert said(card) == (
            "## Portfolio\nNo projects yet. Make the first one: it takes a minute, and everyone may.\n[New project]"
        )


class TestHome:
    def test_of_a_newcomer_says_what_can_be_done(self) -> None:
        assert said(EMPTY_HOME) == (
            "## Your open questions\n"
            "Nothing waits for you. When somebody asks you something, it shows here and in our direct messages.\n"
            "---\n"
            "## Your projects\n"
            "You have no project yet. Make one: name it, say who is exposed to it, and start the first assessment.\n"
            "[New project]\n"
            "All commands: /readiness help.\n"
            "[My schedule]"
        )

    def test_continues_an_interview_where_it_stopped(self) -> None:
        assert "Churn prediction: 1 of 10 answered, paused\n[Continue]" in said(EXAMPLES["home"])
        assert buttons(EXAMPLES["home"])["resume"].value == "i2"

    def test_of_a_manager_opens_the_portfolio(self) -> None:
        assert "240 projects · 30 ahead of readiness · 60 open blockers · 12 not assessed" in said(EXAMPLES["home"])
        assert "overview" in buttons(EXAMPLES["home"])


class TestForm:
    def test_asks_for_everything_with_one_person_per_role(self) -> None:
        shown = form(ProjectForm(FRAMEWORK, OLIVIA))
        assert (shown.form, shown.value, shown.title) == ("project", "", "New project")
        assert [field.id for field in shown.fields] == [
            *("name", "key", "business_function", "team", "channel", "owner", "exposure", "target", "target_date"),
            *("cadence", *(f"role_{role.id}" for role in FRAMEWORK.roles)),
        ]
        assert [field.id for field in shown.fields if field.required] == ["name", "owner", "exposure", "cadence"]

    def test_is_filled_with_the_platforms_own_ids(self) -> None:
        card = EXAMPLES["project_form"]
        assert isinstance(card, ProjectForm)
        shown = form(card)
        initial = {field.id: field.initial for field in shown.fields if field.initial}
        assert (shown.value, shown.title) == ("p1", "Edit project")
        assert initial == {
            "name": "Churn prediction",
            "key": "churn",
            "business_function": "Customer success",
            "team": "Growth",
            "channel": "C0CHURN",
            "owner": "U0OLIVIA",
            "exposure": "3",
            "target": "4",
            "target_date": "2027-03-01",
            "cadence": "automatic",
            "role_role-0": "U0MEI",
        }

    def test_initial_choices_are_among_the_options(self) -> None:
        for field in form(ProjectForm(FRAMEWORK, OLIVIA)).fields:
            if field.kind is FieldKind.SELECT and field.initial:
                assert field.initial in [option.value for option in field.options]


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (
            ProjectSaved(PROJECT, OLIVIA, is_new=True, may_steer=False, bound=True),
            (
                "## Churn prediction is set up\n"
                "Its key is churn: /readiness status churn shows where it stands. Owner: Olivia Brandt.\n"
                "Next: Olivia Brandt can start the first assessment.\n"
                "[Status]"
            ),
        ),
        (
            ProjectSaved(PROJECT, OLIVIA, is_new=False, may_steer=True, bound=False),
            (
                "## Churn prediction is saved\n"
                "The old values are kept on record. Owner: Olivia Brandt.\n"
                "Type /readiness here churn in the channel that should get the alerts.\n"
                "[Status] [Edit]"
            ),
        ),
        (
            MovedCard(PROJECT, FRAMEWORK, 2, ()),
            (
                "## Churn prediction moved to exposure 3\n"
                "Churn prediction: people are exposed at stage 3 now, Production pilot.\n"
                "Nothing is short for stage 3: the answers carry it.\n"
                "[Status]"
            ),
        ),
        (
            MovedCard(PROJECT, FRAMEWORK, 3, None),
            "Churn prediction is at exposure 3 already; nothing has changed.",
        ),
        (
            BoundCard(PROJECT, 1),
            (
                "This channel belongs to Churn prediction now. Stage changes and new blockers are posted here.\n"
                "1 message that had waited is on the way."
            ),
        ),
        (
            ArchiveCard(PROJECT, done=False, is_open=True),
            (
                "## Archive Churn prediction?\n"
                "Its questions and reminders stop. Answers, milestones and history stay readable.\n"
                "The assessment that is open now ends without a result.\n"
                "[Archive]"
            ),
        ),
        (
            ArchiveCard(PROJECT, done=True),
            "Churn prediction is archived. Its history stays: /readiness history churn.",
        ),
        (
            RolesCard((OLIVIA,), (), kept=OLIVIA),
            (
                "## Roles\n"
                "Olivia Brandt is the only admin and stays one. Name another admin first.\n"
                "Admins: Olivia Brandt\n"
                "Managers: nobody yet\n"
                "Set one with /readiness roles @person manager, admin or none."
            ),
        ),
        (FormOffer("new"), "Here is the form for a new project.\n[Open the form]"),
        (
            HelpCard((HelpRow("readiness", "start", "<project> [@people]"),), topic="start"),
            (
                "## What you can ask me\n"
                "- /readiness start <project> [@people] Start an assessment and ask everyone concerned\n"
                "A project is named by its key or its name. Inside its own channel you can leave it out."
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_said(card: object, text: str) -> None:
    assert said(card) == text


def test_a_move_is_one_press_per_exposure() -> None:
    shown = view(MoveCard(PROJECT, FRAMEWORK, (4, 2, 1), None))
    (choices,) = [part for part in shown.parts if isinstance(part, Choices)]
    assert choices.press == "move"
    assert [(choice.label, choice.value) for choice in choices.choices] == [
        ("Move to 4", "p1|4"),
        ("Back to 2", "p1|2"),
        ("Back to 1", "p1|1"),
    ]


def test_archiving_is_confirmed() -> None:
    button = buttons(EXAMPLES["archive_question"])["archive"]
    assert (button.value, button.style) == ("p1", Style.DANGER)
    assert button.confirm == "Churn prediction leaves the portfolio. Its history stays."


def test_peoples_text_is_never_markup() -> None:
    shown = view(BoundCard(replace(PROJECT, name="**loud** <!channel> `rm`"), 0))
    (paragraph,) = [part for part in shown.parts if isinstance(part, Paragraph)]
    assert "**loud** <!channel> `rm`" in plain_line(paragraph.line)
    assert not any(span.code or span.mention for span in paragraph.line)


def test_every_command_is_described_and_nothing_else_is() -> None:
    described: Mapping[tuple[str, str], str] = command_descriptions(EN)
    assert set(described) == {(name, word) for name, table in COMMANDS.items() for word in table}
    assert all(text and not text.endswith(".") for text in described.values())
