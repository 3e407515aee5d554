"""A person is erased: who they were and what they wrote goes, what was counted stays without a name. For admins."""

from dataclasses import replace

from bot.chat.incoming import Command, Press
from bot.readiness.administration_cards import ErasureCard
from bot.readiness.assessment import Person, Project
from bot.readiness.cards import Act, Done
from bot.readiness.events import Close
from bot.readiness.interview import Interview, step
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import assessments, commitments, people, projects, reminders
from bot.usecases.ports import Context
from bot.usecases.questions import store


def ask_erasure(context: Context, command: Command) -> ErasureCard:
    """What would go and what would stay, before anything does. Raises Refused."""
    people.require_admin(context)
    accounts = people.accounts_named(command.text)
    person = context.tx.people.of_account(accounts[0]) if accounts else None
    if person is None:
        raise Refused(Refusal.NO_SUCH_PERSON, name=people.without_mentions(command.text) or "-")
    _require_free(context, person)
    return ErasureCard(
        person=person,
        projects=_concerned(context, person),
        interviews=len(context.tx.interviews.unfinished_of(person.id)),
        commitments=len(context.tx.commitments.of_person(person.id)),
    )


def erase(context: Context, press: Press) -> Done:
    """Let go of what the person holds, then erase them, all in this transaction. Pressed twice it does nothing more."""
    people.require_admin(context)
    try:
        person = context.tx.people.get(press.value)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    pseudonym = people.pseudonym_of(person)
    if people.is_erased(person):
        return Done(Act.ERASED, {"name": pseudonym})
    for project in _concerned(context, person):
        _release(context, person, context.tx.projects.lock(project.id))
    # Read again now that nobody else changes their projects.
    _require_free(context, person)
    for held in context.tx.commitments.of_person(person.id):
        commitments.end(context, held)
    reminders.forget(context, person.id)
    context.tx.erasure.person(person.id, pseudonym)
    context.tx.record("person.erased", person.id, context.actor.id, {})
    return Done(Act.ERASED, {"name": pseudonym})


def _require_free(context: Context, person: Person) -> None:
    """Raise Refused for an admin, so that never the last one goes, and for an owner, so that no project has nobody."""
    if people.by_settings(person, context.admins).is_admin:
        raise Refused(Refusal.ERASES_ADMIN, name=person.name)
    owned = [project.key for project in context.tx.projects.of_person(person.id) if project.owner_id == person.id]
    if owned:
        raise Refused(Refusal.ERASES_OWNER, name=person.name, keys=", ".join(owned), key=owned[0])


def _concerned(context: Context, person: Person) -> tuple[Project, ...]:
    """The projects in which they have a role, still owe answers, or hold a gap; by id, as locks are taken in order."""
    asked = {interview.project_id for interview in context.tx.interviews.unfinished_of(person.id)}
    asked |= {commitment.project_id for commitment in context.tx.commitments.of_person(person.id)}
    found = {project.id: project for project in context.tx.projects.of_person(person.id)}
    found |= {project_id: context.tx.projects.get(project_id) for project_id in asked - found.keys()}
    return tuple(found[project_id] for project_id in sorted(found))


def _release(context: Context, person: Person, project: Project) -> None:
    """Their roles are free, and nobody waits for their answers any more."""
    roles = {role: holder for role, holder in project.roles.items() if holder != person.id}
    project = projects.change(context, project, replace(project, roles=roles))
    for interview in context.tx.interviews.unfinished_of(person.id):
        if interview.project_id == project.id:
            _close(context, interview, project)


def _close(context: Context, interview: Interview, project: Project) -> None:
    closed, _ = step(interview, Close())
    store(context, interview, closed, ())
    assessments.settle_interview(context, closed, project)
