"""Traps of a project: raised at milestones, told where they belong, answered by a correction."""

from dataclasses import replace
from typing import Any

from bot.chat.incoming import Submit
from bot.chat.view import Form
from bot.readiness.assessment import Person
from bot.readiness.trap_findings import Arm, TrapSeverity
from bot.usecases import assessments
from bot.usecases.people import new_id
from bot.usecases.ports import Context
from tests.world import TEAM, World, account, said

RUN, CASE = "team-ownership", "business-kpi-alignment"
NO_BUDGET = {"run-budget": "nothing so far", "people-after-launch": "Mei"}
NO_CASE = {"problem": "Customers leave", "amount": "none", "period": "a year", "baseline": "12 %", "sponsor": "Sofia"}


def tell(world: World, handle: str, dimension_id: str, **facts: str) -> None:
    """Fill the facts of somebody's newest answer, as the follow-ups of the interview do."""
    interview = world.interview(handle)
    actor = world.who(handle)["actor"]
    with world.store.writing(actor) as tx:
        project = tx.projects.lock(interview.project_id)
        person = tx.people.of_account(account(handle))
        assert isinstance(person, Person)
        context = Context(tx, person, world.conversation.library, world.clock.now())
        given = tx.answers.of_respondent(interview.assessment_id, person.id)[dimension_id]
        told = {field.replace("_", "-"): words for field, words in facts.items()}
        tx.answers.add(
            replace(given, id=new_id(), facts={**given.facts, **told}, supersedes_id=given.id, answered_at=context.now)
        )
        assessments.settle_interview(context, interview, project)


def assess(world: World, levels: int | list[int] = 2, **dimensions: dict[str, str]) -> None:
    """A whole assessment by Olivia; facts by dimension, `run` and `case`."""
    world.command("olivia", "start churn")
    world.answer_all("olivia", levels)
    for name, dimension_id in (("run", RUN), ("case", CASE)):
        if facts := dimensions.get(name):
            tell(world, "olivia", dimension_id, **facts)


def standing(world: World) -> dict[str, TrapSeverity]:
    project = world.project()
    return {each.trap_id: each.severity for each in world.read(lambda tx: tx.traps.open_of(project.id))}


def raised_id(world: World) -> str:
    project = world.project()
    (raised,) = world.read(lambda tx: tx.traps.open_of(project.id))
    return str(raised.id)


def told(world: World) -> list[str]:
    """What the project's channel reads, this far."""
    world.deliver()
    return [str(each) for each in world.messenger.said_to("C1")]


def correct(world: World, handle: str, raised: str, words: str | None) -> Any:
    submit = Submit(**world.who(handle), form="correction", value=raised, fields={"correction": words})
    return world.conversation.converse(submit)


def test_a_trap_is_raised_at_the_milestone_and_quotes_the_persons_own_words_by_id(world: World) -> None:
    world.found()
    assess(world, run=NO_BUDGET)
    assert standing(world) == {"operational-overhead": TrapSeverity.MEDIUM}
    (raised,) = world.read(lambda tx: tx.traps.open_of(world.project().id))
    assert [reason.arm for reason in raised.reasons] == [Arm.NO_BUDGET]
    latest = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (raised.found_by, raised.told_by) == (latest.id, latest.id)
    assert set(raised.answer_ids) <= set(latest.answers)


def test_the_channel_hears_of_a_new_trap_though_the_stage_is_the_same(world: World) -> None:
    world.found()
    assess(world)
    count = len(told(world))
    tell(world, "olivia", RUN, **NO_BUDGET)
    (alert,) = told(world)[count:]
    for words in (
        "Churn: a trap, Underestimated operations",
        "Underestimated operations · medium. Common mistake “Underestimated operations”",
        "There is no budget after launch.",
        "Yearly budget for running it: “nothing so far” (Olivia)",
        "Way out: Plan model operations now",
        "[That is not so]",
    ):
        assert words in alert
    tell(world, "olivia", RUN, retraining_cadence="monthly")
    assert len(told(world)) == count + 1


def test_everybody_with_the_result_reads_it_and_viewers_read_no_words(world: World) -> None:
    world.found()
    assess(world, run=NO_BUDGET)
    world.deliver()
    assert "“nothing so far” (Olivia)" in world.messenger.said_to(account("olivia"))[-1]
    for text in ("status churn", "why churn"):
        reply = said(world.command("olivia", text))
        assert "Yearly budget for running it: “nothing so far” (Olivia)" in reply
        assert "[That is not so] [Change: Team Ownership]" in reply
    seen = said(world.command("nina", "status churn"))
    assert "Underestimated operations · medium" in seen
    assert "There is no budget after launch." in seen
    assert "nothing so far" not in seen
    assert "[That is not so]" not in seen


def test_an_experiment_gets_advice_and_its_channel_none(world: World) -> None:
    world.found(exposure="1")
    assess(world)
    count = len(told(world))
    tell(world, "olivia", RUN, **NO_BUDGET)
    tell(world, "olivia", CASE, **NO_CASE)
    assert standing(world) == {"operational-overhead": TrapSeverity.ADVICE}
    assert len(told(world)) == count
    assert "Underestimated operations · advice" in said(world.command("olivia", "status churn"))


def test_a_trap_is_gone_at_the_milestone_that_finds_it_no_more(world: World) -> None:
    world.found()
    assess(world, run=NO_BUDGET)
    gone = raised_id(world)
    world.clock.later(days=30)
    world.command("olivia", "start churn")
    world.answer_all("olivia", 0)
    assert standing(world) == {}
    raised = world.read(lambda tx: tx.traps.get(gone))
    assert raised.gone_by == world.read(lambda tx: tx.milestones.latest(world.project().id)).id
    assert "No longer a trap: Underestimated operations." in told(world)[-1]


def test_a_correction_stands_beside_the_trap_everywhere(world: World) -> None:
    world.found()
    assess(world, run=NO_BUDGET)
    world.deliver()
    form = world.press("olivia", "not_so", raised_id(world)).form
    assert isinstance(form, Form)
    assert (form.form, form.value) == ("correction", raised_id(world))
    reply = correct(world, "olivia", raised_id(world), " The platform pays for it.\n")
    assert "On record: your words stand beside “Underestimated operations” of Churn now." in said(reply)
    assert "[Change: Team Ownership]" in said(reply)
    for text in ("status churn", "why churn"):
        shown = said(world.command("olivia", text))
        assert "Olivia disagrees, Mon 23 Nov: “The platform pays for it.”" in shown
    assert "The platform pays" not in said(world.command("nina", "status churn"))
    assert standing(world) == {"operational-overhead": TrapSeverity.MEDIUM}


def test_a_corrected_trap_is_quiet_until_its_answers_change(world: World) -> None:
    project = world.found()
    assess(world, run=NO_BUDGET)
    correct(world, "olivia", raised_id(world), "The platform pays for it.")
    told(world)
    # It weighs more with real users, and its people have answered it already.
    world.press("olivia", "move", f"{project.id}|3")
    assert standing(world) == {"operational-overhead": TrapSeverity.HIGH}
    assert "Underestimated" not in told(world)[-1]
    world.clock.later(days=30)
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    *others, last = interview.questions
    for dimension_id in others:
        world.press("olivia", "unchanged", f"{interview.id}|{dimension_id}")
    tell(world, "olivia", RUN, **NO_BUDGET)
    count = len(told(world))
    world.press("olivia", "unchanged", f"{interview.id}|{last}")
    assert standing(world) == {"operational-overhead": TrapSeverity.HIGH}
    assert len(told(world)) == count
    tell(world, "olivia", RUN, run_budget="nothing at all")
    (alert,) = told(world)[count:]
    assert "“nothing at all” (Olivia)" in alert
    assert "Olivia disagrees, Mon 23 Nov: “The platform pays for it.”" in alert
    count = len(told(world))
    tell(world, "olivia", RUN, people_after_launch="Mei and Omar")
    assert len(told(world)) == count


def test_a_correction_holds_when_the_same_answers_raise_the_trap_again(world: World) -> None:
    project = world.found()
    assess(world, case=NO_CASE)
    correct(world, "olivia", raised_id(world), "Finance has the numbers.")
    world.press("olivia", "move", f"{project.id}|1")
    assert standing(world) == {}
    count = len(told(world))
    world.press("olivia", "move", f"{project.id}|2")
    assert standing(world) == {"no-business-case": TrapSeverity.HIGH}
    assert not [alert for alert in told(world)[count:] if "No business case" in alert]
    assert "“Finance has the numbers.”" in said(world.command("olivia", "status churn"))
    assert "“Finance has the numbers.”" in said(world.command("olivia", "move churn"))


def test_a_heavier_trap_that_nobody_answered_is_told_again(world: World) -> None:
    project = world.found()
    assess(world, run=NO_BUDGET)
    told(world)
    world.press("olivia", "move", f"{project.id}|3")
    assert "Underestimated operations · high" in told(world)[-1]


def test_only_people_who_may_read_the_answers_correct_a_trap(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    world.deliver()
    for handle in TEAM.values():
        world.answer_all(handle, 2)
    tell(world, "emma", RUN, **NO_BUDGET)
    trap = raised_id(world)
    for reply in (world.press("nina", "not_so", trap), correct(world, "nina", trap, "No!")):
        assert "Only people of Churn, managers and admins may read its answers." in said(reply)
        assert not reply.public
    assert world.read(lambda tx: tx.traps.corrections(world.project().id)) == {}
    reply = correct(world, "dan", trap, "Dan pays")
    assert "ask Emma to change it" in said(reply)
    assert "[Change" not in said(reply)
    (one,) = world.read(lambda tx: tx.traps.corrections(world.project().id))["operational-overhead"]
    assert one.text == "Dan pays"
    assert "put to somebody else" in said(world.press("dan", "edit_answer", f"{world.interview('emma').id}|{RUN}"))


def test_forged_empty_and_late_corrections_change_nothing(world: World) -> None:
    project = world.found()
    assess(world, run=NO_BUDGET)
    trap = raised_id(world)
    assert "no longer leads anywhere" in said(world.press("olivia", "not_so", "forged"))
    assert "no longer leads anywhere" in said(correct(world, "olivia", project.id, "No!"))
    for words in (None, "", " \n"):
        assert correct(world, "olivia", trap, words).errors == {"correction": "Please fill this in."}
    tell(world, "olivia", RUN, run_budget="80k EUR")
    assert "no longer counts as a trap of Churn" in said(correct(world, "olivia", trap, "No!"))
    tell(world, "olivia", RUN, **NO_BUDGET)
    trap = raised_id(world)
    world.press("olivia", "archive", project.id)
    assert "Churn is archived" in said(correct(world, "olivia", trap, "No!"))
    assert world.read(lambda tx: tx.traps.corrections(world.project().id)) == {}
    assert "[That is not so]" not in said(world.command("olivia", "status churn"))


def test_a_long_correction_is_kept_to_its_length(world: World) -> None:
    world.found()
    assess(world, run=NO_BUDGET)
    correct(world, "olivia", raised_id(world), "x" * 1500)
    (kept,) = world.read(lambda tx: tx.traps.corrections(world.project().id))["operational-overhead"]
    assert len(kept.text) == 1000


def test_a_missing_business_case_speaks_against_the_move_and_never_forbids_it(world: World) -> None:
    project = world.found()
    world.deliver()
    assess(world, case=NO_CASE)
    assert standing(world) == {"no-business-case": TrapSeverity.HIGH}
    card = said(world.command("olivia", "move churn"))
    assert "Nothing is short for stage 3" in card
    assert "Speaks against the move\nNo business case · high" in card
    assert "Amount promised: “none” (Olivia)" in card
    scored = world.read(lambda tx: tx.milestones.latest(project.id)).scorecard
    assert scored.move_allowed
    assert "moved to exposure 3" in said(world.press("olivia", "move", f"{project.id}|3"))


def test_real_users_without_a_measured_value_are_a_trap_after_ninety_days(world: World) -> None:
    world.found(exposure="3")
    case = {**NO_CASE, "amount": "250k EUR", "measured": "none yet"}
    assess(world, case=case)
    assert standing(world) == {}
    world.clock.later(days=91)
    tell(world, "olivia", CASE, sponsor="Sofia Marin")
    assert standing(world) == {"no-business-case": TrapSeverity.HIGH}
    assert "Real users have had it for 91 days, and its value has not been measured." in told(world)[-1]
    assert "Speaks against" not in said(world.command("olivia", "move churn"))


def test_technology_ahead_of_the_goal_is_found_by_levels_alone(world: World) -> None:
    world.found()
    world.deliver()
    assess(world, [3, 2, 2, 2, 2, 2, 2, 2, 1, 2])
    assert standing(world) == {"tech-first": TrapSeverity.HIGH}
    alert = told(world)[-1]
    assert "Technology is at level 3 at its best, the business goal at level 1." in alert
    assert "Business KPI Alignment, level 1: Problem stated, success only in model terms (Olivia)" in alert


def test_barriers_that_compound_are_named_once_they_do(world: World) -> None:
    world.found(exposure="3")
    assess(world, 2)
    told(world)
    world.clock.later(days=30)
    assess(world, [0, 2, 0, 2, 2, 2, 2, 2, 0, 2])
    alert = told(world)[-1]
    assert "Data challenges, Operational gaps, Business alignment issues are blocked at once: they compound" in alert
    status = said(world.command("olivia", "status churn"))
    assert "Data challenges, Operational gaps, Business alignment issues are blocked at once" in status
