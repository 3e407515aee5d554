"""All that one person said in an assessment: read, and reached for a change before or after the end."""

from bot.chat.incoming import Command
from bot.readiness.interview import Interview
from bot.readiness.interview_cards import OwnAnswersCard
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.answers import own_of
from bot.usecases.ports import Context
from bot.usecases.questionnaire import interview_of


def asked_answers(context: Context, command: Command) -> OwnAnswersCard:
    """The actor's answers about the named project, else in the newest interview."""
    return _card(context, interview_of(context, command))


def answers(context: Context, interview_id: str) -> OwnAnswersCard:
    """The answers of one interview. Raises Refused when it is not the actor's."""
    try:
        return _card(context, context.tx.interviews.get(interview_id))
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None


def _card(context: Context, interview: Interview) -> OwnAnswersCard:
    if interview.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    own = own_of(context, interview, context.tx.projects.get(interview.project_id))
    theirs = {*interview.questions, *own.given}
    dimensions = [each for each in own.framework.dimensions if each.id in theirs]
    return OwnAnswersCard(
        project=own.project,
        interview=interview,
        rows=tuple((each, own.given.get(each.id)) for each in dimensions if each.id not in interview.handed),
    )
