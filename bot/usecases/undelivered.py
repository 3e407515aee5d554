"""Messages the platform would not take: told to the owner, kept, and sent again once repaired."""

from bot.readiness.assessment import Place
from bot.readiness.cards import Act, Done, UnreachedCard
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.people import require_admin, require_steering
from bot.usecases.ports import Context


def owe_repair(context: Context, place: Place) -> None:
    """Tell the owners of the projects bound to this channel, once per day, what waits and how to repair it."""
    for project in context.tx.projects.of_place(place.id):
        context.tx.notices.put(
            Notice(
                key=f"unreachable:{place.id}:{project.owner_id}:{context.now.date().isoformat()}",
                kind=NoticeKind.UNREACHABLE,
                subject=place.id,
                person_id=project.owner_id,
            )
        )


def owe_word_of(context: Context, notice: Notice, reason: str) -> None:
    """Tell a project's owner, once per day, that a question does not reach somebody and what they can do about it."""
    if notice.kind is not NoticeKind.QUESTION or notice.person_id is None:
        return
    project = context.tx.projects.get(context.tx.interviews.get(notice.subject).project_id)
    if project.owner_id == notice.person_id:
        return
    context.tx.notices.put(
        Notice(
            key=f"unreached:{notice.person_id}:{project.id}:{context.now.date().isoformat()}",
            kind=NoticeKind.UNREACHED,
            subject=notice.person_id,
            person_id=project.owner_id,
            parameters={"project": project.id, "reason": reason},
        )
    )


def unreached(context: Context, notice: Notice) -> UnreachedCard:
    """What the owner reads."""
    project = context.tx.projects.get(notice.parameters["project"])
    return UnreachedCard(context.tx.people.get(notice.subject), project, notice.parameters["reason"])


def release(context: Context, place_id: str) -> Done:
    """Send again what waits for a channel; its projects' owners may, and admins."""
    try:
        place = context.tx.places.get(place_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    projects = context.tx.projects.of_place(place.id)
    if projects:
        require_steering(context, projects[0])
    else:
        require_admin(context)
    released = context.tx.notices.release(place.id)
    return Done(
        Act.RELEASED,
        {
            "count": str(released),
            "channel": f"#{place.name}" if place.name else projects[0].name if projects else place.channel,
        },
    )
