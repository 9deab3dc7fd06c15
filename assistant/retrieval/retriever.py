"""From a question to ranked passages: vector fields, word pieces and BM25, each set against the library, then summed.

The weights were chosen on 439 of the quotation book's own questions, each asked of the transcripts alone, in both
languages; over a wide range around them recall hardly changes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import overload

import numpy as np
from numpy.typing import NDArray

from assistant.question.filters import Filters
from assistant.retrieval.answerability import Evidence, Likeness, known_share, named_share
from assistant.retrieval.asked_kinds import lacks_what_is_asked
from assistant.retrieval.known_questions import KnownQuestions
from assistant.retrieval.piece_likeness import PieceLikeness
from assistant.retrieval.query import QueryReader
from assistant.retrieval.sentence_scores import SentenceScores
from knowledge.library.store import Library, SourceSummary
from knowledge.model.passages import Passage
from knowledge.model.subject import Subject
from knowledge.search import Index, Snapshot
from knowledge.search.embedding import Embeddings
from knowledge.search.scored_rows import Floats, Numbers

Flags = NDArray[np.bool_]

_CANDIDATES = 300
_CANDIDATES_FILTERED = 1_000
"""Where filters are given; so many passages of admitted sources are all looked at."""
_FOLLOWING = 5
_TENTH = 9
"""Places behind the first."""
_BEST = 3
"""Passages that tell whether what is asked for is there at all."""
_FIELD_WEIGHTS = np.array([1.0, 1.0, 0.5, 1.0, 1.0], dtype=np.float32)
"""By `Field`: what was asked tells less than what he said."""
_WORDS_WEIGHT = 9.0
_SAME_QUESTION = 2.0
"""How soon a passage that answers a question worded so comes first: where that is half way from alike to the same."""
_KNOWN = 0.5
"""From here on it is the same question, whatever else its words might ask for."""
_FIRST = 2.0
"""How far above the others it stands then; more would hide others that answer about as well."""
_WORDS_FLOOR = 6.0
"""A best BM25 score below this means that only common words agree; it is not stretched to the full weight."""


@dataclass(frozen=True)
class Hit:
    """A passage with its place in the ranking; scores are comparable within one question only.

    `sentence_scores`: one score per sentence of the passage.
    """

    passage: Passage
    score: float
    sentence_scores: tuple[float, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """Passages, best first, and the evidence that they answer; None when nothing was searched."""

    hits: Sequence[Hit] = ()
    evidence: Evidence | None = None


class Retriever:
    """Hybrid search over an index."""

    def __init__(self, library: Library, index: Index, embeddings: Embeddings, subject: Subject) -> None:
        self._library = library
        self._index = index
        self._reader = QueryReader(embeddings, subject)
        self._subject = subject
        self._summaries: tuple[Snapshot, list[SourceSummary]] | None = None
        self._questions: tuple[Snapshot, KnownQuestions] | None = None

    def search(
        self,
        question: str,
        count: int = 20,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        asked: str | None = None,
    ) -> Ranking:
        """Return the best passages for a question that the filters admit.

        Args:
            question: in English or Chinese; Chinese is searched with the English words of its terms as well.
            count: at most so many passages.
            history: earlier questions of the conversation, which a short follow-up leans on.
            filters: what may be shown.
            asked: the question as it was asked, where only its topic is searched for.
        """
        snapshot = self._index.current()
        if not len(snapshot):
            return Ranking()
        query = self._reader.read(question, " ".join(history), is_known=lambda term: snapshot.rarity(term) is not None)
        vector, weights = query.vector, query.weights
        words = snapshot.by_words(weights)
        candidates = np.union1d(self._index.nearest(snapshot, vector, _CANDIDATES), _best(words, _CANDIDATES))
        known_questions = self._known(snapshot)
        same_question = known_questions.like(asked or question)
        if query.likeness is Likeness.ENGLISH and query.text == question:
            near = known_questions.near(vector)
            same_question = {
                one: max(near.get(one, 0.0), same_question.get(one, 0.0)) for one in {*near, *same_question}
            }
        candidates = np.union1d(candidates, snapshot.searched(np.array(sorted(same_question), dtype=np.int64)))
        admitted = self._admitted(snapshot, filters)
        if filters != Filters():
            candidates = np.union1d(candidates, self._within(snapshot, admitted, vector, words))
        if filters.by_turn:
            better = candidates
        else:
            candidates = np.union1d(candidates, snapshot.better[candidates])
            better = np.where(admitted[snapshot.better[candidates]], snapshot.better[candidates], candidates)
        scored, spread = snapshot.score(vector, candidates), snapshot.score_sample(vector)
        # not a product of matrices: over so few columns its kernels now and then flagged finite figures as invalid
        scores: Floats = (_standard(scored.fields, spread.fields) * _FIELD_WEIGHTS).sum(axis=1)
        scores += _WORDS_WEIGHT * words[candidates] / max(float(words.max()), _WORDS_FLOOR)
        likeness = PieceLikeness(snapshot, query)
        scores += likeness.of_passages(candidates, scores)
        same = np.array([same_question.get(number, 0.0) for number in candidates.tolist()], dtype=np.float32)
        same = _best_of_versions(same, candidates, better)
        scores = _best_of_versions(scores, candidates, better)
        scores += likeness.of_runs(candidates, _ordered(scores, candidates, better))
        scores += np.minimum(1, _SAME_QUESTION * same) * (scores.max() + _FIRST - scores)
        order = _ordered(scores, candidates, better)
        sentence_scores = SentenceScores(scored, spread, weights, snapshot)

        @cache
        def hit(position: int) -> Hit:
            passage = self._index.passage(snapshot.ids[int(candidates[position])])
            alike = likeness.of_sentences(int(candidates[position]))
            return Hit(passage, float(scores[position]), sentence_scores.of(position, passage, alike))

        telling = [*filter(str.isascii, weights), *query.unread]
        if filters == Filters():
            shown, plain = order[:count], scored.plain
        else:
            known = order[admitted[candidates[order]]]
            fitting = (one for one in known.tolist() if not filters.by_turn or filters.admits(hit(one).passage))
            shown = np.array(list(islice(fitting, count)), dtype=np.int64)
            plain = scored.plain[shown]
        if not len(shown):
            return Ranking()
        # how far the best one stands out is told by what follows it, admitted or not
        behind = order[int(np.flatnonzero(order == shown[0])[0]) + 1 :]
        following, tenth = behind[:_FOLLOWING], behind[:_TENTH][-1:]
        covered, about = likeness.covered(candidates[shown[:_BEST]])
        best = [hit(one) for one in shown[:_BEST].tolist()]
        evidence = Evidence(
            likeness=query.likeness,
            plain=float(plain.max()),
            margin=float(scores[shown[0]] - scores[following].mean()) if len(following) else 0.0,
            lexical=float(words[candidates[shown[:3]]].max()) / math.log(max(len(snapshot), 3)),
            known=known_share(snapshot, telling),
            named=named_share(snapshot, weights, best[0].passage),
            gap=float(scores[shown[0]] - scores[tenth].mean()) if len(tenth) else 0.0,
            covered=covered,
            words=about,
            lacks=lacks_what_is_asked(asked or question, [(one.passage, one.sentence_scores) for one in best]),
            asked=float(same[shown[0]]),
        )
        return Ranking(_Hits(shown.tolist(), hit), evidence)

    def knows(self, question: str) -> bool:
        """Whether a passage is known to answer this very question."""
        snapshot = self._index.current()
        return bool(len(snapshot)) and max(self._known(snapshot).like(question).values(), default=0.0) >= _KNOWN

    def _known(self, snapshot: Snapshot) -> KnownQuestions:
        if self._questions is None or self._questions[0] is not snapshot:
            self._questions = (snapshot, KnownQuestions(snapshot.questions, self._subject, snapshot.asked))
        return self._questions[1]

    def _admitted(self, snapshot: Snapshot, filters: Filters) -> Flags:
        """Return for each passage whether its source is admitted."""
        if filters == Filters():
            return np.ones(len(snapshot), dtype=bool)
        if self._summaries is None or self._summaries[0] is not snapshot:
            self._summaries = (snapshot, self._library.summaries())
        admitted = np.zeros(len(snapshot), dtype=bool)
        for summary in self._summaries[1]:
            if filters.admits_source(summary) and (found := snapshot.by_source.get(summary.id)) is not None:
                admitted[found] = True
        return admitted

    def _within(self, snapshot: Snapshot, admitted: Flags, vector: Floats, words: Floats) -> Numbers:
        """Return the passages of admitted sources: all where they are few, else the likeliest."""
        found = np.flatnonzero(admitted)
        if len(found) <= _CANDIDATES_FILTERED:
            return found
        nearest = self._index.nearest(snapshot, vector, _CANDIDATES_FILTERED)
        return np.union1d(nearest, _best(np.where(admitted, words, np.float32(0)), _CANDIDATES_FILTERED))


class _Hits(Sequence[Hit]):
    """Hits that are read from the library when they are looked at: most answers look at two or three."""

    def __init__(self, positions: Sequence[int], make: Callable[[int], Hit]) -> None:
        self._positions = positions
        self._make = make

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, slice):
            return [self._make(position) for position in self._positions[place]]
        return self._make(self._positions[place])


def _best(scores: Floats, count: int) -> Numbers:
    positive = np.flatnonzero(scores > 0)
    if len(positive) > count:
        positive = positive[np.argpartition(-scores[positive], count)[:count]]
    return positive.astype(np.int64)


def _ordered(scores: Floats, candidates: Numbers, better: Numbers) -> Numbers:
    """Return the places of the candidates, best first, without those that a better version stands for."""
    order: Numbers = np.lexsort((candidates, -scores))
    kept: Numbers = order[better[order] == candidates[order]]
    return kept


def _standard(values: Floats, sample: Floats) -> Floats:
    """Return values in standard deviations from the mean of the sample, column by column."""
    found: Floats = (values - sample.mean(axis=0)) / (sample.std(axis=0) + np.float32(1e-6))
    return found


def _best_of_versions(scores: Floats, candidates: Numbers, better: Numbers) -> Floats:
    """Return the scores, the better version of an utterance having the best score of its versions."""
    found = scores.copy()
    np.maximum.at(found, np.searchsorted(candidates, better), scores)
    return found
