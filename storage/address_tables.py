"""The tables of a platform's edge: addresses, and files that are fetched by a link."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables import Row, refers
from storage.types import UTCDateTime


class AddressRow(Row, table=True):
    """How a platform reaches a person (`whose` is their user id) or a channel of an installation.

    `facts` are texts that the platform's edge alone reads. A person's row goes when they are erased.
    """

    __tablename__ = "address"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "installation_id", "whose"),
        refers("installation_id", "installation"),
    )

    tenant_id: str
    installation_id: str
    whose: str
    facts: dict[str, Any] = Field(sa_type=JSON)


class ShelvedFileRow(Row, table=True):
    """A file for a person or channel (`whose`), fetched by a word of which the digest stands here, until it expires."""

    __tablename__ = "shelved_file"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "digest"),
        UniqueConstraint("digest"),
        Index("ix_shelved_file_expires_at", "expires_at"),
        refers("installation_id", "installation"),
    )

    tenant_id: str
    digest: str
    installation_id: str
    whose: str
    name: str
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=UTCDateTime)
