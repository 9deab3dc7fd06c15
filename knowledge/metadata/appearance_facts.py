"""What is known of an appearance against what a page prints: a page’s date, venue and host may be its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.model.source import Appearance

_NAMES = {"date": "date", "venue": "venue", "interviewers": "interviewer"}


def known_facts(known: Appearance, printed_date: str | None) -> dict[str, Any]:
    """Return the fields of a source that its appearance gives: date, venue, interviewers.

    A day that a page gives within the month or year of the catalogue stays, as it says more.
    """
    facts: dict[str, Any] = {"venue": known.venue} if known.venue else {}
    facts |= {"interviewers": known.hosts} if known.hosts else {}
    stays = printed_date and known.date and printed_date.startswith(known.date)
    return facts | ({"date": known.date} if known.date and not stays else {})


def differences(printed: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield a note on each fact that a page prints otherwise than the catalogue knows it."""
    for key, name in _NAMES.items():
        before, known = _shown(printed.get(key)), _shown(facts.get(key))
        if before and known and before.casefold() != known.casefold():
            yield f"It prints the {name} “{before}”; that of the appearance, “{known}”, is shown."


def _shown(value: str | tuple[str, ...] | None) -> str:
    return ", ".join(value) if isinstance(value, tuple) else value or ""
