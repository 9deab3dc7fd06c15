"""Dates as the sources give them: ISO 8601, possibly without day or month."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator


def _partial_date(value: str) -> str:
    parts = value.split("-")
    widths = [4, 2, 2][: len(parts)]
    if len(parts) > 3 or [len(part) for part in parts] != widths or not all(part.isdecimal() for part in parts):
        raise ValueError(f"“{value}” is not an ISO date such as 2023, 2023-03 or 2023-03-27")
    filled = [int(part) for part in parts] + [1] * (3 - len(parts))
    date(*filled)  # raises ValueError for a 13th month or a 31st of February
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""`2015`, `2015-01` or `2015-01-31`. Compares as text: a longer date sorts after its own prefix."""

MONTHS = tuple("January February March April May June July August September October November December".split())
"""In English, the first month first."""
