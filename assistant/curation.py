"""Changing what is known: sources added, taken out, and reviewed; the index follows the library in the same call.

Every surface changes the library through `Assistant.add`, `remove` and `review`, which stand on these functions, so
that none can change the one and forget the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.fetching.polite_fetcher import PoliteFetcher
from knowledge.library.catalogue_import import CatalogueRow, import_catalogue
from knowledge.library.corrections import store_change
from knowledge.library.importer import FileReport, Outcome, import_paths
from knowledge.library.importer import Progress as Importing
from knowledge.library.store import Library
from knowledge.metadata.catalogue import known_appearances
from knowledge.model.source import FactName, FactValue, Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.search import Index, Progress
from knowledge.speakers.review import Decision, confirm


def add(  # noqa: PLR0913  # what is imported, where to, and what a person says of it
    library: Library,
    index: Index,
    subject: Subject,
    paths: Iterable[Path | str],
    *,
    reading: Importing | None = None,
    embedding: Progress | None = None,
    allow_private: bool = False,
    given: Mapping[FactName, FactValue] | None = None,
    solo: bool = False,
    searchable: bool = True,
) -> list[FileReport]:
    """Import files, folders and web addresses and make their quotable words searchable; return a report per file.

    Args:
        library: where the sources are kept.
        index: what searches them.
        subject: whose words are quoted.
        paths: what is imported.
        reading: hears how many files are read.
        embedding: hears how many passages are embedded.
        allow_private: whether addresses of the own network may be fetched.
        given: facts that a person gives about every one of them.
        solo: whether a person says that they are talks of the subject alone.
        searchable: whether their words are made searchable now, or by the next `index.sync`.
    """
    imported = import_paths(
        paths, library, subject, on_progress=reading, allow_private=allow_private, given=given, solo=solo
    )
    reports = list(imported)
    if searchable and any(report.outcome in (Outcome.NEW, Outcome.REPLACED) for report in reports):
        index.sync(embedding)
    return reports


def add_catalogue(
    library: Library,
    index: Index,
    subject: Subject,
    *,
    fetching: Importing | None = None,
    embedding: Progress | None = None,
    allow_private: bool = False,
) -> Iterator[CatalogueRow]:
    """Fetch what is public of every known appearance; yield a line for each, and make its words searchable at the end.

    Args:
        library: where the sources are kept.
        index: what searches them.
        subject: whose words are quoted.
        fetching: hears how many appearances are done.
        embedding: hears how many passages are embedded.
        allow_private: whether addresses of the own network may be fetched.
    """
    fetcher = PoliteFetcher(allow_private=allow_private, languages=subject.languages)
    appearances = known_appearances()
    try:
        for done, row in enumerate(import_catalogue(appearances, library, subject, fetcher.fetch), 1):
            if fetching:
                fetching(done, len(appearances))
            yield row
    finally:  # what was got before it was stopped is searched too
        index.sync(embedding)


def remove(library: Library, index: Index, source_id: str) -> None:
    """Take a source out of search; old citations still resolve.

    Raises:
        UnknownSource: no such source is held.
    """
    library.remove(source_id)
    index.sync()


def review(library: Library, index: Index, source: Source, decisions: Sequence[Decision]) -> Source:
    """Store a source with the speakers a person decided on, make its words searchable, and return it.

    Raises:
        SpanError: a decision is not a run of whole sentences inside one turn, or two overlap.
    """
    reviewed = confirm(source, decisions)
    store_change(library, source, reviewed)
    index.sync()
    return reviewed


def decision(subject: Subject, start: int, end: int, role: Role, speaker: str | None) -> Decision:
    """Return a decision on characters [start, end); the subject's name is known, another's is `speaker`."""
    name = subject.name if role is Role.SUBJECT else speaker
    return Decision(start=start, end=end, role=role, speaker=name)
