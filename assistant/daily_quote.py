"""The quotation of the day: one of the quotation book for each date, the same for everybody who holds the same book.

All are shown once before any comes again, each round in an order of its own.
"""

import hashlib
from datetime import date, timedelta

from assistant.quotes import Quote
from knowledge.library.editions import library_state, sources_from
from knowledge.library.store import Library
from knowledge.starter.book import ORIGIN as BOOK_ORIGIN


class DailyQuotes:
    """Chooses among the quotations of the book that a library holds; what was taken out of it is never chosen."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: tuple[str, list[Quote]] | None = None

    def of(self, day: date) -> Quote | None:
        """Return the quotation of a day; None where the quotation book is not held."""
        held = self._held()
        if not held:
            return None
        turn, place = divmod(day.toordinal(), len(held))
        return sorted(held, key=lambda quote: hashlib.sha256(f"{turn}:{quote.id}".encode()).digest())[place]

    def until(self, day: date, count: int) -> list[tuple[date, Quote]]:
        """Return the quotations of the `count` days that end with `day`, latest first."""
        days = (day - timedelta(days=back) for back in range(min(count, day.toordinal())))
        return [(one, quote) for one in days if (quote := self.of(one))]

    def _held(self) -> list[Quote]:
        state = library_state(self._library)
        known = self._known
        if known is None or known[0] != state:
            self._known = known = (state, self._read())
        return known[1]

    def _read(self) -> list[Quote]:
        sources = map(self._library.source, sources_from(self._library, BOOK_ORIGIN))
        return [
            Quote(source=source, start=turn.start, end=turn.end)
            for source in sources
            for turn in source.turns
            if turn.question and turn.renders is None and turn.quotable()
        ]
