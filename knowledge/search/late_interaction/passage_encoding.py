"""What a late encoder makes of passages: the rows that the index keeps, and the short vectors of their word pieces."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from knowledge.model.passages import Passage, asked_words
from knowledge.search.late_interaction.english_encoder import Encoded, Floats
from knowledge.text.chinese import is_chinese, without_chinese

ShortVectors = NDArray[np.int8]
"""Unit vectors of word pieces times `SCALE`, shape (pieces, width)."""
SCALE = 200
"""Components beyond ±.63 are cut off; of unit vectors in 96 dimensions hardly one is."""

_MOST_CHARACTERS = 4_000
"""What is read of a passage; more is longer than an encoder reads."""


@runtime_checkable
class LateEncoder(Protocol):
    """An embedder that also gives every word piece of an English text a vector."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per text, in whatever language."""

    def question(self, text: str) -> Encoded:
        """Return what is made of a question in English."""

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what is made of each English text."""


class Laid(NamedTuple):
    """The text of a passage as it is read: what was asked, then his words.

    `parts` are the characters [start, end) of each row, in the order of `knowledge.search.vectors.rows`.
    """

    text: str
    parts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, passage: Passage) -> "Laid":
        """Lay out a passage. Of a question in two languages the one of the passage is read."""
        asked = asked_words(passage.source, passage.turn)
        if not is_chinese(passage.text):
            asked = " ".join(without_chinese(asked).split())
        told = len(asked) + 1 if asked else 0
        text = f"{asked} {passage.text}" if asked else passage.text
        shift, last = told - passage.start, len(text)
        spans = [(start + shift, end + shift) for start, end in passage.sentences]
        pairs = [(spans[first][0], spans[min(first + 1, len(spans) - 1)][1]) for first in range(0, len(spans), 2)]
        asked_part = (0, told) if asked else (0, last)
        return cls(text[:_MOST_CHARACTERS], ((0, last), (told, last), asked_part, *spans, *pairs))


class EncodedPassages(NamedTuple):
    """`rows`: shape (rows, dimensions), passage after passage. `short`: of their pieces, shape (pieces, width).

    `pieces`: how many stand in what was asked and in each sentence, passage after passage, shape (passages +
    sentences,); none where a passage is Chinese.
    """

    rows: Floats
    short: ShortVectors
    pieces: NDArray[np.int32]


def encode_passages(encoder: LateEncoder, passages: Sequence[Passage]) -> EncodedPassages:
    """Read each passage once: its rows are means over parts of that ("late chunking", Günther et al. 2024).

    Of a Chinese passage every part is embedded by itself.
    """
    laid = [Laid.of(passage) for passage in passages]
    english = [place for place, passage in enumerate(passages) if not is_chinese(passage.text)]
    encoded = dict(zip(english, encoder.passages([laid[place].text for place in english]), strict=True))
    rows, short, pieces = list[Floats](), list[ShortVectors](), list[NDArray[np.int64]]()
    for place, one in enumerate(laid):
        if place in encoded:
            found, count = encoded[place], len(passages[place].sentences)
            rows += [found.mean(start, end) for start, end in one.parts]
            short.append(quantised(found.short))
            starts = [start for start, _ in one.parts[3 : 3 + count]]
            pieces.append(np.bincount(np.searchsorted(starts, found.spans[:, 0], side="right"), minlength=count + 1))
        else:
            texts = [one.text[start:end] or one.text for start, end in one.parts]
            rows += [np.asarray(row, dtype=np.float32) for row in encoder.embed_documents(texts)]
            pieces.append(np.zeros(len(passages[place].sentences) + 1, dtype=np.int64))
    return EncodedPassages(
        np.array(rows, dtype=np.float32),
        np.concatenate(short) if short else np.empty((0, encoder.question("").short.shape[1]), dtype=np.int8),
        np.concatenate(pieces).astype(np.int32),
    )


def quantised(short: Floats) -> ShortVectors:
    """Return short vectors in a byte a component."""
    return np.clip(np.rint(short * SCALE), -127, 127).astype(np.int8)
