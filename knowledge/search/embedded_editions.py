"""Vectors of the editions of a library, each embedded once and kept in a file of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

from knowledge.library.file_locks import exclusive
from knowledge.library.store import Edition, Library
from knowledge.model.errors import SourceDamaged
from knowledge.model.passages import Passage, passages
from knowledge.search.duplicate_passages import Version
from knowledge.search.embedding import Embeddings
from knowledge.search.vectors import (
    EditionVectors,
    Words,
    embed_edition,
    read_vectors,
    vectors_path,
    words,
    write_vectors,
)

_LAYOUT = "fields-3"
"""Changes whenever other texts are embedded for the same passage."""
_SMALL = 100
"""Passages of a source that is embedded in passing; more take longer than somebody who asks should wait."""


class Progress(Protocol):
    """Hears how far a long piece of work is."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` pieces are finished."""


class EmbeddedEditions:
    """What of a library is embedded. An edition is known by its key, which changes with all that its vectors depend on.

    Args:
        folder: where the files are; several processes and threads may share it.
        library: where the words are read from.
        embeddings: makes the vectors.
        made_by: the embedder's fingerprint; another embedder's files have other names.
        admit_inferred: whether turns whose speaker is only inferred are embedded.
    """

    def __init__(
        self, folder: Path, library: Library, embeddings: Embeddings, made_by: str, *, admit_inferred: bool
    ) -> None:
        self._folder = folder
        self._library = library
        self._embeddings = embeddings
        self._made_by = made_by
        self._admit_inferred = admit_inferred

    def wanted(self) -> dict[str, Edition]:
        """Return the current editions of the library, by key."""
        return {self._key(edition): edition for edition in self._library.editions()}

    def ready(self) -> dict[str, Edition]:
        """Return those that are embedded."""
        return {key: edition for key, edition in self.wanted().items() if self._path(key).exists()}

    def embed_missing(self, progress: Progress | None, *, wait: bool) -> int:
        """Embed what is missing; return how many passages that was.

        Args:
            progress: hears how far it is.
            wait: whether what another process is embedding is waited for, and large sources are embedded at all.
        """
        missing = {
            key: edition
            for key, edition in self.wanted().items()
            if not self._path(key).exists() and self.is_whole(edition)
        }
        if not wait:
            missing = {key: one for key, one in missing.items() if len(self._passages_of(one)) <= _SMALL}
        # cut twice rather than kept: all passages of a large library would hold all its sources in memory
        total, done = sum(len(self._passages_of(edition)) for edition in missing.values()), 0
        embedded = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        for waits in (False, True)[: 1 + wait]:  # what another process is embedding comes last: then it is there
            for key in list(missing):
                with self._claimed(key, wait=waits) as is_mine:
                    if is_mine:
                        edition = missing.pop(key)
                        if not self._path(key).exists():
                            embedded += self._embed(key, edition, advance)
        return embedded

    def _embed(self, key: str, edition: Edition, advance: Callable[[int], None]) -> int:
        held = embed_edition(self._embeddings, self._passages_of(edition), advance)
        write_vectors(self._path(key), held)
        return len(held.ids)

    def forget_others(self) -> None:
        """Delete the vectors of editions that are no longer wanted and that nobody is writing."""
        kept = {self._path(key).stem for key in self.wanted()}
        for stem in {path.name.partition(".")[0] for path in self._folder.glob("*.*")} - kept:
            with exclusive(self._folder / f"{stem}.lock", wait=False) as is_free:
                for path in self._folder.glob(f"{stem}.*") if is_free else ():
                    path.unlink(missing_ok=True)

    def told(self, editions: Mapping[str, Edition]) -> tuple[list[Words], list[Version], dict[str, list[str]]]:
        """Return the words and the kind of every passage, and the ids of each edition's by its key."""
        told: list[Words] = []
        versions: list[Version] = []
        ids: dict[str, list[str]] = {}
        for key, edition in editions.items():
            found = self._passages_of(edition)
            told += map(words, found)
            versions += map(Version.of, found)
            ids[key] = [passage.id for passage in found]
        return told, versions, ids

    def reader(self, key: str, edition: Edition, ids: Sequence[str] | None = None) -> Callable[[], EditionVectors]:
        """Return what reads the vectors of an edition; damaged ones, and those of other passages, are made anew."""

        def read() -> EditionVectors:
            try:
                held = read_vectors(self._path(key))
            except (BadZipFile, EOFError, KeyError, OSError, ValueError):
                held = None
            # a program that cuts passages otherwise would search one passage by the words of another
            if held is None or (ids is not None and held.ids != ids):
                self._embed(key, edition, lambda _: None)
                held = read_vectors(self._path(key))
            return held

        return read

    def is_whole(self, edition: Edition) -> bool:
        """Whether an edition can be read; one that is damaged is left out, and `ilya doctor` tells which."""
        try:
            self._library.source(edition.source_id, edition.sha256)
        except SourceDamaged:
            return False
        return True

    def _passages_of(self, edition: Edition) -> list[Passage]:
        source = self._library.source(edition.source_id, edition.sha256)
        return passages(source, admit_inferred=self._admit_inferred)

    def _key(self, edition: Edition) -> str:
        return f"{edition.key}:{_LAYOUT}:{'inferred' if self._admit_inferred else 'known'}"

    def _path(self, key: str) -> Path:
        """Return the file of an edition's vectors; another embedder's has another name."""
        return vectors_path(self._folder, f"{key}:{self._made_by}")

    @contextmanager
    def _claimed(self, key: str, *, wait: bool) -> Iterator[bool]:
        """Be the one who embeds an edition; yield whether that is so."""
        lock = self._path(key).with_suffix(".lock")
        with exclusive(lock, wait=wait) as is_mine:
            yield is_mine
            if is_mine:
                lock.unlink(missing_ok=True)
