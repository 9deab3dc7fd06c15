"""Passage search: from a question in its conversation to the passages that may answer it, of every year when asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from assistant.answers import Coverage, Reason
from assistant.models import Cancellation
from assistant.question.filters import Filters, Order
from assistant.question.followups import Rewriter
from assistant.question.intent import Intent, leans_on_history, read_intent
from assistant.retrieval.confidence import answering
from assistant.retrieval.retriever import Hit, Ranking, Retriever
from assistant.selection.extractive import FAR
from knowledge.library.store import SourceSummary
from knowledge.model.subject import Subject
from knowledge.search.terms import terms

# What belongs into a sequence over the years: of each occasion the nearest words that are about the topic.
DEPTH = 120
"""Passages that are looked through, so that no occasion is hidden behind many passages of another."""


def over_the_years(hits: Sequence[Hit], topic: str) -> list[Hit]:
    """Return the hits, best first, that are nearly as near as the best one, or whose words name the whole topic.

    A topic of one rare word ranks one passage far above all others; other occasions that name it belong there too.
    """
    if not hits:
        return []
    wanted = set(terms(topic))
    near = hits[0].score - FAR
    return [hit for hit in hits if hit.score >= near or (wanted and wanted <= set(terms(hit.passage.text)))]


MOST = 20
"""Passages to choose from."""
_REMEMBERED = 3
"""Earlier questions a follow-up is searched with."""


class Held(NamedTuple):
    """What is searched, in figures and source by source."""

    coverage: Coverage
    sources: list[SourceSummary]


@dataclass(frozen=True)
class Found:
    """What a question may be answered from.

    Attributes:
        refusal: why it is not searched for at all.
        hits: what a model chooses from, best first.
        certain: those of them that answer, where no model chooses.
        by_date: whether a sequence over the years is wanted.
        is_open: whether anything said at that time or on that occasion is wanted.
    """

    refusal: Reason | None = None
    hits: Sequence[Hit] = ()
    certain: Sequence[Hit] = ()
    by_date: bool = False
    is_open: bool = False


class Searcher:
    """Reads what a question asks for, and searches for that."""

    def __init__(self, retriever: Retriever, rewriter: Rewriter | None, subject: Subject) -> None:
        self._retriever = retriever
        self._rewriter = rewriter
        self._subject = subject

    def find(
        self,
        question: str,
        held: Held,
        *,
        history: Sequence[str],
        filters: Filters,
        order: Order,
        cancellation: Cancellation | None,
    ) -> Found:
        """Return what a cleaned question may be answered from."""
        intent = self._intent(question, held)
        by_date = Order.DATE in (order, intent.order)
        if intent.refusal:
            return Found(intent.refusal, by_date=by_date)
        topic, narrowed = intent.topic or question, intent.narrow(filters)
        ranking = self._search(topic, history, narrowed, cancellation, DEPTH if by_date else MOST)
        if by_date:
            ranking = replace(ranking, hits=over_the_years(ranking.hits, topic))
        limited = narrowed != Filters()
        certain = answering(ranking, topic, self._subject, limited=limited, is_open=intent.is_open)
        return Found(hits=ranking.hits, certain=certain, by_date=by_date, is_open=intent.is_open)

    def ranking(self, question: str, held: Held, count: int, history: Sequence[str]) -> Ranking:
        """Return the passages for a cleaned question; without evidence when it is refused unsearched."""
        intent = self._intent(question, held)
        if intent.refusal:
            return replace(self._search(question, history, Filters(), None, count), evidence=None)
        return self._search(intent.topic or question, history, intent.narrow(Filters()), None, count)

    def _intent(self, question: str, held: Held) -> Intent:
        last, today = held.coverage.until, date.today()
        return read_intent(question, subject=self._subject, last_source=last, today=today, held=held.sources)

    def _search(
        self,
        question: str,
        history: Sequence[str],
        filters: Filters,
        cancellation: Cancellation | None,
        count: int,
    ) -> Ranking:
        if not history or not leans_on_history(question):
            return self._retriever.search(question, count, filters=filters)
        queries = self._rewriter.queries(question, history, cancellation) if self._rewriter else []
        if queries:
            return self._retriever.search(queries[0], count, filters=filters)
        return self._retriever.search(question, count, history=history[-_REMEMBERED:], filters=filters)
