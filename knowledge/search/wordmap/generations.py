"""The files of the word map: one folder for each state of the library, made anew when the library changes."""

import shutil
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable, UnknownSource
from knowledge.search.wordmap.lookup import WordMap
from knowledge.search.wordmap.word_arrays import Arrays, Piece, piece_of
from knowledge.text.words import VERSION as WORDS_VERSION

_FORMAT = f"g1.{WORDS_VERSION}"
_STALE = 3600  # seconds after which an unfinished folder has no writer any more


class Shingles:
    """Keeps the word map in step with a library; never the truth, and safe to delete.

    Args:
        folder: where the arrays are kept; several processes and threads may share it.
        library: where the texts are read from.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._lock = Lock()
        self._generation: str | None = None
        self._map: WordMap | None = None
        self.read = 0
        """Editions read from the library so far; the others were copied from an earlier state."""

    def current(self) -> WordMap:
        """Return the word map of the library as it is now.

        Raises:
            LibraryUnavailable: the folder cannot be read or written.
        """
        with self._lock:
            try:
                return self._up_to_date()
            except FileNotFoundError:  # another process has just swept this state away for a newer one
                return self._up_to_date()
            except OSError as error:
                raise LibraryUnavailable(
                    f"The word index in {self._folder} cannot be read or written ({error.strerror}): free some room "
                    "or delete the folder; it is made anew."
                ) from error

    def _up_to_date(self) -> WordMap:
        wanted = {edition.key: (edition.source_id, edition.sha256) for edition in self._library.editions()}
        generation = _name(list(wanted))
        if self._map is None or generation != self._generation:
            self._map = WordMap(self._arrays(self._folder / generation, wanted), self._library.source)
            self._generation = generation
        return self._map

    def _arrays(self, target: Path, wanted: dict[str, tuple[str, str]]) -> Arrays:
        if not (target / "editions.json").exists():
            self._build(target, wanted)
        return Arrays.mapped(target)

    def _build(self, target: Path, wanted: dict[str, tuple[str, str]]) -> None:
        """Write a state of the library: what the state before holds is copied, the rest is read."""
        before = self._before()
        known = {held.key: held for held in before.held} if before else {}
        pieces: list[tuple[str, str, str, Piece]] = []
        for key, (source_id, digest) in wanted.items():
            if before and key in known:
                pieces.append((key, source_id, digest, before.piece(known[key])))
                continue
            try:
                pieces.append((key, source_id, digest, piece_of(self._library.source(source_id, digest))))
            except UnknownSource:  # removed since the list was made
                continue
            self.read += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="new-", dir=self._folder))
        Arrays.joined(pieces).write(draft)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not (target / "editions.json").exists():  # else another process has made the same state
                raise
        _sweep(self._folder, keep=target)

    def _before(self) -> Arrays | None:
        """Return the arrays of the state before: those in use, or the newest on disk."""
        if self._map is not None:
            return self._map.arrays
        folders = sorted(self._folder.glob(f"{_FORMAT}-*"), key=lambda folder: folder.stat().st_mtime)
        return Arrays.mapped(folders[-1]) if folders else None


def _name(keys: Sequence[str]) -> str:
    return f"{_FORMAT}-{sha256(chr(0).join(keys).encode()).hexdigest()[:24]}"


def _sweep(folder: Path, *, keep: Path) -> None:
    """Delete older states; a process that still maps one keeps its files until it lets go."""
    newest = keep.stat().st_mtime
    for entry in folder.iterdir():
        age = newest - entry.stat().st_mtime
        if entry != keep and (age > _STALE if entry.name.startswith("new-") else age > 0):
            shutil.rmtree(entry, ignore_errors=True)
