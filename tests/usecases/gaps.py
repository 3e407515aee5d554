"""Acts that the tests of gaps share: a project assessed, a gap answered, a waiver asked for."""

from typing import Any

from bot.chat.view import Button, Buttons, Reply
from tests.begun import begun
from tests.world import World, account, said

D1, D3, D5, D8 = "data-pipeline-stability", "model-monitoring", "infrastructure-scalability", "team-ownership"
IN_A_MONTH = "2026-12-23"


@begun
def assessed(world: World, levels: int | dict[str, int] = 2, key: str = "churn", **fields: Any) -> str:
    """A project whose owner answered everything, level 2 with a link but for `levels`; gives its id."""
    wanted = {"name": key.title(), "key": key, "exposure": "3", "target": "3", "channel": f"C{key}"} | fields
    project = world.found(**wanted)
    answer(world, levels, key)
    return project.id


def answer(world: World, levels: int | dict[str, int], key: str = "churn") -> None:
    world.command("olivia", f"start {key}")
    by_id = levels if isinstance(levels, dict) else {}
    usual = levels if isinstance(levels, int) else 2
    dimensions = world.conversation.library.shipped.dimensions
    world.answer_all("olivia", [by_id.get(dimension.id, usual) for dimension in dimensions])


def buttons(reply: Reply) -> list[tuple[str, str]]:
    assert reply.view
    rows = [part for part in reply.view.parts if isinstance(part, Buttons)]
    return [(button.press, button.value) for row in rows for button in row.buttons if isinstance(button, Button)]


def held(world: World, project_id: str) -> dict[str, Any]:
    return dict(world.read(lambda tx: tx.commitments.open_of(project_id)))


def make_manager(world: World, handle: str) -> None:
    world.open_home(handle)
    assert "manager now" in said(world.command("ada", f"roles <@{account(handle)}> manager"))


def ask(world: World, value: str, handle: str = "olivia", **fields: str) -> Reply:
    wanted = {"reason": "The vendor delivers in January.", "until": IN_A_MONTH, "approver": account("mei")} | fields
    return world.fill(handle, "waiver", value, **wanted)


def waiver_of(world: World, project_id: str) -> Any:
    return world.read(lambda tx: tx.waivers.of_project(project_id))[-1]
