"""ALCE's citation recall and precision, for answers that are nothing but quotes.

Source: Gao et al., Enabling Large Language Models to Generate Text with Citations, EMNLP 2023, section 3.

ALCE judges a *statement* (a sentence of the answer) against the passages cited for it, by entailment. In an answer
made of quotes:

- a **statement** is one sentence shown as his, as a reader sees it on a surface;
- its **citations** are the places the answer gives for the quote the sentence stands in;
- a citation **supports** a statement when the raw file has exactly those words there, white space folded: for
  quotations entailment is identity, so no model judges it.
"""

from collections.abc import Sequence
from typing import NamedTuple


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
