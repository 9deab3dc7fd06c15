"""The assistant: `ask`, `stream`, `check` and `search` over one library, its index, a selector and the settings."""

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import curation
from assistant.answers import Answer, Coverage, NumberedQuote, Stage, Step
from assistant.checking import Check, Checker
from assistant.conversation import Conversation
from assistant.documents.document_claims import check_document, is_printed_as_his
from assistant.documents.printed_documents import printed_prose
from assistant.integration.asynchronous import iterate
from assistant.integration.guard import VerifiedText
from assistant.models import Cancellation, Endpoint
from assistant.models.embedder import chosen_embedder
from assistant.question.filters import Filters, Order
from assistant.question.followups import Rewriter
from assistant.question.questions import clean_question
from assistant.quotes import Quote, UnknownQuote, find_quote
from assistant.retrieval.passage_search import MOST, Held, Searcher
from assistant.retrieval.retriever import Hit, Ranking, Retriever
from assistant.selection.model_selector import ModelSelector
from assistant.selection.pick_cache import AnswerCache
from assistant.selection.selector import Chooser
from assistant.settings import DATABASE, Settings
from knowledge.library.catalogue_import import CatalogueRow
from knowledge.library.editions import library_state
from knowledge.library.importer import FileReport
from knowledge.library.store import Library
from knowledge.model.errors import IndexUnavailable, LibraryUnavailable
from knowledge.model.source import FactName, FactValue, Source
from knowledge.model.subject import Subject, default_subject
from knowledge.search import ChromaServer, Index, Progress, open_chroma
from knowledge.search.embedding import Embeddings
from knowledge.speakers.review import Decision
from knowledge.starter.book import add_starter, make_folder

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
        self.embeddings = embeddings
        self.subject = subject
        self.settings = settings
        self._known_state: tuple[str, Held] | None = None
        endpoint = Endpoint.from_settings(settings)
        cache = AnswerCache(library.engine) if settings.answer_cache else None
        model = ModelSelector(endpoint, settings=settings, subject=subject.name, cache=cache) if endpoint else None
        self._chooser = Chooser(model, max_quotes=settings.max_quotes)
        rewriter = Rewriter(endpoint, subject=subject.name) if endpoint else None
        self._searcher = Searcher(Retriever(library, index, embeddings, subject), rewriter, subject)
        self.checker = Checker(index.shingles, subject, coverage=self.coverage, admit_inferred=settings.admit_inferred)

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        subject: Subject | None = None,
        embeddings: Embeddings | None = None,
        progress: Progress | None = None,
        wait: bool = True,
    ) -> "Assistant":
        """Open the library and index that the settings name; the first time, put the quotation book in.

        With `wait` off, large sources that an interrupted import left are not embedded first: what is ready answers.
        What cannot be written (a full disk, a folder that may only be read) is left as it is where it can be asked.
        """
        settings = settings or Settings()
        embeddings = embeddings or chosen_embedder(settings)
        subject = subject or default_subject()
        if not (settings.home / DATABASE).exists():
            make_folder(settings.home)
        library = Library(settings.library_url)
        if settings.starter:
            try:
                add_starter(library, subject)
            except LibraryUnavailable:
                if not library.editions():  # nothing could be asked
                    raise
        index = Index(
            _chroma(settings), settings.index_folder, library, embeddings, admit_inferred=settings.admit_inferred
        )
        try:
            index.sync(progress, wait=wait)
        except (IndexUnavailable, LibraryUnavailable):
            index.current()  # or it cannot be asked either
        return cls(library, index, embeddings, subject, settings)

    def with_settings(self, **changes: object) -> "Assistant":
        """Return an assistant over the same library and index that differs in some settings, such as its model."""
        settings = self.settings.model_copy(update=changes)
        return Assistant(self.library, self.index, self.embeddings, self.subject, settings)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        order: Order = Order.RELEVANCE,
        exclude: Collection[str] = (),
        cancellation: Cancellation | None = None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: in English or Chinese. A follow-up ("more", "why?", "and later?", "in Chinese?", "who asked?",
                "what about data?", "shorter", "the whole answer") leans on the questions before it.
            history: the questions asked before it in the same conversation, oldest first.
            filters: what may be quoted.
            order: how the quotes follow each other.
            exclude: ids of quotes already shown, which are not shown again.
            cancellation: lets another thread stop it, also while a model is awaited.

        Raises:
            QuestionRefused: the question is blank or too long.
            Cancelled: `cancellation` was used.
        """
        for event in self.stream(
            question, history=history, filters=filters, order=order, exclude=exclude, cancellation=cancellation
        ):
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
        cancellation: Cancellation | None = None,
    ) -> Iterator[Step | NumberedQuote | Answer]:
        """Answer a question step by step: steps as they begin, each quote once verified, at last the answer.

        Takes and raises what `ask` does. Closing the iterator stops a model that is being heard.
        """
        asked = clean_question(question)
        yield Step(stage=Stage.SEARCHING)
        conversation = Conversation(
            self._searcher,
            self._chooser,
            self._held(),
            filters=filters,
            order=order,
            known=list(self._known(exclude)),
            cancellation=cancellation,
        )
        conversation.hear(history, asked)
        yield from conversation.answer(asked)

    async def aask(self, question: str, **options: Any) -> Answer:
        """Answer a question without blocking the event loop; takes and raises what `ask` does."""
        async with aclosing(self.astream(question, **options)) as events:
            async for event in events:
                if isinstance(event, Answer):
                    return event
        raise AssertionError("a stream ends with its answer")

    def astream(self, question: str, **options: Any) -> AsyncGenerator[Step | NumberedQuote | Answer, None]:
        """Answer step by step without blocking the event loop; takes, yields and raises what `stream` does.

        A cancelled task, or `aclose`, stops a model that is being heard.
        """
        cancellation = options.pop("cancellation", None) or Cancellation()
        return iterate(self.stream(question, cancellation=cancellation, **options), cancellation)

    def verify_quotes(self, text: str) -> VerifiedText:
        """Find every quotation in a text that is attributed to him, and check each, word by word.

        A model that writes prose about him is kept honest by it: `verify_quotes(prose).trustworthy`.
        """
        return VerifiedText(text=text, quotations=tuple(check_document(self.checker, printed_prose(text))))

    def check(self, text: str, *, occasion: str | None = None) -> Check:
        """Tell whether a quotation is his, word by word.

        Args:
            text: the quotation; a source named behind it ("— NeurIPS 2024") is compared too.
            occasion: where and when it is said to be from, if that stands elsewhere.

        Raises:
            ClaimRefused: there are too few or too many words to check.
        """
        found = self.checker.check(text, occasion=occasion)
        if not found.only_printed:
            return found
        his = is_printed_as_his(self.library, found.nearest[0], self.subject)
        return found.model_copy(update={"printed_as_his": his})

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        reading: Progress | None = None,
        embedding: Progress | None = None,
        given: Mapping[FactName, FactValue] | None = None,
        solo: bool = False,
        searchable: bool = True,
    ) -> list[FileReport]:
        """Import files, folders and web addresses; return what was understood of each, or why it was refused.

        Args:
            paths: what is imported.
            reading: hears how many files are read.
            embedding: hears how many passages are made searchable.
            given: facts that a person gives about every one of them.
            solo: whether a person says that they are talks of the subject alone.
            searchable: whether their words are made searchable now, or by the next `index.sync`.
        """
        return curation.add(
            self.library,
            self.index,
            self.subject,
            paths,
            reading=reading,
            embedding=embedding,
            allow_private=self.settings.allow_private_addresses,
            given=given,
            solo=solo,
            searchable=searchable,
        )

    def add_catalogue(
        self, *, fetching: Progress | None = None, embedding: Progress | None = None
    ) -> Iterator[CatalogueRow]:
        """Fetch what is public of every known appearance, politely; yield for each what was got, or why nothing was.

        Args:
            fetching: hears how many appearances are done.
            embedding: hears how many passages are made searchable.
        """
        return curation.add_catalogue(
            self.library,
            self.index,
            self.subject,
            fetching=fetching,
            embedding=embedding,
            allow_private=self.settings.allow_private_addresses,
        )

    def remove(self, source_id: str) -> None:
        """Take a source out of search; old citations still resolve.

        Raises:
            UnknownSource: no such source is held.
        """
        curation.remove(self.library, self.index, source_id)

    def review(self, source: Source, decisions: Sequence[Decision]) -> Source:
        """Store who speaks in a source as a person decided, make the words searchable, and return the source.

        Raises:
            SpanError: a decision is not a run of whole sentences inside one turn, or two overlap.
        """
        return curation.review(self.library, self.index, source, decisions)

    def search(self, question: str, count: int = MOST) -> list[Hit]:
        """Return the ranked passages before anything is selected."""
        return list(self.ranking(question, count).hits)

    def ranking(self, question: str, count: int = MOST, *, history: Sequence[str] = ()) -> Ranking:
        """Return the passages that `ask` chooses from; without evidence when the question is refused unsearched."""
        return self._searcher.ranking(clean_question(question), self._held(), count, history)

    def coverage(self) -> Coverage:
        """Return what is searched."""
        return self._held().coverage

    def _known(self, ids: Collection[str]) -> Iterator[Quote]:
        for name in ids:
            with suppress(UnknownQuote):  # what is no longer held cannot be shown again
                yield find_quote(self.library, name)

    def _held(self) -> Held:
        state = library_state(self.library)
        if self._known_state is None or self._known_state[0] != state:
            sources = [summary for summary in self.library.summaries() if summary.quotable_words]
            held = Held(sources, self.library.source, admit_inferred=self.settings.admit_inferred)
            self._known_state = (state, held)
        return self._known_state[1]


def _chroma(settings: Settings) -> "Callable[[], ClientAPI] | None":
    """Return what opens the Chroma server that is set, None where none is."""
    return chroma_at(settings, settings.chroma_url) if settings.chroma_url else None


def chroma_at(settings: Settings, url: str) -> "Callable[[], ClientAPI]":
    """Return what opens the Chroma server at an address, with the token, tenant and database that are set."""
    token = settings.chroma_token.get_secret_value() if settings.chroma_token else None
    server = ChromaServer(url, token, settings.chroma_tenant, settings.chroma_database)
    return lambda: open_chroma(server)
