"""From paths and addresses to sources in the library: one report per file, broken files reported and passed over.

Each source is one transaction of the library: an import killed at any moment is completed by the next.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from knowledge.fetching.fetcher import fetch
from knowledge.formats.document import is_outdated
from knowledge.library.bounded_reader import read_bounded
from knowledge.library.corrections import give_facts, give_talk
from knowledge.library.reader_updates import Reread, reread
from knowledge.library.store import Added, Library
from knowledge.metadata.given_facts import given_to, with_given
from knowledge.model.dates import PartialDate
from knowledge.model.errors import SourceDamaged, SourceRefused, UnknownSource
from knowledge.model.provenance import Provenance
from knowledge.model.source import FactName, FactValue, Source, count_words
from knowledge.model.subject import Subject
from knowledge.speakers.review import REVIEWED
from knowledge.writings.post_bundles import PostBundle, posts_of

MAX_BYTES = 50_000_000
"""A transcript of ten hours has one megabyte; what is larger is something else."""


class Progress(Protocol):
    """Hears how far an import is."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` files are finished."""


class Outcome(StrEnum):
    """What importing a file did."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class FileReport(BaseModel):
    """One line of the table that `ilya add` prints: what was understood of a file, or why it was refused."""

    model_config = ConfigDict(frozen=True)

    origin: str
    outcome: Outcome
    source_id: str | None = None
    title: str | None = None
    kind: str | None = None
    provenance: Provenance | None = None
    date: PartialDate | None = None
    speakers: tuple[str, ...] = ()
    words: int = 0
    quotable_words: int = 0
    notes: tuple[str, ...] = ()
    reason: str | None = None


def import_paths(
    paths: Iterable[Path | str],
    library: Library,
    subject: Subject,
    *,
    on_progress: Progress | None = None,
    allow_private: bool = False,
    given: Mapping[FactName, FactValue] | None = None,
    solo: bool = False,
) -> Iterator[FileReport]:
    """Import files, folders and web addresses; yield a report for each file as it is done.

    A file that is held already is left as it is. Folders are walked in the order of names, hidden files and links
    that lead back left out. `allow_private` admits web addresses inside the own network.
    `given`: facts that a person gives about every one of them; `solo`: a person says that they are the subject's talks.

    Raises:
        LibraryUnavailable: the library cannot be written; what was imported before stays.
    """
    origins = [origin for path in paths for origin in _origins(path)]
    for done, origin in enumerate(origins):
        if on_progress:
            on_progress(done, len(origins))
        try:
            report = _import(origin, library, subject, allow_private=allow_private)
            yield _corrected(report, library, subject, given or {}, solo=solo)
        except SourceRefused as refused:
            yield FileReport(origin=refused.origin, outcome=Outcome.REFUSED, reason=refused.reason)
    if on_progress:
        on_progress(len(origins), len(origins))


def source_slug(name: str) -> str:
    """Return the id that a file's or page's name gives: letters and digits of any script, joined by hyphens.

    >>> source_slug("Lex Fridman #94 (2020).vtt")
    'lex-fridman-94-2020'
    """
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", name)
    return re.sub(r"[^\w]+", "-", stem.casefold()).strip("-_")[:100] or "source"


def _origins(path: Path | str) -> Iterator[Path | str | SourceRefused]:
    """Yield the files of a folder, or the one file or address; what cannot be reached as its refusal."""
    if isinstance(path, str) and path.startswith(("http://", "https://")):
        yield path
        return
    path = Path(path)
    if not path.is_dir():
        yield path
        return
    files = list(_walk(path))
    if not files:
        yield SourceRefused(str(path), "the folder has no readable files; name a folder with transcripts in it.")
    yield from files


def _walk(folder: Path) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    for where, folders, names in os.walk(folder, followlinks=True):
        state = os.stat(where)
        if (state.st_dev, state.st_ino) in seen:
            folders.clear()  # a link that leads back
            continue
        seen.add((state.st_dev, state.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _import(
    origin: Path | str | SourceRefused, library: Library, subject: Subject, *, allow_private: bool
) -> FileReport:
    if isinstance(origin, SourceRefused):
        raise origin
    if isinstance(origin, Path):
        raw, address, name = _file_bytes(origin), str(origin.resolve()), origin.name
    else:
        raw, address = fetch(origin, allow_private=allow_private, max_bytes=MAX_BYTES, languages=subject.languages)
        name = urlsplit(address).path.rstrip("/").rpartition("/")[2] or urlsplit(address).netloc
    sha256 = hashlib.sha256(raw).hexdigest()
    held = library.holding(sha256)
    if held is not None:
        with suppress(SourceDamaged):  # then it is read anew
            outcome = _look_again(held, library, subject)
            return _report(library.source(held), str(origin), outcome)
    bundle = posts_of(raw, origin=address, account=_account_beside(origin), subject=subject)
    if bundle is not None:
        return _import_posts(bundle, str(origin), address, library, subject)
    slug = source_slug(name)
    source = read_bounded(raw, origin=address, source_id=held or slug, subject=subject)
    with library.writing():  # another importer may bring the same file, or another one of the same name
        if held is None and (brought := library.holding(sha256)) is not None:
            return _report(library.source(brought), str(origin), Outcome.UNCHANGED)
        source = source.model_copy(update={"id": held or library.id_for(slug, address)})
        source = with_given(source, _given_before(library, source.id), subject)
        added = library.add(source, raw, origin=address)
    return _report(source, str(origin), Outcome(added.value))


def _import_posts(bundle: PostBundle, origin: str, address: str, library: Library, subject: Subject) -> FileReport:
    """Store every post of a bundle as a source of its own; what a person removed before comes back."""
    outcomes: set[Added] = set()
    sources = []
    refused = 0
    for piece in bundle.pieces:
        held = library.holding(hashlib.sha256(piece.raw).hexdigest())
        place = f"{address}#{piece.name}"
        source_id = held or library.id_for(piece.name, place)
        try:
            source = read_bounded(piece.raw, origin=place, source_id=source_id, subject=subject)
        except SourceRefused:
            refused += 1
            continue
        if held is None and source.quotable_words():
            outcomes.add(library.add(source, piece.raw, origin=place))
        sources.append(source)
    if not sources:
        raise SourceRefused(origin, "its posts hold no words; add the text of the posts.")
    notes = [f"{len(sources)} posts, each a source of its own, from {min(one.date or '' for one in sources)} on."]
    if left_out := bundle.left_out + refused:
        notes.append(f"{left_out} posts of others, repeated ones or empty ones were left out.")
    return FileReport(
        origin=origin,
        outcome=Outcome.NEW if Added.NEW in outcomes else Outcome.REPLACED if outcomes else Outcome.UNCHANGED,
        kind="posts",
        provenance=Provenance.WRITTEN,
        speakers=(subject.name,),
        words=sum(count_words(one.text) for one in sources),
        quotable_words=sum(one.quotable_words() for one in sources),
        notes=tuple(notes),
    )


def _account_beside(origin: Path | str) -> bytes | None:
    """Return what stands beside the posts of X's archive and says whose they are."""
    path = origin.with_name("account.js") if isinstance(origin, Path) else None
    return _file_bytes(path) if path is not None and path.is_file() else None


def _look_again(held: str, library: Library, subject: Subject) -> Outcome:
    """Read a source that is held anew where its reader has improved since.

    Raises:
        SourceDamaged: it is not what was stored.
    """
    source = library.source(held)
    library.raw(source)
    renewed = is_outdated(source.reader) and reread(library, source, subject) is Reread.RENEWED
    return Outcome.REPLACED if renewed else Outcome.UNCHANGED


def _given_before(library: Library, source_id: str) -> dict[FactName, FactValue]:
    """Return what a person gave about an earlier edition of the same file."""
    try:
        return given_to(library.source(source_id))
    except (UnknownSource, SourceDamaged):
        return {}


def _corrected(
    report: FileReport, library: Library, subject: Subject, given: Mapping[FactName, FactValue], *, solo: bool
) -> FileReport:
    """Return the report after what a person said about the file was added to what was read."""
    if report.source_id is None or not (given or solo):
        return report
    before = library.source(report.source_id)
    source = give_facts(library, before.id, given, subject) if given else before
    if solo and REVIEWED not in source.notes:
        source = give_talk(library, source.id, subject)
    outcome = Outcome.REPLACED if report.outcome is Outcome.UNCHANGED and source != before else report.outcome
    return _report(source, report.origin, outcome)


def _file_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceRefused(
                str(path), f"it has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; split it."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceRefused(str(path), "there is no such file; check the path.") from error
    except OSError as error:
        raise SourceRefused(str(path), f"it cannot be read ({error.strerror}); check its permissions.") from error


def _report(source: Source, origin: str, outcome: Outcome) -> FileReport:
    speakers = dict.fromkeys(turn.speaker for turn in source.turns if turn.speaker)
    return FileReport(
        origin=origin,
        outcome=outcome,
        source_id=source.id,
        title=source.title,
        kind=source.reader.partition("/")[0],
        provenance=source.provenance,
        date=source.date,
        speakers=tuple(speakers),
        words=count_words(source.text),
        quotable_words=source.quotable_words(),
        notes=source.notes,
    )
