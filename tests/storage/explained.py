"""How a database means to answer what was asked of it."""

from collections.abc import Callable

from sqlalchemy import Connection, event

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
