"""Rows of a table understood as projects: what each makes or changes, or every fault with its line and column."""

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.readiness.assessment import Cadence, Person, Project
from bot.readiness.framework import STAGES
from bot.readiness.refusals import FieldsRefused
from bot.readiness.sheets import Sheet, SheetFault, SheetFaults, SheetMistake, SheetRow
from bot.readiness.standings import COMPUTED, ROLE, SEEN, WRITTEN, role_columns
from bot.usecases import people, project_form, projects
from bot.usecases.places import place_of
from bot.usecases.ports import Context

FORM = ("name", "business_function", "team", "exposure", "target", "target_date", "cadence")
"""Columns that are read as the form of a project reads its fields."""
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "exposure": tuple(map(str, STAGES)),
    "target": ("", *map(str, STAGES)),
    "cadence": tuple(each.value for each in Cadence),
}
_ACCOUNT = re.compile(r"[UW][A-Z0-9]{4,20}|29:\S{10,200}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHANNEL = re.compile(r"[A-Z][A-Z0-9]{1,40}|19:\S{3,200}")
"""Ids of people and channels, as Slack and Teams write them; a name does not look so."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A row without faults: what was there (None: nothing), and what there is by its word."""

    old: Project | None
    project: Project

    @property
    def is_new(self) -> bool:
        """Whether it makes a project."""
        return self.old is None

    @property
    def is_changed(self) -> bool:
        """Whether it changes one."""
        return self.old is not None and self.old != self.project


@dataclass(slots=True)
class _Row:
    """One row while it is read."""

    row: SheetRow
    columns: Collection[str]
    faults: list[SheetFault] = field(default_factory=list)

    def says(self, column: str) -> str | None:
        """The cell; None where the table has no such column, or this row does not speak for it."""
        return self.row.cells.get(column) if column in self.columns else None

    def fault(self, mistake: SheetMistake, column: str, word: str = "", allowed: Collection[str] = ()) -> None:
        self.faults.append(SheetFault(mistake, self.row.line, column, word, tuple(allowed)))


class _Contacts:
    """People and channels as a table names them; see `understood` for `meets`."""

    def __init__(self, context: Context, *, meets: bool) -> None:
        self._context, self._meets = context, meets
        self._by_name = defaultdict[str, list[Person]](list)
        self._by_id, self._by_account = dict[str, Person](), dict[str, Person]()
        for person in people.everybody(context):
            self._by_name[person.name.casefold()].append(person)
            self._by_id[person.id] = person
            if person.account:
                self._by_account[person.account] = person

    def holder(self, row: _Row, column: str, before: str) -> str:
        """The id of the person in a cell; whoever holds it stays where the cell names them, whoever else is called so.

        An empty cell gives "".
        """
        word = row.says(column)
        if word is None:
            return before
        now = self._by_id.get(before)
        if now is not None and word in (now.name, now.account):
            return before
        mentioned = people.accounts_named(word)
        account = mentioned[0] if mentioned else word.removeprefix("@")
        if account in self._by_account:
            return self._by_account[account].id
        if mentioned or _ACCOUNT.fullmatch(account):
            return people.person_of(self._context, account).id if self._meets else account
        named = self._by_name.get(account.casefold(), [])
        if len(named) > 1:
            row.fault(SheetMistake.SEVERAL_PEOPLE, column, word, [each.account for each in named if each.account])
        elif word and not named:
            row.fault(SheetMistake.UNKNOWN_PERSON, column, word, self._near(account))
        return named[0].id if len(named) == 1 else ""

    def place(self, row: _Row, before: str | None) -> str | None:
        """The id of the place of the channel in a cell; None where it is empty."""
        word = row.says("channel")
        if word is None:
            return before
        channel = word.removeprefix("<#").partition("|")[0].removesuffix(">")
        if not channel:
            return None
        known = self._context.tx.places.of_channel(channel)
        if known is not None:
            return known.id
        if not _CHANNEL.fullmatch(channel):
            row.fault(SheetMistake.CHANNEL_FORM, "channel", word)
            return before
        return place_of(self._context, channel).id if self._meets else channel

    def _near(self, name: str) -> list[str]:
        near = difflib.get_close_matches(name.casefold(), self._by_name, n=1, cutoff=0.6)
        return [self._by_name[each][0].name for each in near]


def understood(
    context: Context, sheet: Sheet, *, locks: bool = False, meets: bool = False
) -> tuple[Sequence[Understood], int]:
    """What each row makes or changes, and how many are left out as archived. Raises SheetFaults with every fault.

    `locks`: nobody else changes these projects until the transaction is over. `meets`: people and channels that were
    never met are written down; otherwise the platform's ids stand in for them.
    """
    faults = list(_of_columns(context, sheet))
    keys = [row.cells.get("key", "").lower() for row in sheet.rows]
    known = {project.key: project for project in context.tx.projects.of_keys(keys, lock=locks)}
    contacts, found, left_out = _Contacts(context, meets=meets), list[Understood](), 0
    first_lines = dict[str, int]()
    for key, each in zip(keys, sheet.rows, strict=True):
        row = _Row(each, SEEN if each.cells.get("access") == "stages" else sheet.columns)
        earlier = first_lines.setdefault(key, each.line)
        if key and earlier != each.line:
            row.fault(SheetMistake.KEY_TWICE, "key", key, [str(earlier)])
        elif each.cells.get("archived_at"):
            left_out += 1
            continue
        elif (one := _project(context, row, key, known.get(key), contacts)) is not None:
            found.append(one)
        faults += row.faults
    if faults:
        raise SheetFaults(faults)
    return found, left_out


def _of_columns(context: Context, sheet: Sheet) -> Iterator[SheetFault]:
    allowed = (*WRITTEN, *COMPUTED, *role_columns(context.framework))
    if "key" not in sheet.columns:
        yield SheetFault(SheetMistake.COLUMN_MISSING, sheet.head, "key")
    for column in sheet.columns:
        if column not in allowed:
            near = difflib.get_close_matches(column, allowed, n=1, cutoff=0.6)
            yield SheetFault(SheetMistake.COLUMN_UNKNOWN, sheet.head, column, allowed=tuple(near))


def _project(context: Context, row: _Row, key: str, old: Project | None, contacts: _Contacts) -> Understood | None:
    """What a row says; None where it has a fault."""
    if not project_form.KEY.fullmatch(key):
        row.fault(SheetMistake.KEY_FORM if key else SheetMistake.MISSING, "key", key)
        return None
    if old is not None and old.archived_at is not None:
        row.fault(SheetMistake.ARCHIVED, "key", key)
        return None
    entry = _entry(context, row, key, old)
    owner_id = contacts.holder(row, "owner", old.owner_id if old else "") or (old.owner_id if old else context.actor.id)
    if not owner_id:
        row.fault(SheetMistake.MISSING, "owner")
    roles = _roles(context, row, old, contacts)
    cadence, rule, zone = _cadence(context, row, old)
    place_id = contacts.place(row, old.place_id if old else None)
    if row.faults or entry is None:
        return None
    made = old or Project(people.new_id(), key, entry.name, owner_id, entry.exposure, context.now)
    project = replace(
        made,
        name=entry.name,
        owner_id=owner_id,
        exposure=entry.exposure,
        business_function=entry.business_function,
        team=entry.team,
        target=entry.target,
        target_date=entry.target_date,
        cadence=cadence,
        cadence_rule=rule,
        cadence_zone=zone,
        place_id=place_id,
        roles=roles,
    )
    return Understood(old, project)


def _entry(context: Context, row: _Row, key: str, old: Project | None) -> project_form.Entry | None:
    """The row as the form of a project would have it; what its columns leave open is as it was."""
    fields = _as_fields(old) | {column: said for column in FORM if (said := row.says(column)) is not None}
    fields.pop("cadence", None)
    try:
        return project_form.read(context, fields, old, key=key, may_be_past=True)
    except FieldsRefused as refused:
        for column, code in refused.faults.items():
            row.fault(SheetMistake(code), column, str(fields.get(column) or ""), _ALLOWED.get(column, ()))
        return None


def _as_fields(old: Project | None) -> dict[str, str | tuple[str, ...] | None]:
    if old is None:
        return {}
    return {
        "name": old.name,
        "business_function": old.business_function,
        "team": old.team,
        "exposure": str(old.exposure),
        "target": str(old.target) if old.target else "",
        "target_date": old.target_date.isoformat() if old.target_date else "",
    }


def _roles(context: Context, row: _Row, old: Project | None, contacts: _Contacts) -> dict[str, str]:
    """Who holds each role; roles that only another version of the framework knows stay as they are."""
    before = old.roles if old else {}
    found = {role.id: contacts.holder(row, ROLE + role.id, before.get(role.id, "")) for role in context.framework.roles}
    others = projects.roles_of_other_frameworks(context, old)
    return others | {role: holder for role, holder in found.items() if holder}


def _cadence(context: Context, row: _Row, old: Project | None) -> tuple[Cadence, str, str]:
    """The cadence with its rule and the zone of that. A rule of one's own needs a `cadence_rule`, or had one."""
    before = (old.cadence, old.cadence_rule, old.cadence_zone) if old else (Cadence.AUTOMATIC, "", "")
    word = row.says("cadence")
    if word is None:
        return before
    if word.lower() not in ("", *_ALLOWED["cadence"]):
        row.fault(SheetMistake.UNKNOWN_CHOICE, "cadence", word, _ALLOWED["cadence"])
        return before
    if word.lower() != Cadence.CRON.value:
        return (Cadence(word.lower()) if word else Cadence.AUTOMATIC), "", ""
    rule = " ".join((row.says("cadence_rule") or before[1]).split())
    zone = row.says("cadence_zone") or before[2] or context.actor.timezone
    if (Cadence.CRON, rule, zone) == before:
        return before
    try:
        ZoneInfo(zone)
        context.library.check_rule(rule, zone, context.now)
    except (ZoneInfoNotFoundError, ValueError):
        row.fault(SheetMistake.RULE_FORM, "cadence_rule", rule)
    return Cadence.CRON, rule, zone
