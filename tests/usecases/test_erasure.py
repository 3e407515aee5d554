"""A person is erased: nothing of who they were and what they wrote is left, and what was counted stays."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.chat.incoming import Say
from bot.readiness.assessment import Person
from bot.readiness.interview import Phase
from storage.engine import Engines
from storage.tables import Row
from tests.begun import begun
from tests.world import World, account, said

LINK = "https://wiki.northwind.example/churn/monitoring"
SECRET = "Between you and me, Petra told me so"


def everything(engines: Engines) -> Iterator[str]:
    """All that the database holds, row by row."""
    with engines.reading.connect() as connection:
        for table in Row.metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                yield f"{table.name}: {tuple(row)}"


def person_of(world: World, handle: str) -> Person | None:
    found: Person | None = world.read(lambda tx: tx.people.of_account(account(handle)))
    return found


@pytest.fixture
@begun
def world(world: World) -> World:
    """Mei has a role, has answered with words, a note and a link, and owes an answer again."""
    world.found(team=True)
    world.open_home("mei")
    world.command("olivia", "start churn")
    world.open_home("ada")
    world.answer_all("dan", 3)
    world.conversation.converse(Say(**world.who("mei"), text=SECRET))
    world.answer_all("mei", 3)
    world.conversation.converse(Say(**world.who("mei"), text=LINK))
    for handle in ("omar", "emma", "ravi", "sofia", "lukas"):
        world.answer_all(handle, 1 if handle == "sofia" else 3)
    world.deliver()
    world.command("olivia", "start churn")
    world.conversation.converse(Say(**world.who("mei"), text=SECRET))
    world.deliver()
    return world


def mention(handle: str) -> str:
    return f"<@{account(handle)}>"


def test_what_goes_and_what_stays_is_said_before_anything_happens(world: World, engines: Engines) -> None:
    before = list(everything(engines))
    shown = said(world.command("ada", f"erase {mention('mei')}"))
    assert shown.startswith("## Erase Mei?")
    assert "Goes for ever" in shown
    assert "Their part in Churn ends: roles are free, an open interview is closed." in shown
    assert "[Erase]" in shown
    assert list(everything(engines)) == before


def test_nothing_of_the_person_is_left(world: World, engines: Engines) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    rows = list(everything(engines))
    assert any(SECRET in row for row in rows)
    assert any(account("mei") in row for row in rows)
    told = said(world.press("ada", "erase", mei.id))
    assert told == f"Erased. Results and history say “#{mei.id[:6]}” from now on."
    world.deliver()
    for row in everything(engines):
        assert SECRET not in row
        assert account("mei") not in row
        assert "'Mei'" not in row
    assert person_of(world, "mei") is None


def test_what_was_counted_stays_under_a_number(world: World) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    before = said(world.command("olivia", "why churn"))
    milestones = world.read(lambda tx: tx.milestones.of_project(world.project().id))
    world.press("ada", "erase", mei.id)
    after = said(world.command("olivia", "why churn"))
    assert "Mei" in before
    assert "Mei" not in after
    assert f"#{mei.id[:6]}" in after
    kept = world.read(lambda tx: tx.milestones.of_project(world.project().id))
    assert kept[-len(milestones) :] == milestones


def test_nobody_waits_for_them_and_their_roles_are_free(world: World) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    interview = world.interview("mei")
    world.press("ada", "erase", mei.id)
    assert world.read(lambda tx: tx.interviews.get(interview.id)).phase is Phase.CLOSED
    assert mei.id not in world.project().roles.values()
    assert not world.read(lambda tx: tx.commitments.of_person(mei.id))
    assert "Mei" not in said(world.command("olivia", "status churn"))


def test_the_last_who_was_waited_for_ends_the_assessment(world: World) -> None:
    for handle in ("dan", "omar", "emma", "ravi", "sofia", "lukas"):
        world.answer_all(handle, 2)
    mei = person_of(world, "mei")
    assert mei is not None
    assert world.read(lambda tx: tx.assessments.open_of(world.project().id)) is not None
    world.press("ada", "erase", mei.id)
    assert world.read(lambda tx: tx.assessments.open_of(world.project().id)) is None


def test_pressed_again_it_does_nothing_more(world: World, engines: Engines) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    first = said(world.press("ada", "erase", mei.id))
    before = [row for row in everything(engines) if not row.startswith("inbox")]
    assert said(world.press("ada", "erase", mei.id)) == first
    assert [row for row in everything(engines) if not row.startswith("inbox")] == before


def test_who_comes_back_is_somebody_new(world: World) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    world.press("ada", "erase", mei.id)
    world.command("mei", "portfolio")
    world.command("olivia", f"start churn {mention('mei')}")
    again = person_of(world, "mei")
    assert again is None or again.id != mei.id


@pytest.mark.parametrize(
    ("handle", "answer"),
    [
        ("olivia", "Olivia owns churn, and a project is never without an owner; nothing has changed."),
        ("ada", "Ada is an admin; admins are not erased, and nothing has changed."),
        ("zoe", "I could not find"),
    ],
)
def test_an_owner_an_admin_and_a_stranger_are_not_erased(world: World, handle: str, answer: str) -> None:
    assert answer in said(world.command("ada", f"erase {mention(handle)}"))
    somebody = person_of(world, handle)
    if somebody is not None:
        assert answer in said(world.press("ada", "erase", somebody.id))


def test_the_trail_says_that_and_by_whom_and_no_name(world: World) -> None:
    mei = person_of(world, "mei")
    assert mei is not None
    world.press("ada", "erase", mei.id)
    trail = said(world.command("ada", "audit"))
    assert f"Ada erased a person · #{mei.id[:6]}" in trail
    assert "Mei" not in trail
