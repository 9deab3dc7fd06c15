"""The word map in step with a library: `sync` writes its files, `current` reads the newest that were published."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable, SourceDamaged, UnknownSource
from knowledge.search.generation_files import Damaged, Generations
from knowledge.search.wordmap.lookup import WordMap
from knowledge.search.wordmap.word_arrays import Arrays, Piece, piece_of
from knowledge.text.words import VERSION as WORDS_VERSION

_FORMAT = f"g2.{WORDS_VERSION}"

Wanted = Mapping[str, tuple[str, str]]
"""The current editions: (source id, SHA-256) by key."""


class Shingles:
    """Keeps the word map in step with a library; never the truth, and safe to delete.

    Args:
        folder: where the arrays are kept; several processes and threads may share it.
        library: where the texts are read from.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._generations = Generations(folder)
        self._lock = Lock()
        self._opened: tuple[str | None, Arrays] | None = None
        self._current: tuple[str | None, Wanted, WordMap] | None = None
        self.read = 0
        """Editions read from the library so far; the others were copied from an earlier state."""

    def sync(self) -> None:
        """Publish the word map of the library as it is now, unless that is published.

        Raises:
            LibraryUnavailable: the folder cannot be read or written.
        """
        with _plain_errors(self._folder):
            if self._is_published(self._wanted()):
                return
            with self._generations.writer() as writer:
                wanted = self._wanted()
                if not self._is_published(wanted):
                    arrays = self._joined(wanted)
                    writer.publish(_name(held.key for held in arrays.held), arrays.write)

    def current(self) -> WordMap:
        """Return the newest published word map, without what the library no longer holds.

        Never writes: where nothing was published, or it is damaged, the map is made in memory.

        Raises:
            LibraryUnavailable: the folder cannot be read.
        """
        with self._lock, _plain_errors(self._folder):
            wanted, newest = self._wanted(), self._generations.newest_name()
            if self._current is None or self._current[:2] != (newest, wanted):
                self._current = (newest, wanted, WordMap(self._arrays(newest, wanted), self._library.source))
            return self._current[2]

    def _wanted(self) -> Wanted:
        return {edition.key: (edition.source_id, edition.sha256) for edition in self._library.editions()}

    def _arrays(self, newest: str | None, wanted: Wanted) -> Arrays:
        if newest is not None:
            try:
                return self._mapped()[1].limited_to(wanted)
            except Damaged:
                newest = None
        self._opened = (newest, self._joined(wanted))
        return self._opened[1]

    def _mapped(self) -> tuple[str | None, Arrays]:
        """Return name and arrays of the newest generation: those open, else those opened and verified now."""
        newest = self._generations.newest_name()
        if self._opened is None or self._opened[0] != newest:
            generation = self._generations.newest()
            if generation is None:
                raise Damaged(str(newest), "it has been taken away")
            self._opened = (generation.name, Arrays.mapped(generation))
        return self._opened

    def _is_published(self, wanted: Wanted) -> bool:
        newest = self._generations.newest_name()
        if newest is None or not newest.endswith(_name(wanted)):
            return False
        try:
            self._mapped()
        except Damaged:
            return False
        return True

    def _joined(self, wanted: Wanted) -> Arrays:
        """Return the arrays of these editions: what is open or was published holds is copied, the rest is read."""
        before = self._before()
        known = {held.key: held for held in before.held} if before else {}
        pieces: list[tuple[str, str, str, Piece]] = []
        for key, (source_id, digest) in wanted.items():
            if before and key in known:
                pieces.append((key, source_id, digest, before.piece(known[key])))
                continue
            try:
                pieces.append((key, source_id, digest, piece_of(self._library.source(source_id, digest))))
            except (UnknownSource, SourceDamaged):  # removed since the list was made; `ilya doctor` tells of the other
                continue
            self.read += 1
        return Arrays.joined(pieces)

    def _before(self) -> Arrays | None:
        if self._generations.newest_name() is None:
            return self._opened[1] if self._opened else None
        try:
            return self._mapped()[1]
        except Damaged:  # everything is read anew
            return None


def _name(keys: Iterable[str]) -> str:
    return sha256(chr(0).join([_FORMAT, *keys]).encode()).hexdigest()[:24]


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryUnavailable(
            f"The word index in {folder} cannot be read or written ({error.strerror}): free some room "
            "or delete the folder; it is made anew."
        ) from error
