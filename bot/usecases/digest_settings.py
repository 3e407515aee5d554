"""Which digests come where and when: shown, set, ended."""

from dataclasses import replace

from bot.chat.incoming import Command, Press, Submit
from bot.readiness.assessment import Place
from bot.readiness.digests import Content, DigestCard, DigestForm, Subscription
from bot.readiness.portfolio_cards import ListsHereCard
from bot.readiness.query import written
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.typed_times import NotUnderstood, read_schedule, time_of
from bot.usecases import digests, people, saved_filters
from bot.usecases.fields import Reading, word_of
from bot.usecases.filtering import read_query
from bot.usecases.places import place_of
from bot.usecases.ports import Context
from bot.usecases.projects import named

WORDS = ("on", "off")
PLACES = ("here", "me", "off")


def of_project(context: Context, command: Command) -> DigestCard:
    """The digest of a project's channel; `off` ends it, `on` lets it come again. For the owner."""
    text, _, last = command.text.strip().rpartition(" ")
    word = last.lower() if last.lower() in WORDS else ""
    project = named(context, replace(command, text=text) if word else command)
    people.require_steering(context, project)
    words = command.text.split()
    if not word and len(words) > 1 and words[0].lower() == project.key:
        raise Refused(Refusal.NO_SUCH_DIGEST, word=last, allowed=", ".join(WORDS))
    known = context.tx.subscriptions.of_project(project.id)
    if not word or known is None:
        return _card(context, known)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    return _switch(context, digests.hold(context, known), is_on=word == "on")


def of_portfolio(context: Context, command: Command) -> DigestCard:
    """The portfolio's digest in this channel, or to the manager who asks; `here`, `me` and `off` set it."""
    people.require_manager(context)
    word = command.text.strip().lower()
    if word and word not in PLACES:
        raise Refused(Refusal.NO_SUCH_DIGEST, word=word, allowed=", ".join(PLACES))
    in_channel = bool(command.spot.channel) and not command.spot.direct
    if word == "here" and not in_channel:
        raise Refused(Refusal.NOT_A_CHANNEL, key="")
    place = place_of(context, command.spot.channel, command.spot.name) if in_channel and word != "me" else None
    known = (
        context.tx.subscriptions.of_place(place.id) if place else context.tx.subscriptions.of_person(context.actor.id)
    )
    if word and known is not None:
        return _switch(context, digests.hold(context, known), is_on=word != "off")
    if word in ("here", "me"):
        made = digests.of_portfolio(context, place.id if place else None, None if place else context.actor.id)
        return _switch(context, made, is_on=True)
    return _card(context, known)


def here(context: Context, command: Command) -> DigestCard | ListsHereCard:
    """A weekly list in this channel, of all projects or of those that filters mean; `off` ends it.

    Alone it shows what comes here. The day and the hour may stand first, as in "every monday 9:00".
    """
    people.require_manager(context)
    if command.spot.direct or not command.spot.channel:
        raise Refused(Refusal.NOT_A_CHANNEL, key="")
    place = place_of(context, command.spot.channel, command.spot.name)
    try:
        schedule = read_schedule(command.text)
    except NotUnderstood as fault:
        raise Refused(Refusal.NOT_A_TIME, word=fault.word) from None
    if not command.text.strip():
        return _here(context, place)
    named = saved_filters.named_query(context, schedule.rest)
    query = named[1] if named else read_query(context, schedule.rest)
    if query.reads_levels and not schedule.is_off:
        raise Refused(Refusal.LEVELS_IN_CHANNEL)
    filters = written(query)
    known = context.tx.subscriptions.of_place(place.id, filters)
    if known is None and schedule.is_off:
        return _here(context, place)
    before = digests.hold(context, known) if known else digests.of_portfolio(context, place.id, None, filters)
    at, weekday = schedule.at or before.at, before.weekday if schedule.weekday is None else schedule.weekday
    return _switch(context, replace(before, at=at, weekday=weekday), is_on=not schedule.is_off, before=before)


def _here(context: Context, place: Place) -> ListsHereCard:
    digest = context.tx.subscriptions.of_place(place.id)
    return ListsHereCard(
        digest=digest if digest and digest.is_on else None,
        lists=tuple(context.tx.subscriptions.lists_of_place(place.id)),
    )


def form(context: Context, press: Press) -> DigestForm:
    """Day, hour and contents of one digest, to be changed."""
    subscription = _changeable(context, press.value)
    project = context.tx.projects.get(subscription.project_id) if subscription.project_id else None
    return DigestForm(subscription, project)


def save(context: Context, submit: Submit) -> DigestCard:
    """Set them. Raises FieldsRefused."""
    subscription = digests.hold(context, _changeable(context, submit.value))
    reading = Reading(submit.fields)
    at = reading.must("at", time_of, subscription.at)
    weekday = reading.must("weekday", _weekday, subscription.weekday)
    reading.end()
    content = Content.CHANGES if word_of(submit.fields, "content") == Content.CHANGES else Content.EVERYTHING
    changed = replace(subscription, at=at, weekday=weekday, content=content)
    return _switch(context, changed, is_on=True, before=subscription)


def off(context: Context, press: Press) -> DigestCard:
    """End it by its button."""
    return _switch(context, digests.hold(context, _changeable(context, press.value)), is_on=False)


def _switch(
    context: Context, subscription: Subscription, *, is_on: bool, before: Subscription | None = None
) -> DigestCard:
    """Set it, by the clock of who does; the old values are kept on the trail."""
    before = before or subscription
    # One that was ended tells nothing of the time in between.
    since = subscription.since if subscription.is_on else context.now
    now = replace(subscription, is_on=is_on, since=since)
    if is_on:
        now = replace(now, set_by=context.actor.id, zone=context.actor.timezone)
    digests.store(context, now)
    changed = {name: [old, _told(now)[name]] for name, old in _told(before).items() if old != _told(now)[name]}
    facts: dict[str, object] = {"project": now.project_id} if now.project_id else {}
    context.tx.record("digest.on" if is_on else "digest.off", now.id, context.actor.id, {**facts, **changed})
    return replace(_card(context, now), changed=True)


def _told(subscription: Subscription) -> dict[str, str]:
    """As the trail tells it: plain values."""
    return {
        "weekday": str(subscription.weekday),
        "at": f"{subscription.at:%H:%M}",
        "zone": subscription.zone,
        "content": subscription.content.value,
    }


def _changeable(context: Context, subscription_id: str) -> Subscription:
    try:
        subscription = context.tx.subscriptions.get(subscription_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if subscription.project_id is not None:
        people.require_steering(context, context.tx.projects.get(subscription.project_id))
    else:
        people.require_manager(context)
    return subscription


def _told_place(place: Place, subscription: Subscription) -> str:
    """Its name, which is unknown where nobody has written from there; a project's channel needs none."""
    if place.name:
        return f"#{place.name}"
    return "" if subscription.project_id else place.channel


def _card(context: Context, subscription: Subscription | None) -> DigestCard:
    if subscription is None:
        return DigestCard(None, None, "", None, context.actor.timezone, may_change=False)
    place = context.tx.places.get(subscription.place_id) if subscription.place_id else None
    planned = context.tx.appointments.of(digests.KIND, subscription.id)
    return DigestCard(
        subscription=subscription,
        project=context.tx.projects.get(subscription.project_id) if subscription.project_id else None,
        channel=_told_place(place, subscription) if place else "",
        next_at=planned.at if planned else None,
        zone=context.actor.timezone,
        may_change=True,
        is_for_reader=subscription.person_id is not None,
    )


def _weekday(word: str) -> int:
    if word not in {str(day) for day in range(7)}:
        raise NotUnderstood(word, "unknown_choice")
    return int(word)
