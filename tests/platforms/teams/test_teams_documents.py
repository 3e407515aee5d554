"""Files in messages: what is too large to hold lies on disk, and its link gives all of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.chat.document import CSV, Document
from bot.chat.view import View
from bot.platforms.teams.documents import Documents
from bot.usecases.ports import Destination


class Shelf:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.kept: dict[str, Document] = {}

    def put(self, platform: str, installation: str, whose: str, document: Document) -> str:
        self.kept[whose] = document
        return "word"

    def get(self, token: str) -> Document | None:
        return None


async def threads(work: Callable[..., Any], *arguments: object) -> Any:
    return work(*arguments)


def test_a_file_on_disk_is_kept_whole_for_its_link(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_bytes(b"key,stage\nchurn,2\n")
    shelf = Shelf()
    made = Documents(shelf, threads, "https://bot.example")
    to = Destination("teams", "tenant", "mei", None)
    view, pictures = asyncio.run(
        made.carried(to, [Document("portfolio.csv", "Projects", CSV, path=str(file))], View("Here."))
    )
    file.unlink()
    assert shelf.kept["mei"] == Document("portfolio.csv", "Projects", CSV, b"key,stage\nchurn,2\n")
    assert "https://bot.example/files/word/portfolio.csv" in str(view)
    assert pictures == []
