"""A row of the tables that say everything a person can ask of the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.chat.incoming import Incoming
from bot.usecases.ports import Context

IncomingT = TypeVar("IncomingT", bound=Incoming)


class May(StrEnum):
    """Who may ask for something. The use case checks it by the acting person; a test holds every row to its word.

    ANYONE      everybody in the workspace
    ASKED       the person the question was put to
    READER      those who may read the project's answers: its people, managers, admins
    BACKUP      whoever the asked person named to stand in for them
    OWNER       the project's owner, or an admin
    OVERSEER    the project's owner, a manager, or an admin
    HOLDER      whoever has taken the gap on, the project's owner, or an admin
    APPROVER    the manager or admin who was named to decide the waiver
    MANAGER     a manager, or an admin
    ADMIN       an admin
    """

    ANYONE = "anyone"
    ASKED = "asked"
    READER = "reader"
    BACKUP = "backup"
    OWNER = "owner"
    OVERSEER = "overseer"
    HOLDER = "holder"
    APPROVER = "approver"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Row(Generic[IncomingT]):
    """One thing a person can ask for.

    act         the use case, called with the context and the incoming
    usage       what stands behind a command's word in help
    reads       it only reads: no write transaction, no record of the arrival
    opens_form  it answers with a form, for which the platform opens a window at once
    offer       what is answered instead where no window can open: a button that opens the form
    public      everybody in the channel reads the answer
    may         who may ask for it
    takes       whether words behind its own are meant for it, where in direct messages they could be an answer as well
    spoken      what it does where no form can open, as in a direct message; without it, a button opens the form
    """

    act: Callable[[Context, IncomingT], object | None]
    usage: str = ""
    reads: bool = False
    opens_form: bool = False
    offer: Callable[[Context, IncomingT], object] | None = None
    public: bool = False
    may: May = May.ANYONE
    takes: Callable[[str], bool] = lambda _: False
    spoken: Callable[[Context, IncomingT], object | None] | None = None
