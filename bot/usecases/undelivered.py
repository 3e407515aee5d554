"""Messages the platform would not take: told to the owner, kept, and sent again once repaired."""

from bot.readiness.assessment import Place
from bot.readiness.cards import Act, Done
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
