"""The one way in: `converse(incoming) -> Reply`, for every platform, in one transaction.

The tables COMMANDS, PRESSES and FORMS say everything a person can ask of the bot. A feature adds a row, a use case, a
page and a template.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import questions
from bot.chat.incoming import Command, Incoming, Joined, Opened, Press, Say, Submit
from bot.chat.view import Form, Reply, View
from bot.commands import COMMANDS, MEANT, OTHERWISE, READINESS, REPLIES, row_of, unknown_command
from bot.forms import FORMS
from bot.presses import PRESSES
from bot.readiness.asking_cards import AskedBack
from bot.readiness.assessment import Person
from bot.readiness.cards import FormOffer
from bot.readiness.filters import looks_like_filters
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.rows import IncomingT, Row
from bot.traces import traced
from bot.usecases import arrivals, asking, going_up, home, people, projects, reminders, replies
from bot.usecases.ports import Clock, Context, Library, Store, Transaction
from bot.wording.engine import Words
from bot.wording.pages import present, present_fault, present_field_faults, present_loading, present_refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Serves every incoming. `admins`, `timezone` and whether an endpoint proposes levels come from the settings."""

    store: Store
    library: Library
    clock: Clock
    admins: frozenset[str] = frozenset()
    timezone: str = "UTC"
    asks_elsewhere: bool = False

    def converse(self, incoming: Incoming) -> Reply:
        """One incoming, one transaction, one reply. A refusal or a fault rolls back and is said to the actor."""
        words = Words.of(incoming.actor.language)
        try:
            return self._answer(incoming)
        except _Refusing as refusing:
            return _refusal(refusing.refused, Words.of(refusing.language))
        except Refused as refused:
            return _refusal(refused, words)
        except Exception as error:
            reference = secrets.token_hex(4)
            kind = type(incoming).__name__
            logger.error("converse.fault reference=%s kind=%s error=%s", reference, kind, traced(error))  # noqa: TRY400
            return Reply(view=present_fault(reference, words))

    def opens_form(self, incoming: Incoming) -> bool:
        """Whether this will be answered by a form: a look-up in the tables, without any disk work."""
        try:
            return self._row(incoming)[0].opens_form
        except Refused:
            return False

    def only_reads(self, incoming: Incoming) -> bool:
        """Whether this writes nothing: a look-up in the tables, without any disk work."""
        try:
            asks = isinstance(incoming, Command) and questions.is_asked(incoming)
            return not (asks or isinstance(incoming, Say | Opened | Joined)) and self._row(incoming)[0].reads
        except Refused:
            return True

    def loading_form(self, incoming: Incoming) -> Form:
        """What stands in the window until the form is there."""
        return present_loading(Words.of(incoming.actor.language))

    def _answer(self, incoming: Incoming) -> Reply:
        match incoming:
            case Say():
                return self._say(incoming)
            case Command() if questions.is_asked(incoming) and (answered := self._asked(incoming, incoming.text)):
                return answered
            case Opened():
                return self._act(incoming, Row(home.opened))
            case Joined():
                return self._act(incoming, Row(arrivals.joined, public=True))
        return self._act(*self._addressed(incoming))

    def _addressed(self, incoming: Incoming) -> tuple[Incoming, Row[Incoming]]:
        """The row and what it is called with; where there is none, a row that says so.

        It is a row because the refusal needs the person's language, which stands in the database.
        """
        try:
            row, addressed = self._row(incoming)
        except Refused as refused:
            return incoming, Row(_refuse(refused), reads=True)
        return addressed, row

    def _row(self, incoming: Incoming) -> tuple[Row[Incoming], Incoming]:
        match incoming:
            case Command(name=name, text=text):
                table = COMMANDS.get(name, READINESS)
                row, word, rest = row_of(table, text)
                if row is None and not word:
                    row = table["help"]
                if row is None and name in OTHERWISE:
                    row, rest = table[OTHERWISE[name]], text.strip()
                if row is None:
                    raise unknown_command(name if name in COMMANDS else "readiness", word)
                return row, replace(incoming, text=rest)  # type: ignore[return-value]  # rows fit their table
            case Press(press=press) if press in PRESSES:
                return PRESSES[press], incoming  # type: ignore[return-value]
            case Submit(form=form) if form in FORMS:
                return FORMS[form], incoming  # type: ignore[return-value]
        raise Refused(Refusal.UNKNOWN_PRESS)

    def _say(self, incoming: Say) -> Reply:
        """Words to the bot: a command, else a reply to the question on screen, else a question to the portfolio.

        An interview that waits for words has them before the portfolio, save for what is marked as a question to it.
        """
        text = questions.marked(incoming.text)
        if questions.is_asked(_spoken(incoming, "portfolio", text)) and (answered := self._asked(incoming, text)):
            return answered
        command = self._spoken_command(incoming)
        if command is None and incoming.spot.direct:
            try:
                return self._act(incoming, Row(lambda context, said: replies.said(context, said.with_links)))
            except _Refusing as refusing:
                if refusing.refused.refusal not in (Refusal.NO_INTERVIEW, Refusal.NOT_POSSIBLE_NOW):
                    raise
                if answered := self._asked(incoming, incoming.text):
                    return answered
                if refusing.refused.refusal is Refusal.NOT_POSSIBLE_NOW:
                    raise
        elif command is None and (answered := self._asked(incoming, incoming.text)):
            return answered
        command = command or _spoken(incoming, "readiness", incoming.text)
        addressed, row = self._addressed(command)
        if row.opens_form and isinstance(addressed, Command) and not incoming.takes_forms:
            if row.spoken:
                return self._act(addressed, replace(row, act=row.spoken, reads=False))
            return self._act(addressed, Row(row.offer or _offer_of(command.text.split()[0].lower()), reads=True))
        return self._act(addressed, row)

    def proposed(self, incoming: Say | Command, line: str) -> Reply | None:
        """A question asked back once more, with the reading that an endpoint proposes; None where that is none.

        It is read like any filter that somebody types, and answered only when it is pressed.
        """
        text = incoming.text if isinstance(incoming, Command) else questions.marked(incoming.text) or incoming.text
        with self.store.reading(incoming.actor) as tx:
            person = people.visitor(tx, incoming.actor, self.admins)
            context = self._context(tx, person, incoming)
            understood = asking.understood(context, text, incoming.spot.channel)
            further = understood and questions.with_proposal(context, understood, line)
        words = Words.of(person.language or incoming.actor.language)
        return _shown(AskedBack(further), words) if further else None

    def _asked(self, incoming: Say | Command, text: str) -> Reply | None:
        """The answer to a question to the portfolio; None where it is none."""
        with self.store.reading(incoming.actor) as tx:
            context = self._context(tx, people.visitor(tx, incoming.actor, self.admins), incoming)
            understood = asking.understood(context, text, incoming.spot.channel)
            unclear = asking.unclear(context, text) if self.asks_elsewhere else None
        if understood is None:
            return None
        understood = questions.answerable(understood)
        reply = self._act(_spoken(incoming, "portfolio", text), questions.answer(understood))
        return reply if understood.sure else replace(reply, unclear=unclear)

    def _spoken_command(self, incoming: Say) -> Command | None:
        """The command that was meant, if one was: what merely begins with such a word is an answer or a note."""
        words = incoming.text.strip().lstrip("/").split()
        first, second = (*(word.lower() for word in words[:2]), "", "")[:2]
        rest = " ".join(words[1:])
        if len(words) == 1 and first in MEANT and incoming.spot.direct:
            return _spoken(incoming, _name_of(MEANT[first]), MEANT[first])
        if first in COMMANDS and (second in COMMANDS[first] or second in READINESS):
            return _spoken(incoming, first if second in COMMANDS[first] else "readiness", rest)
        if first in COMMANDS and (len(words) <= 2 or (first in OTHERWISE and looks_like_filters(rest))):
            return _spoken(incoming, first, rest)
        replies_too = REPLIES if incoming.spot.direct else ()
        if first in READINESS and first not in replies_too and self._names_a_command(incoming, words):
            return _spoken(incoming, "readiness", " ".join(words))
        return None

    def _names_a_command(self, incoming: Say, words: list[str]) -> bool:
        """A word of the table alone, or followed by what it takes: another such word, a person, a known project."""
        if len(words) == 1 or words[1].startswith("<@") or words[1].lower() in READINESS:
            return len(words) <= 3
        row, _, rest = row_of(READINESS, " ".join(words))
        if " ".join(words[:2]).lower() in READINESS or (row and row.takes(people.without_mentions(rest))):
            return True
        with self.store.reading(incoming.actor) as tx:
            return tx.projects.by_key(words[1].lower()) is not None

    def _act(self, incoming: Incoming, row: Row[IncomingT]) -> Reply:
        opened = self.store.reading(incoming.actor) if row.reads else self.store.writing(incoming.actor)
        with opened as tx:
            if row.reads:
                person = people.visitor(tx, incoming.actor, self.admins)
            else:
                if not tx.first_arrival(incoming.key):
                    return Reply()
                person = people.acting_person(tx, incoming.actor, self.admins, self.timezone)
            language = person.language or incoming.actor.language
            context = self._context(tx, person, incoming)
            if told := people.overheard(tx, incoming.actor, person):
                language = told.language or language
                context = reminders.told(context, told, keeps=not row.reads)
            try:
                card = row.act(context, incoming)  # type: ignore[arg-type]  # a row is found by the incoming's kind
            except Refused as refused:
                raise _Refusing(refused, language) from None
            reminders.settle(context)
            going_up.settle(context)
        return _reply(card, context.actor, incoming, row)

    def _context(self, tx: Transaction, person: Person, incoming: Incoming) -> Context:
        return Context(
            tx=tx,
            actor=person,
            library=self.library,
            now=self.clock.now(),
            admins=self.admins,
            asks_elsewhere=self.asks_elsewhere,
            names=incoming.names,
        )


@dataclass
class _Refusing(Exception):
    """A refusal on its way out of the transaction, with the language of the person it is for."""

    refused: Refused
    language: str


def _refuse(refused: Refused) -> Callable[[Context, Incoming], object]:
    def act(_context: Context, _incoming: Incoming) -> object:
        raise refused

    return act


def _name_of(word: str) -> str:
    """The command that has a row of this word."""
    return next(name for name, table in COMMANDS.items() if word in table)


def _offer_of(word: str) -> Callable[[Context, Command], FormOffer]:
    """No form opens on spoken words; the button of the command's name does it, on the project that was named."""

    def offer(context: Context, command: Command) -> FormOffer:
        return FormOffer(word, projects.named(context, command).id if command.text else "")

    return offer


def _shown(card: AskedBack, words: Words) -> Reply:
    view = present(card, words)
    assert isinstance(view, View)
    return Reply(view=view)


def _spoken(incoming: Say | Command, name: str, text: str) -> Command:
    return Command(
        key=incoming.key, actor=incoming.actor, spot=incoming.spot, name=name, text=text, files=incoming.files
    )


def _reply(card: object | None, person: Person, incoming: Incoming, row: Row[IncomingT]) -> Reply:
    if card is None:
        return Reply()
    shown = present(card, Words.of(person.language or incoming.actor.language))
    if isinstance(shown, Form):
        return Reply(form=shown)
    if isinstance(incoming, Opened):
        return Reply(home=shown)
    return Reply(view=shown, public=row.public)


def _refusal(refused: Refused, words: Words) -> Reply:
    if isinstance(refused, FieldsRefused):
        return Reply(errors=present_field_faults(refused, words))
    return Reply(view=present_refusal(refused, words))
