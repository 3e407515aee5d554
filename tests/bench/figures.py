"""What a benchmark found: figures, each beside its yardstick and its goal, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line. `goal` is a bound on `measured`, "" where none is set; `at_least` says which side is good."""

    subject: str
    name: str
    measured: float
    unit: str = ""
    goal: float | None = None
    at_least: bool = True
    beside: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal is met."""
        if self.goal is None:
            return ""
        met = self.measured >= self.goal if self.at_least else self.measured <= self.goal
        return "met" if met else "MISSED"

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "verdict": self.verdict}


def table(figures: Sequence[Figure]) -> str:
    """All lines in columns."""
    rows = [("", "figure", "measured", "goal", "verdict", "beside")]
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        goal = "" if figure.goal is None else f"{sign} {_short(figure.goal)} {figure.unit}".strip()
        measured = f"{_short(figure.measured)} {figure.unit}".strip()
        rows.append((figure.subject, figure.name, measured, goal, figure.verdict, figure.beside))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _short(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"
