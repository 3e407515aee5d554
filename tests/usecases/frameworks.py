"""Acts that the tests of frameworks share: a file handed in or shared, and what came of it."""

from sqlalchemy import text

from bot.chat.incoming import Say, SharedFile, Submit
from bot.chat.view import Reply
from bot.readiness.framework_versions import FrameworkKey
from tests.world import World, account, said

FIRST = FrameworkKey("poc-to-production", "1.0")


def hand_in(world: World, content: bytes | str, handle: str = "ada") -> str:
    """Import a file by its form; what its sender is told."""
    file_id = f"F{len(world.messenger.files)}"
    world.messenger.files[file_id] = content.encode() if isinstance(content, str) else content
    reply = world.conversation.converse(framework_form(world, handle, file_id))
    assert "reading the file" in said(reply), said(reply)
    world.deliver()
    return world.messenger.said_to(account(handle))[-1]


def framework_form(world: World, handle: str, *files: str) -> Submit:
    return Submit(**world.who(handle), form="framework", fields={"file": files or None})


def share(world: World, handle: str, words: str, *files: str) -> Reply:
    return world.conversation.converse(Say(**world.who(handle), text=words, files=tuple(map(SharedFile, files))))


def current(world: World) -> FrameworkKey | None:
    found: FrameworkKey | None = world.read(lambda tx: tx.frameworks.current)
    return found


def trail(world: World) -> list[str]:
    with world.engines.reading.connect() as connection:
        found = connection.execute(text("SELECT action FROM audit_event WHERE action LIKE 'framework.%' ORDER BY seq"))
        return [row.action for row in found]
