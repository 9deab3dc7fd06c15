"""The selector that needs no model: from each of the best passages the run of sentences that answers best."""

from collections.abc import Callable, Iterator, Sequence
from math import inf

from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection.substance import answers_nothing, asks_number, has_number, needs_earlier
from knowledge.model.provenance import Provenance
from knowledge.model.source import count_words

NAME = "extractive"

NEAR = 0.3
"""How near to the best a further passage must score to be quoted beside it, as a share of the distance from the best to
the last of those ranked. Chosen on 62 development questions: an answer has 1.5 quotes, and a right one among them about
as often as among three."""
FAR = 0.8
"""The same where more is wanted than the nearest: the next quotes."""
_PREFERRED = 0.5
"""How far a passage with the number asked for, or with the original of a translation, may be brought forward."""
_LOOKED_AT = 10
"""Passages among which such a one is looked for."""
_ENOUGH_WORDS = 32
_MOST_WORDS = 75
_STEPS_BACK = 2
"""Sentences by which a quote begins earlier, so that its first words can be understood."""
_DROP = 3.0
"""Once there are enough words, a neighbour joins only when it scores at most this much below the best sentence."""


def select(
    hits: Sequence[Hit],
    *,
    question: str,
    max_quotes: int,
    present: Callable[[Quote], Quote | None],
    near: float = NEAR,
) -> Iterator[Quote]:
    """Yield at most `max_quotes` quotes, best first.

    Args:
        hits: the passages to choose from, best first.
        question: what was asked; a number that it asks for is looked for.
        max_quotes: how many quotes at most.
        present: returns a quote as it may be shown, None when it may not.
        near: a further passage is quoted only when its score is so near to that of the best quoted one, as a share of
            the distance between the scores of the first and the last passage.
    """
    if not hits:
        return
    numbers = asks_number(question)
    distance = hits[0].score - hits[-1].score
    floor = -inf
    left = max_quotes
    for hit in _in_order(hits, distance * _PREFERRED, numbers=numbers):
        if left == 0 or hit.score < floor:
            break
        if (quote := present(best_run(hit, numbers=numbers))) is not None:
            floor = max(floor, hit.score - near * distance) if near < inf else -inf
            left -= 1
            yield quote


def _in_order(hits: Sequence[Hit], reach: float, *, numbers: bool) -> Iterator[Hit]:
    """Yield the hits: those with the number asked for first, an original in front of its translation."""
    passed: set[int] = set()
    if numbers:
        for place, hit in enumerate(hits[:_LOOKED_AT]):
            if hits[0].score - hit.score <= reach and _number_in(hit):
                passed.add(place)
                yield hit
    for place, hit in enumerate(hits):
        if place in passed:
            continue
        if hit.passage.turn.provenance is Provenance.TRANSLATION:
            following = range(place + 1, min(place + 1 + _LOOKED_AT, len(hits)))
            original = next((n for n in following if _is_original(hits[n], hit, reach)), None)
            if original is not None and original not in passed:
                passed.add(original)
                yield hits[original]
        yield hit


def _is_original(one: Hit, translated: Hit, reach: float) -> bool:
    here, there = one.passage.source, translated.passage.source
    same = here.appearance is not None and here.appearance == there.appearance
    spoken = one.passage.turn.provenance is not Provenance.TRANSLATION
    return same and spoken and translated.score - one.score <= reach


def _number_in(hit: Hit) -> bool:
    """Whether a sentence that is about as near to the question as the passage's best has a number."""
    text, scores = hit.passage.source.text, hit.sentence_scores
    said = [text[start:end] for start, end in hit.passage.sentences]
    near = [sentence for sentence, score in zip(said, scores, strict=True) if score >= max(scores) - _DROP]
    return any(has_number(sentence) and not answers_nothing(sentence) for sentence in near)


def best_run(hit: Hit, *, numbers: bool = False) -> Quote:
    """Grow from the best sentence of a passage towards the better neighbour, until the thought is complete enough.

    It starts from a sentence that says something, and, with `numbers`, from one that has a number, where one is near.
    """
    passage, scores = hit.passage, hit.sentence_scores
    spans = passage.sentences
    said = [passage.source.text[start:end] for start, end in spans]
    words = [count_words(sentence) for sentence in said]
    telling = [number for number, sentence in enumerate(said) if not answers_nothing(sentence)] or range(len(said))
    best = max(telling, key=lambda number: (scores[number], -number))
    if numbers:
        near = [number for number in telling if has_number(said[number]) and scores[number] >= scores[best] - _DROP]
        best = max(near, key=lambda number: (scores[number], -number), default=best)
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
    # "he" and "that" are understood with the sentence before them
    for earlier in range(first - 1, max(first - 1 - _STEPS_BACK, -1), -1):
        if not needs_earlier(said[first]) or sum(words[earlier:last]) > _MOST_WORDS:
            break
        first = earlier
    return Quote(source=passage.source, start=spans[first].start, end=spans[last - 1].end)
