"""The last look before a quote is shown: widened to a fair run, not shown before, one utterance once."""

from collections.abc import Collection

from rapidfuzz.distance import LCSseq

from assistant.context import fair_run
from assistant.quotes import Quote
from knowledge.words import keys

_SAME_WORDS = 0.7
"""Share of the shorter quote's words, in order, that two versions of one utterance have in common."""


class Presenter:
    """Decides quote by quote, for one answer.

    Args:
        exclude: ids of quotes that were shown before.
        one_per_appearance: whether each occasion is quoted at most once.
    """

    def __init__(self, *, exclude: Collection[str] = (), one_per_appearance: bool = False) -> None:
        self._exclude = exclude
        self._one_per_appearance = one_per_appearance
        self._shown: list[Quote] = []

    def present(self, quote: Quote) -> Quote | None:
        """Return the quote as it may be shown, or None when it may not."""
        span = fair_run(quote.source, quote.start, quote.end)
        if span is None:
            return None
        fair = Quote(source=quote.source, start=span.start, end=span.end)
        if fair.id in self._exclude or any(self._repeats(fair, shown) for shown in self._shown):
            return None
        self._shown.append(fair)
        return fair

    def _repeats(self, one: Quote, other: Quote) -> bool:
        if one.source.id == other.source.id and one.source.sha256 == other.source.sha256:
            if self._one_per_appearance or (one.start < other.end and other.start < one.end):
                return True
        elif self._one_per_appearance and one.source.appearance and one.source.appearance == other.source.appearance:
            return True
        ours, theirs = keys(one.text), keys(other.text)
        return LCSseq.similarity(ours, theirs) >= _SAME_WORDS * min(len(ours), len(theirs))
