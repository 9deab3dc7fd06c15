"""Times as transcripts print them, in seconds."""

import re
from typing import NamedTuple

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_RANGE = rf"(?P<clock>{CLOCK})(?:\s*(?:-->|[-–—~])\s*(?P<until>{CLOCK}))?"
_BRACKETED = re.compile(rf"[\[(（]\s*{_RANGE}\s*[\])）]")
_BARE = re.compile(rf"{_RANGE}(?=$|[\s:·|，,])")
_SHORT = r"\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,3}"
_ARROWED = re.compile(rf"(?P<clock>{_SHORT})\s*-->\s*(?P<until>{_SHORT})(?=\s|$)")
"""Teams writes `0:0:7.0 --> 0:0:13.510` in its older documents."""
_SPELLED = re.compile(
    r"(?:(?P<hours>\d{1,2}) hours?,? )?(?P<minutes>\d{1,2}) minutes?,? (?P<seconds>\d{1,2}) seconds?"
    rf"(?:\s*{CLOCK})?\s*$"
)
"""Teams’ list of what was said: `1 hour 2 minutes 3 seconds`, the clock’s time perhaps glued to it."""


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
    for pattern in (_BRACKETED, _ARROWED, _BARE):
        match = pattern.match(text, position)
        if match:
            until = seconds_of(match["until"]) if match["until"] else None
            return Stamp(seconds_of(match["clock"]), match.end(), pattern is _BRACKETED, until)
    spelled = _SPELLED.match(text, position) if text[position : position + 1].isdecimal() else None
    if spelled is None:
        return None
    hours, minutes, seconds = (int(spelled[part] or 0) for part in ("hours", "minutes", "seconds"))
    return Stamp(hours * 3600.0 + minutes * 60 + seconds, spelled.end(), bracketed=False)
