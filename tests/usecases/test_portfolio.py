"""A manager asks, the portfolio answers: lists by filters, the way down and back up, names, and lists that come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.view import Button, Buttons, Reply
from bot.readiness.appointments import Appointment, AppointmentKind
from tests.world import MONDAY, World, account, said


@pytest.fixture
def portfolio(world: World) -> World:
    """Three projects: one stuck in limited use, one in step, one never assessed. Mei is manager."""
    for key, exposure, level, team in (("churn", "3", 1, "Risk"), ("fraud", "2", 3, "Growth")):
        project = world.found(name=f"{key.title()} model", key=key, exposure=exposure, channel=f"C{key}")
        with world.store.writing(world.who("ada")["actor"]) as tx:
            tx.projects.save(replace(project, team=team))
        world.command("olivia", f"start {key}")
        world.answer_all("olivia", level)
    world.found(name="<!channel> *bold*", key="notes", exposure="1", channel="Cnotes")
    world.command("mei", "help")
    world.open_home("mei")
    world.command("ada", f"roles <@{account('mei')}> manager")
    world.deliver()
    return world


def asked(world: World, text: str, handle: str = "mei", channel: str = "") -> Reply:
    return world.command(handle, text, channel, name="portfolio")


def buttons(reply: Reply) -> Iterator[Button]:
    assert reply.view is not None
    for part in reply.view.parts:
        if isinstance(part, Buttons):
            yield from (button for button in part.buttons if isinstance(button, Button))


def pressed(world: World, reply: Reply, label: str, handle: str = "mei") -> Reply:
    button = next(button for button in buttons(reply) if button.label.startswith(label))
    return world.press(handle, button.press, button.value)


def keys(reply: Reply) -> list[str]:
    """The projects of a list, by their buttons."""
    return [button.label for button in buttons(reply) if button.press == "project"]


def test_filters_list_projects_and_a_mistake_names_the_word_and_what_is_allowed(portfolio: World) -> None:
    for text, expected in {
        "blocked": ["churn"],
        "-blocked sort:key": ["fraud", "notes"],
        "find team:risk,growth sort:-key": ["fraud", "churn"],
        "unassessed": ["notes"],
        "stage:1 exposure:3": ["churn"],
        f"owner:<@{account('olivia')}> limit:2": ["churn", "fraud"],
        "owner:me": [],
        "barrier:operational dimension:D4<2": ["churn"],
        "ahead changed:1d": ["churn"],
        "project:*BOLD*": ["notes"],
        "compounding": ["churn"],
        "overdue": [],
    }.items():
        assert keys(asked(portfolio, text)) == expected, text
    assert "No project is like that now." in said(asked(portfolio, "stage:5"))
    assert keys(portfolio.say("mei", "portfolio stage:1 exposure:3")) == ["churn"]
    wrong = said(asked(portfolio, "stage:9 blokced exposure:x"))
    assert "“9” at 7 is out of range for “stage”, which goes from 1 to 5" in wrong
    assert "“blokced” at 9 is no filter (did you mean “blocked”?)" in wrong
    assert "“x” at 26 is no number for “exposure”" in wrong
    assert "/portfolio saved" in said(asked(portfolio, "savd"))


def test_levels_are_compared_of_ones_own_projects_alone_and_the_answer_says_what_is_left_out(portfolio: World) -> None:
    """Vera was asked in the latest assessment of fraud, Olivia owns all, Mei is manager, Ada admin, Bob nobody."""
    portfolio.command("olivia", f"start fraud <@{account('vera')}>")
    for handle, found, left_out in (
        ("mei", ["churn", "fraud"], 0),
        ("ada", ["churn", "fraud"], 0),
        ("olivia", ["churn", "fraud"], 0),
        ("vera", ["fraud"], 2),
        ("bob", [], 3),
    ):
        reply = asked(portfolio, "dimension:D4>=0", handle)
        why = f"Levels are for a project’s own people and managers, so {left_out} other projects were left out."
        assert keys(reply) == found, handle
        assert (why in said(reply), "left out" in said(reply)) == (bool(left_out), bool(left_out)), handle
        # What blocks is for everybody, and needs no sentence.
        assert keys(asked(portfolio, "dimension:D4", handle)) == ["churn"], handle
        assert "left out" not in said(asked(portfolio, "dimension:D4", handle))
    assert keys(asked(portfolio, "-dimension:D4>=0", "bob")) == []
    # Nor is what is short without blocking; of several the one that is not for everybody counts.
    for filters in ("-severity:low", "-severity:medium", "severity:high,low"):
        reply = asked(portfolio, filters, "bob")
        assert (keys(reply), "3 other projects were left out" in said(reply)) == ([], True), filters
    assert "left out" not in said(asked(portfolio, "-severity:high,critical", "bob"))
    assert "so one other project was left out" in said(asked(portfolio, "dimension:D4>=0 project:churn", "bob"))
    assert "3 other projects" in said(portfolio.say("bob", "who owns the projects with rollback below 3?"))


def test_buttons_lead_from_a_barrier_to_who_said_what_and_back_up(portfolio: World) -> None:
    top = asked(portfolio, "")
    assert "1 project" in said(top)
    listed = pressed(portfolio, top, "Operational")
    assert keys(listed) == ["churn"]
    status = pressed(portfolio, listed, "churn")
    assert "Churn model" in said(status)
    receipt = pressed(portfolio, status, "Why")
    assert "Olivia" in said(receipt) or "olivia" in said(receipt)
    assert said(pressed(portfolio, status, "Back to the list")) == said(listed)
    assert said(pressed(portfolio, listed, "Portfolio")) == said(top)
    # Everybody sees stages, nobody but its people and managers what was answered.
    assert keys(asked(portfolio, "blocked", handle="vera")) == ["churn"]
    seen = pressed(portfolio, asked(portfolio, "blocked", handle="vera"), "churn", handle="vera")
    assert "Why" not in [button.label for button in buttons(seen)]


def test_a_long_list_turns_its_pages(portfolio: World) -> None:
    for number in range(23):
        portfolio.found(name=f"Number {number}", key=f"n{number:02}", exposure="1", channel="")
    first = asked(portfolio, "unassessed sort:key")
    assert "24 projects, here 1 to 10" in said(first)
    second = pressed(portfolio, first, "Next (14 more)")
    last = pressed(portfolio, second, "Next (4 more)")
    assert (keys(second)[0], len(keys(second)), keys(last)) == ("n10", 10, ["n20", "n21", "n22", "notes"])
    assert said(pressed(portfolio, pressed(portfolio, last, "Back"), "Back")) == said(first)
    assert "12 projects, here 11 to 12" in said(pressed(portfolio, asked(portfolio, "sort:key limit:12"), "Next"))
    for value in ("x|blocked", "blocked", "-1|", f"0|{'x' * 900}"):
        reply = said(portfolio.press("mei", "projects", value))
        assert reply.count("\n") == 1, reply
        assert "Something broke" not in reply, value


def test_filters_are_kept_under_a_name_each_person_for_themself(portfolio: World) -> None:
    assert "/portfolio stuck now means stage:<=2 barrier:operational." in said(
        asked(portfolio, "save Stuck stage:<=2 barrier:OPERATIONAL")
    )
    assert keys(asked(portfolio, "STUCK")) == ["churn"]
    assert "stuck: stage:<=2 barrier:operational" in said(asked(portfolio, "saved"))
    assert keys(pressed(portfolio, asked(portfolio, "saved"), "stuck")) == ["churn"]
    assert "You keep none yet" in said(asked(portfolio, "saved", handle="olivia"))
    assert keys(asked(portfolio, "find blocked", handle="olivia")) == ["churn"]
    assert "“stuck”" in said(asked(portfolio, "stuck", handle="olivia"))
    asked(portfolio, "save stuck blocked")
    # Behind a name more filters narrow it down.
    assert keys(asked(portfolio, "stuck exposure:3")) == ["churn"]
    assert keys(asked(portfolio, "stuck -team:risk")) == []
    assert keys(asked(portfolio, "stuck -waived")) == ["churn"]
    assert "“projects” at 1 is no filter" in said(asked(portfolio, "projects -blocked"))
    assert said(asked(portfolio, "saved")).count("stuck") == 2
    for text, why in {
        "save": "I need a name and filters",
        "save risky": "I need a name and filters",
        "save digest blocked": "cannot be a name",
        "save blocked blocked": "cannot be a name",
        "save a:b blocked": "cannot be a name",
        "save risky stage:7": "out of range",
        "forget stukc": "Did you mean /portfolio forget stuck?",
    }.items():
        assert why in said(asked(portfolio, text)), text
    assert "“stuck” is forgotten." in said(asked(portfolio, "forget stuck"))
    for number in range(25):
        asked(portfolio, f"save n{number} blocked")
    assert "You keep 25 filters already" in said(asked(portfolio, "save more blocked"))
    assert "/portfolio n3 now means ahead." in said(asked(portfolio, "save n3 ahead"))


def test_a_list_comes_to_a_channel_every_week(portfolio: World) -> None:
    world = portfolio
    asked(world, "save stuck blocked")
    assert "a manager" in said(asked(world, "here weekly stuck", handle="olivia", channel="Cboard")).lower()
    for when in ("monday 25:00 stuck", "24:00", "monday um 9:99 stuck"):
        assert "is no time of day that I can read" in said(asked(world, f"here {when}", channel="Cboard")), when
    # A channel is read by people who may not know levels.
    for filters in ("dimension:D4<2", "blocked -severity:low"):
        refused = said(asked(world, f"here weekly {filters}", channel="Cboard"))
        assert "others read this channel; nothing has changed" in refused, filters
        assert "others read" not in said(asked(world, f"here off {filters}", channel="Cboard")), filters
    assert "a conversation between the two of us" in said(asked(world, "here weekly"))
    told = said(asked(world, "here every tuesday 10:30 stuck", channel="Cboard"))
    assert "The projects that blocked means come to" in told
    assert "on Tuesday at 10:30" in told
    asked(world, "here weekly", channel="Cboard")
    here = said(asked(world, "here", channel="Cboard"))
    assert "The digest of the portfolio: Monday" in here
    assert "blocked: Tuesday at 10:30" in here
    asked(world, "here tuesday 11:00 blocked", channel="Cboard")
    assert world.read(lambda tx: len(tx.subscriptions.lists_of_place(tx.places.of_channel("Cboard").id))) == 1
    world.only(AppointmentKind.DIGEST)
    world.clock.at = MONDAY + timedelta(days=1, hours=2, minutes=5)
    world.tick()
    world.deliver()
    (came,) = [text for text in world.messenger.said_to("Cboard") if "blocked" in text]
    assert "1 project" in came
    assert "/portfolio here off blocked ends it" in came
    assert "does not come" in said(asked(world, "here off blocked", channel="Cboard"))
    world.clock.later(days=7)
    world.tick()
    world.deliver()
    assert len([text for text in world.messenger.said_to("Cboard") if "ends it" in text]) == 1


def test_a_list_of_which_nothing_is_true_does_not_come(portfolio: World) -> None:
    asked(portfolio, "here tuesday 9:00 stage:5", channel="Cboard")
    portfolio.only(AppointmentKind.DIGEST)
    portfolio.clock.at = MONDAY + timedelta(days=1, hours=2, minutes=5)
    portfolio.tick()
    portfolio.deliver()
    assert portfolio.messenger.said_to("Cboard") == []


def test_what_lists_read_can_be_written_anew_and_is_the_same(portfolio: World) -> None:
    """As after an upgrade: the calendar writes every project's summary and levels from its latest result."""

    def look(tx: object) -> object:
        projects = [tx.projects.by_key(key) for key in ("churn", "fraud")]  # type: ignore[attr-defined]
        levels = tx.portfolio.levels([each.id for each in projects])  # type: ignore[attr-defined]
        return projects, {key: list(value) for key, value in levels.items()}

    before = portfolio.read(look)
    with portfolio.store.writing(portfolio.who("ada")["actor"]) as tx:
        for key in ("churn", "fraud"):
            project = tx.projects.by_key(key)
            assert project is not None
            tx.portfolio.save_levels(project.id, ())
            tx.appointments.set(Appointment(AppointmentKind.SUMMARY, project.id, portfolio.clock.at, project.id))
    assert portfolio.read(look) != before
    portfolio.tick()
    assert portfolio.read(look) == before


def test_the_portfolio_of_a_manager_is_on_their_home(portfolio: World) -> None:
    asked(portfolio, "save stuck blocked")
    home = portfolio.open_home("mei")
    assert home.home is not None
    labels = [b.label for part in home.home.parts if isinstance(part, Buttons) for b in part.buttons]
    assert {"stuck", "Ahead of readiness (1)"} <= set(labels)
