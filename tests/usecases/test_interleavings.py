"""Several people answer, edit, hand over, return, skip, pause, contest and settle in any order: the result is the same.

What counts in the end is what each of them said last, however they came to it. A model remembers only that.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.incoming import Press, Submit
from bot.forms import FORMS
from bot.presses import PRESSES
from bot.readiness.assessment import Answer, AnswerKind, Assessment, Evidence, EvidenceStrength, Project
from bot.readiness.contested import is_contested, positions
from bot.readiness.evidence import carried, linked
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview
from bot.readiness.ownership import lowered, lowerings
from bot.readiness.refusals import Refused
from bot.readiness.scoring import Scorecard, rate_all, score
from bot.usecases.ports import Context
from storage.engine import make_engines
from storage.outbox import Outbox
from storage.store import Store
from tests.world import MONDAY, World, account

MONITORING, ROLLBACK, OWNERSHIP = "model-monitoring", "rollback-capability", "team-ownership"
ASKED = ("mei", "omar", "lukas")
PEOPLE = (*ASKED, "dan", "emma")

ROLE_OF = {MONITORING: "mei", ROLLBACK: "omar", OWNERSHIP: "mei"}

Act = tuple[str | int, ...]
who, colleague, side = st.sampled_from(PEOPLE), st.sampled_from(("dan", "emma")), st.integers(0, 2)
dimensions, levels = st.sampled_from((MONITORING, MONITORING, ROLLBACK, OWNERSHIP)), st.integers(0, 4)


def _differ(dimension_id: str, theirs: int, beside: int) -> list[Act]:
    return [("answer", ROLE_OF[dimension_id], dimension_id, theirs), ("answer", "lukas", dimension_id, beside)]


def _settled(dimension_id: str, by: str, name: str, side: int) -> list[Act]:
    return [*_differ(dimension_id, 1, 4), (name, by if by == "lukas" else ROLE_OF[dimension_id], dimension_id, side)]


def _there_and_back(giver: str, dimension_id: str, taker: str) -> list[Act]:
    return [("hand_over", giver, dimension_id, taker), ("return_question", taker, dimension_id)]


ALONE: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("answer"), who, dimensions, levels),
    st.tuples(st.just("hand_over"), who, dimensions, who),
    st.tuples(st.just("return_question"), colleague, dimensions),
    st.tuples(st.just("agree_with"), who, dimensions, side),
    st.tuples(st.just("verify_contested"), who, dimensions, side),
    st.tuples(st.sampled_from(("unknown", "edit_answer", "skip", "back")), who, dimensions),
    st.tuples(st.sampled_from(("pause", "resume", "not_now")), who),
)
STRETCHES = st.one_of(
    ALONE.map(lambda act: [act]),
    ALONE.map(lambda act: [act]),
    st.builds(_differ, dimensions, levels, levels),
    st.builds(_settled, dimensions, st.sampled_from(ASKED), st.sampled_from(("agree_with", "verify_contested")), side),
    st.builds(_there_and_back, st.sampled_from(ASKED), dimensions, colleague),
)
"""Acts as they come, some of them in pairs: what two people do by chance only seldom meets."""


def _acts(shortest: int, longest: int) -> st.SearchStrategy[list[Act]]:
    stretches = st.lists(STRETCHES, min_size=shortest, max_size=longest)
    return stretches.map(lambda found: [act for stretch in found for act in stretch])


@pytest.fixture(scope="module")
def begun(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which an assessment has just begun: Mei and Omar by their roles, Lukas beside them for all."""
    file = tmp_path_factory.mktemp("begun") / "begun.db"
    shutil.copyfile(sqlite_template, file)
    with _world(file) as world:
        for handle in PEOPLE:
            world.command(handle, "help")
            world.open_home(handle)
        roles = {"role_ml-engineering": "mei", "role_operations": "omar", "role_engineering-manager": "mei"}
        world.found(exposure="3", **{role: account(handle) for role, handle in roles.items()})
        world.command("olivia", f"start churn <@{account('lukas')}>")
        world.deliver()
    return file


@contextmanager
def _world(file: Path) -> Iterator[World]:
    engines = make_engines(f"sqlite:///{file}")
    try:
        yield World(Store(engines), Outbox(engines), engines)
    finally:
        engines.dispose()


@dataclass
class Play:
    """The real thing, and beside it all that may count: what each person said about each dimension, in order."""

    world: World
    said: dict[tuple[str, str], list[int | None]] = field(default_factory=dict)
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = {
            handle: self.world.read(lambda tx, h=handle: tx.people.of_account(account(h)).id) for handle in PEOPLE
        }
        self.handles = {person_id: handle for handle, person_id in self.ids.items()}
        self.assessment_id = self.assessment.id

    @property
    def project(self) -> Project:
        return self.world.project()

    @property
    def assessment(self) -> Assessment:
        found = self.world.read(lambda tx: tx.assessments.latest_of(self.project.id))
        assert isinstance(found, Assessment)
        return found

    @property
    def interviews(self) -> Mapping[str, Interview]:
        found = self.world.read(lambda tx: tx.interviews.of_assessment(self.assessment_id))
        assert len({interview.respondent_id for interview in found}) == len(found)
        return {interview.respondent_id: interview for interview in found}

    @property
    def answers(self) -> Sequence[Answer]:
        return list(self.world.read(lambda tx: tx.answers.current(self.assessment_id)))

    @property
    def chain(self) -> Sequence[Handover]:
        return list(self.world.read(lambda tx: tx.handovers.of_assessment(self.assessment_id)))

    def sides(self, dimension_id: str) -> tuple[str, Sequence[Answer]]:
        contests = self.world.read(lambda tx: tx.contests.of_assessment(self.assessment_id))
        newest = [contest.id for contest in contests if contest.dimension_id == dimension_id]
        return (newest[-1] if newest else "none"), positions(self.answers, dimension_id)

    def act(self, name: str, handle: str, dimension_id: str = "", choice: int | str = "") -> None:
        """One act by one person; nothing but a refusal may stop it."""
        interview = self.interviews.get(self.ids[handle])
        interview_id = interview.id if interview else "none"
        here = f"{interview_id}|{dimension_id}"
        match name:
            case "answer":
                if self.press(handle, name, f"{here}|{choice}"):
                    self.told(handle, dimension_id, int(choice))
            case "unknown":
                if self.press(handle, name, here):
                    self.told(handle, dimension_id, None)
            case "agree_with" | "verify_contested":
                self.settle(name, handle, dimension_id, int(choice))
            case "hand_over":
                self.send(handle, name, here, colleague=account(str(choice)))
            case "not_now":
                wanted = interview.wanted[0].id if interview and interview.wanted else "none"
                self.press(handle, name, f"{interview_id}|{interview.current if interview else ''}|{wanted}")
            case _:
                self.press(handle, name, here if dimension_id else interview_id)

    def settle(self, name: str, handle: str, dimension_id: str, choice: int) -> None:
        contest_id, sides = self.sides(dimension_id)
        if not sides:
            return
        side = sides[choice % len(sides)]
        if name == "agree_with":
            if self.press(handle, name, f"{contest_id}|{side.id}"):
                self.told(handle, dimension_id, side.level)
        elif self.send(handle, name, contest_id, side=side.id, link="https://x.example"):
            proved = replace(
                linked("https://x.example", MONDAY), strength=EvidenceStrength.VERIFIED, verified_by=handle
            )
            self.evidence[self.handles[side.respondent_id], dimension_id] = proved

    def told(self, handle: str, dimension_id: str, level: int | None) -> None:
        key = handle, dimension_id
        before = self.said.get(key, [])
        had = self.evidence.get(key, Evidence())
        same = bool(before) and before[-1] == level
        self.evidence[key] = carried(had, same_level=same) if level is not None else Evidence()
        self.said[key] = [*before, level]

    def press(self, handle: str, name: str, value: str) -> bool:
        return self._do(
            handle, lambda context, known: PRESSES[name].act(context, Press(**known, press=name, value=value))
        )

    def send(self, handle: str, name: str, value: str, **fields: str) -> bool:
        return self._do(
            handle,
            lambda context, known: FORMS[name].act(context, Submit(**known, form=name, value=value, fields=fields)),
        )

    def _do(self, handle: str, act: object) -> bool:
        known = self.world.who(handle)
        self.world.clock.later(minutes=1)
        try:
            with self.world.store.writing(known["actor"]) as tx:
                actor = tx.people.of_account(account(handle))
                assert actor is not None, handle
                library = self.world.conversation.library
                context = Context(tx=tx, actor=actor, library=library, now=self.world.clock.now())
                act(context, known)  # type: ignore[operator]  # a row of a table, called as converse does
        except Refused:
            return False
        return True

    def in_plain_order(self) -> list[Answer]:
        """What everybody said last, as if each had said only that."""
        return [
            Answer(
                f"{handle}-{dimension_id}",
                "p",
                self.assessment_id,
                "i",
                dimension_id,
                self.ids[handle],
                AnswerKind.UNKNOWN if said[-1] is None else AnswerKind.LEVEL,
                MONDAY,
                said[-1],
                self.evidence[handle, dimension_id],
            )
            for (handle, dimension_id), said in sorted(self.said.items())
        ]

    def expected(self) -> Scorecard:
        framework, project, plain = self.world.conversation.library.shipped, self.project, self.in_plain_order()
        ratings = lowered(rate_all(framework, plain, project.roles), lowerings(framework, plain, self.chain))
        return score(framework, project.exposure, project.target, ratings)

    def check(self) -> None:
        """Nothing is lost, and no question has vanished."""
        with self.world.engines.reading.connect() as connection:
            rows = list(connection.execute(text("SELECT respondent_id, dimension_id, level FROM answer ORDER BY seq")))
        for (handle, dimension_id), said in self.said.items():
            kept = [level for who_, what, level in rows if (self.handles[who_], what) == (handle, dimension_id)]
            assert [level for level, _ in groupby(kept)] == [level for level, _ in groupby(said)]
        assert {(self.handles[who_], what) for who_, what, _ in rows} == set(self.said)
        interviews = list(self.interviews.values())
        for dimension in self.world.conversation.library.shipped.dimensions:
            assert any(dimension.id in each.questions and dimension.id not in each.handed for each in interviews)
        for interview in interviews:
            assert interview.is_over is (interview.current is None)
            theirs = {dimension for handle, dimension in self.said if self.ids[handle] == interview.respondent_id}
            assert interview.answered == theirs
            assert not interview.answered & interview.handed

    def check_contests(self) -> None:
        """Once everybody was heard, exactly what differs is contested, once."""
        contests = self.world.read(lambda tx: tx.contests.of_assessment(self.assessment_id))
        unsettled = sorted(contest.dimension_id for contest in contests if contest.settled_at is None)
        differing = {d for _, d in self.said if is_contested(positions(self.in_plain_order(), d))}
        assert unsettled == sorted(differing)


@settings(max_examples=20)
@given(_acts(8, 25), _acts(0, 6))
def test_any_interleaving_ends_as_the_plain_order_of_the_last_answers(
    begun: Path, before: list[Act], after: list[Act]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(shutil.copy(begun, folder))
        with _world(file) as world:
            play = Play(world)
            for act in before:
                play.act(*act)  # type: ignore[arg-type]  # drawn to fit
            play.check()
            assert play.press("olivia", "close_assessment", play.assessment_id)
            for act in after:
                play.act(*act)  # type: ignore[arg-type]
            play.check()
            play.check_contests()
            milestone = world.read(lambda tx: tx.milestones.latest(play.project.id))
            assert milestone.scorecard == play.expected()
            assert set(milestone.answers) == {answer.id for answer in play.answers}
            world.deliver()
            assert {state for ends in world.outbox_states().values() for state, _ in ends} <= {"sent", "dropped"}
