"""A wish for more: what it wants more of."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_MORE = re.compile(
    r"^\W*(?:(?:show|give|tell)\s+(?:me|us)\s+)?(?:some\s+|any\s+|a\s+few\s+|one\s+)?"
    r"(?:more|another|anything\s+else|what\s+else|next|go\s+on|continue)"
    r"(?:\s+(?:ones?|quotes?|quotations?|please|then|(?:about|on)\s+(?:it|this|that)))*\W*$"
    r"|^\W*(?:请|再)?(?:更多|还有吗|还有别的吗|还有其他的吗|还有呢|别的呢|再来一?(?:些|个|条|点)|多来几条|继续|下一条|换一(?:个|条))\W*$",
    re.IGNORECASE,
)


class Continued(NamedTuple):
    """The question that more is wanted of, what was asked before it, and how often more was wanted until now."""

    question: str
    history: tuple[str, ...]
    times: int


def continued(question: str, history: Sequence[str]) -> Continued | None:
    """Return what a wish for more continues; None when it is none, or when nothing was asked before it.

    >>> continued("More, please!", ["Why scale?", "more"])
    Continued(question='Why scale?', history=(), times=2)
    >>> continued("More data or better algorithms?", ["Why scale?"]) is None
    True
    """
    if not _MORE.match(question):
        return None
    for number in range(len(history) - 1, -1, -1):
        if not _MORE.match(history[number]):
            return Continued(history[number], tuple(history[:number]), len(history) - number)
    return None
