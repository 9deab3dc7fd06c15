"""Which version of the tables a library has, and the way from an older one to today's.

A change of a table is a revision in `migrations/versions`, and `HEAD` names the last. All revisions that a library
lacks run in one transaction together with their stamp: killed at any moment, it is as it was. A library from before
there were versions is the first. What a newer ask-ilya wrote is left alone.
"""

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, inspect, text

from knowledge.model.errors import LibraryUnavailable

HEAD = "0001"
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
