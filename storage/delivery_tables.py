"""The tables of what we owe, what reached us, and the trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers, where
from storage.types import Sequence, UTCDateTime

STILL_OPEN = "done_at IS NULL"
"""What an outbox row is while it may yet be sent. An index predicate must hold no parameter, nor may its queries."""

ASKED_FOR = "NOT unasked"


class OutboxRow(Row, table=True):
    """Something owed. `not_before` is what was asked for, `due_at` when to try next; `unasked`: the clock brought it.

    `postponed` is why it waited for its reader the last time, whatever became of it; `put_at` when it was owed.
    `doubtful`: it was sent again without our being able to look whether it had arrived, so it may be there twice.

    `done_at` is set by sent, held and dropped; releasing a held one clears it.
    `stream` names the slot it goes through; the address stands beside it, so that a claim needs no join.
    `id` grows with every row and orders those due at one time.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index("ix_outbox_open", "stream", "due_at", "id", **where(STILL_OPEN)),
        Index("ix_outbox_due", "due_at", "stream", **where(STILL_OPEN)),
        Index("ix_outbox_asked", "due_at", "stream", **where(f"{STILL_OPEN} AND {ASKED_FOR}")),
        Index("ix_outbox_edits", "tenant_id", "edits", "id", **where("edits IS NOT NULL")),
        Index("ix_outbox_person", "tenant_id", "person_id", "id"),
        Index("ix_outbox_unasked", "tenant_id", "person_id", "done_at", **where("unasked")),
        Index("ix_outbox_held", "tenant_id", "place_id", "id", **where("state = 'held'")),
        CheckConstraint("(person_id IS NULL) <> (place_id IS NULL)", name="one_recipient"),
        CheckConstraint("(done_at IS NULL) = (state IN ('pending', 'sending'))", name="done"),
        of_tenant(),
        refers("person_id", "person"),
        refers("place_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    key: str
    kind: str
    subject: str
    person_id: str | None
    place_id: str | None
    parameters: dict[str, Any] = Field(sa_type=JSON)
    edits: str | None
    under: str | None
    stream: str
    platform: str
    installation: str
    platform_user: str | None
    channel: str | None
    not_before: datetime | None = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime)
    state: str
    attempts: int
    owner: str | None
    first_tried_at: datetime | None = Field(sa_type=UTCDateTime)
    ref: str | None
    error: str | None
    done_at: datetime | None = Field(sa_type=UTCDateTime)
    postponed: str | None
    put_at: datetime | None = Field(sa_type=UTCDateTime)
    doubtful: bool = Field(sa_column_kwargs={"server_default": text("false")})
    unasked: bool = Field(sa_column_kwargs={"server_default": text("false")})


class SendSlotRow(Row, table=True):
    """Who may send into a stream, and when: `free_at` is lease, pace and back-off in one.

    The stream is the whole key: it begins with the installation, which belongs to one tenant.
    """

    __tablename__ = "send_slot"
    __table_args__ = (Index(None, "free_at"), of_tenant())

    stream: str = Field(primary_key=True)
    tenant_id: str
    free_at: datetime = Field(sa_type=UTCDateTime)


class InboxRow(Row, table=True):
    """A key that reached us once."""

    __tablename__ = "inbox"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "key"), Index(None, "arrived_at"), of_tenant())

    tenant_id: str
    key: str
    arrived_at: datetime = Field(sa_type=UTCDateTime)


class AuditEventRow(Row, table=True):
    """Who changed what; append-only."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "tenant_id", "subject", "seq"), of_tenant())

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    at: datetime = Field(sa_type=UTCDateTime)
    action: str
    subject: str
    actor_id: str
    facts: dict[str, Any] = Field(sa_type=JSON)
