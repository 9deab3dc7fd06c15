"""Where words stand: spans of a source and the positions of the words inside them, which all span metrics share."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# A word is a run of letters and digits with inner apostrophes; a CJK character is a word of its own.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][^\W_\u3400-\u9fff]+)*")


Word = tuple[str, int]
"""A word by its place: the source, and the offset of its first character."""


class Place(NamedTuple):
    """Characters [start, end) of one source, with the words that stand there.

    `text` is exactly the source's characters of the span, so that the place of every word is known.
    """

    source: str
    start: int
    end: int
    text: str

    def contains(self, other: "Place") -> bool:
        """Whether the other span lies inside this one.

        >>> Place("a", 0, 9, "It works.").contains(Place("a", 3, 8, "works"))
        True
        """
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Place") -> int:
        """Return the number of characters both spans share.

        >>> Place("a", 0, 4, "Then").overlap(Place("a", 2, 9, "en it w"))
        2
        """
        if self.source != other.source:
            return 0
        return max(min(self.end, other.end) - max(self.start, other.start), 0)


def words_at(places: Iterable[Place]) -> set[Word]:
    """Return the words of the places, each as (source, offset of its first character); none counts twice.

    >>> sorted(words_at([Place("a", 10, 19, "It works."), Place("a", 13, 18, "works")]))
    [('a', 10), ('a', 13)]
    """
    return {(place.source, place.start + offset) for place in places for offset, _ in words_in(place.text)}


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word with the offset of its first character.

    >>> list(words_in("It's 数据!"))
    [(0, "It's"), (5, '数'), (6, '据')]
    """
    return ((match.start(), match.group()) for match in _WORD.finditer(text))


def count_words(text: str) -> int:
    """Return the number of words; a CJK character is one.

    >>> count_words("It's scale, 数据!")
    4
    """
    return sum(1 for _ in _WORD.finditer(text))
