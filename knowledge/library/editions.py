"""Editions, current or not, looked up by the file they hold; and what tells that the current ones have changed.

The current editions themselves are `Library.editions`.
"""

from collections.abc import Iterator

from sqlalchemy import String, cast, func, select

from knowledge.library.store import EditionRow, Library
from knowledge.library.stored_bytes import read_source
from knowledge.model.source import Source

_STATE = select(func.count(), func.sum(EditionRow.number), cast(func.max(EditionRow.added_at), String)).where(
    EditionRow.current
)


def library_state(library: Library) -> str:
    """Return a text that changes whenever what is current in the library changes; far cheaper than reading it."""
    with library.engine.connect() as connection:
        return ":".join(map(str, connection.execute(_STATE).one()))


def removed_sources(library: Library) -> set[str]:
    """Return the ids of sources that were held once and are no longer searched."""
    with library.engine.connect() as connection:
        rows = connection.execute(select(EditionRow.source_id, EditionRow.current).distinct()).all()
    return {row[0] for row in rows} - {row[0] for row in rows if row[1]}


def sources_from(library: Library, origin_start: str) -> set[str]:
    """Return the ids of current sources whose origin starts so."""
    matches = EditionRow.origin.startswith(origin_start, autoescape=True)
    with library.engine.connect() as connection:
        return set(connection.execute(select(EditionRow.source_id).where(EditionRow.current, matches)).scalars())


def editions_of_file(library: Library, sha256_start: str) -> Iterator[Source]:
    """Yield what was read from files whose SHA-256 starts so: current editions first, then the newest."""
    matches = EditionRow.sha256.startswith(sha256_start, autoescape=True)
    columns = (EditionRow.document, EditionRow.digest, EditionRow.source_id, EditionRow.sha256)
    query = select(*columns).where(matches).order_by(EditionRow.current.desc(), EditionRow.number.desc())
    with library.engine.connect() as connection:
        for document, digest, source_id, sha256 in connection.execute(query):
            yield read_source(document, digest, source_id=source_id, sha256=sha256)


def origin_of(library: Library, source: Source) -> str | None:
    """Return the path or url a source was added from."""
    query = select(EditionRow.origin).where(EditionRow.source_id == source.id, EditionRow.sha256 == source.sha256)
    with library.engine.connect() as connection:
        return connection.execute(query.order_by(EditionRow.number.desc()).limit(1)).scalar()
