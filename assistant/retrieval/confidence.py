"""How sure we are that the best passages answer a question at all: logistic models over figures of the evidence.

The models for the default embedder were fitted on questions that are answered (those of the book's suite, common ones,
three interviews) and on near misses (the same field, another fact, person, product or number; a false premise), each of
the book alone and of the book with five transcripts. The thresholds were chosen with the wordings the book has now:
one answered question in nine is refused, most of them worded unlike everything said, and of the near misses seven in
ten or more. What a known wording adds is not fitted. `ilya eval` measures it anew.
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
    """What each figure of the evidence counts; `gap` by its logarithm."""

    intercept: float
    plain: float = 0.0
    margin: float = 0.0
    lexical: float = 0.0
    known: float = 0.0
    named: float = 0.0
    gap: float = 0.0
    covered: float = 0.0
    words: float = 0.0
    lacks: float = 0.0


_MODELS = {
    Likeness.ENGLISH: _Model(-10.2, plain=4.201, gap=0.839, named=1.181, covered=5.792, words=0.459, lacks=-2.322),
    Likeness.CHINESE: _Model(-13.15, plain=11.435, gap=2.529, known=2.411, lacks=-1.099),
    Likeness.OTHER: _Model(-62.85, plain=70.58, margin=0.282, lexical=0.836, known=2.661),
}
"""The last one was fitted on multilingual-e5-small alone."""

_ASKED = 5.0
"""What a question gains that is worded as one that the best passage is known to answer, so that it is answered."""
_NAMED_AMONG = 5
"""Passages, the best, of which one must tell of whom or what the question names."""
THRESHOLD = 0.50
"""Below this we say that we hold nothing that answers."""


def confidence(evidence: Evidence | None) -> float:
    """Return a probability between 0 and 1; 0 where nothing was found.

    >>> found = {"margin": 30.0, "lexical": 2.5, "known": 1.0, "named": 1.0, "gap": 40.0, "covered": 0.9, "words": 4}
    >>> sure = Evidence(Likeness.ENGLISH, plain=0.7, **found)
    >>> confidence(sure) > 0.9 > 0.1 > confidence(None)
    True
    """
    if evidence is None:
        return 0.0
    model = _MODELS[evidence.likeness]
    figures = vars(evidence) | {"gap": math.log1p(max(evidence.gap, 0.0))}
    logit = model.intercept + sum(weight * figures[name] for name, weight in model._asdict().items() if name in figures)
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
        if not names:
            return ranking.hits
        # a name far down tells of something else that the question does not ask
        told = any(_tells_of(hit, names) for hit in ranking.hits[:_NAMED_AMONG])
        return [hit for hit in ranking.hits if _tells_of(hit, names)] if told else []
    return [hit for hit in ranking.hits if limited and names_topic(hit.passage.text, topic, subject)]


def _tells_of(hit: Hit, names: Sequence[str]) -> bool:
    """Whether all names stand in a passage, in what was asked before it, or in what is known of the occasion."""
    source, turn = hit.passage.source, hit.passage.turn
    occasion = " ".join((source.title, source.venue or "", *source.interviewers))
    told = f"{hit.passage.text} {asked_words(source, turn)} {occasion}".casefold()
    return all(any(word in told for word in name.casefold().split()) for name in names)
