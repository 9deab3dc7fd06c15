"""Deduplication of chosen quotes, the last step before they are shown: fair ones that say something, each once."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from assistant.fairness.context import fair_run
from assistant.quotes import Quote
from assistant.selection.substance import substantial
from knowledge.text.words import keys

_SAME_WORDS = 0.7
"""Share of the shorter quote's words, in order, that two versions of one utterance have in common."""


class Presenter:
    """Decides quote by quote, for one answer.

    Args:
        before: quotes that earlier answers showed; they are not repeated, in no version.
        one_per_appearance: whether each occasion is quoted at most once.
    """

    def __init__(self, *, before: Sequence[Quote] = (), one_per_appearance: bool = False) -> None:
        self._before = before
        self._one_per_appearance = one_per_appearance
        self._shown: list[Quote] = []

    def present(self, quote: Quote) -> Quote | None:
        """Return the quote as it may be shown, or None when it may not."""
        told = substantial(quote)
        span = fair_run(told.source, told.start, told.end) if told else None
        if span is None:
            return None
        fair = Quote(source=quote.source, start=span.start, end=span.end)
        if any(_repeats(fair, shown) for shown in (*self._before, *self._shown)):
            return None
        if self._one_per_appearance and any(_same_occasion(fair, shown) for shown in self._shown):
            return None
        self._shown.append(fair)
        return fair


def _repeats(one: Quote, other: Quote) -> bool:
    if _same_file(one, other) and one.start < other.end and other.start < one.end:
        return True
    ours, theirs = keys(one.text), keys(other.text)
    return LCSseq.similarity(ours, theirs) >= _SAME_WORDS * min(len(ours), len(theirs))


def _same_occasion(one: Quote, other: Quote) -> bool:
    if one.source.appearance and one.source.appearance == other.source.appearance:
        return True
    return _same_file(one, other)


def _same_file(one: Quote, other: Quote) -> bool:
    return one.source.id == other.source.id and one.source.sha256 == other.source.sha256
