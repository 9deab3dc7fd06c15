"""Vectors: what of a passage becomes one, and the file of one edition's, written whole or not at all."""

import os
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.model.passages import Passage, asked_words
from knowledge.search.array_files import load_arrays
from knowledge.search.embedding import Embeddings, embed_texts
from knowledge.search.late_interaction import LateEncoder, ShortVectors
from knowledge.search.late_interaction.passage_encoding import encode_passages
from knowledge.search.terms import terms
from knowledge.text.chinese import is_chinese
from knowledge.text.sentences import sentences

# What of a passage becomes a vector. Several views of one passage find it from several sides.
_FOCUS_QUESTIONS = 2
_FOCUS_WORDS = 25


class Field(IntEnum):
    """The views. Each passage has one row of each of the first three, then its sentences, then its pairs."""

    QUESTION_AND_ANSWER = 0
    ANSWER = 1
    QUESTION = 2
    SENTENCE = 3
    PAIR = 4


class Row(NamedTuple):
    """One text to embed; `as_query` when the embedder should read it as a question."""

    field: Field
    text: str
    as_query: bool = False


def rows(passage: Passage) -> Iterator[Row]:
    """Yield the texts to embed for a passage, in the order in which the index stores their vectors."""
    source, turn = passage.source, passage.turn
    asked = asked_words(source, turn)
    spoken = [source.text[start:end] for start, end in passage.sentences]
    yield Row(Field.QUESTION_AND_ANSWER, f"{asked} {passage.text}" if asked else passage.text)
    yield Row(Field.ANSWER, passage.text)
    yield Row(Field.QUESTION, asked or passage.text, as_query=True)
    for sentence in spoken:
        yield Row(Field.SENTENCE, sentence)
    focus = _focus(asked)
    for first in range(0, len(spoken), 2):
        yield Row(Field.PAIR, " ".join([focus, *spoken[first : first + 2]]).strip())


def row_count(sentence_count: int) -> int:
    """Return how many rows a passage with so many sentences has."""
    return 3 + sentence_count + -(-sentence_count // 2)


class Words(NamedTuple):
    """The terms of a passage, for BM25: his own, and what else finds it."""

    spoken: tuple[str, ...]
    around: tuple[str, ...]
    """What was asked before it, and printed renderings of it."""
    questions: tuple[str, ...] = ()
    """What it answers in our words, each wording as it stands; none where an interviewer asked."""

    @property
    def all(self) -> tuple[str, ...]:
        """Return all of them."""
        return self.around + self.spoken


def words(passage: Passage) -> Words:
    """Return the terms by which a passage is found."""
    source, turn = passage.source, passage.turn
    rendered = (source.text[other.start : other.end] for other in source.renderings_of(turn))
    around = terms("\n".join([asked_words(source, turn), *rendered]))
    return Words(terms(passage.text), around, _wordings(passage))


def _wordings(passage: Passage) -> tuple[str, ...]:
    turn = passage.turn
    questions = (turn.question, turn.question_zh, *turn.also_asked) if turn.question else ()
    return tuple(filter(None, questions))


def _focus(asked: str) -> str:
    """Return the last questions of the interviewer's words, a few words of each sentence pair's context."""
    spans = [asked[start:end] for start, end in sentences(asked)]
    questions = [span for span in spans if span.endswith(("?", "？"))] or spans
    return " ".join(" ".join(questions[-_FOCUS_QUESTIONS:]).split()[-_FOCUS_WORDS:])


HalfVectors = NDArray[np.float16]
"""Unit vectors in half precision, shape (rows, dimensions): a third digit is more than the ranking needs."""

_BLOCK = 32


_NO_PIECES: ShortVectors = np.empty((0, 0), dtype=np.int8)
_NO_VECTORS: HalfVectors = np.empty((0, 0), dtype=np.float16)
_NO_COUNTS: NDArray[np.int32] = np.empty(0, dtype=np.int32)


class EditionVectors(NamedTuple):
    """The passages of one edition with all their vectors, passage after passage in the order of `rows`."""

    ids: list[str]
    sentence_counts: NDArray[np.int32]
    vectors: HalfVectors
    short: ShortVectors = _NO_PIECES
    """Of every word piece, shape (pieces, width); of no width where the embedder makes none."""
    pieces: NDArray[np.int32] = _NO_COUNTS
    """How many word pieces stand in what was asked and in each sentence, shape (passages + sentences,); empty where the
    embedder makes none."""
    questions: HalfVectors = _NO_VECTORS
    """Of each wording of `Words.questions`, passage after passage, zero where it is Chinese, shape (wordings,
    dimensions); none where the embedder reads no passage at once."""


def embed_edition(
    embeddings: Embeddings, passages: Sequence[Passage], on_passages: Callable[[int], None]
) -> EditionVectors:
    """Make every row of the passages, telling `on_passages` how many passages are newly done.

    An embedder that is a `LateEncoder` too reads each passage once; another embeds every row, a text each.
    """
    blocks, short, pieces = [], [], []
    for start in range(0, len(passages), _BLOCK):
        block = passages[start : start + _BLOCK]
        if isinstance(embeddings, LateEncoder):
            encoded = encode_passages(embeddings, block)
            blocks.append(encoded.rows.astype(np.float16))
            short.append(encoded.short)
            pieces.append(encoded.pieces)
        else:
            blocks.append(_embedded_rows(embeddings, block))
        on_passages(len(block))
    return EditionVectors(
        ids=[passage.id for passage in passages],
        sentence_counts=np.array([len(passage.sentences) for passage in passages], dtype=np.int32),
        vectors=np.concatenate(blocks) if blocks else np.empty((0, 0), dtype=np.float16),
        short=np.concatenate(short) if short else _NO_PIECES,
        pieces=np.concatenate(pieces) if pieces else _NO_COUNTS,
        questions=_embedded_questions(embeddings, passages) if isinstance(embeddings, LateEncoder) else _NO_VECTORS,
    )


def _embedded_questions(embeddings: LateEncoder, passages: Sequence[Passage]) -> HalfVectors:
    """Return the vectors of the English wordings; a Chinese one takes the time of ten, and is known by its letters."""
    wordings = [wording for passage in passages for wording in _wordings(passage)]
    english = [place for place, wording in enumerate(wordings) if not is_chinese(wording)]
    if not english:
        return _NO_VECTORS
    vectors = np.array(embeddings.embed_documents([wordings[place] for place in english]), dtype=np.float16)
    found = np.zeros((len(wordings), vectors.shape[1]), dtype=np.float16)
    found[english] = vectors
    return found


def _embedded_rows(embeddings: Embeddings, passages: Sequence[Passage]) -> HalfVectors:
    texts = [row for passage in passages for row in rows(passage)]
    as_query = np.array([row.as_query for row in texts])
    found = np.empty((len(texts), 0), dtype=np.float32)
    for kind in (False, True):
        vectors = embed_texts(embeddings, [row.text for row in texts if row.as_query is kind], as_query=kind)
        if not found.size:
            found = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
        found[as_query == kind] = vectors
    return found.astype(np.float16)


def vectors_path(folder: Path, edition_key: str) -> Path:
    """Return the file that holds an edition's vectors."""
    return folder / f"{sha256(edition_key.encode()).hexdigest()[:24]}.npz"


def write_vectors(path: Path, found: EditionVectors) -> None:
    """Write the file in one step: a reader sees it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as file:
        ids = np.array(found.ids, dtype=np.str_)
        counts, vectors, short, pieces, questions = found[1:]
        np.savez(file, ids=ids, counts=counts, vectors=vectors, short=short, pieces=pieces, questions=questions)
    draft.replace(path)


def read_vectors(path: Path) -> EditionVectors:
    """Read an edition's vectors."""
    held = load_arrays(path)
    ids: list[str] = held["ids"].tolist()
    # files of before have no vectors of questions: these are known by their letters alone
    questions = held.get("questions", _NO_VECTORS)
    return EditionVectors(ids, held["counts"], held["vectors"], held["short"], held["pieces"], questions)
