"""Digests that were subscribed to."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row

from bot.readiness.digests import Content, Subscription
from storage.bound import Bound, table_of
from storage.digest_tables import SubscriptionRow

SUBSCRIPTION = table_of(SubscriptionRow)
IS_OF_ALL = SUBSCRIPTION.c.project_id.is_(None)


class Subscriptions:
    """Fulfils `repositories.Subscriptions`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, subscription_id: str) -> Subscription:
        """Raises KeyError."""
        return _subscription(self._bound.one(self._bound.select(SUBSCRIPTION), SUBSCRIPTION, subscription_id))

    def lock(self, subscription_id: str) -> Subscription:
        """Like `get`; a writing transaction holds the row to its end. Raises KeyError."""
        statement = self._bound.select(SUBSCRIPTION)
        locked = statement.with_for_update() if self._bound.writes else statement
        return _subscription(self._bound.one(locked, SUBSCRIPTION, subscription_id))

    def save(self, subscription: Subscription) -> None:
        """Store it, or change the one there is."""
        self._bound.upsert(SUBSCRIPTION, {**asdict(subscription), "content": subscription.content.value})

    def of_project(self, project_id: str) -> Subscription | None:
        """The one of a project's channel."""
        return self._first(SUBSCRIPTION.c.project_id == project_id)

    def of_place(self, place_id: str, filters: str = "") -> Subscription | None:
        """The portfolio's to a channel, of these filters."""
        return self._first(IS_OF_ALL, SUBSCRIPTION.c.place_id == place_id, SUBSCRIPTION.c.filters == filters)

    def of_person(self, person_id: str, filters: str = "") -> Subscription | None:
        """The portfolio's to a person, of these filters."""
        return self._first(IS_OF_ALL, SUBSCRIPTION.c.person_id == person_id, SUBSCRIPTION.c.filters == filters)

    def lists_of_place(self, place_id: str) -> Sequence[Subscription]:
        """The lists that come to a channel, by their filters."""
        theirs = self._bound.select(SUBSCRIPTION).where(
            IS_OF_ALL, SUBSCRIPTION.c.place_id == place_id, SUBSCRIPTION.c.filters != "", SUBSCRIPTION.c.is_on
        )
        return [_subscription(row) for row in self._bound.rows(theirs.order_by(SUBSCRIPTION.c.filters))]

    def set_by(self, person_id: str) -> Sequence[Subscription]:
        """Those that go by this person's clock, in order of their ids; not by index, as people seldom move."""
        theirs = self._bound.select(SUBSCRIPTION).where(SUBSCRIPTION.c.set_by == person_id)
        return [_subscription(row) for row in self._bound.rows(theirs.order_by(SUBSCRIPTION.c.id))]

    def _first(self, *conditions: ColumnElement[bool]) -> Subscription | None:
        row = self._bound.first(self._bound.select(SUBSCRIPTION).where(*conditions))
        return _subscription(row) if row else None


def _subscription(row: Row[Any]) -> Subscription:
    kept = {name: getattr(row, name) for name in Subscription.__dataclass_fields__}
    return Subscription(**{**kept, "content": Content(row.content)})
