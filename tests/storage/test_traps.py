"""Raised traps and corrections come back as they were stored; words can be erased, a trap stands once."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.readiness.trap_findings import TrapSeverity
from storage.engine import Engines
from storage.store import Store
from tests.storage.values import ADA, CORRECTION, EVE, NOW, RAISED, fill


def test_a_raised_trap_and_its_corrections_come_back_as_they_were(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.traps.correct(replace(CORRECTION, id="c2", person_id="ada", text=""))
    with store.reading(ADA) as tx:
        assert tx.traps.get("t1") == RAISED
        assert tx.traps.open_of("p1") == [RAISED]
        both = [CORRECTION, replace(CORRECTION, id="c2", person_id="ada", text="")]
        assert tx.traps.corrections("p1") == {"no-business-case": both}
        assert tx.traps.corrections("p2") == {}
        assert tx.traps.open_of_many(["p2", "p1"]) == [RAISED]
        assert tx.traps.corrections_of_many(["p2", "p1"]) == {"p1": {"no-business-case": both}}


def test_the_heaviest_stand_first_and_the_gone_stand_nowhere(store: Store) -> None:
    gone = replace(RAISED, gone_at=NOW, gone_by="m1", told_by=None)
    ask = replace(RAISED, id="t2", trap_id="tech-first", severity=TrapSeverity.ASK, told_by=None)
    high = replace(RAISED, id="t3", told_by=None)
    with store.writing(ADA) as tx:
        fill(tx)
        tx.traps.save(gone)
        tx.traps.add(ask)
        tx.traps.add(high)
        assert tx.traps.open_of("p1") == [high, ask]
        assert tx.traps.told_or_gone_by("m1") == [gone]
        tx.traps.save(replace(high, told_by="m1"))
        assert {each.id for each in tx.traps.told_or_gone_by("m1")} == {"t1", "t3"}


def test_a_trap_of_a_project_stands_once(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with pytest.raises(IntegrityError), store.writing(ADA) as tx:
        tx.traps.add(replace(RAISED, id="t2"))


def test_what_is_not_there_or_anothers_is_not_found(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with store.writing(EVE) as tx:
        with pytest.raises(KeyError):
            tx.traps.get("t1")
        with pytest.raises(KeyError):
            tx.traps.save(RAISED)
        assert tx.traps.open_of("p1") == []
        assert tx.traps.corrections("p1") == {}
        assert tx.traps.corrections_of_many(["p1"]) == {}


def test_the_words_of_a_correction_can_be_erased_and_the_fact_stays(engines: Engines, store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM trap_correction_text"))
    with store.reading(ADA) as tx:
        assert tx.traps.corrections("p1") == {"no-business-case": [replace(CORRECTION, text="")]}
