"""What admins do for the whole organization: settings, and reading the trail."""

from dataclasses import replace

from bot.chat.incoming import Command, Incoming, Submit
from bot.readiness.administration import TrailEntry
from bot.readiness.administration_cards import SettingsForm, SettingsSaved, TrailCard
from bot.readiness.assessment import Project
from bot.readiness.refusals import FieldsRefused
from bot.usecases import people, projects
from bot.usecases.places import place_of
from bot.usecases.ports import Context

ENTRIES_SHOWN = 30
MOST_WORKING_DAYS = 30


def settings_form(context: Context, _incoming: Incoming) -> SettingsForm:
    """The organization's settings, to be changed."""
    people.require_admin(context)
    settings = context.tx.settings.get()
    place = context.tx.places.get(settings.portfolio_place_id) if settings.portfolio_place_id else None
    return SettingsForm(settings, place.channel if place else "", context.library.link_hosts)


def save_settings(context: Context, submit: Submit) -> SettingsSaved:
    """Set them; the old values are kept on the trail. Raises FieldsRefused."""
    people.require_admin(context)
    channel, days = submit.fields.get("portfolio_channel"), str(submit.fields.get("working_days") or "").strip()
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= MOST_WORKING_DAYS):
        raise FieldsRefused({"working_days": "days_form"})
    before = context.tx.settings.get()
    place = place_of(context, channel) if isinstance(channel, str) and channel else None
    settings = replace(before, portfolio_place_id=place.id if place else None, working_days=int(days))
    if settings != before:
        context.tx.settings.save(settings)
        changed = {
            name: [getattr(before, name), getattr(settings, name)]
            for name in ("portfolio_place_id", "working_days")
            if getattr(before, name) != getattr(settings, name)
        }
        context.tx.record("settings.changed", "settings", context.actor.id, changed)
    return SettingsSaved(settings, place.name or place.channel if place else "")


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
