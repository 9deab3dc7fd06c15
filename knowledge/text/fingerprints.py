"""Fingerprints: enough of a hash of a few words to find the same place in another transcript, too little to read it.

A *mark* is a run of `SHINGLE` words whose hash happens to be a multiple of `SAMPLING`; of its hash `BITS` bits are
kept. Which runs become marks depends on the words alone, so two transcripts of one recording mark the same places.

Why no text can be had back from marks: a map holds fewer bits than the words do. A word of spoken English carries
four bits and more even for whoever knows the language and everything said before. Marks hold about 2.6 bits a word
(5 bits at every third place, 1.7; which places those are, 0.9); the fingerprints of run starts and ends and the
lengths of sentences add about 0.7. A dictionary attack on one mark meets millions of word runs that fit it: of the
5000^4 runs of four common words, one in 96. A search with a language model over the whole map meets many fluent
texts that all fit. No fingerprint covers fewer than four words, so no single word, however short a run of one
speaker is, can be tried out alone.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

SHINGLE = 4
"""Words in one fingerprint."""
SAMPLING = 3
"""One run of words in so many becomes a mark."""
BITS = 5
"""Bits kept of a mark's hash."""
EDGE_BITS = 8
"""Bits kept of the hash of the words at which a run of one speaker starts or ends."""


class Mark(NamedTuple):
    """The `SHINGLE` words from word number `position` on have this fingerprint."""

    position: int
    value: int


def hashes(forms: Sequence[str]) -> list[int]:
    """Return the 64-bit hash of every run of `SHINGLE` words, by the number of its first word."""
    return [_hash(forms[at : at + SHINGLE]) for at in range(len(forms) - SHINGLE + 1)]


def marks(whole: Sequence[int]) -> list[Mark]:
    """Return the marks among the hashes of a text."""
    return [
        Mark(position, value // SAMPLING % (1 << BITS)) for position, value in enumerate(whole) if value % SAMPLING == 0
    ]


def edge(whole: Sequence[int], position: int) -> int | None:
    """Return the fingerprint of the `SHINGLE` words from `position` on; None where the text is too short."""
    return whole[position] >> (64 - EDGE_BITS) if 0 <= position < len(whole) else None


def _hash(forms: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(forms).encode(), digest_size=8).digest(), "big")
