"""A database with people who are being asked, filled through the product's own use cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import update

from bot.chat.incoming import Actor
from bot.offline import process_library
from bot.readiness.assessment import Person, Project
from bot.usecases import assessments, follow_ups, interviews
from bot.usecases.people import new_id
from bot.usecases.ports import Context, Library, Transaction
from storage.due import OUTBOX
from storage.engine import make_engines
from storage.store import Store
from tests.bench.signed import TEAM, press

NAMED = "p00000"
"""The key of the project that has a result."""


@dataclass(frozen=True)
class Asked:
    """One interview under way, by its respondent's platform id."""

    user: str
    interview_id: str
    questions: tuple[str, ...]

    def answers(self, rounds: int = 1) -> list[tuple[str, str, bytes]]:
        """(interview, dimension, request) for all questions but the last, so that nothing completes."""
        return [
            (
                self.interview_id,
                question,
                press("answer", f"{self.interview_id}|{question}|{1 + number % 2}", self.user),
            )
            for number in range(rounds)
            for question in self.questions[:-1]
        ]


def fill(database_url: str, people: int) -> Sequence[Asked]:
    """`people` projects, each with one person and an open interview; the first is answered and has a result."""
    engines = make_engines(database_url)
    store, library = Store(engines), process_library()
    now = datetime.now(UTC)
    with store.writing(Actor("slack", TEAM, "U00000")) as tx:
        asked = [_one(tx, library, number, now) for number in range(people)]
    sent = {"state": "sent", "ref": "D0BENCH:1.1", "done_at": now}
    with engines.writing.begin() as connection:
        connection.execute(update(OUTBOX).values(**sent))
    engines.dispose()
    return asked


def _one(tx: Transaction, library: Library, number: int, now: datetime) -> Asked:
    user = f"U{number:05}"
    person = Person(id=new_id(), name=f"Person {number}", account=user, timezone="Europe/Berlin", language="en")
    tx.people.add(person)
    project = Project(new_id(), f"p{number:05}", f"Project {number}", person.id, 2, now)
    tx.projects.add(project)
    context = Context(tx=tx, actor=person, library=library, now=now)
    if number == 0:
        assessments.start(context, project)
        first = tx.interviews.unfinished_of(person.id)[0]
        for place in range(len(first.questions)):
            question = str(tx.interviews.get(first.id).current)
            interviews.choose(context, first.id, question, 1 + place % 2)
            while wanted := tx.interviews.get(first.id).wanted:
                follow_ups.pass_follow_up(context, first.id, question, wanted[0].id)
        return Asked(user, first.id, first.questions)
    assessments.start(context, project)
    interview = tx.interviews.unfinished_of(person.id)[0]
    return Asked(user, interview.id, interview.questions)
