"""What admins do for the whole organization: settings, and reading the trail."""

from dataclasses import replace
from functools import partial

from bot.chat.incoming import Command, Incoming, Submit
from bot.readiness.administration import OrganizationSettings, TrailEntry
from bot.readiness.administration_cards import SettingsForm, SettingsSaved, TrailCard
from bot.readiness.assessment import Project
from bot.readiness.typed_times import closed_days_of, hours_of, weekdays_of
from bot.usecases import digests, people, projects
from bot.usecases.fields import Reading, whole_number, word_of
from bot.usecases.own_schedule import region_of
from bot.usecases.places import place_of
from bot.usecases.ports import Context

ENTRIES_SHOWN = 30
MOST_WORKING_DAYS = 30
MOST_MESSAGES = 50


def settings_form(context: Context, _incoming: Incoming) -> SettingsForm:
    """The organization's settings, to be changed."""
    people.require_admin(context)
    settings = context.tx.settings.get()
    place = context.tx.places.get(settings.portfolio_place_id) if settings.portfolio_place_id else None
    return SettingsForm(settings, place.channel if place else "", context.library.link_hosts)


def save_settings(context: Context, submit: Submit) -> SettingsSaved:
    """Set them; the old values are kept on the trail. Raises FieldsRefused with every fault."""
    people.require_admin(context)
    before = context.tx.settings.get()
    channel, form = word_of(submit.fields, "portfolio_channel"), Reading(submit.fields)
    begins, ends = form.must("hours", hours_of, (before.begins, before.ends))
    settings = replace(
        before,
        working_days=form.must("working_days", whole_number(MOST_WORKING_DAYS, "days_form"), before.working_days),
        begins=begins,
        ends=ends,
        days=form.must("days", weekdays_of, before.days),
        region=form.may("region", partial(region_of, context), before.region, ""),
        closed=form.may("closed", closed_days_of, before.closed, {}),
        messages_a_day=form.must("messages_a_day", whole_number(MOST_MESSAGES, "messages_form"), before.messages_a_day),
    )
    form.end()
    place = place_of(context, channel) if channel else None
    settings = replace(settings, portfolio_place_id=place.id if place else None)
    if settings != before:
        context.tx.settings.save(settings)
        digests.follow_portfolio(context, before.portfolio_place_id, settings.portfolio_place_id)
        told = _told(before), _told(settings)
        changed = {name: [told[0][name], told[1][name]] for name in told[0] if told[0][name] != told[1][name]}
        context.tx.record("settings.changed", "settings", context.actor.id, changed)
    return SettingsSaved(settings, place.name or place.channel if place else "")


def _told(settings: OrganizationSettings) -> dict[str, object]:
    """As the trail tells it: plain values."""
    return {
        "portfolio_place_id": settings.portfolio_place_id,
        "working_days": settings.working_days,
        "hours": f"{settings.begins:%H:%M}-{settings.ends:%H:%M}",
        "days": "".join(str(day) for day in sorted(settings.days)),
        "region": settings.region,
        "closed": {day.isoformat(): name for day, name in sorted(settings.closed.items())},
        "messages_a_day": settings.messages_a_day,
    }


def audit(context: Context, command: Command) -> TrailCard:
    """Who changed what, newest first; of one project when it is named."""
    people.require_admin(context)
    project = projects.named(context, command) if people.without_mentions(command.text).strip() else None
    asked = context.tx.assessments.ids_of(project.id) if project else ()
    entries = tuple(context.tx.trail.newest(ENTRIES_SHOWN, project.id if project else None, asked))
    persons = {entry.actor_id for entry in entries} | {each for entry in entries for each in _ids(entry)}
    return TrailCard(
        entries=entries,
        people=context.tx.people.many(persons - {""}),
        projects=_projects(context, entries, project),
        project=project,
        zone=context.actor.timezone,
    )


def _projects(context: Context, entries: tuple[TrailEntry, ...], project: Project | None) -> dict[str, Project]:
    """By the id of an entry's subject: the project itself, or the one that its facts name."""
    found: dict[str, Project] = {}
    for entry in entries:
        for project_id in (entry.subject, str(entry.facts.get("project", ""))):
            try:
                found[entry.subject] = project if project else context.tx.projects.get(project_id)
            except KeyError:
                continue
    return found


def _ids(entry: TrailEntry) -> set[str]:
    """Whatever in an entry's facts may be a person's id: old and new values, and what stands alone."""
    values: list[object] = []
    for value in entry.facts.values():
        values += value if isinstance(value, list) else [value]
    return {value for value in values if isinstance(value, str)} | ({entry.subject} if entry.subject else set())
