"""Going through all that a library holds: what is damaged, what can be saved, and reading it anew from its raw file.

`damaged` looks at every edition's digests; with `derive` it also reads every raw file again, so that a text that its
own digest agrees with and its file does not is found too.
"""

from collections.abc import Iterator
from contextlib import suppress

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from knowledge.formats.document import READERS, versioned
from knowledge.library.store import EditionRow, Library, SourceSummary
from knowledge.library.stored_bytes import is_intact, read_raw, read_source
from knowledge.model.errors import LibraryUnavailable, SourceDamaged, SourceRefused
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers


class Damage(BaseModel):
    """What is wrong with one edition."""

    model_config = ConfigDict(frozen=True)

    number: int
    """Of its row."""
    source_id: str
    current: bool
    what: str
    raw_is_whole: bool
    """Whether the raw file is the one that was stored: then the source can be read anew."""


def damaged(library: Library, subject: Subject, *, derive: bool = False) -> Iterator[Damage]:
    """Yield what is wrong, edition by edition.

    Args:
        library: what is gone through.
        subject: whose words the readers look for.
        derive: also read every raw file again and compare the text.

    Raises:
        LibraryUnavailable: not even the list of editions can be read.
    """
    for number in _numbers(library):
        try:
            row = _row(library, number)
        except (LibraryUnavailable, ValueError):  # the latter: a column that cannot even be decoded
            yield Damage(
                number=number,
                source_id=f"no. {number}",
                current=True,
                what="its row cannot be read",
                raw_is_whole=False,
            )
            continue
        if row is not None and (what := _wrong(row, subject, derive=derive)):
            whole = is_intact(row.raw, row.sha256)
            current = row.current if row.is_whole else row.was_current
            named = row.source_id if isinstance(row.source_id, str) else f"no. {number}"
            yield Damage(number=number, source_id=named, current=current, what=what, raw_is_whole=whole)


def mend(library: Library, subject: Subject) -> list[str]:
    """Read every damaged current source anew from its raw file; return the ids of those that are whole again.

    What a person decided about who speaks in them is lost with the damaged text.
    """
    mended = []
    for found in list(damaged(library, subject, derive=True)):
        if found.current and found.raw_is_whole:
            row = _row(library, found.number)
            assert row is not None
            raw = read_raw(row.raw, row.sha256, source_id=row.source_id)
            fresh = read(raw, origin=row.origin, source_id=row.source_id, subject=subject)
            library.add(with_known_speakers(fresh), raw, origin=row.origin)
            mended.append(row.source_id)
        elif not found.current:
            _seal_anew(library, found.number)
    return mended


def broken_file(library: Library) -> str | None:
    """Return what SQLite finds wrong with its own file, None when nothing is or when the library is elsewhere."""
    if library.engine.dialect.name != "sqlite":
        return None
    with library.engine.connect() as connection:
        found = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    return None if found == "ok" else found


def _wrong(row: EditionRow, subject: Subject, *, derive: bool) -> str | None:
    try:
        source = read_source(row.document, row.digest, source_id=row.source_id, sha256=row.sha256)
    except SourceDamaged:
        return "its text is not what was stored"
    if not is_intact(row.raw, row.sha256):
        return "its raw file is not what was stored"
    if not row.is_whole:
        return "its line in the list of sources is not what was stored"
    printed = [name for name, field in SourceSummary.model_fields.items() if not field.exclude]
    listed = {name: row.summary.get(name) for name in printed}
    if listed != SourceSummary.of(source).model_dump(mode="json"):
        return "its line in the list of sources is not what was stored"
    return _underived(source, row, subject) if derive else None


def _underived(source: Source, row: EditionRow, subject: Subject) -> str | None:
    """Read a raw file again with the reader that read it; what another version or a hand made cannot be."""
    name = source.reader.partition("/")[0]
    if name not in READERS or source.reader != versioned(name):
        return None
    try:
        fresh = read(
            read_raw(row.raw, row.sha256, source_id=row.source_id),
            origin=row.origin,
            source_id=row.source_id,
            subject=subject,
        )
    except SourceRefused:
        return "its raw file is refused today"
    return None if fresh.text == source.text else "its text is not what its raw file says"


def _numbers(library: Library) -> list[int]:
    with library.engine.connect() as connection:
        return list(connection.execute(select(EditionRow.number).order_by(EditionRow.number)).scalars())


def _row(library: Library, number: int) -> EditionRow | None:
    with Session(library.engine) as session:
        found = session.get(EditionRow, number)
        if found is not None:
            session.expunge(found)
        return found


def _seal_anew(library: Library, number: int) -> None:
    """Let the row of an edition that is no longer searched say what its source says; the source has its own digest."""
    with library.writing(), Session(library.engine) as session, session.begin():
        if row := session.get(EditionRow, number):
            with suppress(SourceDamaged):  # told by `damaged`, which nothing can mend without its raw file's reader
                source = read_source(row.document, row.digest, source_id=row.source_id, sha256=row.sha256)
                row.summary = row.summary | SourceSummary.of(source).model_dump(mode="json")
            row.seal(current=False)
