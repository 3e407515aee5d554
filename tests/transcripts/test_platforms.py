"""The table of `docs/platforms.md`: what every transcript shows, and where it goes on which platform."""

from pathlib import Path

from tests.transcripts.stage import HERE_ALONE, lines
from tests.transcripts.test_transcripts import TRANSCRIPTS

PAGE = Path(__file__).parent.parent.parent / "docs" / "platforms.md"
BEGIN, END = "<!-- played: this table is compared by tests/transcripts/test_platforms.py -->\n", "<!-- /played -->"


def table() -> str:
    """One row for each transcript: all of them are played on both platforms."""
    rows = ["| played on both | Slack alone | Teams alone |", "|---|---|---|"]
    for path in TRANSCRIPTS:
        shown = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
        alone = {"Slack": 0, "Teams": 0}
        for _, line in lines(path):
            if found := HERE_ALONE.fullmatch(line):
                alone[found["house"]] += 1
        told = (f"{count} line{'s' if count > 1 else ''}" if count else "" for count in alone.values())
        rows.append(f"| [{shown}](../tests/transcripts/{path.name}) | {' | '.join(told)} |")
    return "\n".join(rows) + "\n"


def test_the_table_of_features_is_what_is_played() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = page[page.index(BEGIN) + len(BEGIN) : page.index(END)]
    assert shown == table(), f"it should read:\n{table()}"
