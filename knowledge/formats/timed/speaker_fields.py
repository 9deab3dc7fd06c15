"""Who speaks in a row of data, where several fields say so: the nearest wins, and where two disagree nobody does.

A word's speaker stands nearer than its row's, a row's nearer than that of what it stands in. What stands around
all rows names whom the file is about, not who speaks: an outer speaker is believed only where speakers take turns.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from knowledge.formats.timed.located_json import Text, Value
from knowledge.formats.timed.service_rows import SPEAKERS, TEXTS, Row, speakers_in
from knowledge.metadata.label_names import is_anonymous, is_name, label_key

DISPUTED = ""
"""The speaker of words of which two fields say different things."""

_WORD_TEXTS = (*TEXTS, "word", "punctuated_word", "value")


class Around(NamedTuple):
    """The speaker that the object names in which a row stands; `place` tells objects apart, in the file's order."""

    speaker: str
    place: int


def speaker_of(row: Row, keys: Sequence[str] = SPEAKERS) -> str | None:
    """Return who speaks in a row by its own fields: a name before a number; `DISPUTED` where two names differ."""
    found = speakers_in(row, keys)
    names = [name for name in found if _names_somebody(name)]
    if any(not agree(left, right) for left, right in pairwise(names)):
        return DISPUTED
    return next(iter(names or found), None)


def agree(one: str, other: str) -> bool:
    """Whether two labels can be one person's: the same name, or a part of it; a number agrees with any name."""
    if not (_names_somebody(one) and _names_somebody(other)):
        return True
    left, right = set(label_key(one).split()), set(label_key(other).split())
    return left <= right or right <= left


def nearest(own: str | None, around: str | None) -> str | None:
    """Return the speaker of a row that names one itself and stands in what names one."""
    if own is None or around is None:
        return around if own is None else own
    if not agree(own, around):
        return DISPUTED
    return own if _names_somebody(own) or not _names_somebody(around) else around


def takes_turns(around: Sequence[Around | None]) -> bool:
    """Whether the speakers named around the rows take turns: one of them comes again after another has spoken.

    >>> takes_turns([Around("A", 1), Around("B", 2), Around("A", 3)]), takes_turns([Around("A", 1), Around("A", 1)])
    (True, False)
    """
    objects = [one for one, _ in groupby(one for one in around if one is not None)]
    runs = [key for key, _ in groupby(label_key(one.speaker) or one.speaker for one in objects)]
    return len(set(runs)) < len(runs)


def inner_speakers(row: Row) -> tuple[str, ...]:
    """Return the different speakers that the words of a row name, in their order; what is no word of it is left out."""
    said = next((item.value for key in TEXTS if isinstance(item := row.get(key), Text)), "").casefold()
    return tuple(dict.fromkeys(_inner(row, said, outermost=True)))


def _inner(value: Value, said: str, *, outermost: bool = False) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _inner(item, said)
    elif isinstance(value, dict):
        word = next((item.value for key in _WORD_TEXTS if isinstance(item := value.get(key), Text)), None)
        speaker = None if outermost or word is None else speaker_of(value)
        if speaker is not None and word and word.strip().casefold() in said:
            yield speaker
        for key, item in value.items():
            if key not in SPEAKERS:
                yield from _inner(item, said)


def _names_somebody(label: str) -> bool:
    return is_name(label) and not is_anonymous(label)
