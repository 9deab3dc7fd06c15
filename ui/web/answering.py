"""From a question in the chat to the HTML of its answer, as it grows: steps, quotes one by one, the whole."""

import logging
from collections.abc import Iterator, Sequence

from assistant import Answer, Assistant
from assistant.errors import QuestionRefused
from assistant.questions import MAX_CHARACTERS, language_of
from assistant.records import Records
from assistant.steps import Step
from knowledge.errors import AskIlyaError
from ui.examples import examples
from ui.rendering import Card, frame
from ui.rendering.framing import card as card_of
from ui.web.filtering import Wishes
from ui.web.markup import answer_message, notice, unfinished_message
from ui.web.texts import PageTexts
from ui.web.timeline import timeline_html

_LOG = logging.getLogger(__name__)
_NEIGHBOURS = 12
_SUGGESTIONS = 3


class Answering:
    """Answers questions for the page and keeps what it answered."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        self.assistant = assistant
        self.records = records

    def replies(
        self, question: str, *, history: Sequence[str], wishes: Wishes, page: PageTexts
    ) -> Iterator[str | Answer]:
        """Yield the message as it grows, each replacing the one before, and at the end the answer, saved.

        Never raises: whatever goes wrong becomes a sentence in the page's language.
        """
        try:
            yield from self._replies(question, history=history, wishes=wishes, page=page)
        except QuestionRefused:
            long = len(question) > MAX_CHARACTERS
            said = page.too_long.format(count=f"{len(question):,}", limit=f"{MAX_CHARACTERS:,}") if long else page.blank
            yield notice(said)
        except AskIlyaError as error:
            _LOG.warning("not answered: %s", error)
            yield notice(str(error))
        except Exception:  # noqa: BLE001 - a page must not break; the log has the traceback
            _LOG.exception("not answered")
            yield notice(page.failed)

    def _replies(
        self, question: str, *, history: Sequence[str], wishes: Wishes, page: PageTexts
    ) -> Iterator[str | Answer]:
        language = language_of(question)
        cards: list[Card] = []
        step = ""
        for event in self.assistant.stream(question, history=history, filters=wishes.filters, order=wishes.order):
            if isinstance(event, Answer):
                self.records.save(event)
                yield self.finished(event, page)
                yield event
                return
            if isinstance(event, Step):
                step = page.steps[event.stage].format(count=event.count)
            else:
                cards.append(card_of(event, language=language))
            yield unfinished_message(cards, step, page)

    def finished(self, answer: Answer, page: PageTexts) -> str:
        """Return the message for a whole answer."""
        subject = self.assistant.subject.name
        offered = () if answer.answered else self.examples(answer.language)
        shown = frame(answer, subject=subject, examples=offered)
        timeline = timeline_html(answer.quotes, page, language=answer.language)
        return answer_message(shown, answer, page, timeline=timeline, more=self._neighbours(answer))

    def examples(self, language: str) -> tuple[str, ...]:
        """Return questions that this library answers: the quotation book's where it is in, else its own."""
        if self.assistant.settings.starter:
            return examples(language)
        return self._asked_in_library(language)[:4]

    def _neighbours(self, answer: Answer) -> tuple[str, ...]:
        """Return questions near this one that passages not yet shown answer."""
        if not answer.answered:
            return ()
        shown = {numbered.quote.attribution.asked for numbered in answer.quotes}
        found: dict[str, None] = {}
        for hit in self.assistant.search(answer.question, _NEIGHBOURS):
            turn = hit.passage.turn
            if turn.question and turn.question not in shown and turn.question != answer.question:
                found[(answer.language == "zh" and turn.question_zh) or turn.question] = None
        return tuple(found)[:_SUGGESTIONS]

    def _asked_in_library(self, language: str) -> tuple[str, ...]:
        found: list[str] = []
        for edition in self.assistant.library.editions():
            source = self.assistant.library.source(edition.source_id)
            for turn in source.turns:
                if turn.question and turn.quotable():
                    found.append((language == "zh" and turn.question_zh) or turn.question)
                    break
        return tuple(found)
