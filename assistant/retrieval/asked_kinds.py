"""What a question asks for by its form, a number or a person, and whether passages have such a thing to tell."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.selection.substance import asks_number, has_number
from knowledge.model.passages import Passage, asked_words
from knowledge.model.word_rules import RuleFile, spoken
from knowledge.search.terms import terms

KINDS = RuleFile(Path(__file__).with_suffix(".yaml"), form=spoken)

Scored = tuple[Passage, Sequence[float]]
"""A passage with one score per sentence."""

_NEAR = 3.0
"""How far below the best a sentence may score that still answers."""
_SHORT = 12
"""Words of a sentence that may leave out what it counts, when the question before it says that."""
_COUNTED = re.compile(r"\bhow many ([a-z-]+(?: [a-z-]+)?)", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w-]*[a-z]")


def lacks_what_is_asked(question: str, best: Sequence[Scored]) -> bool:
    """Whether a question asks for a number or a person, and no sentence of the best passages that is near has one.

    Of "how many bees" a number must stand beside "bees", or in a short reply to a question about bees.

    Args:
        question: as it was asked.
        best: the best passages.
    """
    if asks_number(question):
        counted = _COUNTED.search(question)
        return not any(_counts(one, set(terms(counted[1])) if counted else set()) for one in best)
    if KINDS.found("asks_person", question):
        return not any(_names(said, question) for one in best for said in _near(one))
    return False


def _counts(one: Scored, counted: set[str]) -> bool:
    passage = one[0]
    numbered = [said for said in _near(one) if has_number(said)]
    if not counted:
        return bool(numbered)
    replied = bool(counted & set(terms(asked_words(passage.source, passage.turn))))
    return any(counted & set(terms(said)) or (replied and len(said.split()) < _SHORT) for said in numbered)


def _names(said: str, question: str) -> bool:
    """Whether somebody is named in a sentence whom the question does not name."""
    return any(name not in question for name in _NAME.findall(said))


def _near(one: Scored) -> Iterator[str]:
    """Yield the sentences of a passage, with their neighbours, that score about as well as its best one."""
    passage, scores = one
    text = passage.source.text
    least = max(scores, default=0.0) - _NEAR
    for (start, end), score in zip(passage.sentences, scores, strict=True):
        if score >= least:
            yield text[start:end]
