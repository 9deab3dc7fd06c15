"""Texts as arrays of hashed words: made from sources, joined, written to files and mapped from them.

One sorted array of hashed word pairs points into one array of hashed words. A word of 0 parts two texts, so that
nothing found runs from one into the next. Stretches are words of one voice in one turn.
"""

import json
import zlib
from collections.abc import Collection, Sequence
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.search.array_files import load_array
from knowledge.search.generation_files import Generation
from knowledge.text.words import words

Numbers = NDArray[np.uint32]

_HEADER = 128  # bytes of an .npy file without numbers, which cannot be mapped


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
    if turn.role is Role.UNKNOWN or not turn.provenance.quotable:
        return Voice.UNKNOWN
    if turn.role is Role.OTHER:  # nobody is named as the speaker on a guess, whoever it is
        return Voice.UNKNOWN if turn.certainty is Certainty.INFERRED else Voice.OTHER
    if turn.certainty is Certainty.INFERRED:
        return Voice.HIS_INFERRED
    return Voice.HIS_TRANSLATED if turn.provenance is Provenance.TRANSLATION else Voice.HIS


class Held(BaseModel):
    """One edition inside the arrays: words [first, last), stretches [stretch_first, stretch_last)."""

    model_config = ConfigDict(frozen=True)

    key: str
    source_id: str
    sha256: str
    first: int
    last: int
    stretch_first: int
    stretch_last: int
    misquotations: int


class Piece(NamedTuple):
    """The arrays of one edition, counted from its own first word."""

    words: Numbers
    starts: Numbers
    stretches: Numbers
    voices: Numbers
    misquotations: int


class Arrays(NamedTuple):
    """The arrays of all editions.

    `words`: hashed words. `starts`: where each starts in its canonical text. `grams`: hashed pairs, sorted; `places`:
    the word at which each of them starts. `stretches`: the first word of each; `voices`: whose it is.
    """

    words: Numbers
    starts: Numbers
    grams: Numbers
    places: Numbers
    stretches: Numbers
    voices: Numbers
    held: tuple[Held, ...]
    generation: Generation | None = None
    """Holds the files while they are mapped."""

    def limited_to(self, editions: Collection[str]) -> "Arrays":
        """Return the arrays without the words of other editions than these, which no search finds any more."""
        gone = [one for one in self.held if one.key not in editions]
        if not gone:
            return self
        kept = self.words.copy()
        for one in gone:
            kept[one.first : one.last] = 0
        return self._replace(words=kept, held=tuple(one for one in self.held if one.key in editions))

    def piece(self, held: Held) -> Piece:
        """Return the part of one edition."""
        own = slice(held.first, held.last)
        stretches = slice(held.stretch_first, held.stretch_last)
        return Piece(
            self.words[own],
            self.starts[own],
            self.stretches[stretches] - np.uint32(held.first),
            self.voices[stretches],
            held.misquotations,
        )

    def write(self, folder: Path) -> None:
        """Write one file for each array, and the list of editions last."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / "editions.json").write_text(json.dumps([one.model_dump() for one in self.held]), encoding="utf-8")

    @classmethod
    def mapped(cls, generation: Generation) -> "Arrays":
        """Return arrays that are read from their files as they are needed.

        Raises:
            Damaged: the files are not what was written.
        """
        generation.verify()
        folder = generation.folder
        held = json.loads((folder / "editions.json").read_text(encoding="utf-8"))
        arrays = {name: _mapped(folder / f"{name}.npy") for name in _ARRAYS}
        return cls(**arrays, held=tuple(Held.model_validate(one) for one in held), generation=generation)

    @classmethod
    def joined(cls, pieces: Sequence[tuple[str, str, str, Piece]]) -> "Arrays":
        """Return the arrays of several editions, each given as (key, source id, sha256, piece)."""
        held: list[Held] = []
        first = stretch = 0
        for key, source_id, digest, piece in pieces:
            ends = {"last": first + len(piece.words), "stretch_last": stretch + len(piece.stretches)}
            starts = {"first": first, "stretch_first": stretch, "misquotations": piece.misquotations}
            held.append(Held(key=key, source_id=source_id, sha256=digest, **starts, **ends))
            first, stretch = ends["last"], ends["stretch_last"]
        none = [np.zeros(0, np.uint32)]
        parts = [piece for *_, piece in pieces]
        all_words = np.concatenate([part.words for part in parts] or none)
        pairs = grams(all_words)
        places = np.argsort(pairs, kind="stable").astype(np.uint32)
        moved = [part.stretches + np.uint32(one.first) for part, one in zip(parts, held, strict=True)]
        return cls(
            words=all_words,
            starts=np.concatenate([part.starts for part in parts] or none),
            grams=pairs[places],
            places=places,
            stretches=np.concatenate(moved or none),
            voices=np.concatenate([part.voices for part in parts] or none),
            held=tuple(held),
        )


_ARRAYS = ("words", "starts", "grams", "places", "stretches", "voices")


def piece_of(source: Source) -> Piece:
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
    return Piece(numbers, starts, firsts[kept], voices[kept], len(source.misquotations))


def grams(numbers: Numbers) -> Numbers:
    """Return the hashes of the pairs of neighbouring words."""
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


def _mapped(path: Path) -> Numbers:
    numbers: Numbers = (
        load_array(path, mapped=True).view(np.ndarray) if path.stat().st_size > _HEADER else load_array(path)
    )
    return numbers
