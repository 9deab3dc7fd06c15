"""How sure we are that the best passages answer a question at all: a logistic model over four figures.

Fitted on 395 development questions over three libraries: the quotation book (160 passages), three interviews (300), and
both together; each weighs the same. Cross-validated, with what `assistant.question.intent` refuses, the area under the
ROC curve is .98 on two sets of questions on the interviews and on the book; `ilya eval` measures it anew.
"""

import math
from collections.abc import Sequence

from assistant.question.questions import names_topic
from assistant.retrieval.retriever import Evidence, Hit, Ranking
from knowledge.model.subject import Subject

_PLAIN = 70.58
_MARGIN = 0.282
_LEXICAL = 0.836
_KNOWN = 2.661
_INTERCEPT = -62.85

THRESHOLD = 0.50
"""Below this we say that we hold nothing that answers."""


def confidence(evidence: Evidence | None) -> float:
    """Return a probability between 0 and 1; 0 where nothing was found.

    >>> sure = Evidence(plain=0.90, margin=12.0, lexical=2.5, known=1.0)
    >>> confidence(sure) > 0.9 > 0.1 > confidence(None)
    True
    """
    if evidence is None:
        return 0.0
    logit = (
        _PLAIN * evidence.plain
        + _MARGIN * evidence.margin
        + _LEXICAL * evidence.lexical
        + _KNOWN * evidence.known
        + _INTERCEPT
    )
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
    if is_open or confidence(ranking.evidence) >= THRESHOLD:
        return ranking.hits
    return [hit for hit in ranking.hits if limited and names_topic(hit.passage.text, topic, subject)]
