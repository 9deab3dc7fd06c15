"""Made-up interviews, as many as wanted, whose words and vectors lie where real ones lie.

A sentence begins like one real sentence and ends like another, so that words and encoder meet what they know.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from knowledge.formats.draft import Draft
from knowledge.model.passages import Passage
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role

_TURNS = 250
_SENTENCES = 4
_FEWEST_WORDS = 6


def interviews(like: Sequence[Passage], passages: int, *, subject: str) -> Iterator[tuple[Source, bytes]]:
    """Yield sources with so many passages in all, each turn one passage."""
    random = np.random.default_rng(7)
    spoken = [passage.source.text[start:end].split() for passage in like for start, end in passage.sentences]
    spoken = [words for words in spoken if len(words) >= _FEWEST_WORDS]
    for number in range(-(-passages // _TURNS)):
        turns = min(_TURNS, passages - number * _TURNS)
        lines = []
        for begin, end in random.choice(len(spoken), size=(turns, 2, _SENTENCES + 1)):
            said = [_joined(spoken[one], spoken[other]) for one, other in zip(begin, end, strict=True)]
            lines += [f"Host: {said[0][:-1]}?", f"{subject}: {' '.join(said[1:])}"]
        yield _source("\n".join(lines), f"synthetic-{number:04}", subject)


def _joined(one: Sequence[str], other: Sequence[str]) -> str:
    """Return a sentence that begins like one and ends like another; ends of sentences inside are taken out."""
    words = [*one[: len(one) // 2], *other[len(other) // 2 :]]
    return f"{' '.join(word.strip('.?!:…') for word in words)}.".capitalize()


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
