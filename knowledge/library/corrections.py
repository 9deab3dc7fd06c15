"""What a person corrects about a source in the library: facts given and taken back, a solo talk, a review undone.

Each is a new edition of the same file and text, so that quotes already cited keep resolving. The source as it was is
kept beside each change: changes are listed, newest first, and the newest can be undone while nothing followed it.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, LargeBinary, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.database import plain_errors
from knowledge.library.editions import origin_of
from knowledge.library.store import Base, Library, digest_of
from knowledge.library.stored_bytes import packed, read_source
from knowledge.metadata.given_facts import given_to, with_given, without_given
from knowledge.model.errors import FactRefused, UnknownSource
from knowledge.model.source import FactName, FactValue, Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from knowledge.speakers.solo_talks import as_talk


def give_facts(library: Library, source_id: str, facts: Mapping[FactName, FactValue], subject: Subject) -> Source:
    """Store a source with facts that a person gives, and return it.

    Raises:
        UnknownSource: there is no such source.
    """
    return _changed(library, source_id, lambda held: with_given(held, facts, subject))


def take_back_facts(library: Library, source_id: str, names: Collection[FactName]) -> Source:
    """Store a source with what its file says in place of given facts; without names, of all of them.

    Raises:
        UnknownSource: there is no such source.
        FactRefused: a fact was not given by a person.
    """

    def back(held: Source) -> Source:
        given = given_to(held)
        for name in names:
            if name not in given:
                raise FactRefused(name.value, str(getattr(held, name.value) or ""), "it was not given by a person")
        return without_given(held, names or given)

    return _changed(library, source_id, back)


def give_talk(library: Library, source_id: str, subject: Subject, *, leaving: Collection[int] = ()) -> Source:
    """Store a source whose unknown sentences, except those numbered `leaving`, a person says are the subject's.

    Raises:
        UnknownSource: there is no such source.
        SourceRefused: the file shows itself that it is no record of speech.
    """
    return _changed(library, source_id, lambda held: as_talk(held, subject, leaving=leaving))


def forget_review(library: Library, source_id: str, subject: Subject) -> Source:
    """Store a source as its file says who speaks, without what persons decided; given facts stay.

    Raises:
        UnknownSource: there is no such source.
        SourceRefused: today's reader no longer reads its file.
    """

    def anew(held: Source) -> Source:
        origin = origin_of(library, held) or held.id
        fresh = with_known_speakers(read(library.raw(held), origin=origin, source_id=held.id, subject=subject))
        return with_given(fresh, given_to(held), subject)

    return _changed(library, source_id, anew)


def _changed(library: Library, source_id: str, change: Callable[[Source], Source]) -> Source:
    held = library.source(source_id)
    changed = change(held)
    store_change(library, held, changed)
    return changed


_KEPT = 100
"""Changes of one source that are listed."""


class ChangeRow(Base):
    """One change of one source."""

    __tablename__ = "changes"

    number: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    changed_at: Mapped[datetime]
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[bytes] = mapped_column(LargeBinary)
    before_digest: Mapped[str]
    after_digest: Mapped[str]
    undone_at: Mapped[datetime | None]


class FactChange(BaseModel):
    """A fact, what it was and what it became."""

    model_config = ConfigDict(frozen=True)

    name: FactName
    before: FactValue
    after: FactValue


class Change(BaseModel):
    """A change as it is listed: which facts, and how many words may be quoted before and after it."""

    model_config = ConfigDict(frozen=True)

    number: int
    changed_at: datetime
    facts: tuple[FactChange, ...]
    quotable_before: int
    quotable_after: int
    undone: bool
    can_be_undone: bool


def store_change(library: Library, before: Source, after: Source) -> None:
    """Store what a person made of a source, and keep what it was; nothing is kept where nothing changed."""
    raw, origin = library.raw(before), origin_of(library, before) or before.id
    old, new = digest_of(before), digest_of(after)
    library.add(after, raw, origin=origin)
    if old == new:
        return
    with plain_errors(), Session(library.engine) as session, session.begin():
        session.add(
            ChangeRow(
                source_id=before.id,
                sha256=before.sha256,
                changed_at=datetime.now(UTC),
                told=_told(before, after),
                before=packed(before.model_dump_json().encode()),
                before_digest=old,
                after_digest=new,
                undone_at=None,
            )
        )


def changes_of(library: Library, source_id: str) -> list[Change]:
    """Return what persons changed about a source, newest first; at most one of them can be undone next.

    Raises:
        UnknownSource: there is no such source.
    """
    now = digest_of(library.source(source_id))
    query = select(ChangeRow).where(ChangeRow.source_id == source_id).order_by(ChangeRow.number.desc()).limit(_KEPT)
    with plain_errors(), Session(library.engine) as session:
        rows = session.scalars(query).all()
        newest = next((row.number for row in rows if row.undone_at is None), None)
        return [
            Change.model_validate(
                {
                    "number": row.number,
                    "changed_at": row.changed_at,
                    **row.told,
                    "undone": row.undone_at is not None,
                    "can_be_undone": row.number == newest and row.after_digest == now,
                }
            )
            for row in rows
        ]


def undo_change(library: Library, source_id: str, number: int) -> Source:
    """Store a source as it was before its newest change, and return it.

    Raises:
        UnknownSource: there is no such source, or no such change of it.
        FactRefused: it is not the newest change, or the source has changed otherwise since.
    """
    listed = {change.number: change for change in changes_of(library, source_id)}
    if number not in listed:
        raise UnknownSource(source_id)
    if not listed[number].can_be_undone:
        raise FactRefused("change", str(number), "only the newest change can be undone, while nothing followed it")
    with plain_errors(), Session(library.engine) as session:
        row = session.get_one(ChangeRow, number)
        before = read_source(row.before, row.before_digest, source_id=source_id, sha256=row.sha256)
    library.add(before, library.raw(before), origin=origin_of(library, before) or before.id)
    with plain_errors(), Session(library.engine) as session, session.begin():
        session.execute(update(ChangeRow).where(ChangeRow.number == number).values(undone_at=datetime.now(UTC)))
    return before


def _told(before: Source, after: Source) -> dict[str, Any]:
    facts = [
        {"name": name.value, "before": getattr(before, name.value), "after": getattr(after, name.value)}
        for name in FactName
        if getattr(before, name.value) != getattr(after, name.value)
    ]
    return {
        "facts": facts,
        "quotable_before": before.quotable_words(),
        "quotable_after": after.quotable_words(),
    }
