"""What is owed is claimed once, in order, at its pace; whatever a worker's end leaves behind is found again."""

import threading
from collections.abc import Callable

import pytest

from bot.readiness.assessment import Person
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.ports import Claim, Sent
from storage.due import LOOKED_AT
from storage.engine import make_engines
from storage.outbox import Outbox
from tests.storage.post import ADA, LEASE, NONE, NOW, PACE, Post, after, notice


def test_a_claim_says_what_to_send_and_where(post: Post) -> None:
    post.put(notice("a", parameters={"dimension": "data"}), notice("b", None, place_id="here", due_at=NOW))
    to_ada, to_channel = post.claim()
    assert (to_ada.notice, to_channel.notice) == (
        notice("a", parameters={"dimension": "data"}),
        notice("b", None, place_id="here", due_at=NOW),
    )
    assert (to_ada.destination.user, to_ada.destination.channel) == ("U1", None)
    assert (to_channel.destination.user, to_channel.destination.channel) == (None, "C1")
    assert {(c.destination.platform, c.destination.installation) for c in (to_ada, to_channel)} == {("slack", "T1")}
    assert (to_ada.attempts, to_ada.ambiguous, to_ada.first_tried_at, to_ada.edits_ref) == (1, False, NOW, None)


def test_a_key_is_owed_once(post: Post) -> None:
    assert post.put(notice("a"), notice("a"), notice("b")) == [True, False, True]
    assert post.put(notice("a")) == [False]
    assert post.send_all() == ["a", "b"]
    assert post.put(notice("a")) == [False]


def test_what_was_rolled_back_is_not_owed(post: Post) -> None:
    def fail() -> None:
        with post.store.writing(ADA) as tx:
            tx.notices.put(notice("a"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert post.claim() == []
    assert post.slots() == set()


def test_a_stream_is_sent_by_due_time_then_in_the_order_put(post: Post) -> None:
    post.put(
        notice("late", due_at=after(-1)),
        notice("early", due_at=after(-9)),
        notice("early too", due_at=after(-9)),
        notice("at once"),
        notice("tomorrow", due_at=after(86_400)),
    )
    assert post.send_all() == ["at once", "early", "early too", "late"]
    assert post.worker.next_due(NOW) == after(86_400)
    assert post.send_all(after(86_400)) == ["tomorrow"]
    assert post.worker.next_due(after(86_400)) is None


def test_streams_do_not_wait_for_each_other_and_homes_delay_no_message(post: Post) -> None:
    post.put(
        notice("ada 1"),
        notice("ada 2"),
        notice("bob", "bob"),
        notice("channel", None, place_id="here"),
        notice("home", kind=NoticeKind.HOME),
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
    post.put(notice("profile", kind=NoticeKind.PROFILE), notice("question"))
    assert post.keys() == ["profile"]


def test_a_claim_takes_at_most_its_limit_and_the_longest_idle_first(post: Post) -> None:
    post.put(notice("ada 1"), notice("ada 2"), notice("bob", "bob"))
    (first,) = post.claim(limit=1)
    post.worker.sent(first, "r", NOW, NONE)
    assert first.notice.key == "ada 1"
    assert post.keys(limit=1) == ["bob"]


def test_a_stream_is_busy_for_its_pace_after_a_message(post: Post) -> None:
    post.put(notice("a"), notice("b"))
    (claim,) = post.claim()
    post.worker.sent(claim, "r", NOW, PACE)
    assert post.worker.next_due(NOW) == after(1)
    assert post.keys(after(0.999)) == []
    assert post.keys(after(1)) == ["b"]


def test_a_retried_message_comes_again_later_and_blocks_nobody(post: Post) -> None:
    post.put(notice("a"), notice("b"))
    (claim,) = post.claim()
    post.worker.retry(claim, after(30), "ratelimited", after(5))
    assert post.state("a") == ("pending", None, "ratelimited")
    assert post.worker.next_due(NOW) == after(5)
    assert post.keys(after(4)) == []
    (other,) = post.claim(after(5))
    assert other.notice.key == "b"
    post.worker.sent(other, "r", after(5), NONE)
    (again,) = post.claim(after(30))
    assert (again.notice.key, again.attempts, again.ambiguous, again.first_tried_at) == ("a", 2, False, NOW)


def test_what_cannot_be_delivered_is_kept_until_it_is_released(post: Post) -> None:
    post.put(notice("a", None, place_id="here"), notice("b", None, place_id="here"))
    for seconds in (0, 1):
        (claim,) = post.claim(after(seconds))
        post.worker.hold(claim, "not_in_channel", after(seconds))
    assert post.worker.next_due(after(2)) is None
    with post.store.writing(ADA) as tx:
        waiting = tx.notices.held("here")
        assert [(w.notice.key, w.reason, w.since) for w in waiting] == [
            ("a", "not_in_channel", NOW),
            ("b", "not_in_channel", after(1)),
        ]
        assert tx.notices.get(waiting[0].notice_id) == waiting[0]
        assert (tx.notices.release("here"), tx.notices.release("here")) == (2, 0)
        assert tx.notices.held("here") == []
    assert post.send_all(after(3)) == ["a", "b"]


def test_what_is_held_for_a_person_is_released_by_kind_and_nothing_of_others(post: Post) -> None:
    report = notice("report", kind=NoticeKind.REPORT)
    post.put(notice("a"), report)
    for seconds in (0, 1):
        (claim,) = post.claim(after(seconds))
        post.worker.hold(claim, "missing_scope", after(seconds))
    with post.store.writing(ADA) as tx:
        assert tx.notices.release_person("nobody", [NoticeKind.REPORT]) == 0
        assert tx.notices.release_person(report.person_id or "", [NoticeKind.EXPORT]) == 0
        assert tx.notices.release_person(report.person_id or "", [NoticeKind.REPORT, NoticeKind.EXPORT]) == 1
    assert post.send_all(after(3)) == ["report"]


def test_a_dropped_message_is_never_sent(post: Post) -> None:
    post.put(notice("a"))
    post.worker.drop(post.claim()[0], "answered", NOW)
    assert post.state("a") == ("dropped", None, "answered")
    assert post.claim(after(999)) == []


def test_a_message_for_somebody_without_an_account_is_held(post: Post) -> None:
    assert post.put(notice("a", "eve")) == [True]
    assert post.state("a") == ("held", None, "no_account")
    assert post.claim() == []


@pytest.mark.parametrize(
    ("notice", "fault"),
    [
        (notice("a", None), ValueError),
        (notice("a", "ada", place_id="here"), ValueError),
        (notice("a", None, place_id="nowhere"), KeyError),
    ],
)
def test_a_notice_is_for_one_person_or_one_known_place(post: Post, notice: Notice, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        post.put(notice)


@pytest.mark.parametrize("leave", [lambda worker, claim: worker.leave_ambiguous(claim, "timeout"), lambda *_: None])
def test_a_message_of_unknown_fate_is_claimed_as_ambiguous_after_the_lease(
    post: Post, leave: Callable[[Outbox, Claim], None]
) -> None:
    post.put(notice("a"), notice("b"))
    (claim,) = post.claim()
    leave(post.worker, claim)
    assert post.keys(after(59)) == []
    assert post.worker.next_due(after(59)) == after(60)
    (again,) = post.claim(after(60), worker=Outbox(post.engines, "second"))
    assert (again.notice.key, again.ambiguous, again.attempts, again.first_tried_at) == ("a", True, 2, NOW)


@pytest.mark.parametrize(
    "settle",
    [
        lambda worker, claim: worker.sent(claim, "late", after(61), NONE),
        lambda worker, claim: worker.retry(claim, after(61), "late", after(61)),
        lambda worker, claim: worker.hold(claim, "late", after(61)),
        lambda worker, claim: worker.drop(claim, "late", after(61)),
        lambda worker, claim: worker.leave_ambiguous(claim, "late"),
    ],
    ids=["sent", "retry", "hold", "drop", "leave_ambiguous"],
)
@pytest.mark.parametrize("second", ["first", "second"])
def test_a_worker_that_comes_too_late_changes_nothing(
    post: Post, settle: Callable[[Outbox, Claim], None], second: str
) -> None:
    post.put(notice("a"), notice("b"))
    (late,) = post.claim()
    taker = Outbox(post.engines, second)
    (taken,) = post.claim(after(60), worker=taker)
    settle(post.worker, late)
    assert post.state("a") == ("sending", None, None)
    assert post.keys(after(62)) == []
    taker.sent(taken, "r", after(63), NONE)
    assert post.state("a") == ("sent", "r", None)


def test_what_was_sent_is_settled_together_and_each_is_fenced_on_its_own(post: Post) -> None:
    post.put(notice("a"), notice("b", "bob"))
    ours = post.claim()
    assert len(ours) == 2
    taker = Outbox(post.engines, "second")
    lost = next(claim for claim in post.claim(after(60), worker=taker) if claim.notice.key == "b")
    post.worker.all_sent([Sent(claim, "late", after(61), PACE) for claim in ours if claim.notice.key == "b"])
    assert post.state("b") == ("sending", None, None)
    taker.all_sent([Sent(lost, "r", after(62), PACE)])
    assert post.state("b") == ("sent", "r", None)
    post.put(notice("c", "bob"))
    assert post.keys(after(62)) == [], "its stream rests as long as whoever sent it last said"
    assert post.keys(after(63)) == ["c"]


def test_many_messages_for_few_hide_nobody(post: Post) -> None:
    """A claim looks at the first few that are due; these are all of one stream."""
    post.put(*(notice(f"a{number}") for number in range(8 * LOOKED_AT)), notice("b", "bob", due_at=NOW))
    assert post.keys(NOW, limit=2) == ["a0", "b"]


def test_an_idle_claim_writes_nothing(post: Post) -> None:
    post.put(notice("later", due_at=after(9)))
    with post.engines.writing.begin():
        # The one writing connection of SQLite is taken: a claim that wanted it would wait.
        assert post.claim() == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_processes_never_get_the_same_row(post: Post, database_url: str) -> None:
    with post.store.writing(ADA) as tx:
        for number in range(60):
            tx.people.add(Person(f"p{number}", "P", account=f"A{number}"))
            tx.notices.put(notice(f"n{number}", f"p{number}"))
            tx.notices.put(notice(f"m{number}", f"p{number}"))
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
    post.put(notice("n1"))
    post.claim()
    assert post.keys(after(1)) == []
    assert Outbox(post.engines, "restarted").recover(after(1)) == 1
    again = post.claim(after(1), worker=Outbox(post.engines, "restarted"))
    assert [(claim.notice.key, claim.ambiguous) for claim in again] == [("n1", True)]


def test_a_claim_that_is_extended_stays_ours_and_nobody_elses_can_be(post: Post) -> None:
    post.put(notice("a"))
    (claim,) = post.claim()
    post.worker.extend(claim, after(600))
    assert post.claim(after(599)) == []
    (again,) = post.claim(after(600))
    assert again.ambiguous
    # It is somebody else's now.
    post.worker.extend(claim, after(9_000))
    post.worker.sent(again, "1.1", after(601), NONE)
    assert post.worker.next_due(after(601)) is None
