"""Whether a file's own labels can be believed: people change turns where sentences end, wrong labels anywhere."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_CLOSED = re.compile(r"[.?!…。？！:：;；—–-]+[\"”’')\]】）*_]*\s*$|[\"”’)\]】）]\s*$")
_OPEN_START = re.compile(r"\s*[\"“‘'(\[]*[a-zà-öø-ÿ]")
_MAX_BROKEN = 0.2
_MIN_CHANGES = 8
_MIN_STOPS_PER_WORD = 1 / 80


class Said(NamedTuple):
    """Words under one label."""

    label: str
    text: str


def labels_broken(said: Sequence[Said]) -> str | None:
    """Return why the labels cannot be trusted, as a sentence, or None when nothing speaks against them.

    A change of speaker is broken when the words before it end without any stop and the words after it go on in
    lower case. In edited transcripts that is below 2 %, where labels were guessed per line it is a third or more.
    """
    words = sum(len(one.text.split()) for one in said)
    stops = sum(len(re.findall(r"[.?!…。？！]", one.text)) for one in said)
    changes = [(left, right) for left, right in pairwise(said) if left.label != right.label]
    if words > 200 and changes and stops < words * _MIN_STOPS_PER_WORD:
        return (
            "The text has labels but hardly any punctuation, so that it cannot be checked whether they change "
            "where sentences end: the labels are not trusted."
        )
    broken = sum(not _CLOSED.search(left.text) and bool(_OPEN_START.match(right.text)) for left, right in changes)
    if len(changes) >= _MIN_CHANGES and broken > _MAX_BROKEN * len(changes):
        return (
            f"The labels change in mid-sentence in {broken} of {len(changes)} places, as no conversation does: "
            "they are not trusted."
        )
    return None
