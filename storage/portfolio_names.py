"""What is called how in the portfolio: looked up by the words somebody typed, never listed whole."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from storage.bound import MOST, Bound, of_tenant, pieces
from storage.people import PERSON
from storage.portfolio_filters import IS_ACTIVE, different
from storage.projects import PROJECT


def projects_called(bound: Bound, words: Collection[str]) -> Mapping[str, str]:
    """Key -> name of the projects whose key is one of these; one step down an index for each word."""
    return _found(bound, words, PROJECT.c.key.in_)


def projects_named(bound: Bound, words: Collection[str]) -> Mapping[str, str]:
    """Key -> name of the projects whose whole name is one of these; one step down an index for each."""
    return _found(bound, words, PROJECT.c.folded_name.in_)


def projects_like(bound: Bound, beginnings: Collection[str], rows: int) -> Mapping[str, str]:
    """Key -> name of the first projects whose key begins so; some rows down an index for each beginning."""
    found: dict[str, str] = {}
    for letters in sorted(beginnings):
        if len(found) < rows:
            theirs = bound.rows(_beginning(), least=letters, below=f"{letters}\uffff", most=rows - len(found))
            found |= {row.key: row.name for row in theirs}
    return found


@cache
def _beginning() -> Select[Any]:
    # BETWEEN does not take the collation that each parameter brings.
    key = PROJECT.c.key
    begins = key >= bindparam("least", type_=key.type), key < bindparam("below", type_=key.type)
    return _names(and_(*begins)).order_by(key).limit(MOST)


def groups(bound: Bound, column: ColumnElement[str]) -> tuple[str, ...]:
    """The different values of an indexed column, but not the empty one."""
    return tuple(row.value for row in bound.rows(different(column)) if row.value)


def owners(bound: Bound) -> tuple[str, ...]:
    """The names of all who own a project."""
    return tuple(row.name for row in bound.rows(_owners()))


@cache
def _owners() -> Select[Any]:
    return select(PERSON.c.name).where(of_tenant(PERSON), PERSON.c.id.in_(different(PROJECT.c.owner_id)))


def _found(
    bound: Bound, words: Collection[str], meets: Callable[[Sequence[str]], ColumnElement[bool]]
) -> Mapping[str, str]:
    return {row.key: row.name for some in pieces(sorted(words)) for row in bound.rows(_names(meets(some)))}


def _names(condition: ColumnElement[bool]) -> Select[Any]:
    return select(PROJECT.c.key, PROJECT.c.name).where(of_tenant(PROJECT), IS_ACTIVE, condition)
