"""An interview after a step: stored, its questions shown, and its respondent's reminder planned.

Each asking of a question is one notice, each later change of it an edit of that message.
"""

from bot.readiness.events import Ask, Finish, Outcome, Refresh
from bot.readiness.interview import Interview
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases import ladder
from bot.usecases.people import new_id
from bot.usecases.ports import Context
from bot.usecases.reminders import plan


def store(context: Context, before: Interview | None, after: Interview, outcome: Outcome) -> None:
    """Keep an interview after a step, or a new one, and owe what the step makes visible."""
    if before is None:
        context.tx.interviews.add(after)
    else:
        context.tx.interviews.save(after)
    owe_effects(context, after, outcome)
    turned(context, before, after)


def turned(context: Context, before: Interview | None, after: Interview) -> None:
    """Where an interview has begun, ended or is open again, its respondent owes more or less than before."""
    if before is None or before.is_over is not after.is_over:
        plan(context, [after.respondent_id])
        ladder.plan(context, after)


def owe_effects(context: Context, interview: Interview, outcome: Outcome) -> None:
    """Put the notices that show an interview's progress to its respondent."""
    for effect in outcome:
        match effect:
            case Ask(dimension_id):
                _owe_question(context, interview, dimension_id)
            case Refresh(dimension_id):
                _owe_refresh(context, interview, dimension_id)
            case Finish():
                _owe_end(context, interview)


def question_key(interview: Interview, dimension_id: str, asking: int) -> str:
    """The key of the notice that put this question this time."""
    return f"question:{interview.id}:{dimension_id}:{asking}"


def owe_list(context: Context, interview: Interview, listed: str, *, is_new: bool = False) -> None:
    """Show what the answers of an interview still call for: a new list of this name, or the same one once more."""
    key = f"follow_ups:{interview.id}:{listed}"
    context.tx.notices.put(
        Notice(
            key=key if is_new else f"{key}:{new_id()}",
            kind=NoticeKind.FOLLOW_UPS,
            subject=interview.id,
            person_id=interview.respondent_id,
            parameters={"listed": listed},
            edits=None if is_new else key,
        )
    )


def _owe_question(context: Context, interview: Interview, dimension_id: str) -> None:
    asking = interview.asked[dimension_id]
    if asking > 1:
        _owe_edit(context, interview, dimension_id, asking - 1)
    context.tx.notices.put(
        Notice(
            key=question_key(interview, dimension_id, asking),
            kind=NoticeKind.QUESTION,
            subject=interview.id,
            person_id=interview.respondent_id,
            parameters={"dimension": dimension_id, "asking": str(asking)},
        )
    )


def _owe_refresh(context: Context, interview: Interview, dimension_id: str) -> None:
    asking = interview.asked.get(dimension_id, 0)
    if asking:
        _owe_edit(context, interview, dimension_id, asking)


def _owe_edit(context: Context, interview: Interview, dimension_id: str, asking: int) -> None:
    edited = question_key(interview, dimension_id, asking)
    context.tx.notices.put(
        Notice(
            key=f"{edited}:{new_id()}",
            kind=NoticeKind.QUESTION,
            subject=interview.id,
            person_id=interview.respondent_id,
            parameters={"dimension": dimension_id, "asking": str(asking)},
            edits=edited,
        )
    )


def _owe_end(context: Context, interview: Interview) -> None:
    context.tx.notices.put(
        Notice(
            key=f"over:{interview.id}:{new_id()}",
            kind=NoticeKind.INTERVIEW_OVER,
            subject=interview.id,
            person_id=interview.respondent_id,
        )
    )
