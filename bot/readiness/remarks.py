"""Words that somebody says about something: a doubted link, a question handed over, a trap that is none."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said about a subject (an id). The words can be erased, the fact that something was said stays."""

    id: str
    subject: str
    author_id: str
    said_at: datetime
    words: str
