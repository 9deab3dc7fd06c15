"""Passage search: from a question in its conversation to the passages that may answer it, of every year when asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from assistant.answers import Coverage, Reason
from assistant.models import Cancellation
from assistant.question.filters import Filters, Order
from assistant.question.followups import Rewriter
from assistant.question.intent import Intent, leans_on_history, read_intent
from assistant.quotes import Quote
from assistant.retrieval.confidence import answering, confidence
from assistant.retrieval.continuations import continuing
from assistant.retrieval.retriever import Hit, Ranking, Retriever
from knowledge.library.store import SourceSummary
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.search.terms import terms

# What belongs into a sequence over the years: of each occasion the nearest words that are about the topic.
_NEARLY = 0.5
"""How far below the best score a passage is nearly as near, as a share of the distance to the twentieth."""
DEPTH = 120
"""Passages that are looked through, so that no occasion is hidden behind many passages of another."""


def over_the_years(hits: Sequence[Hit], topic: str) -> list[Hit]:
    """Return the hits, best first, that are nearly as near as the best one, or whose words name the whole topic.

    A topic of one rare word ranks one passage far above all others; other occasions that name it belong there too. The
    best of the latest occasion comes second: what he came to think must not be missing.
    """
    if not hits:
        return []
    wanted = set(terms(topic))
    near = hits[0].score - _NEARLY * (hits[0].score - hits[:MOST][-1].score)
    found = [hit for hit in hits if hit.score >= near or (wanted and wanted <= set(terms(hit.passage.text)))]
    latest = max((hit.passage.source.date or "" for hit in found), default="")
    last = next(hit for hit in found if (hit.passage.source.date or "") == latest)
    return found if last is found[0] else [found[0], last, *(hit for hit in found[1:] if hit is not last)]


MOST = 20
"""Passages to choose from."""
_MODEL_FLOOR = 0.05
"""Below this confidence nothing is offered to a model; without a model, `confidence.THRESHOLD` holds."""
_KEPT_COVERAGES = 64
_REMEMBERED = 3
"""Earlier questions a follow-up is searched with."""


class Held:
    """What is searched, in figures and source by source.

    Args:
        sources: those with quotable words.
        read: returns a source by its id, for filters that tell the turns of a source apart.
        admit_inferred: whether turns whose speaker is only inferred are searched.
    """

    def __init__(
        self, sources: list[SourceSummary], read: Callable[[str], Source], *, admit_inferred: bool = False
    ) -> None:
        self.sources = sources
        self._read = read
        self._admit_inferred = admit_inferred
        self.within = lru_cache(_KEPT_COVERAGES)(self._within)
        """Returns what is searched with filters."""

    @property
    def coverage(self) -> Coverage:
        """Return what is searched without any filter."""
        return self.within(Filters())

    def _within(self, filters: Filters) -> Coverage:
        found = [one for one in self.sources if filters.admits_source(one) and self._has_turns(one, filters)]
        dates = sorted(one.date[:7] for one in found if one.date)
        since, until = (dates[0], dates[-1]) if dates else (None, None)
        return Coverage(sources=len(found), since=since, until=until, filtered=filters != Filters())

    def _has_turns(self, summary: SourceSummary, filters: Filters) -> bool:
        if not filters.by_turn:
            return True
        quotable = (turn for turn in self._read(summary.id).turns if turn.quotable(admit_inferred=self._admit_inferred))
        return any(filters.admits_turn(turn) for turn in quotable)


@dataclass(frozen=True)
class Found:
    """What a question may be answered from.

    Attributes:
        refusal: why it is not searched for at all.
        hits: what a model chooses from, best first.
        certain: those of them that answer, where no model chooses.
        by_date: whether a sequence over the years is wanted.
        is_open: whether anything said at that time or on that occasion is wanted.
        filters: what was searched with: those given, and the question's own dates and occasion.
    """

    refusal: Reason | None = None
    hits: Sequence[Hit] = ()
    certain: Sequence[Hit] = ()
    by_date: bool = False
    is_open: bool = False
    filters: Filters = field(default_factory=Filters)


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
        last: Sequence[Quote] = (),
    ) -> Found:
        """Return what a cleaned question may be answered from; `last` is what was just quoted, if it is a follow-up."""
        intent = self._intent(question, held)
        by_date = Order.DATE in (order, intent.order)
        if intent.refusal:
            return Found(intent.refusal, by_date=by_date, filters=filters)
        topic, narrowed = intent.topic or question, intent.narrow(filters)
        query, leaning = self._in_full(topic, history, cancellation)
        depth, asked = DEPTH if by_date else MOST, question if query == topic else None
        ranking = self._retriever.search(query, depth, history=leaning, filters=narrowed, asked=asked)
        if by_date:
            ranking = replace(ranking, hits=over_the_years(ranking.hits, topic))
        elif last and ranking.hits and not narrowed.sources:
            there = narrowed.model_copy(update={"sources": tuple({quote.source.id for quote in last})})
            near = self._retriever.search(query, MOST, history=leaning, filters=there)
            ranking = replace(ranking, hits=continuing([*ranking.hits, *near.hits], last)[:MOST])
        limited = narrowed != Filters()
        certain = answering(ranking, topic, self._subject, limited=limited, is_open=intent.is_open)
        # what we are sure of holding nothing for, no model answers
        offered = ranking.hits if certain or confidence(ranking.evidence) >= _MODEL_FLOOR else ()
        return Found(hits=offered, certain=certain, by_date=by_date, is_open=intent.is_open, filters=narrowed)

    def find_anywhere(self, question: str, held: Held, *, history: Sequence[str], filters: Filters) -> Sequence[Hit]:
        """Return what would answer a cleaned question if it named no time and no occasion, best first; asks no model.

        What is limited by `filters` beyond time and occasion stays so.
        """
        intent = self._intent(question, held).anywhere(question)
        if intent.refusal:
            return ()
        topic, wide = intent.topic or question, filters.of_any_occasion
        leaning = history[-_REMEMBERED:] if leans_on_history(topic) else ()
        ranking = self._retriever.search(topic, MOST, history=leaning, filters=wide)
        return answering(ranking, topic, self._subject, limited=wide != Filters(), is_open=False)

    def ranking(self, question: str, held: Held, count: int, history: Sequence[str]) -> Ranking:
        """Return the passages for a cleaned question; without evidence when it is refused unsearched."""
        intent = self._intent(question, held)
        if intent.refusal:
            return replace(self._search(question, history, Filters(), None, count), evidence=None)
        return self._search(intent.topic or question, history, intent.narrow(Filters()), None, count)

    def _intent(self, question: str, held: Held) -> Intent:
        last, today = held.coverage.until, date.today()
        found = read_intent(question, subject=self._subject, last_source=last, today=today, held=held.sources)
        if (found.refusal or found.since or found.until) and self._retriever.knows(question):
            # a year or another person belongs to the question there, and does not limit whose words of when are wanted
            return Intent(order=found.order)
        return found

    def _search(
        self,
        question: str,
        history: Sequence[str],
        filters: Filters,
        cancellation: Cancellation | None,
        count: int,
    ) -> Ranking:
        query, before = self._in_full(question, history, cancellation)
        return self._retriever.search(query, count, history=before, filters=filters)

    def _in_full(
        self, question: str, history: Sequence[str], cancellation: Cancellation | None
    ) -> tuple[str, Sequence[str]]:
        """Return what to search for, and the earlier questions it leans on; asking a model at most once."""
        if not history or not leans_on_history(question):
            return question, ()
        queries = self._rewriter.queries(question, history, cancellation) if self._rewriter else []
        return (queries[0], ()) if queries else (question, history[-_REMEMBERED:])
