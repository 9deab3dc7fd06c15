"""The one store of truth: every edition of every source, with its raw file. SQLite by default, Postgres by URL.

A source is added in one transaction: it is wholly in, or not in. A replaced edition stays readable, so that an
old citation still resolves.
"""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import JSON, URL, Engine, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column

from knowledge.library.database import WriterLock, bring_up_to_date, connect, plain_errors
from knowledge.library.stored_bytes import is_intact, is_sealed, packed, read_raw, read_source, sealed
from knowledge.model.dates import PartialDate
from knowledge.model.errors import LibraryDamaged, LibraryUnavailable, UnknownSource
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source, count_words

_CACHED_SOURCES = 256
"""Sources kept read in memory; chosen by hand."""


class Base(DeclarativeBase):
    """The tables of the database."""


class EditionRow(Base):
    """One edition of a source."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("source_id", "sha256", "reader"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    reader: Mapped[str]
    digest: Mapped[str]
    origin: Mapped[str] = mapped_column(index=True)
    current: Mapped[bool] = mapped_column(index=True)
    added_at: Mapped[datetime] = mapped_column(deferred=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    raw: Mapped[bytes] = mapped_column(LargeBinary)

    def seal(self, *, current: bool) -> None:
        """Say whether the row is current, and seal it anew."""
        self.current = current
        self.summary = sealed(self.summary, *self._facts)

    @property
    def is_whole(self) -> bool:
        """Whether the row, but for its document and file, is what was stored."""
        return is_sealed(self.summary, *self._facts)

    @property
    def was_current(self) -> bool:
        """Whether a row that is not whole was current, as far as can be told."""
        return self.current or is_sealed(self.summary, *self._facts[:-1], True)

    @property
    def _facts(self) -> tuple[str | bool, ...]:
        return self.source_id, self.sha256, self.reader, self.digest, self.origin, self.current


_LISTED = (
    EditionRow.number,
    EditionRow.source_id,
    EditionRow.sha256,
    EditionRow.reader,
    EditionRow.digest,
    EditionRow.origin,
    EditionRow.current,
    EditionRow.summary,
)
"""Everything in a row but what is long."""


class Added(StrEnum):
    """What adding a source did."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class Edition(BaseModel):
    """The key of one edition."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    sha256: str
    digest: str
    """Hash of everything the source says: text, turns, facts. Changes when speakers are reviewed."""

    @property
    def key(self) -> str:
        """Return the edition's name in the index."""
        return f"{self.source_id}:{self.digest[:16]}"


class SourceSummary(BaseModel):
    """One line of `ilya sources`."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    date: PartialDate | None
    venue: str | None
    interviewers: Annotated[tuple[str, ...], Field(exclude=True)] = ()
    """Kept, and not part of what is printed."""
    appearance: Annotated[str | None, Field(exclude=True)] = None
    """The known appearance it is of; kept as well."""
    medium: Annotated[str | None, Field(exclude=True)] = None
    """What it was said or written in, such as a post; kept as well."""
    language: str
    provenance: Provenance
    sha256: str
    words: int
    quotable_words: int
    turns: dict[str, int]

    @classmethod
    def of(cls, source: Source) -> "SourceSummary":
        """Count and describe a source."""
        return cls(
            id=source.id,
            title=source.title,
            date=source.date,
            venue=source.venue,
            interviewers=source.interviewers,
            appearance=source.appearance,
            medium=source.medium,
            language=source.language,
            provenance=source.provenance,
            sha256=source.sha256,
            words=count_words(source.text),
            quotable_words=source.quotable_words(),
            turns=source.turn_counts(),
        )


def digest_of(source: Source) -> str:
    """Return the hash of everything a source says, by which its edition is known."""
    return hashlib.sha256(source.model_dump_json().encode()).hexdigest()


class Library:
    """Sources, read and written through one database."""

    def __init__(self, url: str | URL) -> None:
        self._engine = connect(url)
        with plain_errors():
            bring_up_to_date(self._engine)
        self.writing = WriterLock(self._engine)
        """Held for what takes several steps, such as finding a free id and storing a source under it."""
        self._load = lru_cache(maxsize=_CACHED_SOURCES)(self._load_document)

    @property
    def engine(self) -> Engine:
        """Return the database engine, for the other stores that live in the same database."""
        return self._engine

    def add(self, source: Source, raw: bytes, *, origin: str) -> Added:
        """Store a source with its raw file; a known edition is left as it is.

        The edition before it, of the same id, stays readable but is no longer current.

        Raises:
            ValueError: turns or map do not fit the text; nothing is stored.
        """
        document = source.model_dump_json().encode()
        Source.model_validate_json(document)  # a copy with changed turns was never checked
        digest = digest_of(source)
        kept = {
            "interviewers": list(source.interviewers),
            "appearance": source.appearance,
            "medium": source.medium,
        }
        summary = SourceSummary.of(source).model_dump(mode="json") | kept
        same = select(EditionRow).where(
            EditionRow.source_id == source.id,
            EditionRow.sha256 == source.sha256,
            EditionRow.reader == source.reader,
        )

        def is_held(known: EditionRow | None) -> bool:
            if known is None or not known.current or known.digest != digest or not known.is_whole:
                return False
            if any(known.summary.get(name) != value for name, value in summary.items()):
                return False
            return is_intact(known.document, known.digest) and is_intact(known.raw, known.sha256)

        with plain_errors(), Session(self._engine) as session:
            if is_held(session.scalars(same).one_or_none()):  # told without waiting for who writes
                return Added.UNCHANGED
        with self.writing(), plain_errors(), Session(self._engine) as session, session.begin():
            known = session.scalars(same).one_or_none()
            if is_held(known):  # stored by another meanwhile
                return Added.UNCHANGED
            replaced = _retire(session, source.id)
            if known:
                session.delete(known)
                session.flush()
            row = EditionRow(
                source_id=source.id,
                sha256=source.sha256,
                reader=source.reader,
                digest=digest,
                origin=origin,
                current=True,
                added_at=datetime.now(UTC),
                summary=summary,
                document=packed(document),
                raw=packed(raw),
            )
            row.seal(current=True)
            session.add(row)
        self._load.cache_clear()
        return Added.REPLACED if replaced else Added.NEW

    def remove(self, source_id: str) -> None:
        """Take a source out of search; its editions stay readable for citations that point at them.

        Raises:
            UnknownSource: there is no such source.
        """
        with self.writing(), plain_errors(), Session(self._engine) as session, session.begin():
            if not _retire(session, source_id):
                raise UnknownSource(source_id)

    def summaries(self) -> list[SourceSummary]:
        """Return one summary per current source, oldest first, undated last.

        Raises:
            LibraryDamaged: one of them is not what was stored.
        """
        try:
            found = [SourceSummary.model_validate(row.summary) for row in self._listed()]
        except ValueError as error:
            raise LibraryDamaged(
                "The list of sources is not what was stored: `ilya restore` brings back a backup."
            ) from error
        return sorted(found, key=lambda summary: (summary.date is None, summary.date or "", summary.id))

    def readers(self) -> dict[str, str]:
        """Return which reader made the current edition of each source, by source id."""
        query = select(EditionRow.source_id, EditionRow.reader).where(EditionRow.current).order_by(EditionRow.number)
        with plain_errors(), Session(self._engine) as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def editions(self) -> list[Edition]:
        """Return the current editions, in the order they were added."""
        return [Edition(source_id=row.source_id, sha256=row.sha256, digest=row.digest) for row in self._listed()]

    def _listed(self) -> list[EditionRow]:
        """Return the current rows without what is long in them, in the order they were added.

        Every row is looked at: one that says by damage that it is not current would be missed otherwise.

        Raises:
            LibraryDamaged: one is not what was stored.
        """
        query = select(EditionRow).options(load_only(*_LISTED)).order_by(EditionRow.number)
        with plain_errors(), Session(self._engine) as session:
            rows = list(session.scalars(query))
            session.expunge_all()
        for row in rows:
            if not row.is_whole:
                raise LibraryDamaged(
                    f"The line about “{row.source_id}” is not what was stored: `ilya doctor` tells what is whole, "
                    "`ilya doctor --mend` reads it anew from its file, `ilya restore` brings back a backup."
                )
        return [row for row in rows if row.current]

    def source(self, source_id: str, sha256: str | None = None) -> Source:
        """Return the current edition of a source, or the edition whose SHA-256 starts with `sha256`.

        Raises:
            UnknownSource: there is no such source or edition.
        """
        query = select(EditionRow.number, EditionRow.digest).where(EditionRow.source_id == source_id)
        if sha256 is None:
            query = query.where(EditionRow.current)
        else:
            query = query.where(EditionRow.sha256.startswith(sha256, autoescape=True))
        with plain_errors(), self._engine.connect() as connection:
            found = connection.execute(query.order_by(EditionRow.number.desc()).limit(1)).one_or_none()
        if found is None:
            raise UnknownSource(source_id)
        # SQLite gives the number of a row that another process replaced to the row that takes its place
        return self._load(found.number, found.digest)

    def raw(self, source: Source) -> bytes:
        """Return the raw file that a source was read from."""
        query = select(EditionRow.raw).where(EditionRow.source_id == source.id, EditionRow.sha256 == source.sha256)
        with plain_errors(), Session(self._engine) as session:
            found = session.scalars(query.limit(1)).one_or_none()
        if found is None:
            raise UnknownSource(source.id)
        return read_raw(found, source.sha256, source_id=source.id)

    def holding(self, sha256: str) -> str | None:
        """Return the id of the current source read from a raw file with this hash."""
        query = select(EditionRow.source_id).where(EditionRow.sha256 == sha256, EditionRow.current)
        with plain_errors(), Session(self._engine) as session:
            return session.scalars(query.limit(1)).one_or_none()

    def id_for(self, slug: str, origin: str) -> str:
        """Return `slug`, or `slug-2`, `slug-3` …: the first that is free or was read from the same origin."""
        query = select(EditionRow.origin).order_by(EditionRow.number.desc()).limit(1)
        with plain_errors(), Session(self._engine) as session:
            for number in range(1, 10_000):
                candidate = slug if number == 1 else f"{slug}-{number}"
                holder = session.scalar(query.where(EditionRow.source_id == candidate))
                if holder is None or holder == origin:
                    return candidate
        raise LibraryUnavailable(f"There are already 10,000 sources called “{slug}”; rename the file.")

    def _load_document(self, number: int, digest: str) -> Source:
        columns = (EditionRow.document, EditionRow.source_id, EditionRow.sha256)
        query = select(*columns).where(EditionRow.number == number, EditionRow.digest == digest)
        with plain_errors(), Session(self._engine) as session:
            document, source_id, sha256 = session.execute(query).one()
        return read_source(document, digest, source_id=source_id, sha256=sha256)


def _retire(session: Session, source_id: str) -> int:
    """Let the current edition of a source be current no more; return how many there were."""
    query = select(EditionRow).options(load_only(*_LISTED))
    rows = session.scalars(query.where(EditionRow.source_id == source_id, EditionRow.current)).all()
    for row in rows:
        row.seal(current=False)
    session.flush()
    return len(rows)
