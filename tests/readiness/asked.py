"""The written questions, the world they are asked in, and how the interpreter fares with one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.content.reader import shipped_framework
from bot.readiness.asking import Known, Reading, Understood, read_reading
from bot.readiness.asking_reader import read_question
from bot.readiness.query import Named, Numbered
from bot.readiness.spoken import spoken

HERE = Path(__file__).parent
PARTS = {
    "built on": "questions.yaml",
    "second": "questions_second.yaml",
    "third": "questions_third.yaml",
    "held out": "questions_held_out.yaml",
    "fresh": "questions_fresh.yaml",
}


class End(StrEnum):
    """How a question ended.

    RIGHT      answered as meant, or rightly asked back, or rightly left alone
    ASKED      asked back, with the right reading among those offered
    WRONG      asked back without it, or taken for no question
    CONFIDENT  answered as something else, or where nothing should be answered
    """

    RIGHT = "right"
    ASKED = "asked back"
    WRONG = "wrong"
    CONFIDENT = "wrong and confident"


@cache
def _file(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def world() -> tuple[Known, date]:
    """What there is to ask about, and today."""
    said = _file(PARTS["built on"])
    vocabulary, stages = spoken(shipped_framework())
    known = Known(vocabulary, stages, said["projects"], said["teams"], said["functions"], said["people"])
    return known, said["today"]


def questions(part: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Language, words and what they may mean."""
    for each in _file(PARTS[part])["questions"]:
        means = each["means"] if isinstance(each["means"], list) else [each["means"]]
        for language in ("en", "de"):
            if language in each:
                yield language, each[language], tuple(means)


def read(text: str) -> Understood | None:
    """What the interpreter makes of a question in that world."""
    return read_question(text, *world())


def end_of(text: str, means: tuple[str, ...]) -> End:
    """How it ended."""
    got = read(text)
    wanted = {_alike(read_reading(each, world()[0].vocabulary)) for each in means if each not in ("none", "ask")}
    if got is None:
        return End.RIGHT if "none" in means else End.WRONG
    if got.sure:
        return End.RIGHT if _alike(got.readings[0]) in wanted else End.CONFIDENT
    if "ask" in means:
        return End.RIGHT
    return End.ASKED if wanted & {_alike(reading) for reading in got.readings} else End.WRONG


def _alike(reading: Reading) -> Reading:
    """The same for readings that differ in the order of their words alone."""
    clauses = []
    for clause in reading.query.clauses:
        condition = clause.condition
        if isinstance(condition, Named | Numbered):
            condition = replace(condition, any_of=tuple(sorted(condition.any_of, key=str)))  # type: ignore[arg-type, type-var]
        clauses.append(replace(clause, condition=condition))
    return replace(reading, query=replace(reading.query, clauses=tuple(sorted(clauses, key=repr))))
