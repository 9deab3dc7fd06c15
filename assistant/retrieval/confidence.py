"""How sure we are that the best passages answer a question at all: logistic models over five figures.

The models for the default embedder were fitted on 598 answerable questions (the quotation book's own, each asked of the
transcripts alone, and those of the book's suite), on 62 more about two interviews, on all of them with every source of
their evidence left out, and on 500 questions of other people's interviews; each kind weighs the same, what is left out
half. The interview of 2025 was kept apart: 3 of 24 English and 1 of 5 Chinese questions that it answers are refused.
The Chinese one was fitted anew, on 485 questions, when words of other fields got their English from a dictionary.
`ilya eval` measures it anew.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from assistant.question.questions import names_topic, proper_names
from assistant.retrieval.answerability import Evidence, Likeness
from assistant.retrieval.retriever import Hit, Ranking
from knowledge.model.passages import asked_words
from knowledge.model.subject import Subject


class _Model(NamedTuple):
    plain: float
    margin: float
    lexical: float
    known: float
    named: float
    intercept: float


_MODELS = {
    Likeness.ENGLISH: _Model(11.248, 0.047, 1.571, -0.654, 0.0, -6.336),
    Likeness.CHINESE: _Model(5.831, 0.098, 0.744, -1.016, 1.868, -4.230),
    Likeness.OTHER: _Model(70.58, 0.282, 0.836, 2.661, 0.0, -62.85),
}
"""The last one was fitted on multilingual-e5-small alone."""

_ASKED = 5.0
"""What a question gains that is worded as one that the best passage is known to answer, so that it is answered."""
THRESHOLD = 0.50
"""Below this we say that we hold nothing that answers."""


def confidence(evidence: Evidence | None) -> float:
    """Return a probability between 0 and 1; 0 where nothing was found.

    >>> sure = Evidence(Likeness.ENGLISH, plain=0.7, margin=30.0, lexical=2.5, known=1.0, named=1.0)
    >>> confidence(sure) > 0.9 > 0.1 > confidence(None)
    True
    """
    if evidence is None:
        return 0.0
    model = _MODELS[evidence.likeness]
    logit = model.intercept + sum(weight * figure for weight, figure in zip(model[:-1], evidence.figures, strict=True))
    logit += _ASKED * evidence.asked
    return 1 / (1 + math.exp(-max(min(logit, 60.0), -60.0)))


# Which hits answer a question, where no model decides.
def answering(ranking: Ranking, topic: str, subject: Subject, *, limited: bool, is_open: bool) -> Sequence[Hit]:
    """Return the hits that answer, best first.

    Args:
        ranking: what was found.
        topic: what was searched for.
        subject: the person we quote.
        limited: whether only some sources were searched: there, words that name the whole topic answer, however
            much better others are.
        is_open: whether anything said there answers.
    """
    if is_open:
        return ranking.hits
    if confidence(ranking.evidence) >= THRESHOLD:
        names = proper_names(topic, subject)
        return [hit for hit in ranking.hits if _tells_of(hit, names)] if names else ranking.hits
    return [hit for hit in ranking.hits if limited and names_topic(hit.passage.text, topic, subject)]


def _tells_of(hit: Hit, names: Sequence[str]) -> bool:
    """Whether all names stand in a passage, in what was asked before it, or in what is known of the occasion."""
    source, turn = hit.passage.source, hit.passage.turn
    occasion = " ".join((source.title, source.venue or "", *source.interviewers))
    told = f"{hit.passage.text} {asked_words(source, turn)} {occasion}".casefold()
    return all(any(word in told for word in name.casefold().split()) for name in names)
