"""The line above or before a post as people copy it: name, handle, day: “Mira Vane (@mira), 9 February 2022: …”.

A page copied whole has them on lines of their own: the name, the handle, a dot, the day.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.metadata.printed_facts import partial_date

_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+(?:19|20)\d\d|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+"
    r"(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
)
_CLOCK = r"(?:[T ]\s*(?:at\s+)?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[AP]M|Z|[+-]\d\d:?\d\d)?)?"
_HEAD = re.compile(
    r"[\s#>*_\-\[]*"
    r"(?P<name>[^\s@()（）\[:][^@()（）\[:]{1,40}?)?[\s*_]*[(（\[]?@(?P<handle>\w{1,30})[)）\]]?[\s*_]*"
    r"(?:(?:on|在)\s*(?:X|Twitter|推特)\s*(?:上)?)?\s*[,，:·•|—–\-]?\s*(?:on\s+)?[(（\[]?"
    rf"(?P<day>{_DAY}){_CLOCK}[)）\]]?[\s*_]*(?:[:：·—–\-]\s*(?P<body>\S.*))?[:：]?\s*",
    re.DOTALL,
)
_MAX_HEAD = 140
_MOST_LINES = 4
_SHORT_LINE = 45


class PostHead(NamedTuple):
    """Who posted what follows, and when; `body` is where the words begin in the line, None where they stand below."""

    name: str | None
    handle: str
    day: str
    body: int | None

    def address_in(self, text: str) -> str | None:
        """Return the post's address, if a line gives one of this account."""
        found = re.search(rf"https?://(?:www\.)?(?:x|twitter)\.com/{self.handle}/status/\d+", text, re.IGNORECASE)
        return found.group() if found else None


def post_head(line: str) -> PostHead | None:
    """Return the head that a line begins with, or None.

    >>> post_head("Mira Vane (@mira), 9 February 2022: it may be that bees are slightly bored")
    PostHead(name='Mira Vane', handle='mira', day='2022-02-09', body=36)
    """
    if "@" not in line[:_MAX_HEAD]:
        return None
    match = _HEAD.fullmatch(line)
    if match is None or (match.start("body") if match["body"] else len(line)) > _MAX_HEAD:
        return None
    day = partial_date(match["day"])
    name = match["name"].strip(" *_") if match["name"] else None
    return PostHead(name or None, match["handle"], day, match.start("body") if match["body"] else None) if day else None


class PlacedHead(NamedTuple):
    """A head with its lines [first, last) in the text."""

    first: int
    last: int
    head: PostHead


def heads_in(lines: Sequence[str]) -> list[PlacedHead]:
    """Return the heads of posts among lines, each on one line or on up to four short ones.

    >>> [tuple(placed)[:2] for placed in heads_in(["Mira Vane", "@mira", "·", "9 February 2022", "bees are bored"])]
    [(0, 4)]
    """
    found, number = [], 0
    while number < len(lines):
        placed = _head_at(lines, number)
        if placed:
            found.append(placed)
        number = placed.last if placed else number + 1
    return found


def _head_at(lines: Sequence[str], number: int) -> PlacedHead | None:
    if head := post_head(lines[number].strip()):
        return PlacedHead(number, number + 1, head)
    for last in range(number + 2, min(number + _MOST_LINES, len(lines)) + 1):
        parts = [line.strip() for line in lines[number:last]]
        if not all(0 < len(part) <= _SHORT_LINE for part in parts) or post_head(parts[-1]):
            return None
        head = post_head(" ".join(parts))
        if head and head.body is None and any(part.startswith(("@", "(@")) for part in parts[:2]):
            return PlacedHead(number, last, head)
    return None
