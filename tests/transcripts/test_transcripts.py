"""Plays every transcript of this folder; `README.md` says how to read one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.playground.person import NotAcked, NotThere
from tests.running import running
from tests.teams.running import running_teams
from tests.transcripts.houses import House, SlackHouse, TeamsHouse
from tests.transcripts.stage import Stage, lines

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.txt"))


@contextmanager
def on_slack(database_url: str, folder: Path) -> Iterator[House]:
    with running(database_url, folder) as bot:
        yield SlackHouse(bot)


@contextmanager
def on_teams(database_url: str, folder: Path) -> Iterator[House]:
    with running_teams(database_url, folder) as bot:
        yield TeamsHouse(bot)


def played(path: Path, house: House) -> None:
    """Play a transcript to its end."""
    stage = Stage(house)
    for number, line in lines(path):
        try:
            stage.play(line)
        except (AssertionError, NotAcked, NotThere) as error:
            raise AssertionError(f"{path.name}:{number}: {line}\n{error}") from error
    stage.end()
    assert not house.problems()


def test_each_transcript_says_first_what_it_alone_shows() -> None:
    begin = [path.read_text(encoding="utf-8").split("\n")[0] for path in TRANSCRIPTS]
    assert all(line.startswith("# ") for line in begin)
    alike = Counter(" ".join(line.split()[:6]) for line in begin)
    assert not [words for words, times in alike.items() if times > 1]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path, database_url: str, tmp_path: Path) -> None:
    with on_slack(database_url, tmp_path) as house:
        played(path, house)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_it_goes_the_same_on_teams(path: Path, database_url: str, tmp_path: Path) -> None:
    with on_teams(database_url, tmp_path) as house:
        played(path, house)
