"""Whether a quote says something by itself: not a sound of assent, a question given back, or a fragment."""

from pathlib import Path

from assistant.fairness.rules import FAIRNESS
from assistant.quotes import Quote
from knowledge.model.source import count_words
from knowledge.model.word_rules import RuleFile, spoken
from knowledge.text.sentences import sentences

SUBSTANCE = RuleFile(Path(__file__).parent / "substance.yaml", form=spoken)

_EMPTY = ("says_nothing", "restates", "evades", "breaks_off")
_FRAGMENT_WORDS = 6
"""With fewer words, something must be said of something, or a number given."""


def asks_number(question: str) -> bool:
    """Whether a question asks for a quantity, a span of time or a date.

    >>> asks_number("How many years will it take?"), asks_number("Why does it take years?")
    (True, False)
    """
    return SUBSTANCE.found("asks_number", question)


def has_number(sentence: str) -> bool:
    """Whether a quantity, a span of time or a date stands in a sentence."""
    return SUBSTANCE.found("number", sentence)


def gives_reason(words: str) -> bool:
    """Whether a reason is given in some words."""
    return SUBSTANCE.found("gives_reason", words)


def answers_nothing(sentence: str) -> bool:
    """Whether a sentence is only assent, a question, what was asked said again, a way out, or words broken off.

    >>> answers_nothing("Mhm."), answers_nothing("That's a great question."), answers_nothing("Bees learn.")
    (True, True, False)
    """
    return any(SUBSTANCE.found(name, sentence) for name in _EMPTY) or FAIRNESS.found("asks", sentence)


def needs_earlier(sentence: str) -> bool:
    """Whether a sentence begins with a word that only the sentence before it explains.

    >>> needs_earlier("So he stopped dancing."), needs_earlier("So the bee stopped dancing.")
    (True, False)
    """
    return SUBSTANCE.found("needs_earlier", sentence)


def substantial(quote: Quote) -> Quote | None:
    """Return the quote, grown within its turn until it says something by itself; None where it never does.

    It grows by the sentences that follow, as speech goes on; by those before it only where nothing follows.
    """
    text = quote.source.text
    spans = sentences(text, quote.turn.start, quote.turn.end)
    first = max(number for number, span in enumerate(spans) if span.start <= quote.start)
    last = min(number for number, span in enumerate(spans) if span.end >= quote.end) + 1
    while not _says_something([text[start:end] for start, end in spans[first:last]]):
        if last < len(spans):
            last += 1
        elif first > 0:
            first -= 1
        else:
            return None
    return Quote(source=quote.source, start=spans[first].start, end=spans[last - 1].end)


def _says_something(said: list[str]) -> bool:
    telling = [sentence for sentence in said if not answers_nothing(sentence)]
    if not telling:
        return False
    whole = " ".join(telling)
    return count_words(whole) >= _FRAGMENT_WORDS or SUBSTANCE.found("predicate", whole) or has_number(whole)
