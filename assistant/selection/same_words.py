"""Other cuts of what was just quoted: shorter, the whole turn, its translation, and the reason he goes on to give."""

from collections.abc import Iterator, Sequence

from assistant.fairness.context import fair_run
from assistant.quotes import Quote
from assistant.selection.substance import answers_nothing, gives_reason, substantial
from knowledge.model.source import Source, count_words
from knowledge.model.turns import Role, Turn
from knowledge.search.terms import terms
from knowledge.text.sentences import Span, sentences

_MOST_WORDS = 350
"""Of a turn that is longer, such as a whole talk, so much around the quote is shown."""
_REASON_WORDS = 30
_REASON_REACH = 8
"""Sentences of a turn in which its reason is looked for."""
_REASON_TURNS = 4
"""Turns after that of the quote, the interviewer's among them."""


def shorter(quote: Quote, topic: str) -> Quote | None:
    """Return the fewest words of a quote that are fair alone and name most of the topic; None where all are needed."""
    wanted = set(terms(topic))
    found: list[tuple[int, int, Quote]] = []
    for start, end in _sentences(quote):
        if not quote.start <= start < end <= quote.end or answers_nothing(quote.source.text[start:end]):
            continue
        span = fair_run(quote.source, start, end)
        if span is None or not (quote.start <= span.start and span.end <= quote.end):
            continue
        run = Quote(source=quote.source, start=span.start, end=span.end)
        if run.text != quote.text and substantial(run) == run:
            found.append((-len(wanted & set(terms(run.text))), count_words(run.text), run))
    return min(found, key=lambda one: one[:2], default=(0, 0, None))[2]


def whole(quote: Quote) -> Quote:
    """Return the whole turn of a quote, or, of a very long one, about 350 words around the quote."""
    turn = quote.turn
    if count_words(quote.source.text[turn.start : turn.end]) <= _MOST_WORDS:
        return Quote(source=quote.source, start=turn.start, end=turn.end)
    spans = _sentences(quote)
    first = max(number for number, span in enumerate(spans) if span.start <= quote.start)
    last = min(number for number, span in enumerate(spans) if span.end >= quote.end) + 1
    words = [count_words(quote.source.text[start:end]) for start, end in spans]
    while True:
        sides = [
            n for n in (first - 1, last) if 0 <= n < len(spans) and sum(words[first:last]) + words[n] <= _MOST_WORDS
        ]
        if not sides:
            break
        first, last = min(first, sides[-1]), max(last, sides[-1] + 1)
    return Quote(source=quote.source, start=spans[first].start, end=spans[last - 1].end)


def in_chinese(quote: Quote) -> Quote | None:
    """Return the held Chinese rendering of the turn of a quote, None where there is none."""
    rendered = (turn for turn in quote.source.renderings_of(quote.turn) if turn.language.startswith("zh"))
    return next((_whole_turn(quote.source, turn) for turn in rendered), None)


def original_of(quote: Quote) -> Quote | None:
    """Return the words that a quote renders in another language, None where it renders none."""
    if quote.turn.renders is None:
        return None
    return _whole_turn(quote.source, quote.source.turns[quote.source.turn_index(quote.turn.renders)])


def reason_for(quote: Quote) -> Quote | None:
    """Return where he says why: after the quote, in the turns that follow, or before it; None where he does not."""
    for spans in _around(quote):
        said = [quote.source.text[start:end] for start, end in spans]
        for number, sentence in enumerate(said[:_REASON_REACH]):
            if gives_reason(sentence) and not answers_nothing(sentence):
                last = number + 1
                while last < len(spans) and count_words(" ".join(said[number:last])) < _REASON_WORDS:
                    last += 1
                return Quote(source=quote.source, start=spans[number].start, end=spans[last - 1].end)
    return None


def _around(quote: Quote) -> Iterator[Sequence[Span]]:
    """Yield the sentences after a quote in its turn, those of the next turns, and those before it, nearest last."""
    spans = _sentences(quote)
    yield [span for span in spans if span.start >= quote.end]
    index = quote.source.turn_index(quote.start)
    if quote.turn.question is None:  # turns of the quotation book do not follow each other
        for turn in quote.source.turns[index + 1 : index + 1 + _REASON_TURNS]:
            if turn.role is Role.SUBJECT and turn.certainty == quote.turn.certainty:
                yield sentences(quote.source.text, turn.start, turn.end)
    yield [span for span in spans if span.end <= quote.start][-_REASON_REACH:]


def _sentences(quote: Quote) -> list[Span]:
    return sentences(quote.source.text, quote.turn.start, quote.turn.end)


def _whole_turn(source: Source, turn: Turn) -> Quote:
    return Quote(source=source, start=turn.start, end=turn.end)
