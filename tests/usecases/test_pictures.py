"""Pictures of the portfolio: who gets which, what stands in them and above them, and what is refused."""

import csv
import io
from dataclasses import replace

import pytest

from bot.usecases.questionnaire import level_field, words_field
from tests.usecases import gaps
from tests.usecases.test_files import files_of, words_of
from tests.world import World, account, said


@pytest.fixture
def portfolio(world: World) -> World:
    """Churn and Pricing are Olivia's and Omar's, each answered by its owner; Notes has no result. Mei is a manager."""
    for number, (owner, key, exposure) in enumerate((("olivia", "churn", "3"), ("omar", "pricing", "2"))):
        world.found(owner, name=f"The {key} project", key=key, exposure=exposure, channel="")
        assessed(world, owner, key, 1 + number)
    world.found("olivia", name="Notes", key="notes", exposure="1", channel="")
    world.command("ada", f"roles <@{account('mei')}> manager")
    world.deliver()
    return world


def assessed(world: World, owner: str, key: str, level: int) -> None:
    """Its owner gives every dimension this level, each with a link, in one form."""
    world.command(owner, f"start {key}")
    dimensions = world.conversation.library.shipped.dimensions
    fields = {level_field(each.id): f"{level}" for each in dimensions}
    fields |= {words_field(each.id): f"https://wiki.example/{each.id}" for each in dimensions}
    assert not world.send(owner, "questionnaire", world.interview(owner).id, fields).errors


def asked(world: World, handle: str, text: str) -> str:
    return said(world.command(handle, text, name="portfolio"))


def table_of(world: World, handle: str) -> dict[str, list[str]]:
    """Key -> the rest of its row in the table beside a heat map."""
    _, table = files_of(world, handle)
    _, *rows = csv.reader(io.StringIO(table.content.decode("utf-8-sig")))
    return {row[0]: row[1:] for row in rows}


def test_a_manager_gets_the_map_of_all_projects_with_the_same_as_a_table(portfolio: World) -> None:
    assert "on its way to our direct messages" in asked(portfolio, "mei", "map")
    portfolio.deliver()
    picture, table = files_of(portfolio, "mei")
    assert (picture.media_type, table.media_type) == ("image/png", "text/csv")
    assert picture.name == "portfolio-heat-map-2026-11-23-1.png"
    assert words_of(portfolio, "mei").startswith("3 projects, the most urgent first.")
    rows = table_of(portfolio, "mei")
    assert list(rows) == ["churn", "notes", "pricing"]
    assert rows["churn"][:3] == ["The churn project", "1", "3"]
    assert rows["churn"][4:] == ["1"] * 10
    assert rows["pricing"][4:] == ["2"] * 10
    assert rows["notes"] == ["Notes", "", "1", ""]
    assert "The churn project: stage 1, people exposed 3" in picture.alternative
    assert "Notes: not assessed, people exposed 1." in picture.alternative


def test_who_may_not_read_a_project_sees_what_blocks_and_no_level(portfolio: World) -> None:
    asked(portfolio, "olivia", "map")
    asked(portfolio, "lukas", "map")
    portfolio.deliver()
    own, others = table_of(portfolio, "olivia"), table_of(portfolio, "lukas")
    assert own["churn"][4:] == ["1"] * 10
    assert own["pricing"][4:] == [""] * 10
    assert others["churn"][4:] == others["pricing"][4:] == [""] * 10
    assert others["churn"][:4] == own["churn"][:4]
    assert "critical" in own["churn"][3]
    assert "1 of these projects you may not read" in words_of(portfolio, "olivia")
    assert "2 of these projects you may not read" in words_of(portfolio, "lukas")


def test_what_is_waived_is_marked_in_the_pictures_and_in_their_words(world: World) -> None:
    project_id = gaps.assessed(world, {gaps.D1: 1})
    gaps.make_manager(world, "mei")
    gaps.ask(world, f"{project_id}|{gaps.D1}")
    world.press("mei", "approve_waiver", gaps.waiver_of(world, project_id).id)
    asked(world, "mei", "map")
    world.deliver()
    assert table_of(world, "mei")["churn"][3] == "Data Pipeline Stability (waived)"
    assert "Churn: stage 2, people exposed 3, 1 waived." in files_of(world, "mei")[0].alternative
    world.press("mei", "profile", project_id)
    world.deliver()
    assert "Data Pipeline Stability (waived)" in words_of(world, "mei")
    assert "Data Pipeline Stability 1 of 2 (waived)" in files_of(world, "mei")[0].alternative


def test_filters_choose_what_is_drawn(portfolio: World) -> None:
    asked(portfolio, "mei", "map exposure:2")
    portfolio.deliver()
    assert list(table_of(portfolio, "mei")) == ["pricing"]
    assert words_of(portfolio, "mei").startswith("1 project matches exposure:2.")
    asked(portfolio, "olivia", "map dimension:D4>=0")
    portfolio.deliver()
    assert list(table_of(portfolio, "olivia")) == ["churn"]
    assert "one other project was left out" in words_of(portfolio, "olivia")
    assert "No project matches stage:5" in asked(portfolio, "mei", "map stage:5")
    refused = asked(portfolio, "mei", "map blokced stage:9 dimension:zzz")
    assert refused.splitlines()[0] == (
        "I cannot read these filters: “blokced” at 1 is no filter (did you mean “blocked”?); “9” at 15 is out of range "
        "for “stage”, which goes from 1 to 5; “zzz” at 27 is no “dimension”; I take data-pipeline-stability, "
        "feature-store-readiness, model-monitoring, rollback-capability, infrastructure-scalability, "
        "integration-completeness, governance-and-compliance, team-ownership and so on. Nothing has changed."
    )
    assert portfolio.deliver() == 0


def test_more_than_fifty_projects_come_in_pictures_of_fifty(world: World) -> None:
    first = world.found("olivia", name="Project", key="p00", exposure="1", channel="")
    with world.store.writing(world.who("olivia")["actor"]) as tx:
        for number in range(1, 53):
            tx.projects.add(replace(first, id=f"p{number:02}", key=f"p{number:02}"))
    asked(world, "olivia", "map -blocked")
    world.deliver()
    shown = table_of(world, "olivia")
    assert len(shown) == 50
    assert "these are 1 to 50, 3 more are not shown" in words_of(world, "olivia")
    assert "[The next 3]" in words_of(world, "olivia")
    world.press("olivia", "more_of_map", "50|-blocked")
    world.deliver()
    second = table_of(world, "olivia")
    assert len(second) == 3
    assert not shown.keys() & second.keys()
    assert "these are 51 to 53" in words_of(world, "olivia")
    assert "not shown" not in words_of(world, "olivia")
    assert files_of(world, "olivia")[0].name == "portfolio-heat-map-2026-11-23-51.png"


def test_the_flow_counts_every_stage_by_month_and_by_week(portfolio: World) -> None:
    portfolio.clock.later(days=40)
    assessed(portfolio, "omar", "pricing", 0)
    portfolio.command("olivia", "move notes")
    assert "on its way" in asked(portfolio, "lukas", "flow")
    portfolio.deliver()
    (picture,) = files_of(portfolio, "lukas")
    assert picture.alternative.startswith("Projects at the stages 1 to 5 at the end of each week")
    assert words_of(portfolio, "lukas").splitlines()[1:4] == [
        "In these 6 weeks projects rose to a higher stage 0 times and fell back once. There are 3 projects today.",
        "Week from | 1 | 2 | 3 | 4 | 5 | not assessed yet",
        "23 Nov | 1 | 1 | 0 | 0 | 0 | 1",
    ]
    assert words_of(portfolio, "lukas").splitlines()[-1] == "28 Dec | 2 | 0 | 0 | 0 | 0 | 1"
    asked(portfolio, "lukas", "flow 2m")
    portfolio.deliver()
    assert words_of(portfolio, "lukas").splitlines()[2:] == [
        "Month | 1 | 2 | 3 | 4 | 5 | not assessed yet",
        "Dec 2026 | 1 | 1 | 0 | 0 | 0 | 1",
        "Jan 2027 | 2 | 0 | 0 | 0 | 0 | 1",
    ]


def test_a_span_that_cannot_be_drawn_is_refused(portfolio: World) -> None:
    for text in ("flow since May", "flow 99w"):
        assert "cannot read" in asked(portfolio, "mei", text)
    assert portfolio.deliver() == 0


def test_the_barriers_are_ranked_for_everybody(portfolio: World) -> None:
    assert "on its way" in asked(portfolio, "lukas", "barriers")
    portfolio.deliver()
    (picture,) = files_of(portfolio, "lukas")
    assert picture.alternative.startswith("1 of 3 projects are blocked. ")
    lines = words_of(portfolio, "lukas").splitlines()
    assert lines[1] == "1 of 3 projects is blocked. What holds them:"
    assert lines[2].startswith("1. ")
    assert "1 project, " in lines[2]
    assert "/portfolio barrier:" in lines[2]
    assert len(lines) == 7


def test_two_projects_are_compared_however_they_are_named(portfolio: World) -> None:
    for typed in ("churn pricing", "churn and pricing", "The churn project vs pricing", "churn, The pricing project"):
        assert "on its way" in asked(portfolio, "mei", f"compare {typed}")
        assert portfolio.deliver() == 1
        (picture,) = files_of(portfolio, "mei")
        assert picture.name == "churn-pricing-comparison-2026-11-23.png"
    assert "Data Pipeline Stability 1 to 2" in picture.alternative
    text = words_of(portfolio, "mei")
    assert "churn | 1 | 3 | ahead of readiness" in text
    assert "The pricing project is further in Data Pipeline Stability (2 to 1)" in text


def test_a_comparison_needs_two_projects_that_one_may_read(portfolio: World) -> None:
    assert "two different projects" in asked(portfolio, "mei", "compare churn")
    assert "two different projects" in asked(portfolio, "mei", "compare churn churn")
    assert "no project “churm”" in asked(portfolio, "mei", "compare churm pricing")
    assert "Only people of The pricing project" in asked(portfolio, "olivia", "compare churn pricing")
    assert "Notes has no result yet" in asked(portfolio, "mei", "compare churn notes")
    assert portfolio.deliver() == 0


def test_what_may_not_be_seen_any_more_is_not_delivered(portfolio: World) -> None:
    asked(portfolio, "mei", "compare churn pricing")
    portfolio.press("mei", "profile", portfolio.project().id)
    portfolio.command("ada", f"roles <@{account('mei')}> none")
    portfolio.deliver()
    assert files_of(portfolio, "mei") == ()
    assert portfolio.outbox_states()["picture"] == {("dropped", "nothing_to_say")}


def test_a_profile_is_a_picture_of_the_levels_against_the_next_bars(portfolio: World) -> None:
    assert "[As a picture]" in said(portfolio.command("olivia", "why churn"))
    assert "on its way" in said(portfolio.press("olivia", "profile", portfolio.project().id))
    portfolio.deliver()
    (picture,) = files_of(portfolio, "olivia")
    assert picture.name == "churn-profile-2026-11-23.png"
    assert "Business KPI Alignment 1 of 2" in picture.alternative
    assert words_of(portfolio, "olivia").startswith("The churn project against the bars of stage 2: short in ")
    assert "Only people of" in said(portfolio.press("lukas", "profile", portfolio.project().id))


def test_without_a_project_there_is_nothing_to_draw(world: World) -> None:
    for text in ("map", "flow", "barriers"):
        assert "There is no project yet, so there is nothing to draw" in asked(world, "olivia", text)
    assert "no longer leads anywhere" in said(world.press("olivia", "more_of_map", "x|"))
    assert world.deliver() == 0


def test_what_was_archived_meanwhile_is_not_drawn(world: World) -> None:
    project = world.found()
    asked(world, "olivia", "map")
    world.press("olivia", "archive", project.id)
    world.deliver()
    assert world.outbox_states()["picture"] == {("dropped", "nothing_to_say")}
