"""Words as search sees them: stems of English words, pairs of Chinese characters, and English for Chinese terms."""

import re
from functools import cache, lru_cache
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from knowledge.catalogue import STARTER
from knowledge.handwritten import load_yaml

# Words that carry no topic, in questions and in answers.
_STOP_WORDS = frozenset(
    """
    a an the of to in on at for from by with about as is are was were be been being am do does did done has have had
    having i you he she it we they me him her us them my your his its our their this that these those there here what
    which who whom whose when where why how and or but if then than so not no nor can could will would shall should
    may might must just very really also too more most some any all such only own same s t don now ve ll re d m o y
    """.split()
)
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[\u3400-\u9fff]+")


@lru_cache(maxsize=50_000)
def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text in order, stop words left out; a hyphenated word gives its parts as well.

    >>> terms("What are the scaling-laws? 数据会")
    ('scaling-law', 'scale', 'law', '数据', '据会')
    """
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        if "\u3400" <= word[0] <= "\u9fff":
            found += (word[start : start + 2] for start in range(max(1, len(word) - 1)))
            continue
        parts = [word, *word.split("-")] if "-" in word and "'" not in word else [word]
        bare = (part.split("'")[0] for part in parts)
        found += (_stem(part) for part in bare if part and part not in _STOP_WORDS)
    return tuple(found)


def in_english(text: str) -> tuple[str, ...]:
    """Return the English words of the field for the Chinese terms in a text: the longest term first, each word once."""
    glossary, longest = _glossary()
    found: list[str] = []
    start = 0
    while start < len(text):
        for length in range(min(longest, len(text) - start), 0, -1):
            if words := glossary.get(text[start : start + length]):
                found += words
                start += length
                break
        else:
            start += 1
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> "_Stemmer":
    from Stemmer import Stemmer

    stemmer: _Stemmer = Stemmer("english")
    return stemmer


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _glossary() -> tuple[dict[str, list[str]], int]:
    file = load_yaml(STARTER / "glossary.yaml")
    try:
        entries = TypeAdapter(dict[str, str]).validate_python(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error
    return {term: words.split() for term, words in entries.items()}, max(map(len, entries))
