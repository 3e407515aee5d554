"""Evidence: checked by somebody else, doubted, too old."""

from typing import Any

from bot.chat.incoming import Submit
from bot.chat.view import Reply
from bot.readiness.assessment import Answer, EvidenceStrength
from tests.begun import begun
from tests.world import World, account, said

ROLLBACK = "rollback-capability"


@begun
def assessed(world: World, level: int = 3, **fields: Any) -> None:
    world.found(team=True, **fields)
    world.command("olivia", "start churn")
    for handle in ("dan", "mei", "omar", "emma", "ravi", "sofia", "lukas"):
        world.answer_all(handle, level)
    world.deliver()


def current(world: World, dimension_id: str = ROLLBACK) -> Answer:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    answers = world.read(lambda tx: tx.answers.current(latest.id))
    return next(answer for answer in answers if answer.dimension_id == dimension_id)


def doubt(world: World, who: str, answer_id: str, words: str) -> Reply:
    return world.conversation.converse(
        Submit(**world.who(who), form="doubt_evidence", value=answer_id, fields={"words": words})
    )


def ask(world: World, who: str, answer_id: str, whom: str | None) -> Reply:
    colleague = account(whom) if whom else None
    return world.conversation.converse(
        Submit(**world.who(who), form="ask_to_check", value=answer_id, fields={"colleague": colleague})
    )


def test_level_four_counts_in_full_once_somebody_else_has_looked(world: World) -> None:
    assessed(world, level=4, exposure="4")
    assert world.project().summary.readiness == 4  # type: ignore[union-attr]
    dimensions = [dimension.id for dimension in world.conversation.library.shipped.dimensions]
    for dimension_id in dimensions:
        assert "you have checked it" in said(world.press("ada", "verify", current(world, dimension_id).id))
    assert world.project().summary.readiness == 5  # type: ignore[union-attr]
    checked = current(world)
    assert checked.evidence.strength is EvidenceStrength.VERIFIED
    assert checked.respondent_id != checked.evidence.verified_by
    assert "checked by ada" in said(world.command("olivia", "why churn"))


def test_nobody_checks_their_own_claim(world: World) -> None:
    assessed(world)
    answer = current(world)
    assert "Nobody can confirm their own claim" in said(world.press("omar", "verify", answer.id))
    assert "Nobody can confirm their own claim" in said(doubt(world, "omar", answer.id, "no"))
    assert current(world) == answer


def test_who_may_not_read_the_answers_does_not_check_them(world: World) -> None:
    assessed(world)
    answer = current(world)
    assert "may read its answers" in said(world.press("zoe", "verify", answer.id))
    assert "may read its answers" in said(world.press("zoe", "check_evidence", answer.id))
    assert current(world) == answer


def test_a_button_of_an_answer_that_has_changed_since_is_refused(world: World) -> None:
    assessed(world)
    old = current(world)
    interview = world.interview("omar")
    world.press("omar", "edit_answer", f"{interview.id}|{ROLLBACK}")
    world.press("omar", "answer", f"{interview.id}|{ROLLBACK}|2")
    assert "has changed since" in said(world.press("ada", "verify", old.id))


def test_a_check_goes_with_the_level_it_was_for_and_the_link_stays(world: World) -> None:
    assessed(world)
    world.press("ada", "verify", current(world).id)
    interview = world.interview("omar")
    world.press("omar", "edit_answer", f"{interview.id}|{ROLLBACK}")
    world.press("omar", "answer", f"{interview.id}|{ROLLBACK}|4")
    edited = current(world).evidence
    assert (edited.strength, edited.verified_by, bool(edited.link)) == (EvidenceStrength.LINKED, None, True)


def test_a_doubted_link_counts_for_words_and_both_learn_why(world: World) -> None:
    assessed(world)
    before = world.project().summary
    assert "does not show the level" in said(doubt(world, "ada", current(world).id, "It is *another* model’s page."))
    world.deliver()
    assert world.project().summary.readiness < before.readiness  # type: ignore[union-attr]
    for handle in ("omar", "olivia"):
        told = [text for text in world.messenger.said_to(account(handle)) if "does not show" in text]
        assert len(told) == 1
        assert "“It is *another* model’s page.”" in told[0]
    assert "it does not show this level" in said(world.command("olivia", "why churn"))
    assert "done already" in said(doubt(world, "ada", current(world).id, "again"))


def test_a_doubt_needs_words(world: World) -> None:
    assessed(world)
    assert doubt(world, "ada", current(world).id, "  ").errors == {"words": "Please fill this in."}


def test_a_colleague_is_asked_to_look_and_hears_nothing_once_it_was_done(world: World) -> None:
    assessed(world)
    answer = current(world)
    assert "has it now" in said(ask(world, "omar", answer.id, "ravi"))
    world.deliver()
    assert "asks you to look at a link of Churn" in world.messenger.said_to(account("ravi"))[-1]
    ask(world, "olivia", answer.id, "emma")
    world.press("ada", "verify", answer.id)
    world.deliver()
    assert not any("asks you to look" in text for text in world.messenger.said_to(account("emma")))


def test_only_somebody_who_may_read_and_is_not_the_author_can_be_asked(world: World) -> None:
    assessed(world)
    answer = current(world)
    assert ask(world, "omar", answer.id, "zoe").errors["colleague"].startswith("This person may not read")
    assert ask(world, "olivia", answer.id, "omar").errors["colleague"].startswith("Nobody checks their own")
    assert ask(world, "olivia", answer.id, None).errors == {"colleague": "Please fill this in."}


def test_old_evidence_counts_for_less_at_the_next_scoring_and_stored_results_stay(world: World) -> None:
    assessed(world, exposure="3")
    first = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert first.scorecard.readiness == 4
    world.clock.later(days=61)
    listed = said(world.press("olivia", "evidence", world.project().id))
    assert "no longer counts" in listed
    world.press("ada", "verify", current(world).id)
    second = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (second.cause, second.scorecard.readiness) == ("edited", 2)
    assert "too old to count" in said(world.command("olivia", "why churn"))
    assert world.read(lambda tx: tx.milestones.get(first.id)) == first


def test_unchanged_renews_a_link(world: World) -> None:
    assessed(world, exposure="3")
    world.clock.later(days=50)
    world.command("olivia", "start churn")
    interview = world.interview("omar")
    world.press("omar", "unchanged", f"{interview.id}|{ROLLBACK}")
    world.clock.later(days=50)
    renewed = current(world).evidence
    assert renewed.strength is EvidenceStrength.LINKED
    assert renewed.given_at == current(world).answered_at
