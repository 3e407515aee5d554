"""How often a project is assessed: shown, and set by its owner."""

import re
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.chat.incoming import Command, Press
from bot.readiness.assessment import Cadence, Project
from bot.readiness.cadence import CronFault
from bot.readiness.cadence_cards import CadenceCard
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import cadence
from bot.usecases.people import may_steer, require_steering
from bot.usecases.ports import Context
from bot.usecases.projects import by_id, change, named

_QUOTES = "\"'“”„‘’`"
_CRON = re.compile(rf"[{_QUOTES}]?\s*((?:\S+\s+){{4}}[^\s{_QUOTES}]+)\s*[{_QUOTES}]?\s*(\S*)\s*")
_SPOKEN: Mapping[str, Cadence] = {"auto": Cadence.AUTOMATIC, **{each.value: each for each in Cadence}}
CADENCES = tuple(each.value for each in Cadence)


def of_project(context: Context, command: Command) -> CadenceCard:
    """When the named project is assessed next; with a cadence behind it, set that first. Owner and admins set it."""
    project = named(context, command)
    _, _, wanted = command.text.strip().partition(" ")
    if not wanted.strip():
        return _card(context, project)
    word, _, rule = wanted.strip().partition(" ")
    chosen = _SPOKEN.get(word.lower())
    if chosen is None:
        raise Refused(Refusal.NO_SUCH_CADENCE, word=word, allowed=", ".join(CADENCES))
    if chosen is Cadence.CRON:
        return _set(context, project, chosen, *_cron(context, rule))
    return _set(context, project, chosen)


def pressed(context: Context, press: Press) -> CadenceCard:
    """Set a cadence by its button; the press carries project and cadence."""
    project_id, _, word = press.value.partition("|")
    chosen = _SPOKEN.get(word)
    if chosen is None or chosen is Cadence.CRON:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return _set(context, by_id(context, project_id), chosen)


def _set(context: Context, project: Project, chosen: Cadence, rule: str = "", zone: str = "") -> CadenceCard:
    project = context.tx.projects.lock(project.id)
    require_steering(context, project)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    wanted = replace(project, cadence=chosen, cadence_rule=rule, cadence_zone=zone)
    return replace(_card(context, change(context, project, wanted)), changed=wanted != project)


def _cron(context: Context, text: str) -> tuple[str, str]:
    match = _CRON.fullmatch(text)
    if match is None:
        raise Refused(Refusal.CRON_REFUSED, reason="fields", rule=text)
    rule, zone = " ".join(match[1].split()), match[2] or context.actor.timezone
    try:
        ZoneInfo(zone)
        context.library.check_rule(rule, zone, context.now)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        reason = fault.reason if isinstance(fault, CronFault) else "zone"
        raise Refused(Refusal.CRON_REFUSED, reason=reason, rule=rule, zone=zone) from None
    return rule, zone


def _card(context: Context, project: Project) -> CadenceCard:
    planned = context.tx.appointments.of(cadence.KIND, project.id)
    return CadenceCard(
        project=project,
        next_at=planned.at if planned else None,
        because=cadence.because(context, project),
        days=cadence.interval_days(context, project),
        zone=context.actor.timezone,
        may_steer=may_steer(context.actor, project) and project.archived_at is None,
    )
