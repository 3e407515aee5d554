"""What delivery reads and writes for a message, and the words it makes of it; it runs in the core's threads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.chat.document import Document
from bot.chat.view import View
from bot.exporting import export_documents, is_written
from bot.readiness.assessment import Person
from bot.readiness.refusals import Refused
from bot.usecases import notices, people
from bot.usecases.courtesy import Wait, wait_of
from bot.usecases.file_imports import IMPORTS
from bot.usecases.ports import Claim, Clock, Context, Library, Store, Transaction
from bot.wording.engine import Words
from bot.wording.pages import present, present_refusal


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in its reader's words: the card it came from, what stands in chat, and the language."""

    card: object
    view: View
    words: Words


SaidNow: TypeAlias = Said | Wait | Exception | None
"""What came of a notice: what it says, why it must wait, or what broke; None where it is not worth sending any more."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What it is done with."""

    store: Store
    library: Library
    clock: Clock
    admins: frozenset[str] = frozenset()

    def context(self, tx: Transaction, claim: Claim) -> Context:
        """For the person whom a message is for, as of now; for nobody where it is for a channel."""
        person = Person(id="", name="")
        if claim.notice.person_id:
            person = people.by_settings(tx.people.get(claim.notice.person_id), self.admins)
        return Context(tx=tx, actor=person, library=self.library, now=self.clock.now(), admins=self.admins)


def worded(card: object, language: str) -> Said:
    """A card in a language."""
    words = Words.of(language)
    view = present(card, words)
    assert isinstance(view, View), type(card)
    return Said(card, view, words)


def said_now(desk: Desk, claims: Sequence[Claim], told: Callable[[Claim, object], None]) -> Sequence[SaidNow]:
    """What each of these says now.

    They are of one tenant and platform, and read in one transaction; where that breaks each has one of its own, so that
    none breaks with another. `told` hears of every card.
    """
    try:
        with desk.store.reading_tenant(claims[0].tenant_id, at=claims[0].destination.platform) as tx:
            loaded = [_loaded(desk, tx, claim, told) for claim in claims]
        return [card if isinstance(card, Wait | None) else worded(card, language) for card, language in loaded]
    except Exception as error:
        if len(claims) == 1:
            return [error]
    return [each for claim in claims for each in said_now(desk, [claim], told)]


def _loaded(
    desk: Desk, tx: Transaction, claim: Claim, told: Callable[[Claim, object], None]
) -> tuple[object | Wait | None, str]:
    context = desk.context(tx, claim)
    card = notices.load(context, claim.notice)
    if card is not None:
        told(claim, card)
        if claim.unasked and not claim.ambiguous:
            card = wait_of(context) or card
    return card, context.actor.language


def taken_in(desk: Desk, claim: Claim, found: object) -> Said:
    """What came of a file that was read: taken in within one transaction, or only looked at."""
    of_kind = IMPORTS[claim.notice.kind]
    looks = of_kind.is_look(claim.notice)
    at = claim.destination.platform
    opened = desk.store.reading_tenant if looks else desk.store.of_tenant
    with opened(claim.tenant_id, at=at) as tx:
        context = desk.context(tx, claim)
        language = context.actor.language
        # Told again after a crash, it is still this file that was imported.
        again = not looks and not tx.first_arrival(claim.notice.key)
        try:
            card = of_kind.take_in(context, claim.notice, claim.id, found, again)
        except Refused as refused:
            words = Words.of(language)
            return Said(refused, present_refusal(refused, words), words)
    return worded(card, language)


def written(desk: Desk, claim: Claim, folder: Path) -> tuple[Said, Sequence[Document]]:
    """An export as files in this folder, written while it is read: one transaction from its first row to its last."""
    with desk.store.reading_tenant(claim.tenant_id, at=claim.destination.platform) as tx:
        context = desk.context(tx, claim)
        card = notices.load(context, claim.notice)
        assert is_written(card), type(card)
        said = worded(card, context.actor.language)
        return said, export_documents(card, said.words, folder)
