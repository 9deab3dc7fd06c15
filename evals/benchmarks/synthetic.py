"""Made-up interviews, as many as wanted, and vectors for them that lie where real ones lie.

The words are drawn from real passages, so that BM25 meets the terms it knows; a vector is the sum of two real vectors
and some noise, so that synthetic passages compete with real ones.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.embedding import Vectors, fingerprint
from knowledge.passages import Passage
from knowledge.provenance import Provenance
from knowledge.readers.draft import Draft
from knowledge.source import Source
from knowledge.turns import Certainty, Role

MARK = "Zq"
"""The word that every synthetic sentence begins with, by which its embedder knows it."""
_TURNS = 250
_SENTENCES = 4
_WORDS = 14
_NOISE = 0.35


def interviews(like: Sequence[Passage], passages: int, *, subject: str) -> Iterator[tuple[Source, bytes]]:
    """Yield sources with so many passages in all, each turn one passage."""
    random = np.random.default_rng(7)
    vocabulary = [word for passage in like for word in passage.text.split() if word.isalpha()]
    for number in range(-(-passages // _TURNS)):
        turns = min(_TURNS, passages - number * _TURNS)
        drawn = random.choice(len(vocabulary), size=(turns, _SENTENCES + 1, _WORDS))
        lines = []
        for turn in drawn:
            said = [f"{MARK} {' '.join(vocabulary[place].lower() for place in sentence)}." for sentence in turn]
            lines += [f"Host: {said[0][:-1]}?", f"{subject}: {' '.join(said[1:])}"]
        yield _source("\n".join(lines), f"synthetic-{number:04}", subject)


class SyntheticEmbeddings(Embeddings):
    """Real vectors for real texts, made-up ones for synthetic texts.

    Args:
        real: embeds what is not synthetic.
        pool: real vectors to mix, shape (rows, dimensions).
    """

    def __init__(self, real: Embeddings, pool: Vectors) -> None:
        self._real = real
        self._pool = pool
        self._random = np.random.default_rng(11)

    @property
    def fingerprint(self) -> str:
        """Return the name of the real embedder: an index may hold both kinds."""
        return fingerprint(self._real)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per text."""
        real = [text for text in texts if MARK not in text]
        known = dict(zip(real, self._real.embed_documents(real), strict=True)) if real else {}
        made = iter(self._mixed(len(texts) - len(real)).tolist())
        return [known[text] if text in known else next(made) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, made up for a synthetic one."""
        found: list[float] = self._mixed(1)[0].tolist() if MARK in text else self._real.embed_query(text)
        return found

    def _mixed(self, count: int) -> NDArray[np.float32]:
        left, right = self._random.integers(0, len(self._pool), (2, count))
        noise = self._random.standard_normal((count, self._pool.shape[1])).astype(np.float32)
        mixed = self._pool[left] + self._pool[right] + noise * np.float32(_NOISE / self._pool.shape[1] ** 0.5)
        unit: NDArray[np.float32] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit


def _source(text: str, source_id: str, subject: str) -> tuple[Source, bytes]:
    draft = Draft(text, "utf-8", "en", Provenance.TRANSCRIPT)
    start = 0
    for line in text.split("\n"):
        name = line.split(":", 1)[0]
        draft.take(start + len(name) + 2, start + len(line))
        role = Role.SUBJECT if name == subject else Role.OTHER
        draft.close_turn(role=role, speaker=name, certainty=Certainty.LABELLED)
        start += len(line) + 1
    raw = text.encode()
    source = Source(
        id=source_id,
        title=source_id,
        date="2020-01",
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=hashlib.sha256(raw).hexdigest(),
        reader="synthetic/1",
        text=draft.text,
        turns=tuple(draft.turns),
        raw_map=draft.raw_map,
    )
    return source, raw
