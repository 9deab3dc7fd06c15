"""The selector that needs no model: from each of the best passages the run of sentences that answers best."""

from collections.abc import Sequence

from assistant.quotes import Quote
from assistant.retrieval import Hit
from knowledge.source import count_words

NAME = "extractive"

_NEAR = 0.5
"""A further passage is quoted only when its score is within this of the best one's."""
_CONSIDERED = 8
_ENOUGH_WORDS = 32
_MOST_WORDS = 75
_DROP = 3.0
"""Once there are enough words, a neighbour joins only when it scores at most this much below the best sentence."""


def select(hits: Sequence[Hit], *, max_quotes: int) -> list[Quote]:
    """Return at most `max_quotes` quotes, best first."""
    near = [hit for hit in hits[:_CONSIDERED] if hit.score >= hits[0].score - _NEAR]
    return [best_run(hit) for hit in near[:max_quotes]]


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
