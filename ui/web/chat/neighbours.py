"""Questions one could ask next: what was asked around an answer's quotes, read from their sources, not searched."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from assistant.quotes import Quote
from knowledge.model.passages import question_before
from knowledge.model.source import Source
from knowledge.model.turns import Turn

_LONGEST = 160
"""Characters of an interviewer's question that still fits on a line or two."""
_LOOKED_AT = 40
"""Turns of each source that are looked at."""


def neighbouring_questions(
    quotes: Sequence[Quote], *, asked: str, language: str, count: int = 3, admit_inferred: bool = False
) -> tuple[str, ...]:
    """Return up to `count` questions that stand nearest to the quotes and that other quotable turns answer.

    Args:
        quotes: what the answer shows.
        asked: the question that was answered; neither it nor those shown on the cards are offered again.
        language: `zh` gives our own questions in Chinese.
        count: how many.
        admit_inferred: whether turns whose speaker is only inferred may be quoted.
    """
    shown = {asked, *(quote.question.text for quote in quotes if quote.question)}
    around = [_questions(quote.source, quote.turn, language, admit_inferred, shown) for quote in quotes]
    alternating = (question for row in zip_longest(*around) for question in row if question)
    return tuple(islice(dict.fromkeys(alternating), count)) if quotes else ()


def first_questions(source: Source, language: str, *, admit_inferred: bool = False) -> Iterator[str]:
    """Yield the questions of a source from its beginning, as far as they are worth offering."""
    if source.turns:
        yield from _questions(source, source.turns[0], language, admit_inferred, set())


def _questions(source: Source, turn: Turn, language: str, admit_inferred: bool, shown: set[str]) -> Iterator[str]:
    here = source.turn_index(turn.start)
    after, before = source.turns[here:], source.turns[:here][::-1]
    nearest = chain.from_iterable(pair for pair in zip_longest(after, before))
    for near in islice(filter(None, nearest), _LOOKED_AT):
        if near.renders is not None or not near.quotable(admit_inferred=admit_inferred):
            continue
        question = question_before(source, near)
        if question is None or question.text in shown:
            continue
        ours = question.start is None
        if ours or (question.text.endswith(("?", "？")) and len(question.text) <= _LONGEST):
            yield (near.question_zh if ours and language == "zh" else None) or question.text
