"""Who acts, who is meant, and who may do what."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person, Project
from bot.readiness.local_time import known_zone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.ports import Context, Profile, Transaction

_MENTION = re.compile(r"<@([^>|\s]+)(?:\|[^>]*)?>")


def new_id() -> str:
    """An opaque id: 80 random bits as hexadecimal."""
    return secrets.token_hex(10)


def pseudonym_of(person: Person) -> str:
    """What stands in results and history for somebody who was erased: the same everywhere, and nobody's name."""
    return f"#{person.id[:6]}"


def is_erased(person: Person) -> bool:
    """Whether nothing can be said to this person any more."""
    return person.name == pseudonym_of(person) and not person.account


def reachable(context: Context, person_ids: Iterable[str]) -> list[str]:
    """Those of these people to whom anything can be said, in the order of their ids."""
    wanted = set(person_ids)
    people = context.tx.people.many(wanted) if wanted else {}
    return [person_id for person_id in sorted(people) if not is_erased(people[person_id])]


def acting_person(tx: Transaction, actor: Actor, admins: frozenset[str], timezone: str = "UTC") -> Person:
    """The person behind an account, made at first contact in this zone; their profile is fetched by the outbox."""
    known = tx.people.of_account(actor.user)
    return by_settings(known or _meet(tx, actor.user, actor.name, known_zone(actor.timezone) or timezone), admins)


def visitor(tx: Transaction, actor: Actor, admins: frozenset[str]) -> Person:
    """The person behind an account for reading: nobody is written down for having looked."""
    known = tx.people.of_account(actor.user)
    return by_settings(known or Person(id="", name=actor.name or actor.user, account=actor.user), admins)


def overheard(tx: Transaction, actor: Actor, person: Person) -> Profile | None:
    """What the platform said about somebody in passing; None where we know it, or they set another zone themselves."""
    zone = known_zone(actor.timezone)
    if zone and zone != person.timezone and person.id:
        zone = tx.preferences.get(person.id).timezone or zone
    name = actor.name if person.name == person.account else ""
    if zone in ("", person.timezone) and actor.language in ("", person.language) and name in ("", person.name):
        return None
    return Profile(name, zone, actor.language)


def by_settings(person: Person, admins: frozenset[str]) -> Person:
    """The person as the settings have it: who is admin by them is never written down as one."""
    return replace(person, is_admin=True) if person.account in admins else person


def person_of(context: Context, account: str) -> Person:
    """The person behind an account that somebody named."""
    return context.tx.people.of_account(account) or _meet(
        context.tx, account, context.names.get(account, ""), context.actor.timezone
    )


def people_named(context: Context, text: str) -> tuple[Person, ...]:
    """The people mentioned in a command's words, in order, each once."""
    return tuple(person_of(context, account) for account in accounts_named(text))


def accounts_named(text: str) -> tuple[str, ...]:
    """The accounts mentioned in a command's words, in order, each once."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def without_mentions(text: str) -> str:
    """A command's words without the people mentioned in them."""
    return " ".join(_MENTION.sub(" ", text).split())


def may_steer(actor: Person, project: Project) -> bool:
    """Owner of the project, or admin."""
    return actor.is_admin or (actor.id != "" and actor.id == project.owner_id)


def may_read_answers(actor: Person, project: Project) -> bool:
    """A viewer sees stages, never the text of answers."""
    return may_steer(actor, project) or actor.is_manager or actor.id in project.roles.values()


def require_steering(context: Context, project: Project) -> None:
    """Raise Refused with the role needed and who holds it."""
    if not may_steer(context.actor, project):
        holder = context.tx.people.get(project.owner_id)
        raise Refused(Refusal.ROLE_NEEDED, role="owner", holder=holder.name, project=project.name)


def reads_answers(context: Context, person: Person, project: Project) -> bool:
    """Whether a person may read the project's answers: by a role, or because they were asked last time."""
    return may_read_answers(person, project) or _was_asked(context, person, project)


def require_reading(context: Context, project: Project) -> None:
    """Raise Refused with the role needed and who holds it."""
    if not may_read_project(context, project):
        holder = context.tx.people.get(project.owner_id)
        raise Refused(Refusal.ROLE_NEEDED, role="respondent", holder=holder.name, project=project.name)


def may_read_project(context: Context, project: Project) -> bool:
    """The same for the actor."""
    return reads_answers(context, context.actor, project)


def read_by(context: Context, projects: Iterable[Project]) -> frozenset[str]:
    """The ids of those of these projects whose answers the actor may read: one statement, whatever their number."""
    asked = context.tx.interviews.asked_last(context.actor.id)
    return frozenset(each.id for each in projects if may_read_answers(context.actor, each) or each.id in asked)


def _was_asked(context: Context, person: Person, project: Project) -> bool:
    """Invited respondents read the project they answered for, without holding a role in it."""
    latest = context.tx.assessments.latest_of(project.id)
    asked = context.tx.interviews.of_assessment(latest.id) if latest else ()
    return any(interview.respondent_id == person.id for interview in asked)


def require_admin(context: Context) -> None:
    """Raise Refused with who the admins are."""
    if not context.actor.is_admin:
        admins = ", ".join(person.name for person in everybody(context) if person.is_admin)
        raise Refused(Refusal.ROLE_NEEDED, role="admin", holder=admins, project="")


def require_manager(context: Context) -> None:
    """Raise Refused with who the managers are; admins may as well."""
    if not (context.actor.is_manager or context.actor.is_admin):
        managers = ", ".join(person.name for person in everybody(context) if person.is_manager)
        raise Refused(Refusal.ROLE_NEEDED, role="manager", holder=managers, project="")


def everybody(context: Context) -> tuple[Person, ...]:
    """All the people of the organization whom we have met, by name."""
    return tuple(by_settings(person, context.admins) for person in context.tx.people.all())


def learn(tx: Transaction, person_id: str, profile: Profile, *, seek_admin: bool) -> bool:
    """Keep what the platform says about a person; says whether they live by another zone now.

    With `seek_admin` (no admin stands in the settings) the first workspace admin we meet becomes ours.
    """
    person = tx.people.get(person_id)
    is_first = seek_admin and profile.is_admin and not any(other.is_admin for other in tx.people.all())
    learned = replace(
        person,
        name=profile.name or person.name,
        timezone=tx.preferences.get(person_id).timezone or known_zone(profile.timezone) or person.timezone,
        language=profile.language or person.language,
        is_admin=person.is_admin or is_first,
    )
    tx.people.save(learned)
    return learned.timezone != person.timezone


def refresh_homes(context: Context, person_ids: Iterable[str]) -> None:
    """Owe a fresh home to those of these people who have opened theirs."""
    people = context.tx.people.many(set(person_ids) - {""})
    for person in people.values():
        if person.home_opened:
            key = f"home:{person.id}:{new_id()}"
            context.tx.notices.put(Notice(key=key, kind=NoticeKind.HOME, subject=person.id, person_id=person.id))


def _meet(tx: Transaction, account: str, name: str, timezone: str) -> Person:
    person = Person(id=new_id(), name=name or account, timezone=timezone, account=account)
    tx.people.add(person)
    notice = Notice(key=f"profile:{person.id}", kind=NoticeKind.PROFILE, subject=person.id, person_id=person.id)
    tx.notices.put(notice)
    return person
