"""The framework: dimensions, barriers, stages and everything that is said about them.

A framework is data. The engine names no dimension; an organization may load its own (`bot/content` reads the file and
builds these values). Source of the shipped one: `docs/framework.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

STAGES = (1, 2, 3, 4, 5)
LEVELS = (0, 1, 2, 3, 4)

Text = Mapping[str, str]
"""One text by language code; `en` is always there."""


def in_language(text: Text, language: str) -> str:
    """The text in `language` ("de", "de-AT"), else in English."""
    return text.get(language) or text.get(language.split("-")[0]) or text["en"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a dimension's rubric: `label` (at most 60 characters) stands on a button, `statement` is the claim."""

    number: int
    label: Text
    statement: Text


@dataclass(frozen=True, slots=True)
class Action:
    """The step from level `to - 1` to level `to`, with the practices, patterns or mistakes it comes from."""

    to: int
    text: Text
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question asked after the level, when the answer calls for it.

    `when` is one of `level_at_least:N`, `level_below_bar`, `always`; `asks` is `evidence`, `owner_and_date` or `facts`.
    `fields` names the facts asked for (their ids and labels), in order.
    """

    id: str
    when: str
    asks: str
    text: Text
    fields: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the things a project is rated on. `bars[s]` is the level needed to enter stage `s` (2 to 5)."""

    id: str
    code: str
    name: Text
    question: Text
    probes: tuple[Text, ...]
    primary: str
    secondary: str | None
    bars: Mapping[int, int]
    levels: tuple[Level, ...]
    proofs: tuple[Text, ...]
    actions: tuple[Action, ...]
    role: str
    strict_evidence: bool = False
    may_be_not_applicable: bool = False
    not_applicable_reasons: Mapping[str, Text] = field(default_factory=dict)
    follow_ups: tuple[FollowUp, ...] = ()
    note: Text | None = None

    def bar(self, stage: int) -> int:
        """The level needed at exactly this stage; stage 1 needs nothing."""
        return self.bars.get(stage, 0)

    def need(self, stage: int) -> int:
        """The level needed once bars accumulate: the highest bar of stages 2 to `stage`."""
        return max((self.bar(s) for s in range(2, stage + 1)), default=0)


@dataclass(frozen=True, slots=True)
class Barrier:
    """One of five kinds of obstacle."""

    id: str
    code: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """One of five steps of a project's life. `gate` names the dimensions whose shortfall weighs heavier here."""

    number: int
    id: str
    name: Text
    text: Text
    focus: Text
    exposure: Text
    gate: frozenset[str]


@dataclass(frozen=True, slots=True)
class Practice:
    """A key practice (K), success pattern (P) or common mistake (M) that actions and traps point to."""

    code: str
    kind: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Role:
    """Who answers with authority for some dimensions."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Trap:
    """One of the three common mistakes, as detected; the rule itself is code, the words are here."""

    id: str
    code: str
    mistake: str
    name: Text
    rule: Text
    way_out: Text


@dataclass(frozen=True, slots=True)
class Framework:
    """A versioned body of dimensions, barriers and stages.

    `asserted_cap` and `linked_cap` bound what evidence of that strength may count for; `strict_asserted_cap` holds for
    dimensions with `strict_evidence` when testing stages from `strict_from` on. `default_targets[E]` is the target of
    a project that declared none. `method` names the scoring rule; today there is one, `cumulative`.
    """

    id: str
    version: str
    method: str
    name: Text
    dimensions: tuple[Dimension, ...]
    barriers: tuple[Barrier, ...]
    stages: tuple[Stage, ...]
    practices: tuple[Practice, ...]
    roles: tuple[Role, ...]
    traps: tuple[Trap, ...]
    default_targets: Mapping[int, int]
    intervals: Mapping[int, int]
    asserted_cap: int = 2
    strict_asserted_cap: int = 1
    strict_from: int = 3
    linked_cap: int = 3
    verified_cap: int = 4
    index_full_level: int = 3

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension of this id; KeyError names the id when there is none."""
        for dimension in self.dimensions:
            if dimension.id == dimension_id:
                return dimension
        raise KeyError(dimension_id)

    def barrier(self, barrier_id: str) -> Barrier:
        """The barrier of this id; KeyError names the id when there is none."""
        for barrier in self.barriers:
            if barrier.id == barrier_id:
                return barrier
        raise KeyError(barrier_id)

    def stage(self, number: int) -> Stage:
        """The stage of this number, 1 to 5."""
        return self.stages[number - 1]

    def gate(self, stage: int) -> frozenset[str]:
        """The dimensions that weigh heavier at this stage."""
        return self.stage(stage).gate

    def role(self, role_id: str) -> Role:
        """The role of this id; KeyError names the id when there is none."""
        for role in self.roles:
            if role.id == role_id:
                return role
        raise KeyError(role_id)
