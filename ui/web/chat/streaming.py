"""Streaming an answer: its HTML as it grows: steps, quotes one by one, the whole, or what went wrong."""

import logging
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from pydantic import BaseModel, ConfigDict

from assistant import Answer, Assistant, Order
from assistant.answers import Stage, Step
from assistant.checking import ClaimRefused
from assistant.exceptions import QuestionRefused
from assistant.models import Cancellation, Cancelled
from assistant.question.questions import MAX_CHARACTERS
from assistant.records.saved_answers import Records, SavedAnswer
from knowledge.model.errors import AskIlyaError, IndexMismatch, IndexUnavailable, LibraryUnavailable
from knowledge.starter.book import examples
from knowledge.starter.topics import nearest_questions
from ui.operations.request_metrics import count_answer
from ui.rendering import Card, frame
from ui.rendering.filter_form import Wishes
from ui.rendering.framing import card as card_of
from ui.rendering.page_texts import PageTexts
from ui.rendering.verdicts import refusal
from ui.web.chat.answer_context import asks_over_time, first_questions, neighbouring_questions, timeline_html
from ui.web.templates.answer_tools import answer_message, notice, saved_answer, unanswered, unfinished_message
from ui.web.templates.chat_texts import chat_texts


# What went wrong, as one sentence in the page's language. Paths and commands stay in the log, not on the page.
def trouble(error: Exception, page: PageTexts, *, given: str) -> str:
    """Return the sentence for an error that met what a visitor gave, their question or claim."""
    if isinstance(error, QuestionRefused):
        long = len(given) > MAX_CHARACTERS
        return page.too_long.format(count=f"{len(given):,}", limit=f"{MAX_CHARACTERS:,}") if long else page.blank
    if isinstance(error, ClaimRefused):
        return refusal(given, language=page.code)
    if isinstance(error, LibraryUnavailable):
        return page.library_unavailable
    if isinstance(error, IndexMismatch | IndexUnavailable):
        return page.index_unavailable
    return page.failed


_LOG = logging.getLogger(__name__)
_EXAMPLES = 4


class Reply(BaseModel):
    """The message of the chat as it stands; the last one has the answer with it, unless there was none."""

    model_config = ConfigDict(frozen=True)

    content: str
    last: bool = False
    answer: Answer | None = None
    refused: bool = False
    """Whether the question itself was the trouble, so that its writer wants it back to change it."""


class Answering:
    """Answers questions for the page and keeps what it answered."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        self.assistant = assistant
        self.records = records

    def replies(
        self,
        question: str,
        *,
        history: Sequence[str],
        wishes: Wishes,
        page: PageTexts,
        cancellation: Cancellation | None = None,
    ) -> Iterator[Reply]:
        """Yield the message as it grows, each replacing the one before; the answer with the last is saved.

        Never raises: whatever goes wrong becomes a sentence in the page's language; an answer that nobody waits for
        any more just ends.
        """
        try:
            yield from self._replies(question, history, wishes, page, cancellation)
        except Cancelled:
            return
        except AskIlyaError as error:
            _LOG.warning("not answered: %s", error)
            refused = isinstance(error, QuestionRefused)
            told = trouble(error, page, given=question)
            yield Reply(
                content=notice(told) if refused else unanswered(told, question, page), last=True, refused=refused
            )
        except Exception:  # noqa: BLE001 - a page must not break; the log has the traceback
            _LOG.exception("not answered")
            yield Reply(content=unanswered(page.failed, question, page), last=True)

    def answered(self, question: str, page: PageTexts) -> tuple[Answer | None, str]:
        """Return the saved answer to a question asked alone; or None and the sentence that says why there is none."""
        try:
            answer = self.assistant.ask(question)
        except AskIlyaError as error:
            _LOG.warning("not answered: %s", error)
            return None, trouble(error, page, given=question)
        self.records.save(answer)
        return answer, ""

    def _replies(
        self,
        question: str,
        history: Sequence[str],
        wishes: Wishes,
        page: PageTexts,
        cancellation: Cancellation | None,
    ) -> Iterator[Reply]:
        filters = wishes.filters
        if filters.impossible:
            said = chat_texts(page.code).impossible.format(since=filters.since, until=filters.until)
            yield Reply(content=unanswered(said, question, page), last=True)
            return
        events = self.assistant.stream(
            question, history=history, filters=filters, order=wishes.order, cancellation=cancellation
        )
        cards: list[Card] = []
        step = ""
        for event in events:
            if cancellation and cancellation.requested:
                return
            if isinstance(event, Answer):
                self.records.save(event)
                count_answer(event, surface="page")
                whole = self.finished(event, page, in_time=wishes.order is Order.DATE)
                yield Reply(content=whole, last=True, answer=event)
                return
            if isinstance(event, Step):
                step = page.steps[event.stage].format(count=event.count)
                if event.stage not in self._awaited:
                    continue
            else:
                cards.append(card_of(event, language=page.code, question=question))
            yield Reply(content=unfinished_message(cards, step, page))

    @cached_property
    def _awaited(self) -> frozenset[Stage]:
        """Return the stages that last: a model takes its time to choose, code does not, nor does it to check."""
        return frozenset({Stage.SEARCHING, Stage.CHOOSING} if self.assistant.settings.model else {Stage.SEARCHING})

    def finished(self, answer: Answer, page: PageTexts, *, in_time: bool = False) -> str:
        """Return the message for a whole answer; `in_time` opens its timeline, as a question about time does."""
        subject = self.assistant.subject.name
        offered = () if answer.answered else self.examples(page.code)
        near = () if answer.answered else nearest_questions(answer.question, held=self._held)
        shown = frame(answer, subject=subject, examples=offered, nearest=near, language=page.code)
        opened = in_time or asks_over_time(answer.question, self.assistant.subject)
        timeline = timeline_html(answer.quotes, page, answer_id=answer.id, opened=opened)
        return answer_message(shown, answer, page, timeline=timeline, more=self._more(answer, page))

    def restored(self, saved: SavedAnswer, page: PageTexts, *, last: bool = False) -> str:
        """Return the message for an answer read back from the records; the `last` one offers what to ask next."""
        subject = self.assistant.subject
        opened = asks_over_time(saved.question, subject)
        timeline = timeline_html(saved.quotes, page, answer_id=saved.id, opened=opened)
        more = self._more(saved, page) if last else ()
        return saved_answer(saved, page, subject=subject.name, timeline=timeline, more=more)

    def _more(self, answered: Answer | SavedAnswer, page: PageTexts) -> tuple[str, ...]:
        return neighbouring_questions(
            [numbered.quote for numbered in answered.quotes],
            asked=answered.question,
            language=page.code,
            admit_inferred=self.assistant.settings.admit_inferred,
        )

    @property
    def _held(self) -> set[str]:
        return {summary.id for summary in self.assistant.library.summaries()}

    def examples(self, language: str) -> tuple[str, ...]:
        """Return questions that this library answers: the quotation book's where it is in, else its own."""
        if self.assistant.settings.starter:
            return examples(language)
        library, admit = self.assistant.library, self.assistant.settings.admit_inferred
        sources = (library.source(edition.source_id) for edition in library.editions())
        found = (next(first_questions(source, language, admit_inferred=admit), None) for source in sources)
        return tuple(islice(filter(None, found), _EXAMPLES))
