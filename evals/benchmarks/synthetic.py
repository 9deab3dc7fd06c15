"""Made-up interviews, as many as wanted, and vectors for them that lie where real ones lie.

The words are drawn from real passages, so that BM25 meets the terms it knows. A vector is drawn from the normal
distribution with the mean and covariance of the real vectors of its field.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.formats.draft import Draft
from knowledge.model.passages import Passage
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from knowledge.search.embedding import Vectors, embed_texts, fingerprint
from knowledge.search.vectors import Field, Row, rows

MARK = "Zq"
"""The word that every synthetic sentence begins with, by which its embedder knows it."""
_TURNS = 250
_SENTENCES = 4
_FIELD_BY_MARKS = {1: Field.SENTENCE, 3: Field.PAIR, 4: Field.ANSWER, 5: Field.QUESTION_AND_ANSWER}
"""How many sentences the text of each field has: the question is one, the answer four."""
_WORDS = 14
_AT_ONCE = 4_096


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
        like: real passages, whose vectors tell how those of each field lie.
    """

    def __init__(self, real: Embeddings, like: Sequence[Passage]) -> None:
        self._real = real
        texts: dict[Field, list[Row]] = defaultdict(list)
        for passage in like:
            for row in rows(passage):
                texts[row.field].append(row)
        self._drawn = {
            field: _Normal(embed_texts(real, [row.text for row in held], as_query=held[0].as_query))
            for field, held in texts.items()
        }

    @property
    def fingerprint(self) -> str:
        """Return the name of the real embedder: an index may hold both kinds."""
        return fingerprint(self._real)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per text."""
        fields = [_FIELD_BY_MARKS.get(text.count(MARK)) for text in texts]
        real = [text for text, field in zip(texts, fields, strict=True) if field is None]
        known = iter(self._real.embed_documents(real) if real else [])
        made = {field: iter(self._drawn[field].draw(fields.count(field))) for field in self._drawn if field in fields}
        return [next(known) if field is None else next(made[field]).tolist() for field in fields]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, made up for a synthetic one."""
        if MARK not in text:
            return self._real.embed_query(text)
        found: list[float] = self._drawn[Field.QUESTION].draw(1)[0].tolist()
        return found


class _Normal:
    """Unit vectors with the mean and covariance of given ones, drawn many at a time."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean = vectors.mean(axis=0)
        self._centred = (vectors - self._mean) / np.sqrt(np.float32(len(vectors)))
        self._random = np.random.default_rng(11)
        self._ready = vectors[:0]

    def draw(self, count: int) -> Vectors:
        """Return so many new vectors."""
        if len(self._ready) < count:
            shocks = self._random.standard_normal((max(count, _AT_ONCE), len(self._centred))).astype(np.float32)
            found = self._mean + shocks @ self._centred
            self._ready = found / np.linalg.norm(found, axis=1, keepdims=True)
        drawn, self._ready = self._ready[:count], self._ready[count:]
        return drawn


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
