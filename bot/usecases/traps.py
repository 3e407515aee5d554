"""Traps of a project: judged at every milestone, shown beside its result, answered by a correction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.chat.incoming import Submit
from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.framework import Framework, Trap
from bot.readiness.milestone import Milestone
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.trap_findings import Quote, Reason, Situation, TrapFinding, TrapSeverity
from bot.readiness.trap_watch import Correction, RaisedTrap, answers_it, trap_changes, words_of
from bot.readiness.traps import judge
from bot.readiness.traps_cards import (
    CorrectedCard,
    CorrectionForm,
    ShownCorrection,
    ShownQuote,
    ShownReason,
    ShownTrap,
)
from bot.usecases.locking import locked
from bot.usecases.people import may_read_answers, new_id, require_reading
from bot.usecases.ports import Context

CORRECTION_LENGTH = 1000
MILESTONES_READ = 100
"""How far back we look for since when people are exposed."""


def settle(context: Context, project: Project, milestone: Milestone, answers: Sequence[Answer]) -> bool:
    """Raise what this milestone finds, mark what is gone; True when the project's channel should hear of it."""
    framework = context.framework_of(milestone)
    found = _judged(
        context,
        framework,
        project,
        answers,
        exposure=milestone.scorecard.exposure,
        target=milestone.scorecard.target,
    )
    raised = context.tx.traps.open_of(project.id)
    corrections = context.tx.traps.corrections(project.id)
    known = _answers(context, raised, corrections, answers)
    changes = trap_changes(raised, found, corrections, known)
    told = False
    for new in changes.found:
        told = told or new.is_news
        finding = new.finding
        context.tx.traps.add(
            RaisedTrap(
                id=new_id(),
                project_id=project.id,
                trap_id=finding.trap_id,
                severity=finding.severity,
                reasons=finding.reasons,
                found_at=context.now,
                found_by=milestone.id,
                told_by=milestone.id if new.is_news else None,
            )
        )
    for each in changes.standing:
        told = told or each.is_news
        told_by = milestone.id if each.is_news else each.raised.told_by
        now = replace(each.raised, severity=each.finding.severity, reasons=each.finding.reasons, told_by=told_by)
        if now != each.raised:
            context.tx.traps.save(now)
    for gone in changes.gone:
        context.tx.traps.save(replace(gone, gone_at=context.now, gone_by=milestone.id))
    return told


def standing(context: Context, project: Project, *, may_read: bool) -> tuple[ShownTrap, ...]:
    """The traps that stand, heaviest first; without anybody's words for those who may not read answers."""
    return _shown(context, project, context.tx.traps.open_of(project.id), may_read=may_read)


def news_of(context: Context, project: Project, milestone: Milestone) -> tuple[tuple[ShownTrap, ...], tuple[Trap, ...]]:
    """What a milestone's alert says of traps: the new ones that still stand, and those that are gone."""
    touched = context.tx.traps.told_or_gone_by(milestone.id)
    new = [raised for raised in touched if raised.told_by == milestone.id and raised.gone_at is None]
    gone = [raised for raised in touched if raised.gone_by == milestone.id and raised.told_by is not None]
    shown = _shown(context, project, new, may_read=True)
    traps = {trap.id: trap for trap in context.framework_of(milestone).traps}
    return (
        tuple(replace(each, reader_id="") for each in shown),
        tuple(traps[raised.trap_id] for raised in gone if raised.trap_id in traps),
    )


def against_move(context: Context, project: Project, exposure: int) -> tuple[ShownTrap, ...]:
    """The traps that would speak against people being exposed at this stage; they never forbid it."""
    latest = context.tx.milestones.latest(project.id)
    if latest is None:
        return ()
    answers = context.tx.answers.current(latest.assessment_id)
    framework = context.framework_of(latest)
    target = project.target if project.target is not None else framework.default_targets[exposure]
    judged = _judged(context, framework, project, answers, exposure=exposure, target=target)
    found = [each for each in judged if each.against_move]
    if not found:
        return ()
    corrections = context.tx.traps.corrections(project.id)
    known = _answers(context, (), corrections, answers)
    show = _Showing(context, framework, known, corrections, may_read=may_read_answers(context.actor, project))
    made = (show.trap(finding.trap_id, finding.severity, finding.reasons) for finding in found)
    return tuple(each for each in made if each is not None)


def correction_form(context: Context, raised_id: str) -> CorrectionForm:
    """The form for saying that a trap is not so."""
    project, raised = _correctable(context, raised_id)
    return CorrectionForm(project, _only(context, project, raised))


def correct(context: Context, submit: Submit) -> CorrectedCard:
    """Put a correction on record; the trap stays, with it beside, and is quiet until its answers change."""
    project, raised = _correctable(context, submit.value)
    written = submit.fields.get("correction")
    text = written.strip() if isinstance(written, str) else ""
    if not text:
        raise FieldsRefused({"correction": "missing"})
    context.tx.traps.correct(
        Correction(
            id=new_id(),
            raised_id=raised.id,
            person_id=context.actor.id,
            said_at=context.now,
            reasons=raised.reasons,
            text=text[:CORRECTION_LENGTH],
        )
    )
    context.tx.record("trap.corrected", project.id, context.actor.id, {"trap": raised.trap_id, "raised": raised.id})
    return CorrectedCard(project, _only(context, project, raised))


def _correctable(context: Context, raised_id: str) -> tuple[Project, RaisedTrap]:
    """The trap as nobody else changes it now, if the actor may read the project's answers and it still stands."""
    raised, project = locked(context, context.tx.traps.get, raised_id)
    require_reading(context, project)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    if raised.gone_at is not None:
        raise Refused(Refusal.TRAP_GONE, project=project.name, key=project.key)
    return project, raised


def _judged(
    context: Context, framework: Framework, project: Project, answers: Sequence[Answer], *, exposure: int, target: int
) -> tuple[TrapFinding, ...]:
    history = context.tx.milestones.of_project(project.id, MILESTONES_READ)
    return judge(
        framework,
        Situation(
            exposure=exposure,
            target=target,
            answers=answers,
            roles=project.roles,
            exposures=tuple((each.taken_at, each.scorecard.exposure) for each in reversed(history)),
            now=context.now,
        ),
    )


def _answers(
    context: Context,
    raised: Iterable[RaisedTrap],
    corrections: Mapping[str, Sequence[Correction]],
    current: Sequence[Answer] = (),
) -> Mapping[str, Answer]:
    """All answers that traps and corrections point at, and the current ones."""
    known = {answer.id: answer for answer in current}
    said = [correction.reasons for each in corrections.values() for correction in each]
    pointed = [each.reasons for each in raised] + said
    wanted = {quote.answer_id for reasons in pointed for reason in reasons for quote in reason.quotes} - known.keys()
    return known | {answer.id: answer for answer in (context.tx.answers.many(wanted) if wanted else ())}


def _shown(
    context: Context, project: Project, raised: Sequence[RaisedTrap], *, may_read: bool
) -> tuple[ShownTrap, ...]:
    if not raised:
        return ()
    corrections = context.tx.traps.corrections(project.id)
    framework, known = context.framework_for(project), _answers(context, raised, corrections)
    show = _Showing(context, framework, known, corrections, may_read=may_read)
    may_correct = may_read and project.archived_at is None
    made = [show.trap(each.trap_id, each.severity, each.reasons, each.id, may_correct=may_correct) for each in raised]
    return tuple(each for each in made if each is not None)


def _only(context: Context, project: Project, raised: RaisedTrap) -> ShownTrap:
    shown = _shown(context, project, (raised,), may_read=True)
    if not shown:
        # It was raised by another framework than the one we judge by now.
        raise Refused(Refusal.TRAP_GONE, project=project.name, key=project.key)
    return shown[0]


@dataclass(frozen=True, slots=True)
class _Showing:
    """Puts traps together for a page: what they are called, whose words they quote, what was said against them."""

    context: Context
    framework: Framework
    answers: Mapping[str, Answer]
    corrections: Mapping[str, Sequence[Correction]]
    may_read: bool

    def trap(
        self,
        trap_id: str,
        severity: TrapSeverity,
        reasons: Sequence[Reason],
        raised_id: str = "",
        *,
        may_correct: bool = False,
    ) -> ShownTrap | None:
        """None for a trap that the framework does not have any more."""
        try:
            trap = self.framework.trap(trap_id)
        except KeyError:
            return None
        corrections = [
            each
            for each in self.corrections.get(trap_id, ())
            if each.raised_id == raised_id or answers_it(each, reasons, self.answers)
        ]
        people = self._people(reasons, corrections)
        return ShownTrap(
            trap=trap,
            mistake=self.framework.practice(trap.mistake),
            severity=severity,
            reasons=tuple(
                ShownReason(reason.arm, self._quotes(reason, people) if self.may_read else (), reason.numbers)
                for reason in reasons
            ),
            corrections=tuple(
                ShownCorrection(people[each.person_id], each.said_at, each.text)
                for each in corrections
                if self.may_read
            ),
            raised_id=raised_id,
            may_correct=may_correct,
            reader_id=self.context.actor.id,
        )

    def _people(self, reasons: Sequence[Reason], corrections: Sequence[Correction]) -> Mapping[str, Person]:
        quoted = [self.answers.get(quote.answer_id) for reason in reasons for quote in reason.quotes]
        wanted = {answer.respondent_id for answer in quoted if answer} | {each.person_id for each in corrections}
        return self.context.tx.people.many(wanted)

    def _quotes(self, reason: Reason, people: Mapping[str, Person]) -> tuple[ShownQuote, ...]:
        made = (self._quote(quote, people) for quote in reason.quotes)
        return tuple(each for each in made if each is not None)

    def _quote(self, quote: Quote, people: Mapping[str, Person]) -> ShownQuote | None:
        answer = self.answers.get(quote.answer_id)
        dimension = self.framework.by_id.get(quote.dimension_id)
        if answer is None or dimension is None:
            return None
        labels = {field: label for each in dimension.follow_ups for field, label in each.fields.items()}
        return ShownQuote(
            dimension=dimension,
            person=people[answer.respondent_id],
            words=words_of(quote, answer),
            value=f"{answer.interview_id}|{dimension.id}",
            label=labels.get(quote.field) if quote.field else None,
            level=dimension.level(answer.level) if answer.level is not None and not quote.field else None,
        )
