"""Evidence grows old: a warning, a stage that falls, and a link that is still true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.view import Button, Buttons
from bot.readiness.appointments import AppointmentKind
from bot.readiness.assessment import Answer, EvidenceStrength
from tests.begun import begun
from tests.world import World, account, said

MONITORING, ROLLBACK, PIPELINE = "model-monitoring", "rollback-capability", "data-pipeline-stability"
TEAM = ("dan", "mei", "omar", "emma", "ravi", "sofia", "lukas")

WARNED = datetime(2027, 1, 8, 8, tzinfo=UTC)
"""Nine in the morning in Berlin, fourteen days before the links of 23 November are too old at exposure 3."""
FALLEN = datetime(2027, 1, 22, 9, tzinfo=UTC)
"""A Friday."""
TOLD = datetime(2027, 1, 25, 8, tzinfo=UTC)
"""The working morning after it."""


@pytest.fixture
@begun
def grown(world: World) -> World:
    """A project of seven people, exposed at 3, everything at level 3 with links: ready for 4."""
    world.found(team=True, exposure="3", cadence="quarterly")
    world.command("olivia", "start churn")
    world.deliver()
    for handle in TEAM:
        world.answer_all(handle, 3)
    world.deliver()
    world.messenger.posts.clear()
    return world


def at(world: World, moment: datetime) -> None:
    """The clock goes there; what is due is kept and delivered, whoever it is for."""
    world.clock.at = moment
    world.tick()
    world.deliver()


def got(world: World, handle: str) -> list[str]:
    """What somebody has read about old evidence since the last look; what they owe is reminded of elsewhere."""
    mine = [text for to, text, key in world.messenger.posts if to == account(handle) and key.startswith("evidence_")]
    world.messenger.posts[:] = [post for post in world.messenger.posts if post[0] != account(handle)]
    return mine


def channel(world: World) -> list[str]:
    """What the project's channel heard, but for its weekly digest."""
    mine = [text for text in world.messenger.said_to("C1") if not text.startswith("## Churn: since")]
    world.messenger.posts[:] = [post for post in world.messenger.posts if post[0] != "C1"]
    return mine


def current(world: World, dimension_id: str = ROLLBACK) -> Answer:
    latest = world.read(lambda tx: tx.milestones.latest(world.project().id))
    answers = world.read(lambda tx: tx.answers.current(latest.assessment_id))
    return next(answer for answer in answers if answer.dimension_id == dimension_id)


def renew(world: World, handle: str, *dimensions: str) -> None:
    for dimension in dimensions:
        assert "is still true" in said(world.press(handle, "still_true", current(world, dimension).id))


def planned(world: World) -> datetime | None:
    found = world.read(lambda tx: tx.appointments.of(AppointmentKind.AGEING, world.project().id))
    return found.at if found else None


def latest(world: World) -> Any:
    return world.read(lambda tx: tx.milestones.latest(world.project().id))


def test_fourteen_days_before_whoever_gave_it_is_warned_once(grown: World) -> None:
    assert planned(grown) == WARNED
    at(grown, WARNED)
    (warning,) = got(grown, "omar")
    assert "evidence of yours will soon be too old" in warning
    assert "the project falls from stage 3 to 2" in warning
    assert "Rollback Capability" in warning
    assert "your link of 23 Nov 2026 counts until 22 Jan 2027" in warning
    assert "[Still true]" in warning
    # Data pipelines may be told in words up to level 2: only the next stage rests on that link.
    (other,) = got(grown, "dan")
    assert "what makes Churn ready for stage 4" in other
    assert channel(grown) == []
    assert got(grown, "olivia") == []
    assert planned(grown) == TOLD
    grown.clock.later(days=1)
    assert grown.tick() == 0


def test_what_falls_lowers_the_stage_and_everybody_concerned_learns_which_and_whose(grown: World) -> None:
    at(grown, WARNED)
    grown.messenger.posts.clear()
    at(grown, FALLEN)
    assert latest(grown).cause == "completed"
    at(grown, TOLD)
    fell = latest(grown)
    assert (fell.cause, fell.scorecard.stage, fell.scorecard.readiness) == ("aged", 2, 2)
    (alert,) = channel(grown)
    assert "back from stage 3 to 2" in alert
    assert "the link that Omar gave on 23 Nov 2026 became too old on 22 Jan 2027" in alert
    assert "wiki.example" not in alert
    (own,) = got(grown, "omar")
    assert "falls from stage 3 to stage 2" in own
    assert own.count("became too old on") == 2
    assert "[Still true]" in own
    (owners,) = got(grown, "olivia")
    assert owners.count("became too old on") == 10
    assert "[Still true]" not in owners
    assert "evidence has grown too old" in said(grown.command("olivia", "history churn"))
    assert planned(grown) is None
    grown.clock.later(days=30)
    at(grown, grown.clock.at)
    assert (got(grown, "omar"), channel(grown)) == ([], [])


def test_a_press_renews_a_link_and_nothing_falls(grown: World) -> None:
    at(grown, WARNED)
    grown.messenger.posts.clear()
    for handle, dimensions in _by_person(grown).items():
        renew(grown, handle, *dimensions)
    assert latest(grown).sequence == 1
    renewed = current(grown)
    assert renewed.unchanged
    assert renewed.evidence.given_at == WARNED
    grown.deliver()
    # The message that asked shows it; the button is gone.
    assert any("(renewed)" in text and "[Still true]" not in text for _, text in grown.messenger.edits)
    at(grown, TOLD)
    assert (channel(grown), got(grown, "omar"), latest(grown).sequence) == ([], [], 1)
    assert planned(grown) == datetime(2027, 2, 23, 8, tzinfo=UTC)
    assert "said that a document is still true" in said(grown.command("ada", "audit churn"))


def test_after_it_fell_a_press_lifts_the_stage_again(grown: World) -> None:
    at(grown, TOLD)
    by_person = _by_person(grown)
    for handle, dimensions in by_person.items():
        renew(grown, handle, *dimensions)
    lifted = latest(grown)
    assert (lifted.cause, lifted.scorecard.stage) == ("edited", 3)
    grown.deliver()
    assert any("stage 2 → 3" in text for text in channel(grown))


def test_what_was_renewed_before_the_warning_went_out_is_not_warned_of(grown: World) -> None:
    grown.clock.at = WARNED
    grown.tick()
    renew(grown, "omar", ROLLBACK, "infrastructure-scalability")
    grown.deliver()
    assert got(grown, "omar") == []
    assert len(got(grown, "ravi")) == 1


def test_a_warning_that_comes_too_late_is_not_sent(grown: World) -> None:
    grown.clock.at = WARNED
    grown.tick()
    grown.clock.at = TOLD
    grown.deliver()
    assert got(grown, "omar") == []


def test_after_a_long_standstill_only_what_fell_is_told(grown: World) -> None:
    at(grown, datetime(2027, 4, 6, 10, tzinfo=UTC))
    (own,) = got(grown, "omar")
    assert "became too old on" in own
    assert len(channel(grown)) == 1
    assert latest(grown).cause == "aged"


def test_on_a_weekend_it_waits_for_the_readers_hours(grown: World) -> None:
    """The clock is late: a Saturday."""
    at(grown, datetime(2027, 2, 6, 10, tzinfo=UTC))
    assert latest(grown).scorecard.stage == 2
    assert (channel(grown), got(grown, "omar")) == ([], [])
    at(grown, datetime(2027, 2, 8, 8, tzinfo=UTC))
    assert (len(channel(grown)), len(got(grown, "omar"))) == (1, 1)


def test_where_a_link_carried_nothing_nobody_is_disturbed(world: World) -> None:
    world.found(team=True, exposure="1")
    world.command("olivia", "start churn")
    for handle in TEAM:
        world.answer_all(handle, 1)
    world.deliver()
    world.messenger.posts.clear()
    for _ in range(4):
        world.clock.later(days=60)
        at(world, world.clock.at)
    assert [key for _, _, key in world.messenger.posts if not key.startswith("visit")] == []
    assert latest(world).sequence == 1
    assert planned(world) is None


def test_a_project_that_moves_on_ages_faster_and_is_warned_at_once(world: World) -> None:
    world.found(team=True, exposure="2", cadence="quarterly")
    world.command("olivia", "start churn")
    for handle in TEAM:
        world.answer_all(handle, 3)
    world.clock.later(days=50)
    world.press("olivia", "move", f"{world.project().id}|3")
    world.deliver()
    world.messenger.posts.clear()
    assert planned(world) == world.clock.at
    at(world, world.clock.at)
    assert "counts until 22 Jan 2027" in got(world, "omar")[-1]
    assert planned(world) == TOLD


def test_a_check_ages_before_the_link_does(grown: World) -> None:
    grown.press("ada", "verify", current(grown).id)
    interview = grown.interview("omar")
    grown.press("omar", "edit_answer", f"{interview.id}|{ROLLBACK}")
    grown.press("omar", "answer", f"{interview.id}|{ROLLBACK}|4")
    grown.press("ada", "verify", current(grown).id)
    grown.clock.later(days=20)
    for handle, dimensions in _by_person(grown).items():
        renew(grown, handle, *[each for each in dimensions if each != ROLLBACK])
    grown.deliver()
    grown.messenger.posts.clear()
    at(grown, WARNED)
    # Level 3 is enough for the next stage, and a link carries it: nothing rests on the check.
    assert got(grown, "omar") == []
    assert current(grown).evidence.strength is EvidenceStrength.VERIFIED


def test_only_whoever_gave_a_link_can_say_that_it_is_still_true(grown: World) -> None:
    answer = current(grown)
    for handle in ("ada", "olivia", "mei", "zoe"):
        assert "put to somebody else" in said(grown.press(handle, "still_true", answer.id))
    assert "no longer leads anywhere" in said(grown.press("omar", "still_true", "nothing"))
    assert current(grown) == answer
    renew(grown, "omar", ROLLBACK)
    assert "done already" in said(grown.press("omar", "still_true", answer.id))


def test_a_link_that_somebody_doubted_needs_a_better_one(grown: World) -> None:
    grown.fill("ada", "doubt_evidence", current(grown).id, words="It is another model’s page.")
    assert "Give a better one" in said(grown.press("omar", "still_true", current(grown).id))


def test_an_answer_of_the_assessment_before_is_not_renewed_any_more(grown: World) -> None:
    old = current(grown)
    grown.command("olivia", "start churn")
    for handle in TEAM:
        grown.answer_all(handle, 3)
    assert "has changed since" in said(grown.press("omar", "still_true", old.id))


def test_the_evidence_page_offers_it_where_it_is_due(grown: World) -> None:
    def offered(handle: str) -> list[str]:
        reply = grown.press(handle, "evidence", grown.project().id)
        assert reply.view
        rows = [part for part in reply.view.parts if isinstance(part, Buttons)]
        presses = [button.press for row in rows for button in row.buttons if isinstance(button, Button)]
        return [press for press in presses if press == "still_true"]

    assert offered("omar") == []
    grown.clock.at = FALLEN
    assert len(offered("omar")) == 2
    assert offered("olivia") == []


def test_an_archived_project_ages_in_silence(grown: World) -> None:
    grown.press("olivia", "archive", grown.project().id)
    grown.deliver()
    grown.messenger.posts.clear()
    at(grown, TOLD)
    assert grown.messenger.posts == []


def test_who_was_erased_is_told_nothing_and_the_owner_is(grown: World) -> None:
    lukas = grown.read(lambda tx: tx.people.of_account(account("lukas"))).id
    grown.press("ada", "erase", lukas)
    grown.deliver()
    grown.messenger.posts.clear()
    at(grown, WARNED)
    at(grown, TOLD)
    assert len(got(grown, "olivia")) == 1
    assert not any(
        "evidence" in kind and state == "held" for kind, ends in grown.outbox_states().items() for state, _ in ends
    )


def test_a_new_assessment_moves_the_dates(grown: World) -> None:
    grown.clock.later(days=40)
    grown.command("olivia", "start churn")
    for handle in TEAM:
        grown.answer_all(handle, 3)
    assert planned(grown) == datetime(2027, 2, 17, 8, tzinfo=UTC)


def test_a_declared_move_that_comes_near_weighs_more_without_anybody_acting(world: World) -> None:
    world.found(team=True, exposure="3", target="4", target_date="2027-01-10", cadence="quarterly")
    world.command("olivia", "start churn")
    world.deliver()
    for handle in TEAM:
        world.answer_all(handle, 3 if handle != "dan" else 2)
    world.deliver()
    world.messenger.posts.clear()
    first = latest(world).scorecard
    assert not first.blockers
    assert planned(world) == datetime(2026, 12, 11, 8, tzinfo=UTC)
    at(world, datetime(2026, 12, 11, 8, tzinfo=UTC))
    near = latest(world)
    assert near.cause == "dated"
    assert [finding.dimension_id for finding in near.scorecard.blockers] == [PIPELINE]
    assert any("Data Pipeline Stability" in text for text in channel(world))


def test_what_does_not_apply_does_so_for_half_a_year(world: World) -> None:
    world.found(team=True, exposure="3", cadence="quarterly")
    world.command("olivia", "start churn")
    world.deliver()
    interview = world.interview("mei")
    here = f"{interview.id}|feature-store-readiness"
    world.press("mei", "not_applicable", here)
    world.press("mei", "reason", f"{here}|no-engineered-features")
    for handle in TEAM:
        world.answer_all(handle, 3)
    world.press("olivia", "agree", current(world, "feature-store-readiness").id)
    assert latest(world).scorecard.exclusions == ("feature-store-readiness",)
    world.deliver()
    world.messenger.posts.clear()
    for days in range(0, 166, 30):
        world.clock.at = datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(days=days)
        for handle, dimensions in _by_person(world).items():
            renew(world, handle, *[each for each in dimensions if current(world, each).level is not None])
    with world.store.writing(world.who("ada")["actor"]) as tx:
        tx.appointments.clear(AppointmentKind.REASSESSMENT, world.project().id)
    at(world, datetime(2027, 5, 8, 9, tzinfo=UTC))  # a Saturday
    at(world, datetime(2027, 5, 10, 8, tzinfo=UTC))
    (warning,) = got(world, "mei")
    assert "that it does not apply, as Olivia agreed, counts until 22 May 2027" in warning
    at(world, datetime(2027, 5, 24, 7, tzinfo=UTC))
    fell = latest(world)
    assert (fell.cause, fell.scorecard.exclusions, fell.scorecard.readiness) == ("aged", (), 2)
    assert "is older than 180 days since 22 May 2027" in got(world, "mei")[0]


def _by_person(world: World) -> dict[str, list[str]]:
    """Handle -> the dimensions whose answers are theirs."""
    held: dict[str, list[str]] = {}
    answers = world.read(lambda tx: tx.answers.current(latest(world).assessment_id))
    handles = {world.read(lambda tx, h=handle: tx.people.of_account(account(h))).id: handle for handle in TEAM}
    for answer in answers:
        held.setdefault(handles[answer.respondent_id], []).append(answer.dimension_id)
    return held
