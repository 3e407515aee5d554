"""The table of presses: what each button does, by the name it carries."""

from collections.abc import Callable, Mapping

from bot import questions
from bot.chat.incoming import Command, Press
from bot.commands import start
from bot.readiness.cards import WhyAsked
from bot.readiness.events import Back, Pause, Resume, SayUnknown, Skip
from bot.readiness.refusals import Refusal, Refused
from bot.rows import May, Row
from bot.usecases import (
    absences,
    administration,
    assessments,
    claims,
    commitments,
    contests,
    digest_settings,
    erasure,
    evidence,
    follow_ups,
    frameworks,
    gaps,
    handovers,
    held_files,
    history,
    imports,
    interviews,
    ledger,
    levers,
    nudges,
    own_answers,
    own_schedule,
    pictures,
    portfolio,
    portfolio_lists,
    projects,
    questionnaire,
    reassessments,
    reports,
    schedules,
    settling,
    snoozes,
    traps,
    undelivered,
    waivers,
    whatif,
)
from bot.usecases.ports import Context


def _parts(press: Press, count: int) -> list[str]:
    parts = press.value.split("|")
    if len(parts) != count:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return parts


def _choose(context: Context, press: Press) -> None:
    interview_id, dimension_id, level = _parts(press, 3)
    if level not in {"0", "1", "2", "3", "4"}:
        raise Refused(Refusal.UNKNOWN_PRESS)
    interviews.choose(context, interview_id, dimension_id, int(level))


def _reason(context: Context, press: Press) -> None:
    interview_id, dimension_id, reason = _parts(press, 3)
    interviews.give_reason(context, interview_id, dimension_id, reason)


def _event(make: Callable[..., object], count: int) -> Row[Press]:
    def act(context: Context, press: Press) -> None:
        interview_id, *rest = _parts(press, count)
        interviews.happen(context, interview_id, make(*rest))  # type: ignore[arg-type]  # the table pairs them

    return Row(act, may=May.ASKED)


def _leaving(event: Skip | Back) -> Row[Press]:
    def act(context: Context, press: Press) -> None:
        interview_id, dimension_id = _parts(press, 2)
        interviews.leave(context, interview_id, dimension_id, event)

    return Row(act, may=May.ASKED)


def _why_asked(context: Context, press: Press) -> WhyAsked:
    return interviews.why_asked(context, *_parts(press, 1))


def _on_project(act: Callable[[Context, Command], object]) -> Callable[[Context, Press], object]:
    """The same act as the command, for the project whose id the press carries."""

    def pressed(context: Context, press: Press) -> object:
        key = projects.by_id(context, press.value).key
        return act(context, Command(key=press.key, actor=press.actor, spot=press.spot, name="readiness", text=key))

    return pressed


PRESSES: Mapping[str, Row[Press]] = {
    "answer": Row(_choose, may=May.ASKED),
    "unknown": _event(SayUnknown, 2),
    "not_applicable": Row(lambda context, press: interviews.not_applicable(context, *_parts(press, 2)), may=May.ASKED),
    "reason": Row(_reason, may=May.ASKED),
    "unchanged": Row(lambda context, press: interviews.unchanged(context, *_parts(press, 2)), may=May.ASKED),
    "not_now": Row(lambda context, press: follow_ups.pass_follow_up(context, *_parts(press, 3)), may=May.ASKED),
    "promise": Row(lambda context, press: follow_ups.promise(context, *_parts(press, 3)), may=May.ASKED),
    "same_facts": Row(lambda context, press: follow_ups.same_facts(context, *_parts(press, 3)), may=May.ASKED),
    "details": Row(
        lambda context, press: follow_ups.details_form(context, *_parts(press, 4)),
        reads=True,
        opens_form=True,
        may=May.ASKED,
    ),
    "questionnaire": Row(
        lambda context, press: questionnaire.form(context, press.value), reads=True, opens_form=True, may=May.ASKED
    ),
    "own_answers": Row(lambda context, press: own_answers.answers(context, press.value), reads=True, may=May.ASKED),
    "stop": Row(lambda context, press: interviews.stop(context, press.value), may=May.ASKED),
    "hand_over": Row(
        lambda context, press: handovers.form(context, *_parts(press, 2)), reads=True, opens_form=True, may=May.ASKED
    ),
    "return_question": Row(lambda context, press: handovers.give_back(context, *_parts(press, 2)), may=May.ASKED),
    "take_over": Row(handovers.take_over, may=May.BACKUP),
    "agree_with": Row(lambda context, press: settling.agree_with(context, *_parts(press, 2)), may=May.ASKED),
    "contest": Row(contests.shown, reads=True, may=May.READER),
    "verify_contested": Row(settling.verify_form, reads=True, opens_form=True, may=May.READER),
    "skip": _leaving(Skip()),
    "back": _leaving(Back()),
    "pause": _event(Pause, 1),
    "resume": _event(Resume, 1),
    "edit_answer": Row(lambda context, press: interviews.edit(context, *_parts(press, 2)), may=May.ASKED),
    "why_asked": Row(_why_asked, reads=True),
    "evidence": Row(_on_project(evidence.listed), reads=True, may=May.READER),
    "check_evidence": Row(evidence.shown, reads=True, may=May.READER),
    "still_true": Row(lambda context, press: evidence.still_true(context, press.value), may=May.ASKED),
    "verify": Row(lambda context, press: evidence.verify(context, press.value), may=May.READER),
    "doubt_evidence": Row(evidence.doubt_form, reads=True, opens_form=True, may=May.READER),
    "ask_to_check": Row(evidence.ask_form, reads=True, opens_form=True, may=May.READER),
    "agree": Row(lambda context, press: interviews.agree(context, press.value), may=May.READER),
    "start": Row(_on_project(start), may=May.OWNER),
    "nudge": Row(_on_project(nudges.nudge), may=May.OVERSEER),
    "close_assessment": Row(lambda context, press: assessments.close(context, press.value), may=May.OWNER),
    "status": Row(_on_project(portfolio.status), reads=True),
    "why": Row(_on_project(portfolio.why), reads=True, may=May.READER),
    "blockers": Row(_on_project(portfolio.blockers), reads=True),
    "history": Row(_on_project(history.history), reads=True),
    "ask": Row(questions.pressed, reads=True),
    "ask_more": Row(questions.pressed),
    "compare": Row(history.compare, reads=True),
    "whatif": Row(whatif.pressed, reads=True, may=May.READER),
    "whatif_form": Row(whatif.form, reads=True, opens_form=True, may=May.READER),
    "picture": Row(history.ask_picture),
    "profile": Row(pictures.ask_profile, may=May.READER),
    "more_of_map": Row(pictures.ask_more_of_map),
    "report": Row(_on_project(reports.ask_report), may=May.READER),
    "send_files": Row(held_files.send_again),
    "levers": Row(levers.levers, reads=True),
    "lever": Row(levers.lever, reads=True),
    "overview": Row(portfolio.overview, reads=True),
    "projects": Row(portfolio_lists.turned, reads=True),
    "project": Row(portfolio_lists.opened, reads=True),
    "move": Row(lambda context, press: projects.move(context, *_parts(press, 2)), may=May.OWNER),
    "move_choices": Row(_on_project(projects.move_choices), reads=True, may=May.OWNER),
    "archive_question": Row(_on_project(projects.archive_question), reads=True, may=May.OWNER),
    "digest_form": Row(digest_settings.form, reads=True, opens_form=True, may=May.OWNER),
    "digest_off": Row(digest_settings.off, may=May.OWNER),
    "cadence": Row(schedules.pressed, may=May.OWNER),
    "ask_all": Row(lambda context, press: reassessments.ask_all(context, press.value), may=May.OWNER),
    "archive": Row(lambda context, press: projects.archive(context, press.value), may=May.OWNER),
    "new": Row(projects.new_form, reads=True, opens_form=True),
    "settings": Row(administration.settings_form, reads=True, opens_form=True, may=May.ADMIN),
    "own_schedule": Row(own_schedule.own_schedule, reads=True),
    "change_schedule": Row(own_schedule.form, reads=True, opens_form=True),
    # For somebody else; anybody ends their own absence.
    "not_away": Row(absences.not_away, may=May.ADMIN),
    "snooze": Row(snoozes.pressed),
    "skip_week": Row(snoozes.skip_form, reads=True, opens_form=True),
    "edit": Row(_on_project(projects.edit_form), reads=True, opens_form=True, may=May.OWNER),
    "not_so": Row(
        lambda context, press: traps.correction_form(context, press.value), reads=True, opens_form=True, may=May.READER
    ),
    "take": Row(commitments.take, may=May.READER),
    "set_date": Row(commitments.date_form, reads=True, opens_form=True, may=May.HOLDER),
    "in_progress": Row(commitments.begin, may=May.HOLDER),
    "give_back": Row(commitments.give_back, may=May.HOLDER),
    "resolved": Row(claims.resolved_form, reads=True, opens_form=True, may=May.HOLDER),
    "ask_waiver": Row(waivers.ask_form, reads=True, opens_form=True, may=May.OWNER),
    "withdraw_waiver": Row(waivers.withdraw, may=May.OWNER),
    "show_waiver": Row(waivers.shown, reads=True, may=May.APPROVER),
    "approve_waiver": Row(waivers.approve, may=May.APPROVER),
    "refuse_waiver": Row(waivers.refusal_form, reads=True, opens_form=True, may=May.APPROVER),
    "blockers_from": Row(gaps.blockers_from, reads=True),
    "erase": Row(erasure.erase, may=May.ADMIN),
    "framework_import": Row(frameworks.import_form, reads=True, opens_form=True, may=May.ADMIN),
    "framework_show": Row(frameworks.show_pressed, reads=True, may=May.ADMIN),
    "framework_use": Row(frameworks.use_pressed, may=May.ADMIN),
    "projects_import": Row(imports.form, reads=True, opens_form=True, may=May.MANAGER),
    "projects_import_now": Row(imports.go_on, may=May.MANAGER),
    "release_one": Row(ledger.release, may=May.ADMIN),
    "release": Row(lambda context, press: undelivered.release(context, press.value), may=May.OWNER),
}
