"""What each word piece of a question counts when it is compared with passages: the rarer its word here, the more."""

import re

import numpy as np

from knowledge.search import Snapshot
from knowledge.search.late_interaction import Encoded
from knowledge.search.snapshot import Floats, inverse_document_frequency
from knowledge.search.terms import terms

_WORD = re.compile(r"[\w'’-]+")
_LEAST = 0.3
"""What punctuation and words without a topic count, beside some 5 of a rare word."""


def piece_weights(snapshot: Snapshot, text: str, pieces: Encoded) -> Floats:
    """Return one weight for each word piece of a text, shape (pieces,); the pieces of a word share its rarity.

    Rarity is that of the library that is searched: "language model" tells little where everything is about them.
    """
    rarities = np.zeros(len(text) + 1, dtype=np.float32)
    words = np.zeros(len(text) + 1, dtype=np.int64)
    for number, match in enumerate(_WORD.finditer(text), start=1):
        rarities[match.start() : match.end()] = max(
            (_rarity(snapshot, term) for term in terms(match.group())), default=0
        )
        words[match.start() : match.end()] = number
    starts = np.minimum(pieces.spans[:, 0], len(text))
    of_word = words[starts]
    counts = np.bincount(of_word)[of_word] if len(of_word) else of_word
    return (rarities[starts] / np.maximum(counts, 1) + _LEAST).astype(np.float32)


def _rarity(snapshot: Snapshot, term: str) -> float:
    rarity = snapshot.rarity(term)
    return inverse_document_frequency(0, len(snapshot)) if rarity is None else rarity
