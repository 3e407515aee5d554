"""Persons and channels."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Table, and_, bindparam, select, text

from bot.readiness.assessment import Person, Place
from storage import mapping
from storage.bound import INSTALLATION, THESE, Bound, of_tenant, table_of
from storage.tables import AccountCodeRow, AccountRow, PersonRow, PlaceRow, Row

PERSON = table_of(PersonRow)
ACCOUNT = table_of(AccountRow)
PLACE = table_of(PlaceRow)
CODE = table_of(AccountCodeRow)
GOES_ALONG = frozenset({"account", "account_code", "outbox"})
"""Tables that refer to a person and say nothing about them: their rows go where the account goes."""

_ALL = (
    select(*PERSON.c, ACCOUNT.c.platform_user)
    .outerjoin_from(
        PERSON,
        ACCOUNT,
        and_(
            ACCOUNT.c.tenant_id == PERSON.c.tenant_id,
            ACCOUNT.c.person_id == PERSON.c.id,
            ACCOUNT.c.installation_id == bindparam(INSTALLATION),
        ),
    )
    .where(of_tenant(PERSON))
)
_OF_ID = _ALL.where(PERSON.c.id == bindparam("person"))
_OF_IDS = _ALL.where(PERSON.c.id.in_(THESE))
_OF_ACCOUNT = _ALL.where(ACCOUNT.c.platform_user == bindparam("user"))
"""Nearly every request asks these."""
_MANAGERS = _ALL.where(text("person.is_manager")).order_by(PERSON.c.id)


class People:
    """Persons, each with the account on the bound installation ("" where they have none)."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, person_id: str) -> Person:
        """Raises KeyError."""
        for row in self._bound.rows(_OF_ID, person=person_id):
            return mapping.person(row)
        raise KeyError(f"person {person_id}")

    def many(self, person_ids: Iterable[str]) -> Mapping[str, Person]:
        """Those of these ids that exist."""
        wanted = sorted(set(person_ids))
        rows = self._bound.rows(_OF_IDS, these=wanted) if wanted else ()
        return {row.id: mapping.person(row) for row in rows}

    def of_account(self, user: str) -> Person | None:
        """The person behind the platform's user id on the bound installation."""
        row = next(iter(self._bound.rows(_OF_ACCOUNT, user=user)), None)
        return mapping.person(row) if row else None

    def add(self, person: Person) -> None:
        """Store the person, and their account where they have one."""
        self._bound.insert(PERSON, mapping.person_columns(person))
        if person.account:
            self._bound.insert(ACCOUNT, self._account(person))

    def save(self, person: Person) -> None:
        """Raises KeyError. An account they did not have yet is added; another one's is not taken away."""
        self._bound.update(PERSON, person.id, mapping.person_columns(person))
        if person.account:
            self._bound.insert_new(ACCOUNT, self._account(person))

    def all(self) -> Sequence[Person]:
        """By name, then id."""
        people = (mapping.person(row) for row in self._bound.rows(_ALL))
        return sorted(people, key=lambda person: (person.name.casefold(), person.id))

    def managers(self) -> Sequence[Person]:
        """Those whose role it is, in the order of their ids."""
        return [mapping.person(row) for row in self._bound.rows(_MANAGERS)]

    def keep_code(self, person_id: str, code: str, until: datetime) -> None:
        """A code by which another account joins this person; it takes the place of an earlier one."""
        self._bound.upsert(CODE, {"person_id": person_id, "digest": _digest(code), "expires_at": until})

    def of_code(self, code: str, now: datetime) -> str | None:
        """Whose code this is, as long as it holds."""
        row = self._bound.first(self._bound.select(CODE).where(CODE.c.digest == _digest(code), CODE.c.expires_at > now))
        return str(row.person_id) if row else None

    def is_blank(self, person_id: str) -> bool:
        """Whether no fact refers to a person, in whichever table: no answer, no role, no word, no setting."""
        for table in Row.metadata.sorted_tables:
            if table.name in GOES_ALONG:
                continue
            for key in table.foreign_key_constraints:
                if key.referred_table is PERSON and self._is_named(table, key.column_keys[-1], person_id):
                    return False
        return True

    def join(self, person_id: str, to: str) -> None:
        """The accounts and messages of a blank person become those of another; the blank one and the code go."""
        self._bound.change(ACCOUNT, {"person_id": to}, ACCOUNT.c.person_id == person_id)
        outbox = Row.metadata.tables["outbox"]
        self._bound.change(outbox, {"person_id": to}, outbox.c.person_id == person_id)
        self._bound.delete(CODE, CODE.c.person_id.in_([person_id, to]))
        self._bound.delete(PERSON, PERSON.c.id == person_id)

    def _is_named(self, table: Table, column: str, person_id: str) -> bool:
        return self._bound.first(self._bound.select(table).where(table.c[column] == person_id)) is not None

    def _account(self, person: Person) -> mapping.Columns:
        return {
            "installation_id": self._bound.installation.id,
            "platform_user": person.account,
            "person_id": person.id,
        }


class Places:
    """Channels; `of_channel` looks on the bound installation, `get` in the whole tenant."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, place_id: str) -> Place:
        """Raises KeyError."""
        return mapping.place(self._bound.one(self._bound.select(PLACE), PLACE, place_id))

    def many(self, place_ids: Iterable[str]) -> Mapping[str, Place]:
        """Those of these ids, by id."""
        theirs = self._bound.select(PLACE).where(PLACE.c.id.in_(list(place_ids)))
        return {row.id: mapping.place(row) for row in self._bound.rows(theirs)}

    def of_channel(self, channel: str) -> Place | None:
        """The place of the platform's channel id."""
        here = PLACE.c.installation_id == self._bound.installation.id
        row = self._bound.first(self._bound.select(PLACE).where(here, PLACE.c.channel == channel))
        return mapping.place(row) if row else None

    def add(self, place: Place) -> None:
        """Store a channel of the bound installation."""
        own = {"installation_id": self._bound.installation.id}
        self._bound.insert(PLACE, {**mapping.place_columns(place), **own})

    def save(self, place: Place) -> None:
        """Raises KeyError."""
        self._bound.update(PLACE, place.id, mapping.place_columns(place))


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
