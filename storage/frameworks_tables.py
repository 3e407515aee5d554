"""The table of the frameworks that organizations brought themselves. Those that Bridgehead ships stand in files."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant
from storage.types import Key, Sequence, UTCDateTime


class FrameworkRow(Row, table=True):
    """One version of a framework as it was imported; append-only. Which one is current stands with the tenant.

    `imported_by` is NULL where whoever runs the bot did it on the command line; no reference, as a person may be
    erased. `name` is a copy from the text, so that a list parses nothing.
    """

    __tablename__ = "framework"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", "version"),
        CheckConstraint("length(body) > 0", name="body"),
        of_tenant(),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str = Field(sa_type=Key)
    version: str = Field(sa_type=Key)
    name: dict[str, str] = Field(sa_type=JSON)
    body: str
    imported_at: datetime = Field(sa_type=UTCDateTime)
    imported_by: str | None
