"""The selector that needs no model: the best run of whole sentences of each of the best passages."""

from assistant.quotes import Quote
from assistant.retrieval import Hit
from knowledge.index import word_tokens

NAME = "extractive"
_MIN_SIMILARITY = 0.83
_RUN = 3


def select(question: str, hits: list[Hit], *, max_quotes: int) -> list[Quote]:
    """Return at most `max_quotes` quotes, best first; none when nothing is near enough to the question."""
    chosen: list[Quote] = []
    for hit in hits[:max_quotes]:
        if hit.similarity >= _MIN_SIMILARITY:
            chosen.append(_best_run(question, hit))
    return chosen


def _best_run(question: str, hit: Hit) -> Quote:
    spans = hit.passage.sentences
    wanted = set(word_tokens(question))
    text = hit.passage.source.text

    def shared(start: int) -> int:
        run = spans[start : start + _RUN]
        return len(wanted & set(word_tokens(text[run[0].start : run[-1].end])))

    best = max(range(max(len(spans) - _RUN, 0) + 1), key=lambda start: (shared(start), -start))
    run = spans[best : best + _RUN]
    return Quote(source=hit.passage.source, start=run[0].start, end=run[-1].end)
