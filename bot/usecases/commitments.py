"""Who closes a gap, and by when: one commitment, whether made beside a step, on a blocker, or in an interview.

Anybody who may read a project's answers takes a gap on for themselves; only who steers the project gives it to
somebody else.
"""

from dataclasses import replace
from datetime import date

from bot.chat.incoming import Press, Submit
from bot.readiness.assessment import Project
from bot.readiness.commitments import Commitment, CommitmentState, gap
from bot.readiness.framework import Dimension
from bot.readiness.gap_cards import CommitmentForm, GapCard, GapSaid
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.usecases import commitment_dates
from bot.usecases.fields import day_of, word_of
from bot.usecases.gaps import acts_on, finding_now, meant, today
from bot.usecases.people import may_steer, new_id, person_of, refresh_homes, require_reading, require_steering
from bot.usecases.ports import Context
from bot.usecases.ratings import scorecard_of
from bot.usecases.reminders import plan


def take(context: Context, press: Press) -> GapCard:
    """Take a gap on, without a day yet. Pressed again by the same person it changes nothing."""
    project, dimension = meant(context, press.value)
    require_reading(context, project)
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    if held is not None and held.person_id == context.actor.id:
        return _card(context, project, dimension, GapSaid.ALREADY_TAKEN)
    stage = finding_now(context, project, dimension).stage
    _refuse_anothers(context, project, held)
    _commit(context, project, dimension, held, Commitment(
        id=new_id(),
        project_id=project.id,
        dimension_id=dimension.id,
        person_id=context.actor.id,
        stage=stage,
        taken_at=context.now,
    ))  # fmt: skip
    return _card(context, project, dimension, GapSaid.TAKEN)


def promise(
    context: Context, project: Project, dimension_id: str, person_id: str, due: date | None, *, asked: bool = False
) -> Commitment:
    """Write down who closes the gap in a dimension, and by when; a word given again changes person and day.

    Whoever steers the project may name somebody else, and so may a respondent who was `asked` just that. Raises
    Refused ROLE_NEEDED for anybody else, TAKEN_ALREADY when somebody else holds it, and FieldsRefused (`due`) for a
    day that has passed.
    """
    project = context.tx.projects.lock(project.id)
    dimension = context.dimension_of(project, dimension_id)
    if person_id != context.actor.id and not asked:
        require_steering(context, project)
    held = context.tx.commitments.open_of(project.id).get(dimension_id)
    if held is None or held.person_id != person_id:
        _refuse_anothers(context, project, held)
    if due is not None and due < today(context) and (held is None or held.due != due):
        raise FieldsRefused({"due": "date_past"})
    if held is not None and held.person_id == person_id:
        dated = replace(held, due=due)
        if dated != held:
            context.tx.commitments.save(dated)
            commitment_dates.plan(context, dated)
            _record(context, "commitment.dated", dated, {"due": [_plain(held.due), _plain(due)]})
            _tell(context, dated)
        return dated
    new = Commitment(
        id=new_id(),
        project_id=project.id,
        dimension_id=dimension_id,
        person_id=person_id,
        stage=_promised_stage(context, project, dimension_id),
        taken_at=context.now,
        due=due,
    )
    _commit(context, project, dimension, held, new)
    return new


def date_form(context: Context, press: Press) -> CommitmentForm:
    """The form for the day, and for those who steer the project the person."""
    project, dimension = meant(context, press.value)
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    require_holding(context, project, held)
    finding_now(context, project, dimension)
    return CommitmentForm(
        project=project,
        dimension=dimension,
        person=context.tx.people.get(held.person_id) if held else context.actor,
        may_name=may_steer(context.actor, project),
        due=held.due if held else None,
    )


def set_date(context: Context, submit: Submit) -> GapCard:
    """What the form says. Raises FieldsRefused for a day that has passed, or none."""
    project, dimension = meant(context, submit.value)
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    require_holding(context, project, held)
    finding_now(context, project, dimension)
    due = day_of(submit.fields, "due")
    named = word_of(submit.fields, "person")
    person_id = held.person_id if held else context.actor.id
    if named:
        person_id = person_of(context, named).id
    made = promise(context, project, dimension.id, person_id, due)
    return _card(context, project, dimension, GapSaid.DATE_SET if made.person_id == context.actor.id else GapSaid.GIVEN)


def begin(context: Context, press: Press) -> GapCard:
    """Say that work on the gap has begun."""
    project, dimension, held = _held(context, press.value)
    if held.state is not CommitmentState.IN_PROGRESS:
        context.tx.commitments.save(replace(held, state=CommitmentState.IN_PROGRESS))
        _record(context, "commitment.begun", held, {})
        _refresh(context, project, held.person_id)
    return _card(context, project, dimension, GapSaid.IN_PROGRESS)


def give_back(context: Context, press: Press) -> GapCard:
    """Let somebody else take the gap on."""
    project, dimension, held = _held(context, press.value)
    end(context, held)
    _refresh(context, project, held.person_id)
    return _card(context, project, dimension, GapSaid.GIVEN_BACK)


def require_holding(context: Context, project: Project, held: Commitment | None) -> None:
    """Raise Refused unless the actor has taken the gap on, or steers the project."""
    if not may_steer(context.actor, project) and (held is None or held.person_id != context.actor.id):
        holder = context.tx.people.get(held.person_id if held else project.owner_id)
        raise Refused(Refusal.NOT_YOUR_GAP, holder=holder.name, project=project.name)


def _held(context: Context, value: str) -> tuple[Project, Dimension, Commitment]:
    project, dimension = meant(context, value)
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    require_holding(context, project, held)
    if held is None:
        raise Refused(Refusal.NO_GAP, project=project.name, key=project.key)
    return project, dimension, held


def _refuse_anothers(context: Context, project: Project, held: Commitment | None) -> None:
    """What somebody holds is theirs until they give it back; who steers the project may give it on."""
    if held is not None and not may_steer(context.actor, project):
        holder = context.tx.people.get(held.person_id)
        raise Refused(Refusal.TAKEN_ALREADY, holder=holder.name, project=project.name)


def _promised_stage(context: Context, project: Project, dimension_id: str) -> int:
    """The stage whose bar is short by what was said last; before anything was, the next one that matters."""
    latest = context.tx.assessments.latest_of(project.id)
    answers = context.tx.answers.current(latest.id) if latest else ()
    card = scorecard_of(context, project, answers, context.now)
    finding = gap(card, dimension_id)
    return finding.stage if finding else card.next_stage or card.exposure


def _commit(context: Context, project: Project, dimension: Dimension, held: Commitment | None, new: Commitment) -> None:
    if held is not None:
        end(context, held)
        _tell(context, held)
    context.tx.commitments.add(new)
    commitment_dates.plan(context, new)
    _record(context, "commitment.taken", new, {"dimension": dimension.id, "due": _plain(new.due)})
    _tell(context, new)
    _refresh(context, project, new.person_id)


def end(context: Context, held: Commitment) -> None:
    """Give it back: somebody else can take the gap on."""
    ended = replace(held, state=CommitmentState.GIVEN_BACK, ended_at=context.now)
    context.tx.commitments.save(ended)
    commitment_dates.plan(context, ended)
    _record(context, "commitment.given_back", held, {})


def _tell(context: Context, commitment: Commitment) -> None:
    """Somebody else changed a person's commitment: they learn of it."""
    if commitment.person_id != context.actor.id:
        context.tx.notices.put(
            Notice(
                key=f"commitment:{commitment.id}:{new_id()}",
                kind=NoticeKind.COMMITMENT,
                subject=commitment.id,
                person_id=commitment.person_id,
                parameters={"giver": context.actor.id},
            )
        )


def _record(context: Context, action: str, commitment: Commitment, facts: dict[str, object]) -> None:
    plan(context, [commitment.person_id])
    told = {"project": commitment.project_id, "person": commitment.person_id, **facts}
    context.tx.record(action, commitment.id, context.actor.id, told)


def _refresh(context: Context, project: Project, person_id: str) -> None:
    refresh_homes(context, {project.owner_id, person_id, context.actor.id})


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _card(context: Context, project: Project, dimension: Dimension, said: GapSaid) -> GapCard:
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    return GapCard(
        project=project,
        dimension=dimension,
        said=said,
        person=context.tx.people.get(held.person_id) if held else None,
        due=held.due if held else None,
        acts=acts_on(context, project, dimension),
    )
