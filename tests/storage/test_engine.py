"""What the engines keep to themselves."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import Engines, make_migrating_engine

ANSWER = "what a person wrote"


def test_the_fault_of_a_statement_does_not_repeat_what_people_wrote(engines: Engines, database_url: str) -> None:
    for engine in (*engines, make_migrating_engine(database_url)):
        with engine.connect() as connection, pytest.raises(DBAPIError) as fault:
            connection.execute(text("SELECT :note FROM no_such_table"), {"note": ANSWER})
        assert "no_such_table" in str(fault.value)
        assert ANSWER not in str(fault.value)
        assert ANSWER not in repr(fault.value)
