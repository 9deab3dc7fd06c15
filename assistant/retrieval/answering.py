"""Which hits answer a question, where no model decides."""

from collections.abc import Sequence

from assistant.question.topics import names_topic
from assistant.retrieval.confidence import THRESHOLD, confidence
from assistant.retrieval.retriever import Hit, Ranking
from knowledge.model.subject import Subject


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
