"""Two people who disagree: asked blind, told together, settled by one of them or by a document."""

import re
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import text

from bot.chat.view import View
from bot.readiness.assessment import Answer, EvidenceStrength
from bot.readiness.contested import Contest, Settled
from bot.readiness.milestone import Milestone
from bot.readiness.scoring import FindingKind, Severity
from bot.usecases.ports import Destination
from bot.usecases.sending import MaybeTaken
from tests.begun import begun
from tests.fakes import RememberingMessenger
from tests.usecases.test_handed_on import give_back, hand_over
from tests.world import World, account, said

MONITORING, FEATURES = "model-monitoring", "feature-store-readiness"


@pytest.fixture
@begun
def two(world: World) -> World:
    """Mei answers for monitoring and features; Lukas, who holds no role, is asked everything beside the others."""
    return opened(world)


def opened(world: World, **fields: str) -> World:
    world.found(**{"role_ml-engineering": account("mei"), "exposure": "3"} | fields)
    world.command("olivia", f"start churn <@{account('lukas')}>")
    return world


def answer(world: World, who: str, level: int, dimension_id: str = MONITORING, note: str = "") -> None:
    interview_id = world.interview(who).id
    world.press(who, "edit_answer", f"{interview_id}|{dimension_id}")
    if note:
        world.say(who, note)
    assert not said(world.press(who, "answer", f"{interview_id}|{dimension_id}|{level}"))
    world.pass_all(who, interview_id)


def contests(world: World) -> list[Contest]:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    return list(world.read(lambda tx: tx.contests.of_assessment(latest.id)))


def answers(world: World, dimension_id: str = MONITORING) -> dict[str, Answer]:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    found = [a for a in world.read(lambda tx: tx.answers.current(latest.id)) if a.dimension_id == dimension_id]
    people = world.read(lambda tx: tx.people.many({a.respondent_id for a in found}))
    return {people[a.respondent_id].account.removeprefix("U0").lower(): a for a in found}


def agree(world: World, who: str, whose: str) -> str:
    return said(world.press(who, "agree_with", f"{contests(world)[-1].id}|{answers(world)[whose].id}"))


def document(
    world: World, who: str, whose: str, link: str = "https://wiki.example/alerts", words: str = ""
) -> list[str]:
    fields = {"side": answers(world)[whose].id, "link": link, "words": words}
    return sorted(world.send(who, "verify_contested", contests(world)[-1].id, fields).errors)


def milestone(world: World) -> Milestone:
    found = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert isinstance(found, Milestone)
    return found


def finding(world: World) -> tuple[FindingKind, Severity]:
    (found,) = [f for f in milestone(world).scorecard.findings if f.dimension_id == MONITORING and f.is_blocker]
    return found.kind, found.severity


def complete(world: World, *, mei: int = 0, lukas: int = 3) -> None:
    for _ in ("once", "and where an answer of somebody else cast a doubt"):
        world.answer_all("olivia", 3)
        world.answer_all("mei", mei)
        world.answer_all("lukas", lukas)


def in_channel(world: World) -> list[tuple[str, str | None]]:
    """What the project's channel reads, and in whose thread."""
    world.deliver()
    return [
        (text_, thread)
        for (to, text_, _), thread in zip(world.messenger.posts, world.messenger.threads, strict=True)
        if to == "C1" and (thread or "is contested" in text_)
    ]


def test_nobody_hears_of_it_before_everybody_asked_has_answered(two: World) -> None:
    answer(two, "mei", 4, note="Alerts reach me, see the runbook.")
    assert contests(two) == []
    answer(two, "lukas", 1)
    (contest,) = contests(two)
    assert (contest.dimension_id, contest.settled_at) == (MONITORING, None)
    (head, no_thread), (sides, thread) = in_channel(two)
    assert "is contested" in head
    assert no_thread is None
    assert thread is not None
    assert all(words in sides for words in ("level 4", "level 1", "Alerts reach me", "I agree with"))
    assert "level 4" not in head


def test_whoever_is_still_asked_reads_neither_receipt_nor_evidence_of_it(two: World) -> None:
    answer(two, "mei", 4, note="https://wiki.example/alerts")
    for press in ("why", "evidence"):
        blind, seen = (said(two.press(reader, press, two.project().id)) for reader in ("lukas", "ada"))
        assert "U0MEI" not in blind
        assert "wiki.example" not in blind
        assert not re.search(r"\bmei\b", blind)
        assert re.search(r"\bmei\b", seen)
    answer(two, "lukas", 4)
    assert "wiki.example/alerts" in said(two.command("lukas", "why churn"))


def test_one_level_apart_is_no_contest(two: World) -> None:
    answer(two, "mei", 3)
    answer(two, "lukas", 2)
    assert contests(two) == []


def test_it_opens_once_and_shows_the_sides_as_they_are_now(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    assert len(in_channel(two)) == 2
    answer(two, "lukas", 0)
    assert len(contests(two)) == 1
    assert len(in_channel(two)) == 2
    assert any("level 0" in words for _, words in two.messenger.edits)


def test_the_last_one_asked_may_hand_it_over_or_end_and_it_opens(two: World) -> None:
    answer(two, "mei", 4)
    hand_over(two, "lukas", MONITORING, "omar")
    answer(two, "omar", 1)
    assert len(contests(two)) == 1


def test_who_hands_it_to_one_who_has_answered_is_waited_for_no_longer(world: World) -> None:
    world.found(**{"role_ml-engineering": account("mei")}, exposure="3")
    world.command("olivia", f"start churn <@{account('lukas')}> <@{account('emma')}>")
    answer(world, "mei", 4)
    answer(world, "emma", 1)
    assert contests(world) == []
    hand_over(world, "lukas", MONITORING, "mei")
    assert len(contests(world)) == 1


def test_without_a_channel_both_people_are_told_and_whoever_joins_them(world: World) -> None:
    world.found(**{"role_ml-engineering": account("mei")}, exposure="3", channel="")
    world.command("olivia", f"start churn <@{account('lukas')}> <@{account('emma')}>")
    answer(world, "mei", 4)
    answer(world, "lukas", 1)
    world.press("emma", "unknown", f"{world.interview('emma').id}|{MONITORING}")
    world.deliver()

    def told() -> list[str]:
        return [to for to, words, _ in world.messenger.posts if "is contested" in words]

    assert sorted(told()) == [account("lukas"), account("mei")]
    answer(world, "emma", 2)
    world.deliver()
    assert sorted(told()) == [account("emma"), account("lukas"), account("mei")]
    assert len(contests(world)) == 1


def test_one_side_agrees_and_the_old_answer_is_kept(two: World) -> None:
    answer(two, "mei", 4, note="Alerts reach me.")
    answer(two, "lukas", 1)
    two.deliver()
    assert "level 4" in agree(two, "lukas", "mei")
    (contest,) = contests(two)
    assert (contest.how, contest.settled_by) == (Settled.AGREED, answers(two)["lukas"].respondent_id)
    assert answers(two)["lukas"].level == 4
    with two.engines.reading.connect() as connection:
        kept = connection.execute(text("SELECT level FROM answer WHERE dimension_id = 'model-monitoring'")).scalars()
        assert sorted(kept) == [1, 4, 4]
    two.deliver()
    assert all("is settled" in words for _, words in two.messenger.edits[-2:])


def test_who_agrees_while_something_else_is_asked_keeps_their_question(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    current = two.interview("lukas").current
    agree(two, "lukas", "mei")
    assert two.interview("lukas").current == current


def test_an_edit_that_comes_close_settles_it_and_one_that_differs_opens_it_again(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    two.deliver()
    answer(two, "lukas", 3)
    assert [contest.how for contest in contests(two)] == [Settled.CHANGED]
    two.deliver()
    answer(two, "lukas", 0)
    assert [contest.how for contest in contests(two)] == [Settled.CHANGED, None]
    assert len(in_channel(two)) == 4, "a new disagreement has a thread of its own"


def test_what_was_settled_before_anybody_was_told_is_not_told(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    answer(two, "lukas", 3)
    assert in_channel(two) == []
    assert {state for state, _ in two.outbox_states()["contested"]} == {"dropped"}


def test_both_agree_at_once_and_the_second_hears_that_it_is_settled(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    theirs = answers(two)
    contest_id = contests(two)[0].id
    two.press("lukas", "agree_with", f"{contest_id}|{theirs['mei'].id}")
    late = said(two.press("mei", "agree_with", f"{contest_id}|{theirs['lukas'].id}"))
    assert "settled already" in late
    assert {who: a.level for who, a in answers(two).items()} == {"mei": 4, "lukas": 4}


def test_a_document_settles_it_and_the_lower_authoritative_answer_still_counts(two: World) -> None:
    complete(two)
    assert finding(two) == (FindingKind.CONTESTED, Severity.HIGH)
    two.deliver()
    assert document(two, "olivia", "mei", words="The dashboard has been empty since May.") == []
    found = next(contest for contest in contests(two) if contest.dimension_id == MONITORING)
    assert found.how is Settled.VERIFIED
    proved = answers(two)["mei"]
    assert proved.evidence.strength is EvidenceStrength.VERIFIED
    assert proved.evidence.verified_by not in (None, proved.respondent_id)
    assert "empty since May" not in proved.note, "nobody's words are put into another's mouth"
    assert finding(two) == (FindingKind.MISSING, Severity.CRITICAL)
    two.deliver()
    assert any("empty since May" in words and "wiki.example/alerts" in words for _, words in two.messenger.edits)
    assert not any("What counts is still" in words for _, words in two.messenger.edits)


@pytest.mark.parametrize(("hers", "proved"), [(0, 3), (3, 0)])
def test_where_the_document_shows_what_does_not_count_it_says_what_does(two: World, hers: int, proved: int) -> None:
    answer(two, "mei", hers)
    answer(two, "lukas", proved)
    two.deliver()
    assert document(two, "olivia", "lukas") == []
    two.deliver()
    settled = [words for _, words in two.messenger.edits if "no longer contested" in words]
    assert settled
    assert all(f"What counts is still the answer of Mei, level {hers}, until they" in words for words in settled)


def test_after_completion_the_result_follows_the_agreement(two: World) -> None:
    complete(two)
    first = milestone(two)
    assert finding(two) == (FindingKind.CONTESTED, Severity.HIGH)
    two.deliver()
    contest = next(each for each in contests(two) if each.dimension_id == MONITORING)
    assert said(two.press("lukas", "agree_with", f"{contest.id}|{answers(two)['mei'].id}"))
    assert milestone(two).sequence == first.sequence + 1
    assert finding(two) == (FindingKind.MISSING, Severity.CRITICAL), "settled, it is held at HIGH no longer"
    found = two.read(lambda tx: tx.blockers.open_of(two.project().id))
    assert [b.severity for b in found if b.dimension_id == MONITORING] == [Severity.CRITICAL]
    again = next(each for each in contests(two) if each.dimension_id == MONITORING)
    assert again.how is Settled.AGREED


def test_who_could_not_finish_in_time_can_still_agree(two: World) -> None:
    answer(two, "mei", 0)
    answer(two, "lukas", 3)
    lukas = two.interview("lukas")
    two.clock.later(days=30)
    two.tick()
    first = milestone(two)
    assert "level 0" in agree(two, "lukas", "mei")
    assert contests(two)[0].how is Settled.AGREED
    assert answers(two)["lukas"].level == 0
    assert milestone(two).sequence == first.sequence + 1
    assert two.interview("lukas", lukas.id).finished_at is None
    two.deliver()


def test_a_contest_that_opens_at_the_deadline_is_told_then(two: World) -> None:
    answer(two, "mei", 0)
    answer(two, "lukas", 3, FEATURES)
    answer(two, "mei", 0, FEATURES)
    hand_over(two, "lukas", MONITORING, "omar")
    answer(two, "omar", 3)
    assert {contest.dimension_id for contest in contests(two)} == {MONITORING, FEATURES}


def test_only_the_sides_may_agree_and_only_readers_may_name_a_document(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    before = (answers(two), contests(two))
    for stranger in ("olivia", "zoe", "ada"):
        assert "Only those who answered differently" in agree(two, stranger, "mei")
    fields = {"side": answers(two)["mei"].id, "link": "https://x.example"}
    assert "may read its answers" in said(two.send("zoe", "verify_contested", contests(two)[0].id, fields))
    assert document(two, "mei", "mei") == ["side"], "nobody proves their own"
    assert document(two, "olivia", "mei", link="see the wiki") == ["link"]
    assert sorted(two.send("olivia", "verify_contested", contests(two)[0].id, {}).errors) == ["link", "side"]
    assert (answers(two), contests(two)) == before


def test_a_side_may_prove_the_other_one_right(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    assert document(two, "lukas", "mei") == []
    assert contests(two)[0].how is Settled.VERIFIED


@pytest.mark.parametrize("value", ["", "|", "nothing|{answer}", "{contest}|nothing", "{contest}|{other}", "{contest}"])
def test_forged_ids_change_nothing(two: World, value: str) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    answer(two, "mei", 2, FEATURES)
    before = (answers(two), contests(two))
    forged = value.format(
        contest=contests(two)[0].id, answer=answers(two)["mei"].id, other=answers(two, FEATURES)["mei"].id
    )
    reply = said(two.press("lukas", "agree_with", forged))
    assert reply
    assert "reference" not in reply.lower()
    assert (answers(two), contests(two)) == before


def test_an_old_button_for_an_answer_that_has_changed_changes_nothing(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    old = answers(two)["mei"].id
    answer(two, "mei", 3)
    assert "has changed since" in said(two.press("lukas", "agree_with", f"{contests(two)[0].id}|{old}"))
    assert answers(two)["lukas"].level == 1


def test_in_an_archived_project_nothing_is_settled_any_more(two: World) -> None:
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    two.press("olivia", "archive", two.project().id)
    assert "archived" in agree(two, "lukas", "mei")
    assert contests(two)[0].settled_at is None


def test_a_question_that_comes_back_to_one_side_is_waited_for_again(two: World) -> None:
    answer(two, "mei", 4)
    hand_over(two, "lukas", MONITORING, "omar")
    give_back(two, "omar", MONITORING)
    assert contests(two) == []
    answer(two, "lukas", 1)
    assert len(contests(two)) == 1


@dataclass
class Forgetful(RememberingMessenger):
    """Takes the sides once without saying so, and remembers where it was looked for."""

    looked_in: list[tuple[str, str | None]] = field(default_factory=list)

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str:
        ref = await super().post(to, view, key, thread)
        if key.endswith(":sides") and not self.looked_in:
            raise MaybeTaken("timeout")
        return ref

    async def find(self, to: Destination, key: str, since: datetime, thread: str | None = None) -> str | None:
        self.looked_in.append((key, thread))
        return await super().find(to, key, since, thread)


def test_sides_that_may_have_arrived_are_looked_for_in_the_thread_and_not_said_twice(two: World) -> None:
    two.messenger = Forgetful()
    answer(two, "mei", 4)
    answer(two, "lukas", 1)
    assert len(in_channel(two)) == 2
    two.clock.later(minutes=2)
    (_, (_, thread)) = in_channel(two)
    assert two.messenger.looked_in == [(f"contest:{contests(two)[0].id}:sides", thread)]
    assert two.outbox_states()["contested"] == {("sent", None)}
