"""The names that a file is known to use for its speakers, recognised however a slip has written them.

A label that slipped is nearly always a name the file uses elsewhere: in lower case, with a letter lost, without its
colon, run into the words behind it. So names are compared by their letters alone, in forms people shorten them to.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.metadata.label_names import is_role, name_and_beside, names_subject
from knowledge.model.subject import Subject

_TOKEN = re.compile(r"\S+")
_NAME_WORD = re.compile(
    r"[^\W_][\u0300-\u036f]*(?:(?:['’_\-－\u200b-\u200f\u00ad\u2060]+|(?<=\b\w)\.)?[^\W_][\u0300-\u036f]*)*"
)
_LETTERS = re.compile(r"[^\W_]+")
_LOOK_ALIKE = str.maketrans(
    {"а": "a", "е": "e", "о": "o", "с": "c", "р": "p", "х": "x", "у": "y", "і": "i", "ј": "j", "ѕ": "s", "т": "t",
     "н": "h", "м": "m", "к": "k", "в": "b", "ο": "o", "α": "a", "ν": "v", "0": "o", "1": "i", "3": "e"}
)  # fmt: skip
_TITLES = frozenset("mr ms mrs dr prof professor".split())
_LITTLE = frozenset("of the and a van von der de".split())
_MAX_TOKENS = 5
_MAX_NAMES = 60
_MIN_FUZZY = 5
_MIN_FUZZY_TWICE = 9
_MIN_GLUED = 5


class Form(Enum):
    """How a known name is written where it was met."""

    WHOLE = auto()
    """As the file writes the label, or the whole of a name of two words or more."""
    PART = auto()
    """A first name, a surname, initials."""
    ALIKE = auto()
    """With a letter lost, swapped or wrong."""
    GLUED = auto()
    """Run into the word behind it."""


class Known(NamedTuple):
    """A known name in a text: where it ends, how it is written, whether it is the subject's."""

    end: int
    form: Form
    is_subject: bool


class Cast:
    """The speakers of one file.

    Args:
        labels: every label of the file, as often as it stands there; the most frequent are known.
        subject: whose names are told apart from the others'.
    """

    def __init__(self, labels: Iterable[str], subject: Subject) -> None:
        self.subject = subject
        counted = Counter(labels)
        self.labels = tuple(label for label, _ in counted.most_common(_MAX_NAMES))
        theirs = [label for label in self.labels if not names_subject(label, subject)]
        own = (subject.name, *subject.aliases, *subject.misspellings)
        self._own = {key for name in own if (key := letters(name))}
        self._whole: dict[str, bool] = {}
        self._parts: dict[str, bool] = {}
        self._alone = {letters(label) for label in theirs if " " not in label.strip() and not is_role(label)}
        for label in theirs:
            self._add(label, is_subject=False)
        self._add(subject.name, is_subject=True)
        self._whole |= dict.fromkeys(self._own, True)
        self._fuzzy = [key for key in {**self._parts, **self._whole} if len(key) >= _MIN_FUZZY]
        self.find = lru_cache(maxsize=4096)(self._find)

    def _add(self, label: str, *, is_subject: bool) -> None:
        name, _ = name_and_beside(label)
        words = [word for word in _LETTERS.findall(name) if word.casefold() not in _TITLES]
        keys = [letters(word) for word in words]
        whole = {letters(label), letters(name), "".join(keys), "".join(reversed(keys))}
        self._whole |= {key: is_subject for key in whole if key and (is_subject or key not in self._own)}
        if len(keys) < 2:
            return
        long = [key for key in keys if len(key) > 2 and key not in _LITTLE]
        initials = "".join(key[:1] for key in keys)
        short = {*long, initials, keys[0][:1] + keys[-1], keys[0] + keys[-1][:1], *(t + keys[-1] for t in _TITLES)}
        for key in short:
            if key and (is_subject or key not in self._own):
                self._parts.setdefault(key, is_subject)

    def _find(self, text: str) -> Known | None:
        """Return the known name with which a text starts, the longest first; None when it starts with none."""
        tokens = _tokens(text)
        keys = [letters("".join(text[start:end] for start, end in tokens[:count])) for count in range(len(tokens) + 1)]
        for form, names in ((Form.WHOLE, self._whole), (Form.GLUED, None), (Form.PART, self._parts)):
            if names is None:
                glued = self._glued(text, tokens, keys)
                if glued is not None:
                    return glued
                continue
            for count in range(len(tokens), 0, -1):
                if keys[count] in names:
                    return Known(tokens[count - 1][1], form, names[keys[count]])
        return self._with_first_name(text, tokens) or self._alike(tokens, keys)

    def _with_first_name(self, text: str, tokens: Sequence[tuple[int, int]]) -> Known | None:
        """Return a name whose surname alone is a label of the file: “Tom Reed” beside “REED:”."""
        if len(tokens) < 2 or not text[tokens[0][0]].isupper():
            return None
        key = letters(text[slice(*tokens[1])])
        single = len(key) >= _MIN_FUZZY - 1 and key in self._whole and key in self._alone
        return Known(tokens[1][1], Form.WHOLE, self._whole[key]) if single else None

    def _alike(self, tokens: Sequence[tuple[int, int]], keys: Sequence[str]) -> Known | None:
        for count in range(min(len(tokens), 3), 0, -1):
            key = keys[count]
            if len(key) < _MIN_FUZZY - 1:
                continue
            far = 2 if len(key) >= _MIN_FUZZY_TWICE else 1
            best = process.extractOne(key, self._fuzzy, scorer=OSA.distance, score_cutoff=far)
            if best is not None:
                name = best[0]
                is_subject = self._whole.get(name, self._parts.get(name, False))
                return Known(tokens[count - 1][1], Form.ALIKE, is_subject)
        return None

    def _glued(self, text: str, tokens: Sequence[tuple[int, int]], keys: Sequence[str]) -> Known | None:
        for count in range(min(len(tokens), 3), 0, -1):
            for name, is_subject in self._whole.items():
                if len(name) >= _MIN_GLUED and keys[count].startswith(name) and len(keys[count]) > len(name):
                    start, end = tokens[count - 1]
                    cut = _place_of_letter(text, start, len(name) - len(keys[count - 1]))
                    if start < cut < end and (text[cut].isupper() or not text[cut].isalnum()):
                        return Known(cut, Form.GLUED, is_subject)
        return None


def resembles_subject(label: str, subject: Subject) -> bool:
    """Whether a label is the subject's name with a letter or two lost, doubled or wrong: then we do not know whose.

    >>> resembles_subject("LAda Lovelace", Subject(name="Ada Lovelace"))
    True
    """
    name = letters(name_and_beside(label)[0])
    own = (letters(known) for known in (subject.name, *subject.aliases, *subject.misspellings))
    return any(
        OSA.distance(name, key) <= (2 if len(key) >= _MIN_FUZZY_TWICE else 1) for key in own if len(key) > _MIN_FUZZY
    )


def letters(text: str) -> str:
    """Return what a name's spellings share: small letters without accents, look-alikes of other scripts as Latin.

    >>> letters("T0m\\u200b Réed")
    'tomreed'
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(char for char in bare.casefold().translate(_LOOK_ALIKE) if char.isalnum())


def _place_of_letter(text: str, start: int, number: int) -> int:
    """Return where the letter with this number stands from `start` on; marks between letters do not count."""
    for place in range(start, len(text)):
        if not letters(text[place]):
            continue
        if number <= 0:
            return place
        number -= len(letters(text[place]))
    return len(text)


def _tokens(text: str) -> list[tuple[int, int]]:
    """Return the spans of the first words of a text, the marks before and behind each left out."""
    found = []
    for token in _TOKEN.finditer(text):
        inside = re.search(r"[^\W_](?:.*[^\W_])?", token.group())
        if inside is None:
            break
        inner = _NAME_WORD.match(inside.group())
        start = token.start() + inside.start()
        end = start + (inner.end() if inner else len(inside.group()))
        found.append((start, end))
        if end < token.end() and text[end : token.end()] not in {",", "."}:
            break  # a mark ends the name
        if len(found) == _MAX_TOKENS:
            break
    return found
