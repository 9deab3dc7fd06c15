"""The database: its connection, which version its tables have, and the way from an older version to today's.

A change of a table is a revision in `migrations/versions`, and `HEAD` names the last. All revisions that a library
lacks run in one transaction together with their stamp: killed at any moment, it is as it was. A library from before
there were versions is the first. What a newer ask-ilya wrote is left alone.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import Lock, local
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from knowledge.library.file_locks import exclusive
from knowledge.model.errors import LibraryDamaged, LibraryUnavailable

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")
"""How SQLite's names begin of what goes wrong when it writes, which says nothing of what is stored."""
_ENOUGH = 1_000_000
"""Free bytes of a disk that leave room for that file."""


# The way to the database: one connection for SQLite and Postgres, and its errors in one sentence.
def connect(url: str | URL) -> Engine:
    """Return an engine; SQLite gets write-ahead logging, so that readers and a writer do not block each other.

    Raises:
        LibraryUnavailable: the address is none, or its driver is not installed.
    """
    address = _address(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_pre_ping=True)
    elif opened := _read_only(Path(address.database or "")):
        engine = create_engine(address, creator=opened)
    else:
        engine = create_engine(address)
        event.listen(engine, "connect", _set_up)
    event.listen(engine, "handle_error", _in_one_sentence)
    return engine


def _address(url: str | URL) -> URL:
    """Return an address with our driver, however Postgres is spelled."""
    try:
        address = make_url(url)
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect().import_dbapi()
    except ImportError as error:
        raise LibraryUnavailable(
            f"The driver for this database is not installed ({error}): `pip install 'ask-ilya[postgres]'` for Postgres."
        ) from error
    except ArgumentError as error:
        raise LibraryUnavailable(
            "ILYA_DATABASE_URL is no address of a database: use postgresql://USER:PASSWORD@HOST/NAME, or unset it."
        ) from error
    return address


def _read_only(path: Path) -> Callable[[], sqlite3.Connection] | None:
    """Return what opens SQLite's file where nothing can be written beside it; None where it can."""
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not path.is_file() or (writable and _has_room(path)):
        return None
    log = path.with_name(f"{path.name}-wal")
    # a log that holds something must be read with its lock; without one SQLite is told that nobody writes
    told = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return lambda: sqlite3.connect(f"file:{quote(str(path))}?{told}", uri=True, check_same_thread=False)


def _has_room(path: Path) -> bool:
    """Whether SQLite can make the file beside its own that even who only reads needs."""
    if shutil.disk_usage(path.parent).free > _ENOUGH:
        return True  # not tried: others who open a new library at this moment would be in the way
    try:
        with closing(sqlite3.connect(path)) as tried:
            tried.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        return not _lacks_room(error)  # all other trouble is told by who opens it
    return True


def _lacks_room(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(_NO_ROOM)


def _set_up(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        # another connection is switching a new file just now, which SQLite does not wait for
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    except UnicodeDecodeError as error:  # what SQLite would say of a damaged schema holds the damage itself
        raise unavailable(sqlite3.DatabaseError("malformed database schema")) from error
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _in_one_sentence(context: ExceptionContext) -> None:
    """Raise what the database complains of as our error; what a caller expects of its own rows stays as it is."""
    if context.is_pre_ping:
        return  # a connection that broke while it was not used: another is opened in its place
    if not isinstance(context.sqlalchemy_exception, IntegrityError):
        raise unavailable(context.original_exception) from context.original_exception


def unavailable(cause: BaseException) -> LibraryUnavailable:
    """Return our error for one of the database: what happened, and what to do."""
    told = " ".join(str(cause).split()) or type(cause).__name__
    if not _lacks_room(cause) and any(sign in told for sign in ("malformed", "not a database", "disk I/O error")):
        return LibraryDamaged(
            f"The library's file is damaged ({told}): `ilya doctor` tells what can still be read, and `ilya restore "
            "FILE` brings back a backup."
        )
    if "locked" in told:
        return LibraryUnavailable(f"Another program is writing to the library ({told}): try again in a moment.")
    return LibraryUnavailable(
        f"The library cannot be read or written ({told}): check that its folder exists, is writable and has "
        "room, or set ILYA_HOME to another folder. What was stored before is untouched."
    )


class WriterLock:
    """Lets one program at a time do what takes several steps in the database; a thread may take it again inside.

    Raises:
        LibraryUnavailable: on entering, the folder of SQLite's file cannot be written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = local()

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Hold the lock."""
        if getattr(self._own, "is_held", False):
            yield
            return
        with self._between_processes():
            self._own.is_held = True
            try:
                yield
            finally:
                self._own.is_held = False

    @contextmanager
    def _between_processes(self) -> Iterator[None]:
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("SELECT pg_advisory_lock(7430002)")
                try:
                    yield
                finally:
                    connection.exec_driver_sql("SELECT pg_advisory_unlock(7430002)")
        elif database := self._engine.url.database:
            with ExitStack() as stack:
                try:
                    stack.enter_context(exclusive(Path(f"{database}.lock")))
                except OSError as error:
                    raise unavailable(error) from error
                yield
        else:
            yield  # in memory: nobody else sees it


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the database complains of into one sentence that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise unavailable(getattr(error, "orig", None) or error) from error
    except (UnicodeDecodeError, JSONDecodeError) as error:
        raise LibraryDamaged(
            "The library holds what cannot be read: `ilya doctor` tells what is whole, `ilya restore FILE` brings back "
            "a backup."
        ) from error


HEAD = "0006"
_FOLDER = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"
_one_at_a_time = Lock()  # what alembic runs in is one for all threads


def bring_up_to_date(engine: Engine) -> None:
    """Give a library today's tables; costs one query where it has them.

    Raises:
        LibraryUnavailable: it was written by a newer version of this program; nothing is changed.
    """
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    with _one_at_a_time, engine.connect() as connection, connection.begin():
        _lock(connection)
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Run what is missing; alembic is imported only here, as most libraries are of today."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    version = _version(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise LibraryUnavailable(
            f"The library was written by a newer ask-ilya (its tables are version {version}, ours {HEAD}): "
            "update ask-ilya, or set ILYA_HOME to another folder. Nothing was changed."
        )
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSIONS):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()


def _lock(connection: Connection) -> None:
    """Let no other process change the tables until this transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's driver would begin with the first change of a row only
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7430001)")
