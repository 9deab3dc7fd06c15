"""The assistant itself, through its public names only."""

import inspect
from collections.abc import Sequence

from assistant import Answer, Assistant
from assistant.retrieval import Hit
from evals.systems.system import Ranked

NAME = "ask-ilya"


class Ours:
    """The assistant under test."""

    name = NAME

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._search_takes_history = "history" in inspect.signature(assistant.search).parameters

    def hits(self, question: str, history: Sequence[str], count: int) -> list[Hit]:
        """Return the passages that `search` ranks."""
        told = {"history": list(history)} if history and self._search_takes_history else {}
        return self._assistant.search(question, count, **told)

    def rank(self, question: str, history: Sequence[str], count: int) -> list[Ranked]:
        """Return the places that `search` ranks."""
        return [ranked_hit(hit) for hit in self.hits(question, history, count)]

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the whole answer."""
        return self._assistant.ask(question, history=list(history))

    def verdict(self, claim: str) -> str | None:
        """Return the verdict on a claim; None as long as the assistant cannot check."""
        check = getattr(self._assistant, "check", None)
        return None if check is None else str(check(claim).verdict.value)


def ranked_hit(hit: Hit) -> Ranked:
    """Return a hit as every system's ranking is written."""
    passage = hit.passage
    return Ranked(passage.source.id, passage.start, passage.end, round(float(hit.score), 9))


def confidence(answer: Answer, hits: Sequence[Hit]) -> float:
    """Return how sure it is that the library answers: its own figure, else the best similarity of the first 5."""
    own = getattr(answer, "confidence", None)
    if own is not None:
        return float(own)
    return max((float(hit.similarity) for hit in hits[:5]), default=0.0)
