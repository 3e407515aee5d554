"""What scoring costs: from ratings to scorecard, and from answers."""

import random
import time
from datetime import UTC, datetime
from statistics import median

from bot.content.reader import shipped_framework
from bot.readiness.assessment import Answer, AnswerKind, Evidence
from bot.readiness.scoring import STRENGTHS, Rating, rate_all, score
from tests.bench.figures import Figure

PROJECTS = 200
TURNS = 5


def measure(seconds: float) -> list[Figure]:
    """Microseconds for one project of many different ones, in the median of some turns."""
    framework, chance = shipped_framework(), random.Random(7)
    now = datetime(2026, 11, 23, tzinfo=UTC)

    def answer(number: int, dimension_id: str) -> Answer:
        level, evidence = chance.randrange(5), Evidence(chance.choice(STRENGTHS), None)
        name = f"{number}-{dimension_id}"
        return Answer(name, "p", "a", "i", dimension_id, "r", AnswerKind.LEVEL, now, level=level, evidence=evidence)

    told = [[answer(number, dimension.id) for dimension in framework.dimensions] for number in range(PROJECTS)]
    rated: list[tuple[int, dict[str, Rating]]] = [
        (1 + number % 4, rate_all(framework, answers, {})) for number, answers in enumerate(told)
    ]
    pure, whole = [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        for exposure, ratings in rated:
            score(framework, exposure, None, ratings)
        pure.append((time.perf_counter() - begun) / PROJECTS * 1e6)
        begun = time.perf_counter()
        for (exposure, _), answers in zip(rated, told, strict=True):
            score(framework, exposure, None, rate_all(framework, answers, {}))
        whole.append((time.perf_counter() - begun) / PROJECTS * 1e6)
    again = median(whole) * 10_000 / 1e6
    return [
        Figure("scoring", "one project, from its ratings", median(pure), "us", 100, at_least=False),
        Figure("scoring", "one project, from its answers", median(whole), "us"),
        Figure("scoring", "10,000 projects scored again, without the database", again, "s", 2, at_least=False),
    ]
