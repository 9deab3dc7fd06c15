"""The assistant itself, through its public names only."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant import Answer, Assistant
from assistant.confidence import confidence
from evals.systems.system import Ranked

NAME = "ask-ilya"


class Ranking(NamedTuple):
    """Places, best first, and how sure it is that they answer (0 to 1)."""

    places: list[Ranked]
    confidence: float


class Ours:
    """The assistant under test."""

    name = NAME

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ranking(self, question: str, history: Sequence[str], count: int) -> Ranking:
        """Return what is found before anything is selected."""
        found = self._assistant.ranking(question, count, history=history)
        places = [
            Ranked(hit.passage.source.id, hit.passage.start, hit.passage.end, round(float(hit.score), 9))
            for hit in found.hits
        ]
        return Ranking(places, confidence(found.evidence))

    def rank(self, question: str, history: Sequence[str], count: int) -> list[Ranked]:
        """Return the places that are found."""
        return self.ranking(question, history, count).places

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the whole answer."""
        return self._assistant.ask(question, history=list(history))

    def verdict(self, claim: str) -> str:
        """Return the verdict on a claim."""
        return self._assistant.check(claim).verdict.value
