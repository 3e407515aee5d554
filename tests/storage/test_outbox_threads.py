"""What belongs to a message sent before it: an edit takes its place, a reply goes into its thread; both wait for it."""

import pytest

from bot.readiness.notices import Notice
from tests.storage.post import NONE, NOW, Post, after, notice


def _edit(key: str, of: str = "question", **more: object) -> Notice:
    return notice(key, edits=of, **more)


def test_an_edit_follows_its_message_and_keeps_its_id(post: Post) -> None:
    post.put(notice("question"), _edit("edit"))
    (question,) = post.claim()
    post.worker.sent(question, "ts1", NOW, NONE)
    (edit,) = post.claim()
    assert (edit.notice.key, edit.edits_ref) == ("edit", "ts1")
    post.worker.sent(edit, None, NOW, NONE)
    assert post.state("edit") == ("sent", "ts1", None)


def test_an_edit_waits_while_its_message_is_put_back(post: Post) -> None:
    post.put(notice("question"), _edit("edit"), notice("other"))
    post.worker.retry(post.claim()[0], after(30), "ratelimited", NOW)
    assert post.send_all(after(29)) == ["other"]
    assert post.worker.next_due(after(29)) == after(30)
    assert post.send_all(after(30)) == ["question", "edit"]


def test_an_edit_waits_for_a_message_that_is_due_later(post: Post) -> None:
    post.put(notice("question", due_at=after(50)), _edit("edit"))
    assert post.claim() == []
    assert post.worker.next_due(NOW) == after(50)
    assert post.send_all(after(50)) == ["question", "edit"]


def test_waiting_edits_do_not_use_up_a_claims_limit(post: Post) -> None:
    post.put(notice("question", due_at=after(50)), _edit("edit"))
    post.put(notice("bob", "bob"))
    assert post.keys(limit=1) == ["bob"]


@pytest.mark.parametrize("give_up", ["drop", "hold"])
def test_an_edit_of_a_message_never_sent_is_dropped(post: Post, give_up: str) -> None:
    post.put(notice("question"), _edit("edit"), notice("other"))
    getattr(post.worker, give_up)(post.claim()[0], "channel_gone", NOW)
    assert post.send_all() == ["other"]
    assert post.state("edit") == ("dropped", None, "nothing_to_edit")


def test_an_edit_of_nothing_is_dropped(post: Post) -> None:
    post.put(_edit("edit", of="never put"))
    assert post.claim() == []
    assert post.state("edit") == ("dropped", None, "nothing_to_edit")
    assert post.worker.next_due(NOW) is None


def test_of_several_edits_only_the_newest_is_sent(post: Post) -> None:
    post.put(notice("question"), _edit("edit 1"), _edit("edit 2"), notice("other"), _edit("edit 3"))
    assert post.send_all() == ["question", "other", "edit 3"]
    assert [post.state(f"edit {n}")[0] for n in (1, 2, 3)] == ["dropped", "dropped", "sent"]


def test_an_edit_put_back_is_dropped_once_a_newer_one_was_sent(post: Post) -> None:
    post.put(notice("question"))
    post.send_all()
    post.put(_edit("edit 1"))
    post.worker.retry(post.claim()[0], after(30), "ratelimited", NOW)
    post.put(_edit("edit 2"))
    assert post.send_all() == ["edit 2"]
    assert post.send_all(after(30)) == []
    assert post.state("edit 1") == ("dropped", None, "superseded")


def _reply(key: str, under: str = "contest", **more: object) -> Notice:
    return notice(key, under=under, **more)


def test_a_reply_follows_its_message_into_its_thread(post: Post) -> None:
    post.put(notice("contest"), _reply("sides"))
    (contest,) = post.claim()
    assert (contest.notice.key, contest.thread_ref) == ("contest", None)
    post.worker.sent(contest, "ts1", NOW, NONE)
    (sides,) = post.claim()
    assert (sides.notice.under, sides.thread_ref, sides.edits_ref) == ("contest", "ts1", None)
    post.worker.sent(sides, "ts2", NOW, NONE)
    assert post.state("sides") == ("sent", "ts2", None)


def test_a_reply_waits_while_its_message_is_put_back_and_delays_nobody_else(post: Post) -> None:
    post.put(notice("contest"), _reply("sides"), notice("other"))
    post.worker.retry(post.claim()[0], after(30), "ratelimited", NOW)
    assert post.send_all(after(29)) == ["other"]
    assert post.send_all(after(30)) == ["contest", "sides"]


def test_a_reply_waits_while_nobody_knows_whether_its_message_arrived(post: Post) -> None:
    post.put(notice("contest"), _reply("sides"))
    post.worker.leave_ambiguous(post.claim()[0], "timeout")
    (again,) = post.claim(after(60))
    assert (again.notice.key, again.ambiguous) == ("contest", True)


@pytest.mark.parametrize("give_up", ["drop", "hold"])
def test_a_reply_to_a_message_never_sent_stands_by_itself(post: Post, give_up: str) -> None:
    post.put(notice("contest"), _reply("sides"), notice("other"))
    getattr(post.worker, give_up)(post.claim()[0], "channel_gone", NOW)
    (sides,) = post.claim()
    assert (sides.notice.key, sides.thread_ref) == ("sides", None)


def test_a_reply_to_nothing_stands_by_itself(post: Post) -> None:
    post.put(_reply("sides", under="never put"))
    assert [(claim.notice.key, claim.thread_ref) for claim in post.claim()] == [("sides", None)]


def test_several_replies_are_all_sent_in_their_order(post: Post) -> None:
    post.put(notice("contest"), _reply("one"), _reply("two"), _edit("edit", of="contest"), _reply("three"))
    assert post.send_all() == ["contest", "one", "two", "edit", "three"]


def test_a_reply_is_edited_as_any_message_is(post: Post) -> None:
    post.put(notice("contest"), _reply("sides"), _edit("settled", of="sides"))
    assert post.send_all() == ["contest", "sides", "settled"]
    assert post.state("settled") == ("sent", "ref-settled", None)


def test_a_reply_of_unknown_fate_is_claimed_with_its_thread_again(post: Post) -> None:
    post.put(notice("contest"), _reply("sides"))
    post.worker.sent(post.claim()[0], "ts1", NOW, NONE)
    post.worker.leave_ambiguous(post.claim()[0], "timeout")
    (again,) = post.claim(after(60))
    assert (again.notice.key, again.ambiguous, again.thread_ref) == ("sides", True, "ts1")
