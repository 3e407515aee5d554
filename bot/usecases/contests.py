"""Disagreements: opened once everybody concerned has answered, settled when the answers meet or a document decides."""

from collections.abc import Collection
from dataclasses import replace

from bot.chat.incoming import Press
from bot.readiness.assessment import Answer, EvidenceStrength, Project
from bot.readiness.contested import Contest, Settled, all_heard, is_contested, positions
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.rating import counted_answers
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.respondent_cards import ContestCard, ContestPart, Side
from bot.usecases.people import new_id, require_reading
from bot.usecases.ports import Context
from bot.usecases.ratings import aged_answers
from bot.usecases.reminders import plan


def review(context: Context, project: Project, assessment_id: str, dimensions: Collection[str] | None = None) -> None:
    """Open and settle what the answers now ask for; only for these dimensions where they are given.

    Nobody sees another's answer before everybody asked for the dimension has answered or is done.
    """
    framework = context.framework_asked(assessment_id)
    answers = aged_answers(framework, project, context.tx.answers.current(assessment_id), context.now)
    known = {c.dimension_id: c for c in context.tx.contests.of_assessment(assessment_id) if c.settled_at is None}
    heard = None
    for dimension in framework.dimensions:
        if dimensions is not None and dimension.id not in dimensions:
            continue
        held, contest = positions(answers, dimension.id), known.get(dimension.id)
        if contest is not None:
            _go_on(context, project, contest, held)
        elif is_contested(held):
            heard = heard if heard is not None else context.tx.interviews.of_assessment(assessment_id)
            if all_heard(heard, dimension.id):
                opened = Contest(new_id(), project.id, assessment_id, dimension.id, context.now)
                context.tx.contests.add(opened)
                plan(context, [answer.respondent_id for answer in held])
                _owe(context, project, opened, held)


def contested(context: Context, notice: Notice) -> ContestCard | None:
    """A disagreement as it stands now; nothing where it was settled before anybody was told."""
    contest = context.tx.contests.get(notice.subject)
    if contest.settled_at is not None and notice.edits is None:
        return None
    return _card(context, contest, ContestPart(notice.parameters["part"]))


def shown(context: Context, press: Press) -> ContestCard:
    """A disagreement with both sides, once more; for who may read the answers."""
    try:
        contest = context.tx.contests.get(press.value)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    require_reading(context, context.tx.projects.get(contest.project_id))
    return _card(context, contest, ContestPart.WHOLE)


def _card(context: Context, contest: Contest, part: ContestPart) -> ContestCard:
    settled_by = context.tx.people.get(contest.settled_by) if contest.settled_by else None
    remarks = context.tx.remarks.about([contest.id])
    project = context.tx.projects.get(contest.project_id)
    return ContestCard(
        project=project,
        dimension=context.framework_asked(contest.assessment_id).dimension(contest.dimension_id),
        contest=contest,
        sides=sides(context, contest),
        part=part,
        settled_by=settled_by,
        zone=context.actor.timezone,
        words=remarks[-1].words if remarks else "",
        still=_still(context, project, contest) if contest.how is Settled.VERIFIED else (),
    )


def sides(context: Context, contest: Contest) -> tuple[Side, ...]:
    """Who says which level, highest first."""
    held = positions(context.tx.answers.current(contest.assessment_id), contest.dimension_id)
    people = context.tx.people.many({answer.respondent_id for answer in held})
    return tuple(Side(people[answer.respondent_id], answer) for answer in held)


def _still(context: Context, project: Project, contest: Contest) -> tuple[Side, ...]:
    """The answers that count where the document that settled it shows another level: it ends the contest only."""
    dimension = context.framework_asked(contest.assessment_id).dimension(contest.dimension_id)
    said = [a for a in context.tx.answers.current(contest.assessment_id) if a.dimension_id == dimension.id]
    shown = {a.level for a in said if a.evidence.strength is EvidenceStrength.VERIFIED}
    counted = counted_answers(dimension, said, project.roles)
    if any(answer.level in shown for answer in counted):
        return ()
    people = context.tx.people.many({answer.respondent_id for answer in counted})
    return tuple(Side(people[answer.respondent_id], answer) for answer in counted)


def _go_on(context: Context, project: Project, contest: Contest, held: tuple[Answer, ...]) -> None:
    """An open disagreement: settled, or shown as it stands now."""
    if not is_contested(held):
        verified = any(answer.evidence.strength is EvidenceStrength.VERIFIED for answer in held)
        how = Settled.VERIFIED if verified else Settled.CHANGED
        contest = replace(contest, settled_at=context.now, settled_by=context.actor.id or None, how=how)
        context.tx.contests.save(contest)
        context.tx.record("contest.settled", contest.id, context.actor.id, {"project": project.id, "how": how.value})
    _owe(context, project, contest, held, again=True)


def _owe(
    context: Context, project: Project, contest: Contest, held: tuple[Answer, ...], *, again: bool = False
) -> None:
    """In the project's channel: one message, and the sides in its thread; without a channel, to the people concerned.

    `again` shows the same messages as they are now; who has none yet, as one who has joined the sides, gets one.
    """
    key = f"contest:{contest.id}"
    if project.place_id:
        messages = [
            Notice(key, NoticeKind.CONTESTED, contest.id, place_id=project.place_id, parameters={"part": "head"}),
            Notice(
                f"{key}:sides",
                NoticeKind.CONTESTED,
                contest.id,
                place_id=project.place_id,
                parameters={"part": "sides"},
                under=key,
            ),
        ]
    else:
        messages = [
            Notice(
                f"{key}:{answer.respondent_id}",
                NoticeKind.CONTESTED,
                contest.id,
                person_id=answer.respondent_id,
                parameters={"part": "whole"},
            )
            for answer in held
        ]
    for message in messages:
        is_new = contest.settled_at is None and context.tx.notices.put(message)
        if again and not is_new:
            context.tx.notices.put(_shown_again(message))


def _shown_again(message: Notice) -> Notice:
    return replace(message, key=f"{message.key}:{new_id()}", edits=message.key, under=None)
