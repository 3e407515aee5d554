"""What is owed is claimed once, in order, at its pace; whatever a worker's end leaves behind is found again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person, Place
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.ports import Claim
from storage.engine import Engines, make_engines
from storage.outbox import Outbox
from storage.store import Store

ADA = Actor("slack", "T1", "U1")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
PACE = timedelta(seconds=1)
NONE = timedelta()


def _after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def _notice(key: str, person: str | None = "ada", **more: object) -> Notice:
    return Notice(**{"key": key, "kind": NoticeKind.RESULT, "subject": "s", "person_id": person, **more})


@dataclass
class Post:
    """A store with two persons and a channel, and one worker."""

    engines: Engines
    store: Store
    worker: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.worker = Outbox(self.engines, "first")
        with self.store.writing(ADA) as tx:
            tx.people.add(Person("ada", "Ada", account="U1"))
            tx.people.add(Person("bob", "Bob", account="U2"))
            tx.people.add(Person("eve", "Eve"))
            tx.places.add(Place("here", "C1", "general"))

    def put(self, *notices: Notice) -> list[bool]:
        with self.store.writing(ADA) as tx:
            return [tx.notices.put(notice) for notice in notices]

    def claim(self, at: datetime = NOW, limit: int = 10, worker: Outbox | None = None) -> list[Claim]:
        return list((worker or self.worker).claim(at, limit, LEASE))

    def keys(self, at: datetime = NOW, limit: int = 10) -> list[str]:
        return [claim.notice.key for claim in self.claim(at, limit)]

    def send_all(self, at: datetime = NOW) -> list[str]:
        sent = []
        while claims := self.claim(at):
            for claim in claims:
                self.worker.sent(claim, f"ref-{claim.notice.key}", at, NONE)
                sent.append(claim.notice.key)
        return sent

    def state(self, key: str) -> tuple[str, str | None, str | None]:
        with self.engines.reading.begin() as connection:
            statement = text("SELECT state, ref, error FROM outbox WHERE key = :key")
            return tuple(connection.execute(statement, {"key": key}).one())

    def slots(self) -> set[str]:
        with self.engines.reading.begin() as connection:
            return set(connection.execute(text("SELECT stream FROM send_slot")).scalars())


@pytest.fixture
def post(engines: Engines, store: Store) -> Post:
    return Post(engines, store)


def test_a_claim_says_what_to_send_and_where(post: Post) -> None:
    post.put(_notice("a", parameters={"dimension": "data"}), _notice("b", None, place_id="here", due_at=NOW))
    to_ada, to_channel = post.claim()
    assert (to_ada.notice, to_channel.notice) == (
        _notice("a", parameters={"dimension": "data"}),
        _notice("b", None, place_id="here", due_at=NOW),
    )
    assert (to_ada.destination.user, to_ada.destination.channel) == ("U1", None)
    assert (to_channel.destination.user, to_channel.destination.channel) == (None, "C1")
    assert {(c.destination.platform, c.destination.installation) for c in (to_ada, to_channel)} == {("slack", "T1")}
    assert (to_ada.attempts, to_ada.ambiguous, to_ada.first_tried_at, to_ada.edits_ref) == (1, False, NOW, None)


def test_a_key_is_owed_once(post: Post) -> None:
    assert post.put(_notice("a"), _notice("a"), _notice("b")) == [True, False, True]
    assert post.put(_notice("a")) == [False]
    assert post.send_all() == ["a", "b"]
    assert post.put(_notice("a")) == [False]


def test_what_was_rolled_back_is_not_owed(post: Post) -> None:
    def fail() -> None:
        with post.store.writing(ADA) as tx:
            tx.notices.put(_notice("a"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert post.claim() == []
    assert post.slots() == set()


def test_a_stream_is_sent_by_due_time_then_in_the_order_put(post: Post) -> None:
    post.put(
        _notice("late", due_at=_after(-1)),
        _notice("early", due_at=_after(-9)),
        _notice("early too", due_at=_after(-9)),
        _notice("at once"),
        _notice("tomorrow", due_at=_after(86_400)),
    )
    assert post.send_all() == ["at once", "early", "early too", "late"]
    assert post.worker.next_due(NOW) == _after(86_400)
    assert post.send_all(_after(86_400)) == ["tomorrow"]
    assert post.worker.next_due(_after(86_400)) is None


def test_streams_do_not_wait_for_each_other_and_homes_delay_no_message(post: Post) -> None:
    post.put(
        _notice("ada 1"),
        _notice("ada 2"),
        _notice("bob", "bob"),
        _notice("channel", None, place_id="here"),
        _notice("home", kind=NoticeKind.HOME),
    )
    assert post.keys() == ["ada 1", "bob", "channel", "home"]
    assert post.keys() == []
    assert post.slots() == {
        "slack:T1:U1",
        "slack:T1:U2",
        "slack:T1:C1",
        "slack:T1:home:U1",
    }


def test_a_profile_comes_before_the_first_message_so_that_it_is_in_the_persons_language(post: Post) -> None:
    post.put(_notice("profile", kind=NoticeKind.PROFILE), _notice("question"))
    assert post.keys() == ["profile"]


def test_a_claim_takes_at_most_its_limit_and_the_longest_idle_first(post: Post) -> None:
    post.put(_notice("ada 1"), _notice("ada 2"), _notice("bob", "bob"))
    (first,) = post.claim(limit=1)
    post.worker.sent(first, "r", NOW, NONE)
    assert first.notice.key == "ada 1"
    assert post.keys(limit=1) == ["bob"]


def test_a_stream_is_busy_for_its_pace_after_a_message(post: Post) -> None:
    post.put(_notice("a"), _notice("b"))
    (claim,) = post.claim()
    post.worker.sent(claim, "r", NOW, PACE)
    assert post.worker.next_due(NOW) == _after(1)
    assert post.keys(_after(0.999)) == []
    assert post.keys(_after(1)) == ["b"]


def test_a_retried_message_comes_again_later_and_blocks_nobody(post: Post) -> None:
    post.put(_notice("a"), _notice("b"))
    (claim,) = post.claim()
    post.worker.retry(claim, _after(30), "ratelimited", _after(5))
    assert post.state("a") == ("pending", None, "ratelimited")
    assert post.worker.next_due(NOW) == _after(5)
    assert post.keys(_after(4)) == []
    (other,) = post.claim(_after(5))
    assert other.notice.key == "b"
    post.worker.sent(other, "r", _after(5), NONE)
    (again,) = post.claim(_after(30))
    assert (again.notice.key, again.attempts, again.ambiguous, again.first_tried_at) == ("a", 2, False, NOW)


def test_what_cannot_be_delivered_is_kept_until_it_is_released(post: Post) -> None:
    post.put(_notice("a", None, place_id="here"), _notice("b", None, place_id="here"))
    for seconds in (0, 1):
        (claim,) = post.claim(_after(seconds))
        post.worker.hold(claim, "not_in_channel", _after(seconds))
    assert post.worker.next_due(_after(2)) is None
    with post.store.writing(ADA) as tx:
        waiting = tx.notices.held("here")
        assert [(w.notice.key, w.reason, w.since) for w in waiting] == [
            ("a", "not_in_channel", NOW),
            ("b", "not_in_channel", _after(1)),
        ]
        assert tx.notices.get(waiting[0].notice_id) == waiting[0]
        assert (tx.notices.release("here"), tx.notices.release("here")) == (2, 0)
        assert tx.notices.held("here") == []
    assert post.send_all(_after(3)) == ["a", "b"]


def test_what_is_held_for_a_person_is_released_by_kind_and_nothing_of_others(post: Post) -> None:
    report = _notice("report", kind=NoticeKind.REPORT)
    post.put(_notice("a"), report)
    for seconds in (0, 1):
        (claim,) = post.claim(_after(seconds))
        post.worker.hold(claim, "missing_scope", _after(seconds))
    with post.store.writing(ADA) as tx:
        assert tx.notices.release_person("nobody", [NoticeKind.REPORT]) == 0
        assert tx.notices.release_person(report.person_id or "", [NoticeKind.EXPORT]) == 0
        assert tx.notices.release_person(report.person_id or "", [NoticeKind.REPORT, NoticeKind.EXPORT]) == 1
    assert post.send_all(_after(3)) == ["report"]


def test_a_dropped_message_is_never_sent(post: Post) -> None:
    post.put(_notice("a"))
    post.worker.drop(post.claim()[0], "answered", NOW)
    assert post.state("a") == ("dropped", None, "answered")
    assert post.claim(_after(999)) == []


def test_a_message_for_somebody_without_an_account_is_held(post: Post) -> None:
    assert post.put(_notice("a", "eve")) == [True]
    assert post.state("a") == ("held", None, "no_account")
    assert post.claim() == []


@pytest.mark.parametrize(
    ("notice", "fault"),
    [
        (_notice("a", None), ValueError),
        (_notice("a", "ada", place_id="here"), ValueError),
        (_notice("a", None, place_id="nowhere"), KeyError),
    ],
)
def test_a_notice_is_for_one_person_or_one_known_place(post: Post, notice: Notice, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        post.put(notice)


@pytest.mark.parametrize("leave", [lambda worker, claim: worker.leave_ambiguous(claim, "timeout"), lambda *_: None])
def test_a_message_of_unknown_fate_is_claimed_as_ambiguous_after_the_lease(
    post: Post, leave: Callable[[Outbox, Claim], None]
) -> None:
    post.put(_notice("a"), _notice("b"))
    (claim,) = post.claim()
    leave(post.worker, claim)
    assert post.keys(_after(59)) == []
    assert post.worker.next_due(_after(59)) == _after(60)
    (again,) = post.claim(_after(60), worker=Outbox(post.engines, "second"))
    assert (again.notice.key, again.ambiguous, again.attempts, again.first_tried_at) == ("a", True, 2, NOW)


@pytest.mark.parametrize(
    "settle",
    [
        lambda worker, claim: worker.sent(claim, "late", _after(61), NONE),
        lambda worker, claim: worker.retry(claim, _after(61), "late", _after(61)),
        lambda worker, claim: worker.hold(claim, "late", _after(61)),
        lambda worker, claim: worker.drop(claim, "late", _after(61)),
        lambda worker, claim: worker.leave_ambiguous(claim, "late"),
    ],
    ids=["sent", "retry", "hold", "drop", "leave_ambiguous"],
)
@pytest.mark.parametrize("second", ["first", "second"])
def test_a_worker_that_comes_too_late_changes_nothing(
    post: Post, settle: Callable[[Outbox, Claim], None], second: str
) -> None:
    post.put(_notice("a"), _notice("b"))
    (late,) = post.claim()
    taker = Outbox(post.engines, second)
    (taken,) = post.claim(_after(60), worker=taker)
    settle(post.worker, late)
    assert post.state("a") == ("sending", None, None)
    assert post.keys(_after(62)) == []
    taker.sent(taken, "r", _after(63), NONE)
    assert post.state("a") == ("sent", "r", None)


def _edit(key: str, of: str = "question", **more: object) -> Notice:
    return _notice(key, edits=of, **more)


def test_an_edit_follows_its_message_and_keeps_its_id(post: Post) -> None:
    post.put(_notice("question"), _edit("edit"))
    (question,) = post.claim()
    post.worker.sent(question, "ts1", NOW, NONE)
    (edit,) = post.claim()
    assert (edit.notice.key, edit.edits_ref) == ("edit", "ts1")
    post.worker.sent(edit, None, NOW, NONE)
    assert post.state("edit") == ("sent", "ts1", None)


def test_an_edit_waits_while_its_message_is_put_back(post: Post) -> None:
    post.put(_notice("question"), _edit("edit"), _notice("other"))
    post.worker.retry(post.claim()[0], _after(30), "ratelimited", NOW)
    assert post.send_all(_after(29)) == ["other"]
    assert post.worker.next_due(_after(29)) == _after(30)
    assert post.send_all(_after(30)) == ["question", "edit"]


def test_an_edit_waits_for_a_message_that_is_due_later(post: Post) -> None:
    post.put(_notice("question", due_at=_after(50)), _edit("edit"))
    assert post.claim() == []
    assert post.worker.next_due(NOW) == _after(50)
    assert post.send_all(_after(50)) == ["question", "edit"]


def test_waiting_edits_do_not_use_up_a_claims_limit(post: Post) -> None:
    post.put(_notice("question", due_at=_after(50)), _edit("edit"))
    post.put(_notice("bob", "bob"))
    assert post.keys(limit=1) == ["bob"]


@pytest.mark.parametrize("give_up", ["drop", "hold"])
def test_an_edit_of_a_message_never_sent_is_dropped(post: Post, give_up: str) -> None:
    post.put(_notice("question"), _edit("edit"), _notice("other"))
    getattr(post.worker, give_up)(post.claim()[0], "channel_gone", NOW)
    assert post.send_all() == ["other"]
    assert post.state("edit") == ("dropped", None, "nothing_to_edit")


def test_an_edit_of_nothing_is_dropped(post: Post) -> None:
    post.put(_edit("edit", of="never put"))
    assert post.claim() == []
    assert post.state("edit") == ("dropped", None, "nothing_to_edit")
    assert post.worker.next_due(NOW) is None


def test_of_several_edits_only_the_newest_is_sent(post: Post) -> None:
    post.put(_notice("question"), _edit("edit 1"), _edit("edit 2"), _notice("other"), _edit("edit 3"))
    assert post.send_all() == ["question", "other", "edit 3"]
    assert [post.state(f"edit {n}")[0] for n in (1, 2, 3)] == ["dropped", "dropped", "sent"]


def test_an_edit_put_back_is_dropped_once_a_newer_one_was_sent(post: Post) -> None:
    post.put(_notice("question"))
    post.send_all()
    post.put(_edit("edit 1"))
    post.worker.retry(post.claim()[0], _after(30), "ratelimited", NOW)
    post.put(_edit("edit 2"))
    assert post.send_all() == ["edit 2"]
    assert post.send_all(_after(30)) == []
    assert post.state("edit 1") == ("dropped", None, "superseded")


def _reply(key: str, under: str = "contest", **more: object) -> Notice:
    return _notice(key, under=under, **more)


def test_a_reply_follows_its_message_into_its_thread(post: Post) -> None:
    post.put(_notice("contest"), _reply("sides"))
    (contest,) = post.claim()
    assert (contest.notice.key, contest.thread_ref) == ("contest", None)
    post.worker.sent(contest, "ts1", NOW, NONE)
    (sides,) = post.claim()
    assert (sides.notice.under, sides.thread_ref, sides.edits_ref) == ("contest", "ts1", None)
    post.worker.sent(sides, "ts2", NOW, NONE)
    assert post.state("sides") == ("sent", "ts2", None)


def test_a_reply_waits_while_its_message_is_put_back_and_delays_nobody_else(post: Post) -> None:
    post.put(_notice("contest"), _reply("sides"), _notice("other"))
    post.worker.retry(post.claim()[0], _after(30), "ratelimited", NOW)
    assert post.send_all(_after(29)) == ["other"]
    assert post.send_all(_after(30)) == ["contest", "sides"]


def test_a_reply_waits_while_nobody_knows_whether_its_message_arrived(post: Post) -> None:
    post.put(_notice("contest"), _reply("sides"))
    post.worker.leave_ambiguous(post.claim()[0], "timeout")
    (again,) = post.claim(_after(60))
    assert (again.notice.key, again.ambiguous) == ("contest", True)


@pytest.mark.parametrize("give_up", ["drop", "hold"])
def test_a_reply_to_a_message_never_sent_stands_by_itself(post: Post, give_up: str) -> None:
    post.put(_notice("contest"), _reply("sides"), _notice("other"))
    getattr(post.worker, give_up)(post.claim()[0], "channel_gone", NOW)
    (sides,) = post.claim()
    assert (sides.notice.key, sides.thread_ref) == ("sides", None)


def test_a_reply_to_nothing_stands_by_itself(post: Post) -> None:
    post.put(_reply("sides", under="never put"))
    assert [(claim.notice.key, claim.thread_ref) for claim in post.claim()] == [("sides", None)]


def test_several_replies_are_all_sent_in_their_order(post: Post) -> None:
    post.put(_notice("contest"), _reply("one"), _reply("two"), _edit("edit", of="contest"), _reply("three"))
    assert post.send_all() == ["contest", "one", "two", "edit", "three"]


def test_a_reply_is_edited_as_any_message_is(post: Post) -> None:
    post.put(_notice("contest"), _reply("sides"), _edit("settled", of="sides"))
    assert post.send_all() == ["contest", "sides", "settled"]
    assert post.state("settled") == ("sent", "ref-settled", None)


def test_a_reply_of_unknown_fate_is_claimed_with_its_thread_again(post: Post) -> None:
    post.put(_notice("contest"), _reply("sides"))
    post.worker.sent(post.claim()[0], "ts1", NOW, NONE)
    post.worker.leave_ambiguous(post.claim()[0], "timeout")
    (again,) = post.claim(_after(60))
    assert (again.notice.key, again.ambiguous, again.thread_ref) == ("sides", True, "ts1")


def test_an_idle_claim_writes_nothing(post: Post) -> None:
    post.put(_notice("later", due_at=_after(9)))
    with post.engines.writing.begin():
        # The one writing connection of SQLite is taken: a claim that wanted it would wait.
        assert post.claim() == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_processes_never_get_the_same_row(post: Post, database_url: str) -> None:
    with post.store.writing(ADA) as tx:
        for number in range(60):
            tx.people.add(Person(f"p{number}", "P", account=f"A{number}"))
            tx.notices.put(_notice(f"n{number}", f"p{number}"))
            tx.notices.put(_notice(f"m{number}", f"p{number}"))
    claimed: list[str] = []
    start = threading.Barrier(3)

    def work() -> None:
        own = make_engines(database_url)
        worker = Outbox(own)
        start.wait()
        idle = 0
        while idle < 3:
            claims = worker.claim(NOW, 5, LEASE)
            idle = 0 if claims else idle + 1
            for claim in claims:
                claimed.append(claim.notice.key)
                worker.sent(claim, "r", NOW, NONE)
        own.dispose()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed += post.send_all()
    assert len(claimed) == 120
    assert set(claimed) == {f"{letter}{number}" for letter in "nm" for number in range(60)}


def test_a_process_alone_on_its_database_takes_up_what_a_killed_one_left(post: Post) -> None:
    post.put(_notice("n1"))
    post.claim()
    assert post.keys(_after(1)) == []
    assert Outbox(post.engines, "restarted").recover(_after(1)) == 1
    again = post.claim(_after(1), worker=Outbox(post.engines, "restarted"))
    assert [(claim.notice.key, claim.ambiguous) for claim in again] == [("n1", True)]
