"""The assistant itself, through its public names only."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant import Answer, Assistant
from assistant.models import Trouble
from assistant.retrieval.confidence import confidence
from assistant.selection import extractive
from evals.evaluation_errors import ModelSilent
from evals.run.systems.system import Ranked

NAME = "ask-ilya"

_TROUBLE = re.compile(rf"{extractive.NAME} \((.*)\)")
_OF_THE_MODEL = frozenset({Trouble.NO_VALID_PICK, Trouble.TOO_LONG, Trouble.UNREADABLE})


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
        """Return the whole answer.

        Raises:
            ModelSilent: a model was to choose, and its endpoint failed.
        """
        answer = self._assistant.ask(question, history=list(history))
        if trouble := endpoint_trouble(answer.selector):
            raise ModelSilent(f"the model did not choose: {trouble}")
        return answer

    def verdict(self, claim: str) -> str:
        """Return the verdict on a claim."""
        return self._assistant.check(claim).verdict.value


def endpoint_trouble(selector: str) -> str | None:
    """Return why the endpoint gave no choice at all; a choice that could not be used is the model's own.

    >>> endpoint_trouble("extractive (rate limit)"), endpoint_trouble("extractive (model gave no valid pick)")
    ('rate limit', None)
    """
    told = _TROUBLE.fullmatch(selector)
    return told[1] if told and told[1] not in _OF_THE_MODEL else None
