"""What a word's shape says of its being a name: a capital, and that it is no word of the language or of the file."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from knowledge.model.word_rules import RuleFile

OPENINGS = RuleFile(Path(__file__).with_name("openings.yaml"))
NAME_LIKE = re.compile(r"[A-ZÀ-Þ\u3400-\u9fff][\w.’'-]*")

_SYMBOL = re.compile(r"(?<=[a-z,] )[B-HJ-Z](?=[ ,(]+[a-z(])")
"""A letter that stands for something: “Q minus the sum”."""


class NameShapes:
    """The words of one file.

    Args:
        in_small: those that stand in small letters somewhere: they are no names.
    """

    def __init__(self, in_small: frozenset[str]) -> None:
        self._in_small = in_small

    def is_name_like(self, words: list[str]) -> bool:
        """Whether words are written as names are: each with a capital, none of them a word of the language."""
        named = [NAME_LIKE.fullmatch(word) is not None and not self.is_plain(word) for word in words]
        return bool(named) and all(named)

    def all_plain(self, words: list[str]) -> bool:
        """Whether none of the words can be a name."""
        return all(self.is_plain(word) for word in words)

    def is_plain(self, word: str) -> bool:
        """Whether a word is one of the language and not a name: known as such, or written small elsewhere."""
        bare = word.strip(".,'’\"“”()[]").casefold().replace("’", "'")
        bare = bare.split("'")[0] if bare not in self._in_small else bare
        return bare in words_of("plain") or bare in self._in_small or not any(char.isalpha() for char in bare)

    @staticmethod
    def is_common(word: str) -> bool:
        """Whether a word is one of those that stand in every text."""
        return word.strip(".,'’\"“”()[]").casefold().replace("’", "'").split("'")[0] in words_of("plain") | words_of(
            "starts"
        )

    @staticmethod
    def is_given(word: str) -> bool:
        """Whether a word with a capital is a given name, though it is a word of the language: “Will”, “Art”."""
        return word[:1].isupper() and word.casefold() in words_of("given")

    @staticmethod
    def starts_sentence(word: str) -> bool:
        """Whether a word with a capital shows that a sentence starts with it; “I” has one anywhere."""
        return word[:1].isupper() and word.casefold().replace("’", "'") in words_of("starts")

    @staticmethod
    def is_nobody(text: str) -> bool:
        """Whether a text says who speaks without a name: “Audience”, “Speaker 2”."""
        return _nobody().fullmatch(text.strip()) is not None

    @staticmethod
    def nobody_at(text: str, start: int) -> int | None:
        """Return where words that say who speaks without a name end, when they stand at `start`."""
        match = _nobody().match(text, start)
        return match.end() if match else None


def words_in_small(text: str) -> frozenset[str]:
    """Return the words that a text writes in small letters in the middle of a sentence, and letters it reckons with."""
    words = {match.group() for match in re.finditer(r"(?<=[a-z,] )[a-zà-ÿ]+(?:'[a-z]+)?(?![\w'’]|\s?[:：;])", text)}
    letters = Counter(re.findall(r"(?<=[a-z,(] )[B-HJ-Z](?=[ ,.?(])", text))
    symbols = {match.group() for match in _SYMBOL.finditer(text)}
    return frozenset(words | {symbol.casefold() for symbol in symbols if letters[symbol] > 1})


def words_of(kind: str) -> frozenset[str]:
    """Return a list of words of `openings.yaml`, in small letters: “plain”, “starts”, “given”, “leads”, “clock”."""
    return OPENINGS.words(kind)


@cache
def _nobody() -> re.Pattern[str]:
    pattern = OPENINGS.pattern("nobody").pattern
    return re.compile(rf"(?:{pattern})(?:[ _#-]{{0,2}}\d{{1,3}}|(?<=er) (?!I\b)[A-Z]\b)?(?![\w’'])", re.IGNORECASE)
