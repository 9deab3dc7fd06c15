"""Fingerprints of a few words: enough to find the same place in another transcript, too little to read it.

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
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Words as two transcribers of one recording are likely to agree on them.
VERSION = 1

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\d[\d,.]*|[{_CJK}]|[^\W\d_{_CJK}]+(?:['’ʼ][^\W\d_{_CJK}]+)*")
_FILLERS = frozenset("um umm uh uhh er erm ah hm hmm mm mhm".split())
_LONG_FORMS = {
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "kinda": ("kind", "of"),
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "let's": ("let", "us"),
    "ok": ("okay",),
    "cause": ("because",),
}
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would", "'s": "is"}
_NUMBER = "#"
_NUMBER_WORDS = frozenset(
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion".split()
)


class SpokenWord(NamedTuple):
    """A word in the form it is compared by, and the characters [start, end) it is written with."""

    form: str
    start: int
    end: int


def spoken_words(text: str, start: int = 0, end: int | None = None) -> list[SpokenWord]:
    """Return the words of text[start:end] in order; a written word may stand for two spoken ones.

    >>> [word.form for word in spoken_words("Um, it’s 1,024 — two thousand, don't")]
    ['it', 'is', '#', 'do', 'not']
    """
    found: list[SpokenWord] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        for form in _forms(match.group()):
            if form == _NUMBER and found and found[-1].form == _NUMBER:
                # "165 000" and "165,000" are one number
                found[-1] = found[-1]._replace(end=match.end())
            else:
                found.append(SpokenWord(form, *match.span()))
    return found


@lru_cache(maxsize=1 << 16)
def _forms(token: str) -> tuple[str, ...]:
    plain = token.casefold().replace("’", "'").replace("ʼ", "'")
    if plain in _FILLERS:
        return ()
    if plain in _LONG_FORMS:
        return _LONG_FORMS[plain]
    if plain[0].isdecimal() or plain in _NUMBER_WORDS:
        return (_NUMBER,)
    for ending, form in _ENDINGS.items():
        if plain.endswith(ending) and len(plain) > len(ending):
            return (plain.removesuffix(ending), form)
    return (plain.replace("'", ""),)


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
