"""Whether a file's own labels can be believed: people change turns where sentences end, wrong labels anywhere."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_CLOSED = re.compile(r"[.?!…。？！:：;；—–-]+[\"”’')\]】）*_]*\s*$|[\"”’)\]】）]\s*$")
_OPEN_START = re.compile(r"\s*[\"“‘'(\[]*[a-zà-öø-ÿ]")
_MAX_BROKEN = 0.1
_MIN_BROKEN = 3
_MIN_STOPS_PER_WORD = 1 / 80


class Said(NamedTuple):
    """Words under one label."""

    label: str
    text: str


def breaks_off(before: str, after: str) -> bool:
    """Whether one text ends in mid-sentence and the next goes on in lower case."""
    return not _CLOSED.search(before) and bool(_OPEN_START.match(after))


def labels_broken(said: Sequence[Said]) -> str | None:
    """Return why the labels cannot be trusted, as a sentence, or None when nothing speaks against them.

    A change of speaker is broken when the words before it end without any stop and the words after it go on in
    lower case. In the edited transcripts we have it never happens; where labels were guessed line by line it is more
    than half of the changes.
    """
    words = sum(len(one.text.split()) for one in said)
    stops = sum(len(re.findall(r"[.?!…。？！]", one.text)) for one in said)
    changes = [(left, right) for left, right in pairwise(said) if left.label != right.label]
    if words > 200 and changes and stops < words * _MIN_STOPS_PER_WORD:
        return (
            "The text has labels but hardly any punctuation, so that it cannot be checked whether they change "
            "where sentences end: the labels are not trusted."
        )
    broken = sum(breaks_off(left.text, right.text) for left, right in changes)
    if broken >= _MIN_BROKEN and broken > _MAX_BROKEN * len(changes):
        return (
            f"The labels change in mid-sentence in {broken} of {len(changes)} places, as no conversation does: "
            "they are not trusted."
        )
    return None
