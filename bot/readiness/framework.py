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
class Check:
    """A consistency prompt: something said, or left unsaid, speaks against an answer.

    It looks at the answer for dimension `of`: a level from `level_at_least` to `level_at_most` while people are
    exposed at `exposure_at_least` or more, and the fact `needs` not told, or told with one of the words `but_not`
    ("" for `needs`: the level alone is enough). Then `asks` is asked again, that dimension itself or another. `text`
    says what speaks against the answer, in one sentence.
    """

    id: str
    of: str
    asks: str
    text: Text
    level_at_least: int = 0
    level_at_most: int = 4
    exposure_at_least: int = 1
    needs: str = ""
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the things a project is rated on.

    `bars[s]` is the level needed to enter stage `s` (2 to 5); `needs[s]` (0 to 5) the same once bars accumulate.
    `primary` and `secondary` are barrier ids, `role` the role that answers with authority, `reason` the wording of
    the source that sets the bars. `waivable`: a bar of it may be waived for a time. `spoken`: what people call it
    beside its name, by language (`docs/questions.md`).
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
    waivable: bool = True
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Scoring reads the accumulated bars of every dimension for every project: they are worked out once.
        needs = [0, 0]
        for stage in STAGES[1:]:
            needs.append(max(needs[-1], self.bar(stage)))
        object.__setattr__(self, "needs", tuple(needs))

    def follow_up(self, follow_up_id: str) -> FollowUp:
        """The follow-up of this id; KeyError names the id when there is none."""
        for follow_up in self.follow_ups:
            if follow_up.id == follow_up_id:
                return follow_up
        raise KeyError(follow_up_id)

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
    """One of five kinds of obstacle. `spoken`: what people call it beside its name, by language."""

    id: str
    code: str
    name: Text
    text: Text
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """One of five steps of a project's life. `gate` names the dimensions whose shortfall weighs heavier here.

    `spoken`: what people call it beside its name, by language.
    """

    number: int
    id: str
    name: Text
    text: Text
    focus: Text
    exposure: Text
    gate: frozenset[str]
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
class FactRef:
    """Where a fact stands: the field of a dimension's follow-up."""

    dimension_id: str
    field: str


@dataclass(frozen=True, slots=True)
class Trap:
    """One of the three common mistakes, as detected; how it is detected is code, what it looks at is here.

    `detection` names the rule (`bot.readiness.traps.DETECTIONS`). `dimensions`, `facts`, `thresholds` and `words` are
    what the rule reads, by the names it gives them; `words` are of all languages, `*` in one is any letters.
    """

    id: str
    code: str
    mistake: str
    name: Text
    rule: Text
    way_out: Text
    detection: str = ""
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, FactRef] = field(default_factory=dict)
    thresholds: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ownership:
    """The dimension that falls to `at_most` where people name different owners, or nobody answers a question.

    `must_agree` are the fact fields on which everybody who names an owner has to agree.
    """

    dimension: str
    at_most: int
    must_agree: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A versioned body of dimensions, barriers and stages.

    `asserted_cap` and `linked_cap` bound what evidence of that strength may count for; `strict_asserted_cap` holds for
    dimensions with `strict_evidence` when testing stages from `strict_from` on. `default_targets[E]` is the target of
    a project that declared none, `intervals[E]` the days between two assessments at exposure E. A level of
    `index_full_level` fills a dimension's share of the index; at most `most_exclusions` dimensions are left out of a
    stage. `ownership` is what lowers one dimension whatever was said about it. `method` names the scoring rule; today
    there is one, `cumulative`.
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
    ownership: Ownership | None = None
    checks: tuple[Check, ...] = ()
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

    def check(self, check_id: str) -> Check:
        """The consistency prompt of this id; KeyError names the id when there is none."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)

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

    def trap(self, trap_id: str) -> Trap:
        """The trap of this id; KeyError names the id when there is none."""
        for trap in self.traps:
            if trap.id == trap_id:
                return trap
        raise KeyError(trap_id)

    def role(self, role_id: str) -> Role:
        """The role of this id; KeyError names the id when there is none."""
        for role in self.roles:
            if role.id == role_id:
                return role
        raise KeyError(role_id)
