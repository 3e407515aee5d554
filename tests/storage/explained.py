"""How a database means to answer what was asked of it."""

from collections.abc import Callable

from sqlalchemy import Connection, event, text

from storage.engine import Engines


def plans(engines: Engines, act: Callable[[], object], explain: str = "EXPLAIN ") -> str:
    """Do `act` and explain every select it made."""
    asked: list[tuple[str, object]] = []

    def note(connection: Connection, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    act()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    if engines.reading.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN "
    assert asked
    with engines.reading.connect() as connection:
        answers = [connection.exec_driver_sql(explain + statement, parameters) for statement, parameters in asked]
        return "\n".join(str(row[-1]) for answer in answers for row in answer)


def gather_figures(engines: Engines) -> None:
    """Let the database look at its tables: the plans that it makes from here on rest on what is in them.

    On PostgreSQL also without the room that rows deleted by tests before have left: a plan goes by the size of an index
    as well, and then would depend on which tests this process ran before.
    """
    if engines.writing.dialect.name == "sqlite":
        with engines.writing.begin() as connection:
            connection.execute(text("ANALYZE"))
        return
    with engines.writing.connect() as connection:
        # It cannot run inside a transaction.
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (FULL, ANALYZE)"))
