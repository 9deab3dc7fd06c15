"""How sure we are that the best passages answer a question at all: a logistic model over four figures.

Fitted on 395 development questions over three libraries: the quotation book (160 passages), three interviews (300), and
both together; each weighs the same. Cross-validated, with what `assistant.question.intent` refuses, the area under the
ROC curve is .98 on two sets of questions on the interviews and on the book; `ilya eval` measures it anew.
"""

import math

from assistant.retrieval.retriever import Evidence

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
