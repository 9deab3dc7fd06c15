"""Overlap of quoted words with the evidence, by place and never by spelling; ALCE's citation recall and precision."""

from collections.abc import Sequence
from typing import NamedTuple

from evals.metrics.ranking import Place, words_at


# ALCE's citation recall and precision, for answers that are nothing but quotes.
class Statement(NamedTuple):
    """A sentence shown as his, and the texts that stand at the places cited for it."""

    text: str
    cited: tuple[str, ...]


def supports(cited: str, statement: str) -> bool:
    """Whether the cited text holds the statement, white space folded; words are never split.

    >>> supports("Well,\\n it works.", "it works."), supports("Well, it works.", "it work")
    (True, False)
    """
    wanted, held = statement.split(), cited.split()
    starts = range(len(held) - len(wanted) + 1)
    return bool(wanted) and any(held[start : start + len(wanted)] == wanted for start in starts)


def citation_recall(statements: Sequence[Statement]) -> float:
    """Return the share of statements that their citations, together, support; 0.0 for an answer without any.

    >>> citation_recall([Statement("It works.", ("It works.",)), Statement("It thinks.", ("It works.",))])
    0.5
    """
    held = [supports(" ".join(statement.cited), statement.text) for statement in statements]
    return sum(held) / len(held) if held else 0.0


def citation_precision(statements: Sequence[Statement]) -> float:
    """Return the share of citations that support the statement they are given for.

    ALCE calls a citation irrelevant when it neither supports its statement alone nor is needed beside the others;
    a citation is needed when the statement is supported with it and not without it.

    >>> citation_precision([Statement("It works.", ("It works.", "Something else."))])
    0.5
    """
    judged = []
    for statement in statements:
        together = supports(" ".join(statement.cited), statement.text)
        for index, cited in enumerate(statement.cited):
            others = " ".join(statement.cited[:index] + statement.cited[index + 1 :])
            judged.append(together and (supports(cited, statement.text) or not supports(others, statement.text)))
    return sum(judged) / len(judged) if judged else 0.0


def word_precision(quoted: Sequence[Place], gold: Sequence[Place]) -> float:
    """Return the share of quoted words that lie inside the gold evidence; 0.0 when nothing is quoted.

    >>> word_precision([Place("a", 0, 11, "So it works")], [Place("a", 3, 11, "it works")])
    0.6666666666666666
    """
    shown = words_at(quoted)
    return len(shown & words_at(gold)) / len(shown) if shown else 0.0


def gold_coverage(quoted: Sequence[Place], gold: Sequence[Place]) -> float:
    """Return the largest share of any one gold span's words that the quotes show: any gold span is enough.

    >>> gold_coverage([Place("a", 3, 5, "it")], [Place("a", 3, 11, "it works"), Place("b", 0, 2, "No")])
    0.5
    """
    shown = words_at(quoted)
    shares = [len(shown & words_at([span])) / max(len(words_at([span])), 1) for span in gold]
    return max(shares, default=0.0)


def word_f1(quoted: Sequence[Place], gold: Sequence[Place]) -> float:
    """Return the best harmonic mean of word precision and recall of the quotes against one gold span.

    The token F1 of extractive question answering, over places instead of spellings, maximum over gold answers.
    Source: Rajpurkar et al., SQuAD, EMNLP 2016, section 6.1.

    >>> word_f1([Place("a", 0, 11, "So it works")], [Place("a", 3, 11, "it works")])
    0.8
    """
    shown = words_at(quoted)
    best = 0.0
    for span in gold:
        wanted = words_at([span])
        total = len(shown) + len(wanted)
        best = max(best, 2 * len(shown & wanted) / total if total else 0.0)
    return best


def iou(left: Place, right: Place) -> float:
    """Return intersection over union of the words of two spans.

    >>> iou(Place("a", 0, 11, "So it works"), Place("a", 3, 11, "it works"))
    0.6666666666666666
    """
    first, second = words_at([left]), words_at([right])
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def iou_f1(quoted: Sequence[Place], gold: Sequence[Place], *, at_least: float = 0.5) -> float:
    """Return the F1 of whole spans, a quote and a gold span matching when their IoU is at least 0.5.

    Precision is the share of quotes that match a gold span, recall the share of gold spans matched.
    Source: DeYoung et al., ERASER, ACL 2020, section 4 ("IOU F1").

    >>> gold = [Place("a", 3, 11, "it works"), Place("b", 0, 4, "Then")]
    >>> iou_f1([Place("a", 0, 11, "So it works")], gold)
    0.6666666666666666
    """
    if not quoted or not gold:
        return 0.0
    precise = sum(any(iou(quote, span) >= at_least for span in gold) for quote in quoted) / len(quoted)
    found = sum(any(iou(quote, span) >= at_least for quote in quoted) for span in gold) / len(gold)
    return 2 * precise * found / (precise + found) if precise + found else 0.0


def is_sufficient(quote: Place, gold: Sequence[Place]) -> bool:
    """Whether one quote answers: it holds a whole gold span, or lies inside a wide one.

    >>> gold = [Place("a", 3, 11, "it works")]
    >>> is_sufficient(Place("a", 0, 11, "So it works"), gold), is_sufficient(Place("a", 0, 5, "So it"), gold)
    (True, False)
    """
    return any(quote.contains(span) or span.contains(quote) for span in gold)


def citation_length(quoted: Sequence[Place], gold: Sequence[Place]) -> float:
    """Return the quoted words as a multiple of the words of the shortest gold span.

    Source: citation length as in Zhang et al., LongCite, 2024, here relative to the smallest sufficient evidence.

    >>> citation_length([Place("a", 0, 11, "So it works")], [Place("a", 3, 11, "it works")])
    1.5
    """
    shortest = min((len(words_at([span])) for span in gold), default=0)
    return len(words_at(quoted)) / shortest if shortest else 0.0
