"""A version never changes; which one is current comes with the transaction."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.readiness.framework_versions import FrameworkKey
from storage.bound import WritingRefused
from storage.engine import Engines
from storage.store import Store
from tests.storage.values import ADA, ASSESSMENT, EVE, FRAMEWORK, FRAMEWORK_TEXT, PERSON, fill

OLDER = FrameworkKey("poc_to_production", "1.0")


def test_a_version_that_is_there_keeps_its_text(store: Store) -> None:
    with store.writing(ADA) as tx:
        assert tx.frameworks.current is None
        assert tx.frameworks.add(FRAMEWORK, FRAMEWORK_TEXT)
        assert not tx.frameworks.add(replace(FRAMEWORK, imported_by=None), "another text")
    with store.reading(ADA) as tx:
        assert tx.frameworks.text(FRAMEWORK.key) == FRAMEWORK_TEXT
        assert tx.frameworks.all() == [FRAMEWORK]
        assert tx.frameworks.text(FrameworkKey("claims", "1.1")) is None


def test_the_current_one_is_known_from_the_first_statement_on(store: Store, engines: Engines) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        assert tx.frameworks.current == FRAMEWORK.key
        tenant = tx.tenant_id
    statements: list[str] = []
    with engines.reading.connect() as connection:
        pool = connection.engine

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(pool, "before_cursor_execute", count)
    with store.reading(ADA) as tx:
        assert tx.frameworks.current == FRAMEWORK.key
    with store.reading_tenant(tenant) as tx:
        assert tx.frameworks.current == FRAMEWORK.key
    event.remove(pool, "before_cursor_execute", count)
    assert len([each for each in statements if "SELECT" in each]) == 2


def test_one_tenants_choice_is_nobody_elses(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with store.writing(EVE) as tx:
        assert tx.frameworks.current is None
        assert tx.frameworks.add(FRAMEWORK, "their own text")
        tx.frameworks.choose(FrameworkKey("theirs", "2"))
    with store.reading(ADA) as tx:
        assert tx.frameworks.current == FRAMEWORK.key
        assert tx.frameworks.text(FRAMEWORK.key) == FRAMEWORK_TEXT


def test_projects_stand_by_the_version_of_their_latest_result_and_of_what_is_open(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        assert dict(tx.frameworks.assessed()) == {OLDER: ["churn"]}
        assert dict(tx.frameworks.asked()) == {FrameworkKey(ASSESSMENT.framework_id, "1.0"): ["churn"]}


def test_a_choice_that_is_rolled_back_was_never_made(store: Store) -> None:
    with store.writing(ADA) as tx:
        tx.people.add(PERSON)

    def imported_in_vain() -> None:
        with store.writing(ADA) as tx:
            tx.frameworks.add(FRAMEWORK, FRAMEWORK_TEXT)
            tx.frameworks.choose(FRAMEWORK.key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        imported_in_vain()
    with store.reading(ADA) as tx:
        assert tx.frameworks.current is None
        assert tx.frameworks.all() == []
        with pytest.raises(WritingRefused):
            tx.frameworks.choose(FRAMEWORK.key)


def test_every_installation_is_known_with_its_tenant(store: Store) -> None:
    for actor in (ADA, EVE):
        with store.writing(actor):
            pass
    assert [each[1:] for each in store.installations()] == [("slack", "T1"), ("slack", "T2")]
