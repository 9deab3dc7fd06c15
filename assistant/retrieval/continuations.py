"""Continuations: a follow-up is likely answered by what he went on to say, more than its few words can tell."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from knowledge.model.passages import Passage
from knowledge.model.turns import Role

_NEAREST = 0.5
"""What the same turn adds to a score, as a share of the distance from the best to the last passage."""
_AFTER = 6
"""Turns of his after a quote that still continue it."""
_BEFORE = 2


def continuing(hits: Sequence[Hit], last: Sequence[Quote]) -> list[Hit]:
    """Return the hits, best first, those near what was just quoted being better for it.

    Args:
        hits: passages with scores of one search.
        last: what was just quoted.
    """
    found = {hit.passage.id: hit for hit in hits}
    if not found:
        return []
    scores = [hit.score for hit in found.values()]
    distance = max(scores) - min(scores)
    nearer = [
        replace(hit, score=hit.score + distance * _NEAREST * _nearness(hit.passage, last)) for hit in found.values()
    ]
    return sorted(nearer, key=lambda hit: (-hit.score, hit.passage.id))


def _nearness(passage: Passage, last: Sequence[Quote]) -> float:
    return max((_beside(passage, quote) for quote in last), default=0.0)


def _beside(passage: Passage, quote: Quote) -> float:
    """Return 1 for the same turn, less for each turn of his between, 0 far away or elsewhere."""
    source = quote.source
    if passage.source.id != source.id or passage.source.sha256 != source.sha256:
        return 0.0
    here, there = source.turn_index(quote.start), source.turn_index(passage.start)
    between = source.turns[min(here, there) + 1 : max(here, there) + 1]
    steps = sum(turn.role is Role.SUBJECT for turn in between)
    reach = _AFTER if there >= here else _BEFORE
    return max(0.0, 1 - steps / (reach + 1)) * (1.0 if there >= here else 0.5)
