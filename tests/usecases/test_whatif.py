"""What if: it says what really answering so would make true, and it changes nothing."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness.whatif import Supposition, written
from tests.usecases.gaps import D1, D3, answer, assessed, buttons
from tests.world import World, said

KPI = "business-kpi-alignment"
LEVELS = {D1: 0, D3: 1, KPI: 1}
"""Exposed at stage 2 and ready for stage 1; the rest is at level 2."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_stored_whatever_is_supposed(world: World, database_url: str) -> None:
    assessed(world, LEVELS, exposure="2", target="3")
    world.deliver()
    framework, project = world.conversation.library.shipped, world.project()
    ids = [dimension.id for dimension in framework.dimensions]
    before = everything(database_url)

    @settings(max_examples=15, deadline=None)
    @given(st.dictionaries(st.sampled_from(ids), st.one_of(st.none(), st.integers(0, 4))), st.integers(1, 5))
    def suppose(levels: dict[str, int | None], exposure: int) -> None:
        words = written(framework, Supposition(levels, exposure))
        chosen = {f"level:{each}": "unknown" if level is None else f"{level}" for each, level in levels.items()}
        pages = [
            said(world.command("olivia", f"whatif churn {words}")),
            said(world.press("olivia", "whatif", f"{project.id}|{words}")),
            said(world.send("olivia", "whatif", f"{project.id}|", {**chosen, "exposure": f"{exposure}"})),
        ]
        assert pages[0] == pages[1] == pages[2]
        form = world.press("olivia", "whatif_form", f"{project.id}|{words}").form
        assert form is not None
        assert {field.id: field.initial for field in form.fields} == {
            **{f"level:{each}": chosen.get(f"level:{each}", "as_it_is") for each in ids},
            "exposure": f"{exposure}",
        }
        assert everything(database_url) == before

    suppose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_says_what_really_answering_so_makes_true(world: World) -> None:
    assessed(world, LEVELS, exposure="2", target="3")
    supposed = said(world.command("olivia", "whatif churn data=1 business=2"))
    answer(world, LEVELS | {D1: 1, KPI: 2})
    status = said(world.command("olivia", "status churn"))
    assert "Stage | 1 · Experimentation | 2 · Formalized POC" in supposed
    assert "Churn: stage 2, Formalized POC" in status
    assert after(supposed, "To reach stage 3") == after(status, "To reach stage 3")
    now = said(world.command("olivia", "whatif churn"))
    assert "level 2, with a link" in now


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_step_by_step_it_leads_to_the_top_and_then_knows_no_further(world: World) -> None:
    assessed(world, LEVELS, exposure="2", target="4")
    reply, pages = world.command("olivia", "whatif churn"), []
    while further := [value for press, value in buttons(reply) if press == "whatif"]:
        reply = world.press("olivia", "whatif", further[0])
        pages.append(said(reply))
    stages = [page.split("Stage | ")[1].split("\n")[0].split(" | ")[1] for page in pages]
    assert stages == ["2 · Formalized POC", "3 · Production pilot", "4 · Scaled deployment"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["nobody|", "|", "{project}|zzz=3", "{project}|D1"])
def test_a_button_that_means_nothing_any_more_says_so(world: World, value: str) -> None:
    assessed(world, 2)
    for press in ("whatif", "whatif_form"):
        assert "no longer leads anywhere" in said(
            world.press("olivia", press, value.replace("{project}", world.project().id))
        )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_choice_that_the_form_does_not_have_is_refused_at_its_field(world: World) -> None:
    assessed(world, 2)
    fields = {"level:model-monitoring": "7", "exposure": "x"}
    faults = world.send("olivia", "whatif", f"{world.project().id}|", fields).errors
    assert faults == dict.fromkeys(fields, "Please choose one of the list.")


def after(page: str, title: str) -> list[str]:
    """The numbered steps behind a title, without buttons."""
    lines = page.split(title)[1].split("\n")
    return [line.split(": ")[0] for line in lines if line[:1].isdigit()]


def everything(database_url: str) -> list[str]:
    """All rows of all tables."""
    with sqlite3.connect(Path(database_url.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())
