"""Where the same words stand: every pair of neighbouring words of every text in the library, whoever says them.

One sorted array of hashed word pairs points into one array of hashed words, so that looking up costs a few binary
searches however large the library is. The arrays are files that are mapped, not read; they are rebuilt from the
library when its editions change, and never the truth: who finds words here compares them with the source.
"""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from knowledge.editions import current_editions
from knowledge.errors import UnknownSource
from knowledge.library import Library
from knowledge.provenance import Provenance
from knowledge.source import Source
from knowledge.turns import Certainty, Role, Turn
from knowledge.words import VERSION as WORDS_VERSION
from knowledge.words import words

Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]

_FORMAT = 1
_COMMON = 20_000  # pairs that stand in more places than this are looked up only where nothing rarer is near
_BUDGET = 400_000  # places looked at per search
_NEIGHBOURS = 6


class Voice(IntEnum):
    """Whose words a stretch holds, as far as quoting is concerned."""

    NOBODY = 0
    HIS = 1
    HIS_TRANSLATED = 2
    HIS_INFERRED = 3
    OTHER = 4
    UNKNOWN = 5


def voice_of(turn: Turn) -> Voice:
    """Return whose words a turn holds."""
    if turn.role is Role.OTHER:
        return Voice.OTHER
    if turn.role is Role.UNKNOWN or not turn.provenance.quotable:
        return Voice.UNKNOWN
    if turn.certainty is Certainty.INFERRED:
        return Voice.HIS_INFERRED
    return Voice.HIS_TRANSLATED if turn.provenance is Provenance.TRANSLATION else Voice.HIS


class Runs(NamedTuple):
    """Columns: `length` words of the search from word `first` on stand in the index from word `place` on."""

    first: Places
    place: Places
    length: Places


class _Held(BaseModel):
    """One edition inside the arrays: words [first, last), stretches of one voice [turn_first, turn_last)."""

    model_config = ConfigDict(frozen=True)

    key: str
    source_id: str
    sha256: str
    first: int
    last: int
    turn_first: int
    turn_last: int
    misquotations: int


class Shingles:
    """Finds words in all texts of a library.

    Args:
        folder: where the arrays are kept; several processes may share it.
        library: where the texts are read from.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._held: list[_Held] = []
        self._generation: str | None = None
        self._words: Numbers = np.zeros(0, np.uint32)
        self._starts: Numbers = self._words
        self._grams: Numbers = self._words
        self._places: Numbers = self._words
        self._turns: Numbers = self._words
        self._voices: Numbers = self._words
        self._bounds: list[int] = []

    def __len__(self) -> int:
        """Return the number of words indexed."""
        return len(self._words)

    def sync(self) -> int:
        """Make the arrays agree with the library; return how many editions were read anew."""
        wanted = current_editions(self._library)
        generation = _generation(list(wanted))
        if generation == self._generation:
            return 0
        target = self._folder / generation
        read = 0
        if not (target / "editions.json").exists():
            read = self._build(target, wanted)
        self._open(target)
        self._generation = generation
        return read

    def runs(self, keys: Sequence[str]) -> Runs:
        """Return the runs of two or more of the given words that stand in the index, longest first.

        A run is as long as it can be. Runs of nothing but very common pairs may be left out.
        """
        wanted = hashed(keys)
        if len(wanted) < 2 or not len(self._grams):
            none = np.zeros(0, np.int64)
            return Runs(none, none, none)
        runs = _extended(wanted, self._words, *self._seeds(wanted))
        order = np.lexsort((runs.place, -runs.length))
        return Runs(runs.first[order], runs.place[order], runs.length[order])

    def stretches(self, places: Places) -> Places:
        """Return for every word the number of the stretch (words of one voice, one turn) it stands in."""
        return np.searchsorted(self._turns, places.astype(np.uint32), "right") - 1

    def voices(self, stretches: Places) -> Places:
        """Return the `Voice` of every stretch."""
        return np.asarray(self._voices)[stretches].astype(np.int64)

    def span(self, stretch: int) -> tuple[int, int]:
        """Return the first word and the end of a stretch."""
        last = stretch + 1 == len(self._turns)
        return int(self._turns[stretch]), len(self._words) if last else int(self._turns[stretch + 1])

    def hashes(self, start: int, end: int) -> Numbers:
        """Return the hashed words [start, end) of the index."""
        return self._words[start:end]

    def source(self, place: int) -> Source:
        """Return the source that holds the word at `place`."""
        held = self._edition(place)
        return self._library.source(held.source_id, held.sha256)

    def edition(self, place: int) -> int:
        """Return the number of the edition that holds the word at `place`: equal for words of one text."""
        return int(np.searchsorted(self._bounds, place, "right")) - 1

    def offset(self, place: int) -> int:
        """Return the offset of the word at `place` in the canonical text of its source."""
        return int(self._starts[place])

    def misquoted(self) -> list[Source]:
        """Return the sources that record printed forms which differ from what he said."""
        return [self._library.source(held.source_id, held.sha256) for held in self._held if held.misquotations]

    def _edition(self, place: int) -> _Held:
        return self._held[self.edition(place)]

    def _seeds(self, wanted: Numbers) -> tuple[Places, Places]:
        grams = _grams(wanted)
        left = np.searchsorted(self._grams, grams, "left")
        right = np.searchsorted(self._grams, grams, "right")
        chosen = _rare(right - left)
        first = [np.full(right[i] - left[i], i, np.int64) for i in chosen]
        place = [self._places[left[i] : right[i]].astype(np.int64) for i in chosen]
        if not chosen:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.concatenate(first), np.concatenate(place)

    def _open(self, target: Path) -> None:
        self._held = [_Held.model_validate(held) for held in json.loads((target / "editions.json").read_text())]
        self._bounds = [held.first for held in self._held]
        self._words, self._starts, self._grams, self._places, self._turns, self._voices = (
            _mapped(target / f"{name}.npy") for name in _ARRAYS
        )

    def _build(self, target: Path, wanted: dict[str, tuple[str, str]]) -> int:
        """Write a new generation: what the open one holds is copied, the rest is read from the library."""
        before = {held.key: held for held in self._held}
        held: list[_Held] = []
        pieces: list[_Piece] = []
        read = count = turns = 0
        for key, (source_id, digest) in wanted.items():
            known = before.get(key)
            if known:
                piece = self._copy(known)
            else:
                try:
                    source = self._library.source(source_id, digest)
                except UnknownSource:
                    continue
                piece = _piece(source)
                read += 1
            held.append(
                _Held(
                    key=key,
                    source_id=source_id,
                    sha256=digest,
                    first=count,
                    last=count + len(piece.words),
                    turn_first=turns,
                    turn_last=turns + len(piece.turns),
                    misquotations=piece.misquotations,
                )
            )
            pieces.append(piece)
            count += len(piece.words)
            turns += len(piece.turns)
        self._write(target, held, pieces)
        return read

    def _copy(self, held: _Held) -> "_Piece":
        return _Piece(
            np.asarray(self._words[held.first : held.last]),
            np.asarray(self._starts[held.first : held.last]),
            np.asarray(self._turns[held.turn_first : held.turn_last]) - np.uint32(held.first),
            np.asarray(self._voices[held.turn_first : held.turn_last]),
            held.misquotations,
        )

    def _write(self, target: Path, held: list[_Held], pieces: list["_Piece"]) -> None:
        none = [np.zeros(0, np.uint32)]
        joined = np.concatenate([piece.words for piece in pieces] or none)
        grams = _grams(joined)
        places = np.argsort(grams, kind="stable").astype(np.uint32)
        arrays = {
            "words": joined,
            "starts": np.concatenate([piece.starts for piece in pieces] or none),
            "grams": grams[places],
            "places": places,
            "turns": np.concatenate(
                [piece.turns + np.uint32(one.first) for one, piece in zip(held, pieces, strict=True)] or none
            ),
            "voices": np.concatenate([piece.voices for piece in pieces] or none),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="new-", dir=self._folder))
        for name, array in arrays.items():
            np.save(draft / f"{name}.npy", array)
        (draft / "editions.json").write_text(json.dumps([one.model_dump() for one in held]))
        try:
            draft.rename(target)
        except OSError:  # another process has built the same generation
            shutil.rmtree(draft, ignore_errors=True)
        _sweep(self._folder, keep=target)


_HEADER = 128  # bytes of an .npy file without numbers, which cannot be mapped
_ARRAYS = ("words", "starts", "grams", "places", "turns", "voices")


class _Piece(NamedTuple):
    words: Numbers
    starts: Numbers
    turns: Numbers
    voices: Numbers
    misquotations: int


def _mapped(path: Path) -> Numbers:
    numbers: Numbers = np.load(path, mmap_mode="r").view(np.ndarray) if path.stat().st_size > _HEADER else np.load(path)
    return numbers


def _generation(keys: Sequence[str]) -> str:
    parts = [f"{_FORMAT}.{WORDS_VERSION}", *keys]
    return "g-" + sha256("\0".join(parts).encode()).hexdigest()[:24]


def _piece(source: Source) -> _Piece:
    """Read the words of a source; a boundary no search can cross ends it."""
    found = words(source.text)
    starts = np.array([word.start for word in found] + [len(source.text)], np.uint32)
    numbers = np.append(hashed([word.key for word in found]), np.uint32(0))
    stretches = [(0, Voice.UNKNOWN)]
    for turn in source.turns:
        stretches += [(turn.start, voice_of(turn)), (turn.end, Voice.UNKNOWN)]
    offsets = np.array([offset for offset, _ in stretches], np.int64)
    firsts = np.searchsorted(starts, offsets, "left").astype(np.uint32)
    # of stretches that start at the same word only the last has words
    kept = np.append(firsts[1:] != firsts[:-1], True)
    voices = np.array([voice for _, voice in stretches], np.uint32)
    return _Piece(numbers, starts, firsts[kept], voices[kept], len(source.misquotations))


def _grams(numbers: Numbers) -> Numbers:
    if len(numbers) < 2:
        return np.zeros(0, np.uint32)
    pairs = (numbers[:-1].astype(np.uint64) << np.uint64(32)) | numbers[1:].astype(np.uint64)
    # Fibonacci hashing: the high half of a product with 2^64 divided by the golden ratio
    return ((pairs * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)


def hashed(keys: Sequence[str]) -> Numbers:
    """Return the numbers under which the index knows the words."""
    return np.array([_hash(key) for key in keys], np.uint32)


@lru_cache(maxsize=1 << 18)
def _hash(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) or 1  # 0 is the boundary between texts


def _rare(counts: NDArray[np.int64]) -> list[int]:
    """Choose which pairs to look up: all rare ones, and the rarest of every few neighbours, within the budget."""
    common = min(_COMMON, max(_BUDGET // max(len(counts), 1), 100))
    chosen = {int(i) for i in np.flatnonzero((counts > 0) & (counts <= common))}
    for start in range(0, len(counts), _NEIGHBOURS):
        near = [i for i in range(start, min(start + _NEIGHBOURS, len(counts))) if counts[i]]
        if near:
            chosen.add(min(near, key=lambda i: counts[i]))
    kept: list[int] = []
    total = 0
    for i in sorted(chosen, key=lambda i: counts[i]):
        total += int(counts[i])
        if kept and total > 2 * _BUDGET:
            break
        kept.append(i)
    return kept


def _extended(wanted: Numbers, held: Numbers, first: Places, place: Places) -> Runs:
    """Lengthen every seed in both directions as far as the words agree; each run comes once."""
    if not len(first):
        return Runs(first, place, first)
    order = np.lexsort((first, place - first))
    first, place = first[order], place[order]
    follows = np.zeros(len(first), bool)
    follows[1:] = (np.diff(first) == 1) & (np.diff(place) == 1)
    first, place = first[~follows].copy(), place[~follows].copy()
    end, reach = first.copy(), place.copy()
    alive = np.arange(len(first))
    while len(alive):
        alive = alive[(first[alive] > 0) & (place[alive] > 0)]
        alive = alive[held[place[alive] - 1] == wanted[first[alive] - 1]]
        first[alive] -= 1
        place[alive] -= 1
    alive = np.arange(len(end))
    while len(alive):
        alive = alive[(end[alive] < len(wanted)) & (reach[alive] < len(held))]
        alive = alive[held[reach[alive]] == wanted[end[alive]]]
        end[alive] += 1
        reach[alive] += 1
    _, once = np.unique((place << np.int64(24)) | first, return_index=True)
    kept = once[(end - first)[once] >= 2]
    return Runs(first[kept], place[kept], (end - first)[kept])


def _sweep(folder: Path, *, keep: Path) -> None:
    """Delete older generations; a process that still maps one keeps its files until it lets go."""
    for entry in folder.iterdir():
        if entry != keep and entry.name.startswith("g-") and entry.stat().st_mtime < keep.stat().st_mtime:
            shutil.rmtree(entry, ignore_errors=True)
    for entry in folder.glob("new-*"):
        if os.path.getmtime(entry) < keep.stat().st_mtime - 3600:
            shutil.rmtree(entry, ignore_errors=True)
