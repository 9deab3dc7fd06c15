"""The way to the database: one connection for SQLite and Postgres, and its errors in one sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from knowledge.model.errors import LibraryUnavailable


def connect(url: str) -> Engine:
    """Return an engine; SQLite gets write-ahead logging, so that readers and a writer do not block each other."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=10000")
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                # another connection is switching a new file just now, which SQLite does not wait for
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

    return engine


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the database complains of into one sentence that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise LibraryUnavailable(
            f"The library cannot be read or written ({cause}): check that its folder exists, is writable and has "
            "room, or set ILYA_HOME to another folder. What was stored before is untouched."
        ) from error
