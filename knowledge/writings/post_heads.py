"""The line above or before a post as people copy it: name, handle, day: “Mira Vane (@mira), 9 February 2022: …”."""

import re
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
    PostHead(name='Mira Vane', handle='mira', day='2022-02-09', body=39)
    """
    if "@" not in line[:_MAX_HEAD]:
        return None
    match = _HEAD.fullmatch(line)
    if match is None or (match.start("body") if match["body"] else len(line)) > _MAX_HEAD:
        return None
    day = partial_date(match["day"])
    name = match["name"].strip(" *_") if match["name"] else None
    return PostHead(name or None, match["handle"], day, match.start("body") if match["body"] else None) if day else None
