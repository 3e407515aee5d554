"""A code makes two accounts one person; what could mix two histories, or serve somebody else, is refused."""

import re

from bot.chat.incoming import Actor, Command, Spot
from storage.store import Store
from tests.world import World, said

TEAMS = "22222222-2222-4222-8222-222222222222"


def on_teams(world: World, text: str, user: str = TEAMS) -> str:
    actor, spot = Actor("teams", "tenant", user, name="Olivia"), Spot("a:1", direct=True)
    key = f"t{next(world.numbers)}"
    return said(world.conversation.converse(Command(key, actor, spot, name="readiness", text=text)))


def joined(world: World) -> None:
    """The same organization speaks on Teams as well."""
    world.store = Store(world.engines, now=world.clock.now, one_organization=True)
    object.__setattr__(world.conversation, "store", world.store)


def code_of(text: str) -> str:
    found = re.search(r"\b\w{4}-\w{4}\b", text)
    assert found
    return found[0]


def test_a_code_holds_once_and_for_a_quarter_of_an_hour(world: World) -> None:
    joined(world)
    world.open_home("olivia")
    code = code_of(said(world.command("olivia", "connect")))
    assert "This is your own code" in said(world.command("olivia", f"connect {code}"))
    world.clock.later(minutes=15)
    assert "does not hold" in on_teams(world, f"connect {code}")
    code = code_of(said(world.command("olivia", "connect")))
    assert "does not hold" in on_teams(world, "connect ABCD-EFGH")
    assert "here you are olivia now" in on_teams(world, f"connect {code.lower()}")
    assert "does not hold" in on_teams(world, f"connect {code}", "33333333-3333-4333-8333-333333333333")
    again = code_of(said(world.command("olivia", "connect")))
    assert "has an account here already" in on_teams(world, f"connect {again}", "33333333-3333-4333-8333-333333333333")


def test_two_histories_are_not_mixed(world: World) -> None:
    joined(world)
    world.open_home("olivia")
    on_teams(world, "away until 2030-01-01")
    code = code_of(said(world.command("olivia", "connect")))
    assert "I do not mix two histories" in on_teams(world, f"connect {code}")


def test_another_organization_does_not_know_the_code(world: World) -> None:
    world.open_home("olivia")
    code = code_of(said(world.command("olivia", "connect")))
    assert "does not hold" in on_teams(world, f"connect {code}")
