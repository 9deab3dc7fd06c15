"""Times as transcripts print them, in seconds."""

import re
from typing import NamedTuple

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_RANGE = rf"(?P<clock>{CLOCK})(?:\s*(?:-->|[-–—~])\s*(?P<until>{CLOCK}))?"
_BRACKETED = re.compile(rf"[\[(（]\s*{_RANGE}\s*[\])）]")
_BARE = re.compile(rf"{_RANGE}(?=$|[\s:·|，,])")


class Stamp(NamedTuple):
    """A printed time: seconds into the recording, and where in its line it ends."""

    seconds: float
    end: int
    bracketed: bool
    until: float | None = None


def seconds_of(clock: str) -> float:
    """Return the seconds that `1:02:03.5`, `02:03,500` or `2:03` stand for.

    >>> seconds_of("1:02:03.5")
    3723.5
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def stamp_at(text: str, position: int = 0) -> Stamp | None:
    """Return the printed time that starts exactly at `position`, if one does."""
    for pattern in (_BRACKETED, _BARE):
        match = pattern.match(text, position)
        if match:
            until = seconds_of(match["until"]) if match["until"] else None
            return Stamp(seconds_of(match["clock"]), match.end(), pattern is _BRACKETED, until)
    return None
