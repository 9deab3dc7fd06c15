"""Wishes: what a short follow-up wants of what was just shown, read from its words without a model."""

import re
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from knowledge.model.word_rules import RuleFile, spoken

WISHES = RuleFile(Path(__file__).parent / "wishes.yaml", form=spoken)

_POLITE = re.compile(
    r"^\W*(?:please|could you|can you|ok(?:ay)?|thanks?|thank you|请问)?[\s,，]*"
    r"|[\s,，]*(?:please|thanks?|then|谢谢)?[\s?？!！.。…]*$",
    re.IGNORECASE,
)


class Wish(StrEnum):
    """What a follow-up wants."""

    MORE = "more"
    WHY = "why"
    LATER = "later"
    EARLIER = "earlier"
    CHINESE = "chinese"
    ORIGINAL = "original"
    ASKED = "asked"
    SHORTER = "shorter"
    WHOLE = "whole"
    ABOUT = "about"


SAME_WORDS = frozenset({Wish.CHINESE, Wish.ORIGINAL, Wish.ASKED, Wish.SHORTER, Wish.WHOLE})
"""Wishes for what was just quoted, which may be shown again."""


class Wished(NamedTuple):
    """A wish, with the topic it names where it wants another one."""

    wish: Wish
    topic: str | None = None


# A wish for more: what it wants more of.
_MORE = re.compile(
    r"^\W*(?:(?:show|give|tell)\s+(?:me|us)\s+)?(?:some\s+|any\s+|a\s+few\s+|one\s+)?"
    r"(?:more|another|anything\s+else|what\s+else|next|go\s+on|continue)"
    r"(?:\s+(?:ones?|quotes?|quotations?|please|then|(?:about|on)\s+(?:it|this|that)))*\W*$"
    r"|^\W*(?:请|再)?(?:更多|还有吗|还有别的吗|还有其他的吗|还有呢|别的呢|再来一?(?:些|个|条|点)|多来几条|继续|下一条|换一(?:个|条))\W*$",
    re.IGNORECASE,
)


def read_wish(question: str) -> Wished | None:
    """Return what a follow-up wants; None when it is a question of its own.

    >>> read_wish("And later?"), read_wish("What about data?"), read_wish("Why do bees dance?")
    (Wished(wish=<Wish.LATER: 'later'>, topic=None), Wished(wish=<Wish.ABOUT: 'about'>, topic='data'), None)
    """
    if _MORE.match(question):
        return Wished(Wish.MORE)
    bare = _POLITE.sub("", spoken(question))
    for wish in Wish:
        if wish is not Wish.MORE and (found := WISHES.pattern(wish).search(bare)):
            return Wished(wish, next(filter(None, found.groupdict().values()), None))
    return None
