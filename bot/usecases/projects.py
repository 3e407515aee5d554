"""Projects: which one is meant, what they are, who is exposed to them, and their end."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.chat.incoming import Command, Incoming, Submit
from bot.readiness.assessment import Cadence, Person, Project
from bot.readiness.framework import STAGES, Dimension
from bot.readiness.project_cards import (
    ArchiveCard,
    BoundCard,
    MoveCard,
    MovedCard,
    ProjectForm,
    ProjectSaved,
    RolesCard,
)
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.scoring import Finding, score
from bot.readiness.waivers import why_not
from bot.usecases import ageing, assessments, cadence, digests, people, project_form, traps
from bot.usecases.places import is_elsewhere, place_of
from bot.usecases.ports import Context
from bot.usecases.ratings import ratings_of
from bot.usecases.shared import settle_shared
from bot.usecases.waived import waived

KEYS_NAMED = 10
"""How many keys a refusal lists."""


def named(context: Context, command: Command) -> Project:
    """The project a command is about: by key or name, else the channel's, else the actor's only one. May be archived.

    Raises Refused NO_SUCH_PROJECT or NO_PROJECT_NAMED.
    """
    text = people.without_mentions(command.text).strip("\"'“”` ")
    if text:
        return _by_word(context, text)
    place = context.tx.places.of_channel(command.spot.channel) if command.spot.channel else None
    here = context.tx.projects.of_place(place.id) if place else ()
    own = context.tx.projects.of_person(context.actor.id) if context.actor.id else ()
    for found in (here, own):
        if len(found) == 1:
            return found[0]
    near = [project.key for project in here or own]
    keys = near or list(context.tx.portfolio.like([""], KEYS_NAMED + 1))
    shown = ", ".join(keys[:KEYS_NAMED])
    raise Refused(Refusal.NO_PROJECT_NAMED, keys=f"{shown}, …" if len(keys) > KEYS_NAMED else shown)


def by_id(context: Context, project_id: str) -> Project:
    """The project a button names. Raises Refused UNKNOWN_PRESS."""
    try:
        return context.tx.projects.get(project_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None


def new_form(context: Context, _incoming: Incoming) -> ProjectForm:
    """The empty form; everyone may make a project."""
    return ProjectForm(framework=context.framework, owner=context.actor)


def edit_form(context: Context, command: Command) -> ProjectForm:
    """The same form, filled; for the owner and admins."""
    project = _steered(context, named(context, command))
    holders = context.tx.people.many({project.owner_id, *project.roles.values()})
    elsewhere = is_elsewhere(context, project.place_id)
    place = context.tx.places.get(project.place_id) if project.place_id and not elsewhere else None
    return ProjectForm(
        framework=context.framework,
        owner=holders[project.owner_id],
        project=project,
        channel=place.channel if place else "",
        roles={role: holders[person_id] for role, person_id in project.roles.items() if person_id in holders},
    )


def save(context: Context, submit: Submit) -> ProjectSaved:
    """Make or change a project from its form. Raises FieldsRefused with every fault at once."""
    old = _steered(context, by_id(context, submit.value)) if submit.value else None
    entry = project_form.read(context, submit.fields, old)
    owner = people.person_of(context, entry.owner) if entry.owner else _owner_left(context, old)
    new = Project(people.new_id(), entry.key, entry.name, owner.id, entry.exposure, context.now)
    project = replace(
        old or new,
        name=entry.name,
        key=entry.key,
        owner_id=owner.id,
        exposure=entry.exposure,
        business_function=entry.business_function,
        team=entry.team,
        target=entry.target,
        target_date=entry.target_date,
        cadence=entry.cadence,
        cadence_rule=old.cadence_rule if old and entry.cadence is Cadence.CRON else "",
        cadence_zone=old.cadence_zone if old and entry.cadence is Cadence.CRON else "",
        place_id=place_of(context, entry.channel).id if entry.channel else _place_left(context, old),
        roles={
            **roles_of_other_frameworks(context, old),
            **_roles_elsewhere(context, old),
            **{role: people.person_of(context, account).id for role, account in entry.roles.items()},
        },
    )
    keep(context, old, project)
    refresh(context, old, project)
    return ProjectSaved(
        project=project,
        owner=owner,
        is_new=old is None,
        may_steer=people.may_steer(context.actor, project),
        bound=project.place_id is not None,
    )


def keep(context: Context, old: Project | None, project: Project) -> None:
    """Store a new project, or what has become of an old one, with all that follows from it but the homes."""
    if old is None:
        context.tx.projects.add(project)
        context.tx.record("project.created", project.id, context.actor.id, {"key": project.key})
    else:
        change(context, old, project)
    digests.follow_project(context, old, project)


def _owner_left(context: Context, old: Project | None) -> Person:
    """Who owns it when the form names nobody: somebody without an account here cannot stand in it, and stays."""
    if old is not None and not (owner := context.tx.people.get(old.owner_id)).account:
        return owner
    return context.actor


def _place_left(context: Context, old: Project | None) -> str | None:
    """The same for its channel."""
    return old.place_id if old is not None and is_elsewhere(context, old.place_id) else None


def _roles_elsewhere(context: Context, old: Project | None) -> dict[str, str]:
    """The same for roles."""
    holders = context.tx.people.many(old.roles.values()) if old is not None else {}
    return {role: who for role, who in old.roles.items() if not holders[who].account} if old else {}


def roles_of_other_frameworks(context: Context, old: Project | None) -> dict[str, str]:
    """Roles that the form does not know, as another version named them: results made by it still rest on them."""
    known = {role.id for role in context.framework.roles}
    return {role: holder for role, holder in old.roles.items() if role not in known} if old else {}


def move_choices(context: Context, command: Command) -> MoveCard:
    """The exposures that can be declared: one level up, or any lower one; and what is short one level up."""
    project = _steered(context, named(context, command))
    levels = tuple(level for level in STAGES if level <= project.exposure + 1 and level != project.exposure)
    following = min(project.exposure + 1, STAGES[-1])
    return MoveCard(
        project=project,
        framework=context.framework_for(project),
        levels=tuple(reversed(levels)),
        short=_short_at(context, project, following),
        against=traps.against_move(context, project, following) if following in levels else (),
        waived=(now := waived(context, project.id)),
        waivable=_waivable(context, project, now),
        zone=context.actor.timezone,
    )


def move(context: Context, project_id: str, level_text: str) -> MovedCard:
    """Declare who is exposed now. It is a fact: what is short is said, and never blocks it."""
    project = _steered(context, by_id(context, project_id))
    if level_text not in {str(stage) for stage in STAGES} or int(level_text) > project.exposure + 1:
        raise Refused(Refusal.UNKNOWN_PRESS)
    level = int(level_text)
    if level != project.exposure:
        # A target that people have passed is reached; the usual one takes its place.
        target = None if project.target is not None and project.target < level else project.target
        moved = replace(project, exposure=level, target=target)
        change(context, project, moved, action="project.moved")
        refresh(context, project, moved)
    return MovedCard(
        project=replace(project, exposure=level),
        framework=context.framework_for(project),
        before=project.exposure,
        short=_short_at(context, project, level),
    )


def bind_here(context: Context, command: Command) -> BoundCard:
    """Make this channel the project's; what waited for it goes out."""
    if command.spot.direct or not command.spot.channel:
        word, _, _ = command.text.strip().partition(" ")
        raise Refused(Refusal.NOT_A_CHANNEL, key=word or "<project>")
    project = _steered(context, named(context, command))
    place = place_of(context, command.spot.channel, command.spot.name)
    # A channel on another platform stays; both hear of the project from now on.
    also = is_elsewhere(context, project.place_id)
    bound = replace(project, also_place_id=place.id) if also else replace(project, place_id=place.id)
    change(context, project, bound)
    digests.follow_project(context, project, bound)
    return BoundCard(bound, context.tx.notices.release(place.id))


def archive_question(context: Context, command: Command) -> ArchiveCard:
    """Ask before archiving."""
    project = named(context, command)
    people.require_steering(context, project)
    is_open = context.tx.assessments.open_of(project.id) is not None
    return ArchiveCard(project, done=project.archived_at is not None, is_open=is_open)


def archive(context: Context, project_id: str) -> ArchiveCard:
    """End a project: its open interviews close, its history stays. Doing it twice changes nothing."""
    project = context.tx.projects.lock(by_id(context, project_id).id)
    people.require_steering(context, project)
    if project.archived_at is not None:
        return ArchiveCard(project, done=True)
    archived = replace(project, archived_at=context.now)
    context.tx.projects.save(archived)
    context.tx.portfolio.save_levels(archived.id, ())
    context.tx.holds.save(archived.id, None)
    context.tx.forecasts.withdraw(archived.id)
    assessment = context.tx.assessments.open_of(project.id)
    if assessment is not None:
        assessments.cancel(context, assessment)
    cadence.plan(context, archived)
    digests.follow_project(context, project, archived)
    context.tx.record("project.archived", project.id, context.actor.id, {})
    settle_shared(context)
    refresh(context, project, archived)
    return ArchiveCard(archived, done=True)


def roles(context: Context, command: Command) -> RolesCard:
    """Who is admin and who manager; with a person and a role, set it. For admins."""
    people.require_admin(context)
    wanted = people.without_mentions(command.text).lower()
    mentioned = people.people_named(context, command.text)
    if not wanted:
        return _holders(context)
    if not mentioned:
        raise Refused(Refusal.NO_SUCH_PERSON, name=wanted)
    if wanted not in {"admin", "manager", "none"}:
        raise Refused(Refusal.NO_SUCH_ROLE, word=wanted)
    person = mentioned[0]
    admins = _holders(context).admins
    is_last = [admin.id for admin in admins] == [person.id]
    if wanted != "admin" and (is_last or person.account in context.admins):
        return replace(_holders(context), kept=person)
    changed = replace(person, is_admin=wanted == "admin", is_manager=wanted == "manager")
    context.tx.people.save(changed)
    facts = {"admin": [person.is_admin, changed.is_admin], "manager": [person.is_manager, changed.is_manager]}
    context.tx.record("person.role", person.id, context.actor.id, facts)
    people.refresh_homes(context, {person.id})
    return replace(_holders(context), changed=changed)


def _by_word(context: Context, text: str) -> Project:
    word = text.split(maxsplit=1)[0]
    found = context.tx.projects.by_key(word.lower())
    if found is not None:
        return found
    called = sorted(context.tx.portfolio.named([text.casefold()]))
    if called and (found := context.tx.projects.by_key(called[0])) is not None:
        return found
    near = difflib.get_close_matches(word.lower(), context.tx.projects.keys(), n=1, cutoff=0.5)
    raise Refused(Refusal.NO_SUCH_PROJECT, word=word, nearest=near[0] if near else "")


def _steered(context: Context, project: Project) -> Project:
    """The project as nobody else changes it now, if the actor may steer it and it is not archived."""
    project = context.tx.projects.lock(project.id)
    people.require_steering(context, project)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    return project


_KEPT = (
    "name",
    "key",
    "owner_id",
    "exposure",
    "business_function",
    "team",
    "target",
    "target_date",
    "cadence",
    "cadence_rule",
    "cadence_zone",
    "place_id",
    "also_place_id",
    "roles",
)


def change(context: Context, old: Project, project: Project, action: str = "project.edited") -> Project:
    """Save, keep the old values, and score again where the verdict depends on what changed. Gives it as it is then."""
    changed = {
        name: [_plain(getattr(old, name)), _plain(getattr(project, name))]
        for name in _KEPT
        if getattr(old, name) != getattr(project, name)
    }
    if not changed:
        return old
    if changed.keys() & {"owner_id", "target_date"} and old.summary is not None:
        project = replace(project, hastened_at=project.hastened_at or context.now)
    context.tx.projects.save(project)
    cadence.plan(context, project)
    context.tx.record(action, project.id, context.actor.id, changed)
    latest = context.tx.milestones.latest(project.id)
    counts = changed.keys() & {"exposure", "target", "target_date", "roles"}
    if latest is not None and counts and assessments.scored_now(context, project, latest) != latest.scorecard:
        assessments.take_milestone(context, project, context.tx.assessments.get(latest.assessment_id), cause="moved")
        return context.tx.projects.get(project.id)
    ageing.plan(context, project)
    return project


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str | dict) else str(value)


def _short_at(context: Context, project: Project, exposure: int) -> tuple[Finding, ...] | None:
    """What is short once people are exposed at this level; None without any result."""
    latest = context.tx.milestones.latest(project.id)
    if latest is None:
        return None
    framework = context.framework_of(latest)
    ratings = ratings_of(context, project, context.tx.answers.current(latest.assessment_id), context.now)
    card = score(framework, exposure, exposure, ratings)
    return tuple(finding for finding in card.findings if finding.against == "exposure")


def _waivable(context: Context, project: Project, already: Collection[str]) -> tuple[Dimension, ...]:
    """Where a waiver could be asked for: short by the latest result, and neither waived nor asked for already."""
    latest = context.tx.milestones.latest(project.id)
    if latest is None:
        return ()
    framework = context.framework_of(latest)
    open_ones = context.tx.waivers.open_of(project.id)
    asked = {each.dimension_id for each in open_ones.values() if not each.is_over(context.now)} | set(already)
    return tuple(
        framework.dimension(finding.dimension_id)
        for finding in latest.scorecard.findings
        if finding.dimension_id not in asked and why_not(framework, latest.scorecard, finding) is None
    )


def refresh(context: Context, *projects: Project | None) -> None:
    """Owe fresh homes to the people of these projects, as they were and as they are, and to managers."""
    concerned = {holder for each in projects if each for holder in (each.owner_id, *each.roles.values())}
    people.refresh_homes(context, concerned | {person.id for person in _managers(people.everybody(context))})


def _managers(everyone: Iterable[Person]) -> list[Person]:
    return [person for person in everyone if person.is_manager or person.is_admin]


def _holders(context: Context) -> RolesCard:
    everyone = people.everybody(context)
    return RolesCard(
        admins=tuple(person for person in everyone if person.is_admin),
        managers=tuple(person for person in everyone if person.is_manager),
    )
