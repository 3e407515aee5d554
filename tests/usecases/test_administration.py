"""Settings, the trail and the nudge."""

from bot.chat.incoming import Submit
from bot.chat.view import Reply
from tests.world import World, account, said


def set_to(world: World, who: str, channel: str | None, days: str) -> Reply:
    fields = {"portfolio_channel": channel, "working_days": days}
    return world.conversation.converse(Submit(**world.who(who), form="settings", fields=fields))


def test_the_portfolio_channel_hears_of_every_stage_change_and_of_nothing_else(world: World) -> None:
    set_to(world, "ada", "CPORTFOLIO", "5")
    world.found()
    for level in (2, 2, 0):
        world.command("olivia", "start churn")
        world.answer_all("olivia", level)
        world.deliver()
        world.clock.later(days=10)
    heard = [text.splitlines()[0] for text in world.messenger.said_to("CPORTFOLIO")]
    assert heard == ["## Churn: first result, stage 2", "## Churn: back from stage 2 to 1"]


def test_a_project_in_the_portfolio_channel_is_told_once(world: World) -> None:
    set_to(world, "ada", "C1", "5")
    world.found(channel="C1")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    assert len(world.messenger.said_to("C1")) == 1


def test_an_assessment_waits_for_as_many_working_days_as_are_set(world: World) -> None:
    set_to(world, "ada", None, "2")
    world.found()
    world.command("olivia", "start churn")
    deadline = world.read(lambda tx: tx.assessments.open_of(world.project().id)).deadline
    assert deadline.date().isoformat() == "2026-11-25"


def test_faulty_settings_change_nothing(world: World) -> None:
    for days in ("", "0", "31", "five", "²"):
        assert set_to(world, "ada", "C1", days).errors == {"working_days": "Please give a whole number from 1 to 30."}
    assert world.read(lambda tx: tx.settings.get()).working_days == 5


def test_only_an_admin_sets_and_reads_the_trail(world: World) -> None:
    world.found()
    assert "Only an admin" in said(set_to(world, "olivia", "C1", "3"))
    assert "Only an admin" in said(world.command("olivia", "settings"))
    assert "Only an admin" in said(world.command("olivia", "audit churn"))


def test_the_trail_says_who_changed_what_from_which_value_to_which(world: World) -> None:
    world.found()
    world.press("olivia", "move", f"{world.project().id}|3")
    world.command("ada", f"roles <@{account('mei')}> manager")
    set_to(world, "ada", None, "7")
    everything = said(world.command("ada", "audit"))
    assert "ada changed the settings · working_days: 5 → 7" in everything
    assert "changed a role · U0MEI · manager: no → yes" in everything
    assert "olivia declared who is exposed · Churn · exposure: 2 → 3" in everything
    assert "changed the settings" not in said(world.command("ada", "audit churn"))


def test_the_trail_of_a_project_has_what_belongs_to_it_under_other_ids(world: World) -> None:
    world.found()
    world.found("olivia", name="Other", key="other")
    for key in ("churn", "other"):
        world.command("olivia", f"start {key}")
        world.answer_all("olivia", 1)
    world.press("olivia", "take", f"{world.project().id}|model-monitoring")
    trail = said(world.command("ada", "audit churn"))
    assert "olivia took a gap on" in trail
    assert "olivia started an assessment" in trail
    assert "took a gap on" not in said(world.command("ada", "audit other"))


def test_a_nudge_reaches_everybody_who_owes_an_answer_once_a_day(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    world.answer_all("dan", 2)
    world.deliver()
    told = said(world.command("olivia", "nudge churn"))
    assert all(handle.upper() in told.upper() for handle in ("mei", "omar", "emma", "ravi", "sofia", "lukas"))
    assert "DAN" not in told.upper()
    world.deliver()
    assert "asks for your answers about Churn: 2 questions are open" in world.messenger.said_to(account("mei"))[-1]
    assert "was reminded today already" in said(world.command("olivia", "nudge churn"))
    world.clock.later(days=1)
    assert "I have reminded" in said(world.command("olivia", "nudge churn"))


def test_a_nudge_is_for_owners_managers_and_admins(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    assert "Only the owner" in said(world.command("mei", "nudge churn"))
    world.command("ada", f"roles <@{account('marta')}> manager")
    assert "I have reminded" in said(world.command("marta", "nudge churn"))


def test_whoever_was_only_named_so_far_is_listed_as_such(world: World) -> None:
    made = said(world.command("ada", f"roles <@{account('marta')}> manager"))
    assert f"Managers: {account('marta')} (has not met Bridgehead yet)\n" in made
    world.deliver()
    assert "Managers: Marta\n" in said(world.command("ada", "roles"))


def test_who_has_answered_meanwhile_is_not_reminded_any_more(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    world.deliver()
    world.command("olivia", "nudge churn")
    world.answer_all("dan", 2)
    world.deliver()
    assert not any("asks for your answers" in text for text in world.messenger.said_to(account("dan")))


def test_nobody_is_nudged_when_nothing_is_owed(world: World) -> None:
    world.found()
    assert "Nobody owes an answer" in said(world.command("olivia", "nudge churn"))
