"""Links behind answers are looked at: when, what is kept of it, and who learns of a dead one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.plain import plain
from bot.chat.view import View
from bot.offline import process_library
from bot.readiness.appointments import AppointmentKind
from bot.readiness.assessment import Answer, AssessmentState
from bot.readiness.links import EVERY, LinkCheck, LinkState, Look
from bot.usecases import link_checks
from bot.usecases.ports import Context
from tests.fakes import RememberingHosts
from tests.world import World, account, said

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Nine o'clock in Berlin, where everybody of this world lives."""
MONITORING, ROLLBACK = "model-monitoring", "rollback-capability"
LINK = f"https://wiki.example/{MONITORING}"
GONE, FOR_GOOD = Look(LinkState.GONE), Look(LinkState.GONE, for_good=True)
AWAY, REFUSED = Look(LinkState.UNREACHABLE), Look(LinkState.REFUSED)
DAY = timedelta(days=1)


@pytest.fixture
def hosts() -> RememberingHosts:
    return RememberingHosts()


@pytest.fixture
def watched(world: World, hosts: RememberingHosts) -> World:
    """Churn at exposure 2, answered by Mei for monitoring and features, by Olivia for the rest, all with links."""
    return assessed(world, hosts)


def assessed(world: World, hosts: RememberingHosts, allowed: tuple[str, ...] = ("wiki.example",), **more: str) -> World:
    world.clock.at, world.links = MONDAY, hosts
    world.conversation = replace(world.conversation, library=process_library(allowed))
    world.found(**{"role_ml-engineering": account("mei"), **more})
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("mei", 2)
    world.answer_all("olivia", 2)
    world.deliver()
    world.messenger.posts.clear()
    return world


def look(world: World, **later: float) -> None:
    """The clock goes on; what is due is kept and delivered."""
    world.clock.later(**later)
    world.tick()
    world.deliver()


def planned(world: World) -> datetime | None:
    found = world.read(lambda tx: tx.appointments.of(AppointmentKind.LINKS, world.project().id))
    return found.at if found else None


def known(world: World, link: str = LINK) -> LinkCheck | None:
    found: LinkCheck | None = world.read(lambda tx: tx.link_checks.of_project(world.project().id, [link]).get(link))
    return found


def current(world: World, dimension_id: str = MONITORING) -> Answer:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    answers = world.read(lambda tx: tx.answers.current(latest.id))
    return next(answer for answer in answers if answer.dimension_id == dimension_id)


def reopened(world: World) -> set[str]:
    with world.store.reading(world.who("ada")["actor"]) as tx:
        olivia = tx.people.of_account(account("olivia"))
        context = Context(tx, olivia, world.conversation.library, world.clock.now())
        return link_checks.dead_links(context, world.project())


def told(world: World, handle: str) -> list[str]:
    return [text for text in world.messenger.said_to(account(handle)) if "any more" in text]


def evidence(world: World, who: str = "olivia") -> str:
    return said(world.press(who, "evidence", world.project().id))


def dies(world: World, hosts: RememberingHosts) -> None:
    """Mei's link is read once, then gone in two looks a day apart."""
    look(world)
    hosts.found[LINK] = GONE
    look(world, days=30)
    look(world, days=1)


def test_links_are_looked_at_once_the_assessment_is_over_and_again_a_month_later(
    watched: World, hosts: RememberingHosts
) -> None:
    assert planned(watched) == MONDAY
    assert "wiki.example" not in evidence(watched)
    look(watched)
    assert len(hosts.looks) == 1
    assert len(hosts.looks[0]) == 10
    assert planned(watched) == MONDAY + EVERY
    assert evidence(watched).count("there on 30 Nov 2026") == 10
    assert watched.tick() == 0
    look(watched, days=30)
    assert len(hosts.looks) == 2
    assert watched.messenger.posts == []


def test_they_are_looked_at_in_time_before_the_next_assessment(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    watched.command("olivia", "schedule churn monthly")
    due = watched.read(lambda tx: tx.appointments.of(AppointmentKind.REASSESSMENT, watched.project().id)).at
    assert planned(watched) == due - 3 * DAY


def test_a_link_that_is_gone_twice_is_told_to_both_once_and_its_question_is_asked_again(
    watched: World, hosts: RememberingHosts
) -> None:
    look(watched)
    hosts.found[LINK] = GONE
    look(watched, days=30)
    assert told(watched, "mei") == []
    assert "not found on 30 Dec 2026" in evidence(watched)
    assert planned(watched) == watched.clock.now() + DAY
    look(watched, days=1)
    (mine,), (owners,) = told(watched, "mei"), told(watched, "olivia")
    assert "Churn: a link leads nowhere any more" in mine
    assert f"Model Monitoring, level 2: your link has led nowhere since 30 Dec 2026. {LINK}" in mine
    assert "[Change my answer] [It is still there]" in mine
    assert "the link of Mei has led nowhere" in owners
    assert "[Change my answer]" not in owners
    assert reopened(watched) == {MONITORING}
    assert "found that a link leads nowhere" in said(watched.command("ada", "audit churn"))
    look(watched, days=1)
    again = watched.read(lambda tx: tx.assessments.latest_of(watched.project().id))
    assert again.state is AssessmentState.OPEN
    assert MONITORING in watched.interview("mei").questions
    assert any("its link no longer works" in text for text in watched.messenger.said_to(account("olivia")))
    watched.press("mei", "resume", watched.interview("mei").id)
    watched.deliver()
    asked = watched.messenger.said_to(account("mei"))[-1]
    assert f"The link that was given then has led nowhere since 30 Dec 2026: {LINK}" in asked
    look(watched, days=40)
    assert (len(told(watched, "mei")), len(told(watched, "olivia"))) == (1, 1)


def test_what_says_that_it_is_gone_for_good_is_dead_at_once(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    hosts.found[LINK] = FOR_GOOD
    look(watched, days=30)
    assert len(told(watched, "mei")) == 1


def test_several_dead_links_are_told_together(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    for dimension in (ROLLBACK, MONITORING, "team-ownership"):
        hosts.found[f"https://wiki.example/{dimension}"] = FOR_GOOD
    look(watched, days=30)
    (owners,) = told(watched, "olivia")
    assert "3 links lead nowhere any more" in owners
    assert owners.count("your link has led nowhere") == 2
    (mine,) = told(watched, "mei")
    assert mine.count("has led nowhere") == 1


@pytest.mark.parametrize("seen", [AWAY, REFUSED, Look(LinkState.NOT_ALLOWED)])
def test_what_cannot_be_seen_is_never_called_dead(watched: World, hosts: RememberingHosts, seen: Look) -> None:
    look(watched)
    hosts.found[LINK] = seen
    for days in (30, 1, 1, 1, 1, 1):
        look(watched, days=days)
    assert told(watched, "mei") == []
    assert reopened(watched) == set()
    assert watched.project().hastened_at is None


def test_a_host_out_of_reach_is_tried_again_the_next_days_and_then_at_the_usual_date(
    watched: World, hosts: RememberingHosts
) -> None:
    hosts.found[LINK] = AWAY
    for _ in range(6):
        look(watched, days=1)
    assert len(hosts.looks) == 4
    assert "out of reach on 4 Dec 2026" in evidence(watched)


def test_what_was_never_there_for_us_may_hide_and_alarms_nobody(watched: World, hosts: RememberingHosts) -> None:
    hosts.found[LINK] = GONE
    for days in (1, 1, 29):
        look(watched, days=days)
    assert told(watched, "mei") == []
    assert "not readable for me on 31 Dec 2026" in evidence(watched)


def test_who_says_that_it_is_still_there_is_believed(watched: World, hosts: RememberingHosts) -> None:
    dies(watched, hosts)
    assert "is still true" in said(watched.press("mei", "still_true", current(watched).id))
    assert reopened(watched) == set()
    assert "leads nowhere since 30 Dec 2026" in evidence(watched)
    look(watched, days=1)
    assert len(told(watched, "mei")) == 1


def test_word_of_it_waits_for_the_morning_and_says_nothing_once_it_is_mended(
    watched: World, hosts: RememberingHosts
) -> None:
    look(watched, hours=14)
    hosts.found[LINK] = FOR_GOOD
    look(watched, days=30)
    assert watched.read(lambda tx: tx.link_checks.of_project(watched.project().id, [LINK]))[LINK].is_dead
    assert told(watched, "mei") + told(watched, "olivia") == []
    interview = watched.interview("mei")
    watched.press("mei", "edit_answer", f"{interview.id}|{MONITORING}")
    watched.say("mei", "https://wiki.example/moved")
    watched.press("mei", "answer", f"{interview.id}|{MONITORING}|2")
    assert reopened(watched) == set()
    look(watched, hours=12)
    assert told(watched, "mei") + told(watched, "olivia") == []


def test_a_check_takes_note_of_the_page_and_a_later_change_is_shown_to_the_next_checker(
    watched: World, hosts: RememberingHosts
) -> None:
    look(watched)
    watched.clock.later(days=2)
    watched.press("ada", "verify", current(watched).id)
    watched.deliver()
    assert hosts.looks[1:] == [[LINK]]
    assert "changed" not in evidence(watched)
    hosts.pages[LINK] = "another"
    look(watched, days=40)
    assert "there on 11 Jan 2027, changed since it was checked on 2 Dec 2026" in evidence(watched)
    card = said(watched.press("ada", "check_evidence", current(watched).id))
    assert "When I last looked: there on 11 Jan 2027, changed since it was checked on 2 Dec 2026." in card
    assert told(watched, "mei") == []
    watched.press("olivia", "verify", current(watched).id)
    watched.deliver()
    assert "changed" not in evidence(watched)


def test_a_change_before_the_check_is_none_since_it(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    hosts.pages[LINK] = "another"
    watched.clock.later(days=2)
    watched.press("ada", "verify", current(watched).id)
    watched.deliver()
    assert known(watched).state is LinkState.CHANGED  # type: ignore[union-attr]
    assert "changed" not in evidence(watched)


def test_where_no_host_is_allowed_nothing_is_planned_looked_at_or_said(world: World, hosts: RememberingHosts) -> None:
    assessed(world, hosts, allowed=())
    look(world)
    world.press("ada", "verify", current(world).id)
    look(world, days=40)
    assert planned(world) is None
    assert hosts.looks == []
    assert "links" not in world.outbox_states()
    assert "there on" not in evidence(world)


@pytest.mark.parametrize(
    ("allowed", "shown"),
    [
        (("wiki.example", "github.com"), "links on these hosts are still there: wiki.example, github.com."),
        ((), "I do not look at links: BRIDGEHEAD_LINK_HOSTS names no host where I may."),
    ],
)
def test_an_admin_sees_in_the_settings_where_it_looks(world: World, allowed: tuple[str, ...], shown: str) -> None:
    world.conversation = replace(world.conversation, library=process_library(allowed))
    form = world.command("ada", "settings").form
    assert form is not None
    assert any(shown in plain(View("", (part,))) for part in form.intro)


def test_what_was_allowed_and_is_no_longer_ends(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    watched.conversation = replace(watched.conversation, library=process_library())
    look(watched, days=31)
    assert (planned(watched), len(hosts.looks)) == (None, 1)
    assert "there on" not in evidence(watched)


def test_experiments_and_archived_projects_are_left_alone(world: World, hosts: RememberingHosts) -> None:
    assessed(world, hosts, exposure="1")
    assert planned(world) is None
    assessed_too = world.found(key="notes", name="Notes")
    assert world.read(lambda tx: tx.appointments.of(AppointmentKind.LINKS, assessed_too.id)) is None


def test_a_project_that_is_archived_meanwhile_is_not_looked_at(watched: World, hosts: RememberingHosts) -> None:
    watched.tick()
    watched.press("olivia", "archive", watched.project().id)
    watched.deliver()
    assert hosts.looks == [[]]
    assert planned(watched) is None


def test_the_trail_of_outbox_rows_says_how_a_look_ended(watched: World, hosts: RememberingHosts) -> None:
    look(watched)
    assert watched.outbox_states()["links"] == {("sent", None)}
    watched.links = None
    look(watched, days=30)
    assert watched.outbox_states()["links"] == {("sent", None), ("dropped", "nothing_to_say")}


def test_the_owner_does_not_read_of_an_answer_to_a_question_that_they_still_owe(
    world: World, hosts: RememberingHosts
) -> None:
    world.clock.at, world.links = MONDAY, hosts
    world.conversation = replace(world.conversation, library=process_library(("wiki.example",)))
    world.found(**{"role_ml-engineering": account("mei")})
    world.deliver()
    world.command("olivia", f"start churn <@{account('olivia')}>")
    world.answer_all("mei", 2)
    hosts.found[LINK] = FOR_GOOD
    world.clock.later(hours=1)
    world.press("ada", "verify", current(world).id)
    world.deliver()
    assert (len(told(world, "mei")), told(world, "olivia")) == (1, [])
