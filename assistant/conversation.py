"""A conversation: each question is answered in the light of those before it, follow-ups too, without a model.

Nothing is stored: what was shown is found again by answering the questions before, which gives the same quotes.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf

from assistant.answers import Answer, Elsewhere, Note, NumberedQuote, Reason, Stage, Step, numbered
from assistant.exceptions import QuestionRefused
from assistant.models import Cancellation
from assistant.question.filters import Filters, Order
from assistant.question.generators import Returning
from assistant.question.intent import leans_on_history, points_back, undated
from assistant.question.questions import clean_question, language_of
from assistant.question.wishes import SAME_WORDS, Wish, read_wish
from assistant.quotes import Quote
from assistant.retrieval.passage_search import Found, Held, Searcher
from assistant.selection import extractive
from assistant.selection.deduplication import Presenter
from assistant.selection.same_words import in_chinese, original_of, reason_for, shorter, whole
from assistant.selection.selector import Chooser
from assistant.selection.substance import gives_reason
from knowledge.search.terms import terms

Event = Step | NumberedQuote | Answer

_MOST_HEARD = 8
"""Questions before a follow-up that are answered again, to know what was shown."""


@dataclass(frozen=True)
class Asking:
    """A question as it is searched.

    Attributes:
        question: in full.
        topics: the questions before it that it leans on.
        last: what was quoted before it, which its answer may continue.
        filters: what may be quoted.
        order: how the quotes follow each other.
        near: how near a further quote must be; None for as usual.
        follows: whether it is a follow-up, so that nothing that led an answer is shown again.
        repeats: whether what led an answer may answer it again, as it asks something of its own.
        only_new: whether nothing at all is shown again.
        why: whether a reason is wanted.
        note: what is told when nothing is found.
    """

    question: str
    filters: Filters
    order: Order
    topics: tuple[str, ...] = ()
    last: tuple[Quote, ...] = ()
    near: float | None = None
    follows: bool = False
    repeats: bool = False
    only_new: bool = False
    why: bool = False
    note: Note | None = None


class Conversation:
    """Answers questions one after the other.

    Args:
        searcher: finds passages.
        chooser: chooses quotes from them.
        held: what is searched.
        filters: what may be quoted.
        order: how the quotes of an answer follow each other.
        known: quotes already shown elsewhere, which are never shown again.
        cancellation: lets another thread stop it.
    """

    def __init__(
        self,
        searcher: Searcher,
        chooser: Chooser,
        held: Held,
        *,
        filters: Filters,
        order: Order,
        known: Collection[Quote],
        cancellation: Cancellation | None,
    ) -> None:
        self._searcher = searcher
        self._chooser = chooser
        self._held = held
        self._filters = filters
        self._order = order
        self._known = tuple(known)
        self._cancellation = cancellation
        self._heard: list[str] = []
        self._shown: list[Quote] = []
        self._led: list[Quote] = []
        self._last: tuple[Quote, ...] = ()
        self._asking: Asking | None = None

    def hear(self, history: Sequence[str], question: str) -> None:
        """Take in the questions before a question, as far as it needs them.

        Args:
            history: oldest first.
            question: the one that is asked next.
        """
        self._heard = []
        for earlier in history:
            with suppress(QuestionRefused):
                self._heard.append(clean_question(earlier))
        if not _follows(question):
            return
        questions = self._heard
        own = [number for number, one in enumerate(questions) if not _follows(one)]
        first = max(own[-1] if own else 0, len(questions) - _MOST_HEARD)
        self._heard = questions[:first]
        # a wish needs exactly what was shown; for other follow-ups it is only a hint, and no model is paid for it
        chooser = self._chooser
        if read_wish(question) is None:
            self._chooser = chooser.at_no_cost()
        for earlier in questions[first:]:
            for _ in self.answer(earlier):
                pass
        self._chooser = chooser

    def answer(self, question: str) -> Iterator[Event]:
        """Answer a cleaned question step by step; it is heard once its answer is given.

        Raises:
            Cancelled: the cancellation was used.
        """
        wished = read_wish(question)
        if wished and wished.wish in SAME_WORDS and self._last:
            yield from self._again(question, wished.wish)
        elif wished and wished.wish in SAME_WORDS and not self._asking:
            yield self._answer(question, (), asking=None, reason=Reason.UNCLEAR)
        elif wished and wished.wish is Wish.WHY and (reasons := self._reasons()):
            yield from self._told(question, reasons)
        else:
            yield from self._searched(question, self._read(question))
        self._heard.append(question)

    def _read(self, question: str) -> Asking:
        """Return what is searched for."""
        before = self._asking
        wished = read_wish(question) if before else None
        if before is None:
            history = tuple(self._heard) if leans_on_history(question) else ()
            return Asking(question, self._filters, self._order, topics=history)
        if wished and wished.wish is Wish.MORE:
            return replace(before, near=extractive.FAR, follows=True, only_new=True)
        if wished and wished.wish is Wish.WHY:
            return replace(before, last=self._last, near=extractive.FAR, follows=True, only_new=True, why=True)
        if wished and wished.wish in (Wish.LATER, Wish.EARLIER) and self._last:
            return self._at_another_time(before, later=wished.wish is Wish.LATER)
        topic = wished.topic if wished and wished.wish is Wish.ABOUT and wished.topic else question
        if (topic != question or leans_on_history(question)) and not points_back(topic):
            return Asking(topic, self._filters, self._order, follows=True)
        if wished or leans_on_history(question):
            topics = (*before.topics, before.question)
            asking = Asking(question, self._filters, self._order, topics=topics, last=self._last, follows=True)
            return replace(asking, repeats=bool({*terms(question)} - {*terms(" ".join(topics))}))
        return Asking(question, self._filters, self._order)

    def _at_another_time(self, before: Asking, *, later: bool) -> Asking:
        dates = sorted(quote.source.date for quote in self._last if quote.source.date)
        edge = (dates[-1] if later else dates[0]) if dates else None
        there = tuple(one.id for one in self._held.sources if edge and one.date and _is_beyond(one.date, edge, later))
        filters = self._filters.model_copy(update={"sources": there or ("",)})
        note = Note.NOTHING_LATER if later else Note.NOTHING_EARLIER
        question = undated(before.question) or before.question
        return replace(
            before,
            question=question,
            filters=filters,
            order=Order.DATE,
            last=(),
            follows=True,
            only_new=True,
            note=note,
        )

    def _searched(self, asked: str, asking: Asking) -> Iterator[Event]:
        if asking.filters.sources == ("",):
            yield self._answer(asked, (), asking=asking, reason=Reason.NO_EVIDENCE, note=asking.note)
            return
        found = self._searcher.find(
            asking.question,
            self._held,
            history=asking.topics,
            filters=asking.filters,
            order=asking.order,
            cancellation=self._cancellation,
            last=asking.last,
        )
        found = self._narrowed(found, asking)
        yield Step(stage=Stage.CHOOSING, count=len(found.hits))
        again = self._shown if asking.only_new else self._led if asking.follows and not asking.repeats else ()
        before = (*self._known, *again)
        usual = extractive.FAR if self._known else extractive.NEAR
        choosing = self._chooser.choose(
            asking.question,
            found.hits,
            certain=found.certain,
            history=self._heard,
            present=Presenter(before=before, one_per_appearance=found.by_date).present,
            near=inf if found.by_date or found.is_open else asking.near or usual,
            cancellation=self._cancellation,
        )
        shown: list[NumberedQuote] = []
        with Returning(choosing) as quotes:
            for quote in quotes:
                if not shown:
                    yield Step(stage=Stage.CHECKING)
                shown.append(NumberedQuote(number=len(shown) + 1, quote=quote))
                if not found.by_date:
                    yield shown[-1]
            outcome = quotes.returned
        if found.by_date:
            shown = list(numbered(sorted((one.quote for one in shown), key=lambda quote: quote.source.date or "")))
            yield from shown
        given = self._answer(
            asked,
            tuple(one.quote for one in shown),
            asking=asking,
            reason=None if shown else found.refusal or outcome.reason or Reason.NO_EVIDENCE,
            note=None if shown else asking.note,
            filters=found.filters,
        )
        told = {
            "selector": outcome.selector,
            "model": outcome.model,
            "elsewhere": self._elsewhere(given, asking, found),
        }
        yield given.model_copy(update=told)

    def _elsewhere(self, given: Answer, asking: Asking, found: Found) -> tuple[Elsewhere, ...]:
        """Return on which occasions there are words that would have answered without limits on when and where."""
        late = given.reason is Reason.AFTER_LAST_SOURCE
        limited = given.reason is Reason.NO_EVIDENCE and found.filters.by_occasion
        if asking.note or not (late or limited):
            return ()
        hits = self._searcher.find_anywhere(asking.question, self._held, history=asking.topics, filters=asking.filters)
        choosing = self._chooser.at_no_cost().choose(
            asking.question,
            hits,
            certain=hits,
            history=(),
            present=Presenter(before=(), one_per_appearance=True).present,
            near=extractive.NEAR,
            cancellation=self._cancellation,
        )
        with Returning(choosing) as quotes:
            sources = {quote.source.id: quote.source for quote in quotes}
        there = [one for one in sources.values() if one.date and (late or not found.filters.admits_source(one))]
        told = (Elsewhere(source=one.id, date=one.date or "", venue=one.venue or one.title) for one in there)
        return tuple(sorted(told, key=lambda one: one.date))

    def _narrowed(self, found: Found, asking: Asking) -> Found:
        """Return what was found without what gives no reason, or is of another time and far from the topic."""
        if asking.why:
            telling = [hit for hit in found.hits if gives_reason(hit.passage.text)]
            return replace(found, hits=telling, certain=[hit for hit in telling if hit in found.certain])
        if asking.note is None or not found.certain:
            return found
        anywhen = self._searcher.find(
            asking.question,
            self._held,
            history=asking.topics,
            filters=self._filters,
            order=Order.RELEVANCE,
            cancellation=self._cancellation,
        )
        floor = anywhen.hits[-1].score if anywhen.hits else inf
        near = [hit for hit in found.certain if hit.score >= floor]
        return replace(found, hits=near, certain=near)

    def _reasons(self) -> list[Quote]:
        """Return where he says why of what was just quoted, as it may be shown."""
        presenter = Presenter(before=(*self._known, *self._shown))
        reasons = (reason_for(quote) for quote in self._last)
        return [shown for reason in reasons if reason and (shown := presenter.present(reason))][:2]

    def _again(self, asked: str, wish: Wish) -> Iterator[Event]:
        quotes, note = self._other_cut(wish)
        yield from self._told(asked, quotes, note=note)

    def _other_cut(self, wish: Wish) -> tuple[list[Quote], Note | None]:
        """Return what was just quoted as it is wished for, and what is told of it."""
        last = list(self._last)
        if wish is Wish.ASKED:
            return last, Note.ASKED_ABOVE if any(quote.question for quote in last) else Note.QUESTION_UNKNOWN
        if wish is Wish.CHINESE:
            if all(quote.turn.language.startswith("zh") for quote in last):
                return last, Note.AS_SPOKEN
            rendered = [one for quote in last if (one := in_chinese(quote))]
            return (rendered, Note.RENDERED) if rendered else (last, Note.NOT_IN_CHINESE)
        if wish is Wish.ORIGINAL:
            return [original_of(quote) or quote for quote in last], Note.AS_SPOKEN
        if wish is Wish.SHORTER:
            topic = self._asking.question if self._asking else ""
            cut = [shorter(quote, topic) for quote in last]
            fewer = [one or quote for one, quote in zip(cut, last, strict=True)]
            return fewer, None if any(cut) else Note.NOT_SHORTER
        wholes = [whole(quote) for quote in last]
        return wholes, Note.WHOLE_ALREADY if wholes == last else None

    def _told(self, asked: str, quotes: Sequence[Quote], *, note: Note | None = None) -> Iterator[Event]:
        once = list({quote.id: quote for quote in quotes}.values())
        yield Step(stage=Stage.CHECKING)
        yield from numbered(once)
        yield self._answer(asked, tuple(once), asking=self._asking, note=note)

    def _answer(
        self,
        asked: str,
        quotes: tuple[Quote, ...],
        *,
        asking: Asking | None,
        reason: Reason | None = None,
        note: Note | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Return an answer, and remember what it shows and what it is about."""
        self._shown += quotes
        self._led += quotes[:1]
        if quotes or not (asking and asking.follows):
            self._last = quotes
        self._asking = asking
        return Answer(
            question=asked,
            reason=reason,
            selector=extractive.NAME,
            quotes=numbered(list(quotes)),
            coverage=self._held.within(filters or self._filters),
            language=language_of(asked),
            note=note,
        )


def _follows(question: str) -> bool:
    return read_wish(question) is not None or leans_on_history(question)


def _is_beyond(date: str, edge: str, later: bool) -> bool:
    """Whether a partial date is surely after, or before, another one."""
    shared = min(len(date), len(edge))
    return date[:shared] > edge[:shared] if later else date[:shared] < edge[:shared]
