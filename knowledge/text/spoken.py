"""Words as two transcribers of one recording are likely to agree on them.

Not `knowledge.text.words`, which decides whether a quotation is exact: here “it's” and “it is”, “gonna” and “going to”,
“128” and “one hundred and twenty-eight” are the same, and “um” is nothing. Shipped maps are made of these words, so
a change here means a new `VERSION` and new maps.
"""

import re
from functools import lru_cache
from typing import NamedTuple

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
