"""The selector that needs no model: from each of the best passages the run of sentences that answers best."""

from collections.abc import Callable, Iterator, Sequence

from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from knowledge.model.source import count_words

NAME = "extractive"

NEAR = 0.5
"""How near to the best a further passage must score to be quoted beside it."""
FAR = 4.0
"""The same where more is wanted than the nearest: the next quotes, or a sequence over the years."""
_ENOUGH_WORDS = 32
_MOST_WORDS = 75
_DROP = 3.0
"""Once there are enough words, a neighbour joins only when it scores at most this much below the best sentence."""


def select(
    hits: Sequence[Hit], *, max_quotes: int, present: Callable[[Quote], Quote | None], near: float = NEAR
) -> Iterator[Quote]:
    """Yield at most `max_quotes` quotes, best first.

    Args:
        hits: the passages to choose from, best first.
        max_quotes: how many quotes at most.
        present: returns a quote as it may be shown, None when it may not.
        near: a further passage is quoted only when its score is within this of the best quoted one's.
    """
    best = None
    left = max_quotes
    for hit in hits:
        if left == 0 or (best is not None and hit.score < best - near):
            break
        if (quote := present(best_run(hit))) is not None:
            best = hit.score if best is None else best
            left -= 1
            yield quote


def best_run(hit: Hit) -> Quote:
    """Grow from the best sentence of a passage towards the better neighbour, until the thought is complete enough."""
    passage, scores = hit.passage, hit.sentence_scores
    spans = passage.sentences
    words = [count_words(passage.source.text[start:end]) for start, end in spans]
    best = max(range(len(spans)), key=lambda number: (scores[number], -number))
    first, last = best, best + 1
    while True:
        sides = [(scores[number], number) for number in (first - 1, last) if 0 <= number < len(spans)]
        if not sides:
            break
        score, number = max(sides)
        grown = slice(min(first, number), max(last, number + 1))
        enough = sum(words[first:last]) >= _ENOUGH_WORDS
        if sum(words[grown]) > _MOST_WORDS or (enough and score < scores[best] - _DROP):
            break
        first, last = grown.start, grown.stop
    return Quote(source=passage.source, start=spans[first].start, end=spans[last - 1].end)
