"""Labels that stand below their words: read as if they stood above, every turn would be the other person's.

Two signs: words stand before the first label and none behind the last one; or the one who should answer asks.
"""

import re
from collections.abc import Sequence

from knowledge.interviews.roles import Roles
from knowledge.interviews.utterances import Utterance
from knowledge.model.turns import Role

_ASKS = re.compile(r"[?？][\"”’')\]」]*\s*$")
_ENDED = re.compile(r"[.?!…。？！][\"”’')\]」]*\s*$")
_MIN_TURNS = 3
_OFTEN = 0.5
_TIMES_AS_OFTEN = 2


def labels_below(found: Sequence[Utterance], roles: Roles) -> str | None:
    """Return why labels seem to stand below their words, as a sentence, or None.

    Args:
        found: utterances, neighbours under one label joined.
        roles: whose each label is.
    """
    turns = [(number, one) for number, one in enumerate(found) if one.label]
    if len(turns) < _MIN_TURNS or not _words_before(found, turns[0][0]):
        return None
    his = [_asks(one) for _, one in turns if roles[one.label or ""] is Role.SUBJECT and one.has_words]
    theirs = [_asks(one) for _, one in turns if roles[one.label or ""] is not Role.SUBJECT and one.has_words]
    if not his or not theirs:
        return None
    asked, answered = sum(his) / len(his), sum(theirs) / len(theirs)
    ends_in_label = not any(one.has_words for one in found[turns[-1][0] :])
    he_asks = len(his) >= _MIN_TURNS and asked >= _OFTEN and asked > _TIMES_AS_OFTEN * answered
    if he_asks or (ends_in_label and not answered > _TIMES_AS_OFTEN * asked):
        return (
            "Its labels seem to stand below the words: words stand before the first one and none behind the last, or "
            "the one who is asked asks. Write each label above or before its words."
        )
    return None


def _words_before(found: Sequence[Utterance], first: int) -> bool:
    """Whether a whole sentence stands directly before the first label."""
    before = found[first - 1] if first else None
    return before is not None and before.label is None and _ENDED.search(before.text) is not None


def _asks(one: Utterance) -> bool:
    return _ASKS.search(one.text) is not None
