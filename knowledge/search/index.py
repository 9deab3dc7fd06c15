"""Keeping the index in step with the library, and finding candidate passages in it.

`sync` writes, everything else reads. Vectors are kept edition by edition; of all that are ready a snapshot is laid
out and published, and who asks reads the newest published one, without what the library no longer holds.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from knowledge.library.editions import library_state
from knowledge.library.store import Edition, Library
from knowledge.model.errors import AskIlyaError, IndexMismatch, IndexUnavailable, SpanError
from knowledge.model.passages import Passage
from knowledge.search.chroma import ChromaRows
from knowledge.search.duplicate_passages import better_versions
from knowledge.search.embedded_editions import EmbeddedEditions, Progress
from knowledge.search.embedding import Embeddings, fingerprint
from knowledge.search.generation_files import Damaged, Generations, Writer
from knowledge.search.scored_rows import Floats, Numbers
from knowledge.search.snapshot import Snapshot
from knowledge.search.snapshot_files import VERSION, Part, write_snapshot
from knowledge.search.wordmap import Shingles

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_KEPT_PASSAGES = 256
"""Passages kept read in memory; chosen by hand."""


class _State(NamedTuple):
    """What a reader has open, and of which states of the library and of the folder that is."""

    library: str
    generation: str
    whole: Snapshot
    searched: Snapshot


class Index:
    """Finds passages by meaning and by words.

    Args:
        open_client: opens Chroma, which then finds the nearest passages; where it is None all are compared here.
        folder: where the index's files live; several processes and threads may share it.
        library: where the words are read from.
        embeddings: makes the vectors; the index remembers its fingerprint and refuses another.
        admit_inferred: whether turns whose speaker is only inferred are searched.
    """

    def __init__(
        self,
        open_client: "Callable[[], ClientAPI] | None",
        folder: Path,
        library: Library,
        embeddings: Embeddings,
        *,
        admit_inferred: bool = False,
    ) -> None:
        self._folder = folder / "inferred" if admit_inferred else folder
        self._library = library
        self._admit_inferred = admit_inferred
        self._made_by = fingerprint(embeddings)
        self._editions = EmbeddedEditions(
            self._folder / "vectors", library, embeddings, self._made_by, admit_inferred=admit_inferred
        )
        self._generations = Generations(self._folder / "snapshots")
        self._chroma = ChromaRows(open_client, self._made_by) if open_client else None
        self._refreshing = Lock()
        self._state: _State | None = None
        self._passage = lru_cache(_KEPT_PASSAGES)(self._load_passage)
        self.shingles = Shingles(folder / "shingles", library)
        """Where the same words stand; `sync` brings them into step too."""

    def sync(self, progress: Progress | None = None, *, wait: bool = True) -> int:
        """Make the index agree with the library; return how many passages were embedded anew.

        Args:
            progress: hears how far the embedding is.
            wait: whether what another process is embedding is waited for; it is not embedded twice. Who does not
                wait also leaves large sources to those who do, once there is anything to search.

        Raises:
            IndexMismatch: the index was built by another embedder.
            IndexUnavailable: its files cannot be written, or the disk is full.
        """
        with _plain_errors(self._folder):
            self._refuse_other_embedder()
            self.shingles.sync()
            embedded = self._editions.embed_missing(progress, wait=wait or self._generations.newest_name() is None)
            if self._chroma or not self._is_published(self._editions.ready()):
                self._publish()
            return embedded

    def current(self) -> Snapshot:
        """Return the passages and scores of the newest published state, without what the library no longer holds.

        Never writes. Editions that are still to be embedded are not in it yet.

        Raises:
            IndexUnavailable: there is no index yet, or its files are damaged.
        """
        with _plain_errors(self._folder):
            library, newest = library_state(self._library), self._generations.newest_name()
            state = self._state
            if state is None or (state.library, state.generation) != (library, newest):
                with self._refreshing:
                    state = self._refreshed(library)
            return state.searched

    def nearest(self, snapshot: Snapshot, vector: Floats, count: int) -> Numbers:
        """Return the numbers, in a snapshot, of the passages whose question and answer are nearest."""
        found = self._chroma.nearest(vector, count, among=len(snapshot)) if self._chroma else None
        if found is None:  # without Chroma, or while it cannot be used, all are compared
            return snapshot.nearest(vector, count)
        known = (snapshot.number.get(passage_id) for passage_id in found)
        return snapshot.searched(np.array([number for number in known if number is not None], dtype=np.int64))

    def passage(self, passage_id: str) -> Passage:
        """Return a passage by its id.

        Raises:
            UnknownSource: the library never held its source.
            IndexUnavailable: who speaks there has been reviewed since the snapshot was opened.
        """
        return self._passage(passage_id)

    def _load_passage(self, passage_id: str) -> Passage:
        source_id, sha, span = passage_id.rsplit(":", 2)
        start, end = map(int, span.split("-"))
        source = self._library.source(source_id, sha)
        try:
            turn = source.turns[source.turn_index(start)]
            if turn.quotable(admit_inferred=self._admit_inferred):
                return Passage(source=source, turn=turn, start=start, end=end)
        except SpanError as error:
            raise _reviewed(source_id) from error
        raise _reviewed(source_id)

    def _refreshed(self, library: str) -> _State:
        """Open what is newest, unless another thread just has; what was open stays where the newest is damaged."""
        newest, before = self._generations.newest_name(), self._state
        if before and (before.library, before.generation) == (library, newest):
            return before
        try:
            opened = self._newest()
        except Damaged:
            if before is None or newest is None:
                raise
            opened = newest, before.whole
        if opened is None:
            raise IndexUnavailable(
                f"There is no search index in {self._folder} yet: `ilya doctor` builds it from the library."
            )
        searched = opened[1].limited_to(self._editions.wanted())
        self._passage.cache_clear()
        self._state = _State(library, *opened, searched)
        return self._state

    def _newest(self) -> tuple[str, Snapshot] | None:
        """Return name and content of the newest generation: what is open, else what is opened and verified now."""
        state = self._state
        if state and state.generation == self._generations.newest_name():
            return state.generation, state.whole
        generation = self._generations.newest()
        return (generation.name, Snapshot(generation)) if generation else None

    def _refuse_other_embedder(self) -> None:
        try:
            newest = self._newest()
        except Damaged:
            return  # it is made anew
        if newest and newest[1].embedder != self._made_by:
            raise IndexMismatch(
                f"The index was made by “{newest[1].embedder}”, but “{self._made_by}” is set: "
                "run `ilya doctor --mend` to build it anew, or set the embedder back."
            )

    @property
    def trouble(self) -> str | None:
        """Why Chroma is set and not of use, None when it is or is not set."""
        return self._chroma.trouble if self._chroma else None

    @property
    def version(self) -> str | None:
        """Return the name of the newest published state, None where there is none."""
        return self._generations.newest_name()

    @property
    def waiting(self) -> int:
        """How many current sources are not searched yet."""
        return len(self._editions.wanted().keys() - self.current().editions)

    def _publish(self) -> None:
        """Lay out what is ready, unless that is what was published last, and forget what is no longer wanted."""
        with self._generations.writer() as writer:
            ready = self._editions.ready()
            if self._chroma:
                with suppress(IndexUnavailable):  # kept in `trouble`; the next run completes it
                    self._chroma.fill({key: self._editions.reader(key, edition) for key, edition in ready.items()})
            if not self._is_published(ready):
                self._write(writer, ready)
            self._editions.forget_others()

    def _is_published(self, ready: Mapping[str, Edition]) -> bool:
        try:
            newest = self._newest()
        except Damaged:
            return False
        return newest is not None and newest[0].endswith(_name(ready))

    def _write(self, writer: Writer, ready: dict[str, Edition]) -> None:
        ready = {key: edition for key, edition in ready.items() if self._editions.is_whole(edition)}
        told, versions, ids = self._editions.told(ready)
        better = better_versions(versions, [own.spoken for own in told])
        parts = [Part(key, self._editions.reader(key, edition, ids[key])) for key, edition in ready.items()]
        spoken, questions = [own.all for own in told], [own.questions for own in told]
        writer.publish(
            _name(ready),
            lambda folder: write_snapshot(folder, parts, spoken, better, questions=questions, embedder=self._made_by),
        )


def _name(ready: Mapping[str, Edition]) -> str:
    """Return a name for the state in which these editions are searched."""
    return sha256("\n".join([VERSION, *ready]).encode()).hexdigest()[:24]


def _reviewed(source_id: str) -> IndexUnavailable:
    return IndexUnavailable(f"Who speaks in {source_id} was reviewed while the question was answered: ask again.")


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except Damaged as error:
        raise IndexUnavailable(
            f"The search index in {folder} is damaged ({error}): run `ilya doctor --mend`, which builds it anew from "
            "the library; nothing of the library is lost."
        ) from error
    except AskIlyaError:
        raise
    except (OSError, ValueError) as error:
        raise IndexUnavailable(
            f"The search index in {folder} cannot be used ({error}): make sure that the disk has room, then run "
            "`ilya doctor --mend`, which builds it anew from the library; nothing of the library is lost."
        ) from error
