"""What somebody wrote into a project's form, read and checked: every fault at once, by field."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.readiness.assessment import Cadence, Project
from bot.readiness.framework import STAGES
from bot.readiness.refusals import FieldsRefused
from bot.usecases.fields import Fields, word_of
from bot.usecases.ports import Context

LONGEST_NAME = 200
LONGEST_KEY = 39
USUAL = "usual"
"""The choice of no target of one's own."""

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A form without faults. `owner`, `channel` and the values of `roles` are the platform's ids, "" if left empty."""

    name: str
    key: str
    business_function: str
    team: str
    channel: str
    owner: str
    exposure: int
    target: int | None
    target_date: date | None
    cadence: Cadence
    roles: Mapping[str, str]


def read(
    context: Context, fields: Fields, old: Project | None, *, key: str | None = None, may_be_past: bool = False
) -> Entry:
    """The entry. Raises FieldsRefused: field id -> code of what is wrong. An empty key is proposed from the name.

    `key`: the one that is known to be free, or `old`'s; else it is read. `may_be_past`: so may be the target date.
    """
    faults: dict[str, str] = {}
    name = word_of(fields, "name")
    if not name:
        faults["name"] = "missing"
    for field in ("name", "business_function", "team"):
        if len(word_of(fields, field)) > LONGEST_NAME:
            faults[field] = "too_long"
    known_key = _key(context, fields, old, faults) if key is None else key
    exposure = _exposure(fields, faults)
    return _checked(
        faults,
        Entry(
            name=name,
            key=known_key,
            business_function=word_of(fields, "business_function"),
            team=word_of(fields, "team"),
            channel=word_of(fields, "channel"),
            owner=word_of(fields, "owner"),
            exposure=exposure,
            target=_target(fields, exposure, faults),
            target_date=_date(context, fields, old, faults, may_be_past=may_be_past),
            cadence=_cadence(fields, old, faults),
            roles={role.id: who for role in context.framework.roles if (who := word_of(fields, f"role_{role.id}"))},
        ),
    )


def proposed_key(context: Context, name: str) -> str:
    """A free key made of the name's letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_KEY - 4].strip("-") or "project"
    key, number = stem, 1
    while context.tx.projects.by_key(key) is not None:
        number += 1
        key = f"{stem}-{number}"
    return key


def _checked(faults: Mapping[str, str], entry: Entry) -> Entry:
    if faults:
        raise FieldsRefused(faults)
    return entry


def _key(context: Context, fields: Fields, old: Project | None, faults: dict[str, str]) -> str:
    written = word_of(fields, "key").lower()
    if not written:
        return old.key if old else proposed_key(context, word_of(fields, "name"))
    if not KEY.fullmatch(written):
        faults["key"] = "key_form"
        return written
    holder = context.tx.projects.by_key(written)
    if holder is not None and (old is None or holder.id != old.id):
        faults["key"] = "key_taken"
    return written


def _exposure(fields: Fields, faults: dict[str, str]) -> int:
    chosen = word_of(fields, "exposure")
    if chosen in {str(stage) for stage in STAGES}:
        return int(chosen)
    faults["exposure"] = "unknown_choice" if chosen else "missing"
    return STAGES[0]


def _target(fields: Fields, exposure: int, faults: dict[str, str]) -> int | None:
    chosen = word_of(fields, "target")
    if chosen in {"", USUAL}:
        return None
    if chosen not in {str(stage) for stage in STAGES}:
        faults["target"] = "unknown_choice"
        return None
    if int(chosen) < exposure:
        faults["target"] = "target_below_exposure"
    return int(chosen)


def _date(
    context: Context, fields: Fields, old: Project | None, faults: dict[str, str], *, may_be_past: bool
) -> date | None:
    written = word_of(fields, "target_date")
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        faults["target_date"] = "date_form"
        return None
    today = context.now.astimezone(ZoneInfo(context.actor.timezone)).date()
    # A date that has passed since it was set does not stand in the way of editing something else.
    if day < today and not may_be_past and (old is None or old.target_date != day):
        faults["target_date"] = "date_past"
    return day


def _cadence(fields: Fields, old: Project | None, faults: dict[str, str]) -> Cadence:
    """A rule of one's own is set by the command `schedule`; the form may only keep it."""
    chosen = word_of(fields, "cadence") or Cadence.AUTOMATIC.value
    kept = Cadence.CRON if old and old.cadence is Cadence.CRON else None
    if chosen not in list(Cadence) or (chosen == Cadence.CRON and kept is None):
        faults["cadence"] = "unknown_choice"
        return Cadence.AUTOMATIC
    return Cadence(chosen)
