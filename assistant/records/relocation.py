"""Moving a library into another database: every row of every table, in one transaction, then proved by reading it.

The library that is copied is left as it is.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select

from knowledge.library.database import plain_errors
from knowledge.library.store import EditionRow, Library
from knowledge.model.errors import LibraryUnavailable

_VERSIONS = "alembic_version"
_AT_ONCE = 50


class Relocated(NamedTuple):
    """What was copied: rows by table."""

    rows: dict[str, int]
    editions: int


def relocate(library: Library, to: Library) -> Relocated:
    """Copy a library into an empty one, and read every edition back from there.

    Raises:
        LibraryUnavailable: the other holds something already, cannot be written, or does not give back what was
            copied; it is then as it was.
    """
    if library.engine.url == to.engine.url:
        raise LibraryUnavailable("This is the database that the library is in already.")
    here, there = library.engine, to.engine
    with library.writing(), to.writing(), plain_errors(), here.connect() as source, there.begin() as target:
        counts = {name: _copy(source, target, table) for name, table in _tables(here, there)}
        _prove(source, target)
    return Relocated(counts, counts[EditionRow.__tablename__])


def _tables(engine: Engine, other: Engine) -> Iterator[tuple[str, tuple[Table, Table]]]:
    """Yield the tables of both, in an order in which rows may be inserted."""
    here, there = MetaData(), MetaData()
    here.reflect(engine)
    there.reflect(other)
    for table in there.sorted_tables:
        if table.name == _VERSIONS:
            continue
        if table.name in here.tables:
            yield table.name, (here.tables[table.name], table)
    if unknown := sorted(set(here.tables) - set(there.tables)):
        raise LibraryUnavailable(f"The library has tables that this version does not know: {', '.join(unknown)}.")


def _copy(source: Connection, target: Connection, tables: tuple[Table, Table]) -> int:
    ours, theirs = tables
    if target.scalar(select(func.count()).select_from(theirs)):
        raise LibraryUnavailable(
            f"The other database holds something already (table {theirs.name}): name an empty one. Nothing was changed."
        )
    count = 0
    with source.execution_options(yield_per=_AT_ONCE).execute(select(ours)) as rows:
        for part in rows.partitions():
            target.execute(insert(theirs), [dict(row._mapping) for row in part])
            count += len(part)
    _go_on_counting(target, theirs)
    return count


def _go_on_counting(target: Connection, table: Table) -> None:
    """Let Postgres number the next row behind those that came with their numbers."""
    if target.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if column.autoincrement is not False and column.type.python_type is int and len(table.primary_key.columns) == 1:
            highest = select(func.coalesce(func.max(column), 0)).scalar_subquery()
            name = func.pg_get_serial_sequence(table.name, column.name)
            target.execute(select(func.setval(name, highest + 1, False)))


def _prove(source: Connection, target: Connection) -> None:
    """Compare what both hold of every edition, byte by byte."""
    facts: list[Any] = [EditionRow.number, EditionRow.source_id, EditionRow.digest]
    query = (
        select(*facts, EditionRow.document, EditionRow.raw)
        .order_by(EditionRow.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    with source.execute(query) as ours, target.execute(query) as theirs:
        for left, right in zip(ours, theirs, strict=True):
            if tuple(left) != tuple(right):
                raise LibraryUnavailable(f"“{left.source_id}” is not the same there. Nothing was changed.")
