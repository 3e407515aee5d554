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
    return text.get(language) or text.get(language.split("-", maxsplit=1)[0]) or text["en"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a rubric: `label` (at most 60 characters) stands on a button, `statement` is the full claim.

    `cues` are, by language, what people write when this is where they stand; `docs/matcher.md` says how one is written.
    """

    number: int
    label: Text
    statement: Text
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """The step from level `to - 1` to level `to`, with the practices, patterns or mistakes it comes from."""

    to: int
    text: Text
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question asked after the level, when the answer calls for it.

    `when` is `level_at_least:N`, `counts_for_less` (than claimed, where people are exposed or at the next stage),
    `level_below_bar`, `always`, or several of them joined by ` or `. `asks` is `evidence`, `owner_and_date` or
    `facts`. `fields` names the facts asked for (their ids and labels), in order.
    """

    id: str
    when: str
    asks: str
    text: Text
    fields: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the things a project is rated on.

    `bars[s]` is the level needed to enter stage `s` (2 to 5); `needs[s]` (0 to 5) the same once bars accumulate.
    `primary` and `secondary` are barrier ids, `role` the role that answers with authority, `reason` the wording of
    the source that sets the bars.
    """

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
    reason: Text | None = None
    needs: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Scoring reads the accumulated bars of every dimension for every project: they are worked out once.
        needs = [0, 0]
        for stage in STAGES[1:]:
            needs.append(max(needs[-1], self.bar(stage)))
        object.__setattr__(self, "needs", tuple(needs))

    def bar(self, stage: int) -> int:
        """The level needed at exactly this stage; stage 1 needs nothing."""
        return self.bars.get(stage, 0)

    def need(self, stage: int) -> int:
        """The level needed once bars accumulate: the highest bar of stages 2 to `stage`."""
        return self.needs[stage]

    def level(self, number: int) -> Level:
        """The step of the rubric with this number, 0 to 4."""
        return self.levels[number]


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
    a project that declared none, `intervals[E]` the days between two assessments at exposure E. A level of
    `index_full_level` fills a dimension's share of the index; at most `most_exclusions` dimensions are left out of a
    stage. `method` names the scoring rule; today there is one, `cumulative`.
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
    most_exclusions: int = 2
    caps: Mapping[bool, Mapping[str, tuple[int, ...]]] = field(init=False, repr=False, compare=False)
    by_id: Mapping[str, Dimension] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # caps[strict evidence?][strength][stage]: what evidence may count for, worked out once per framework.
        def flat(cap: int) -> tuple[int, ...]:
            return (cap,) * (len(STAGES) + 1)

        plain = {
            "asserted": flat(self.asserted_cap),
            "linked": flat(self.linked_cap),
            "verified": flat(self.verified_cap),
        }
        strict = tuple(
            self.strict_asserted_cap if stage >= self.strict_from else self.asserted_cap
            for stage in range(len(STAGES) + 1)
        )
        object.__setattr__(self, "caps", {False: plain, True: {**plain, "asserted": strict}})
        object.__setattr__(self, "by_id", {dimension.id: dimension for dimension in self.dimensions})

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension of this id; KeyError names the id when there is none."""
        return self.by_id[dimension_id]

    def cap(self, dimension: Dimension, strength: str, stage: int) -> int:
        """The highest level that evidence of this strength may count for on this dimension when testing a stage."""
        return self.caps[dimension.strict_evidence][strength][stage]

    def barrier(self, barrier_id: str) -> Barrier:
        """The barrier of this id; KeyError names the id when there is none."""
        for barrier in self.barriers:
            if barrier.id == barrier_id:
                return barrier
        raise KeyError(barrier_id)

    def practice(self, code: str) -> Practice:
        """The practice, pattern or mistake of this code; KeyError names the code when there is none."""
        for practice in self.practices:
            if practice.code == code:
                return practice
        raise KeyError(code)

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
