"""The words that the BM25 baseline searches by; kept apart from the assistant's, so that it stays what it was."""

import re
from functools import cache
from typing import Protocol

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:'[^\W_\u3400-\u9fff]+)?")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


def tokens(text: str) -> list[str]:
    """Return the stems of English words and the character pairs of Chinese runs.

    >>> tokens("Scaling laws 数据会")
    ['scale', 'law', '数据', '据会']
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        word = match.group()
        if "\u3400" <= word[0] <= "\u9fff":
            found += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            found.append(_english().stemWord(word))
    return found


@cache
def _english() -> _Stemmer:
    from Stemmer import Stemmer

    english: _Stemmer = Stemmer("english")
    return english
