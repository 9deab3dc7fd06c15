"""Follow-ups put by a model into searches that stand on their own. What it writes goes to retrieval only."""

import json
from collections.abc import Sequence
from typing import NewType

from assistant.exceptions import QuestionRefused
from assistant.models.calls import Call, Cancellation, EndpointFailed, list_under
from assistant.models.endpoint import Endpoint, Schema
from assistant.question.questions import clean_question
from assistant.selection.offer import sendable
from prompts import load

SearchQuery = NewType("SearchQuery", str)
"""A model's words, to search with. Not a `str` to show: nothing of it may reach a person."""

_SECONDS = 8.0
_MOST_QUERIES = 3
_MOST_CHARACTERS = 300
_EARLIER = 6

_QUERIES = Schema(
    "queries",
    {
        "type": "object",
        "properties": {"queries": {"type": "array", "items": {"type": "string"}}},
        "required": ["queries"],
        "additionalProperties": False,
    },
)


class Rewriter:
    """Turns a question with what was asked before it into searches, also in the other language.

    Raises:
        PromptError: the prompt is missing or wrong.
    """

    def __init__(self, endpoint: Endpoint, *, subject: str) -> None:
        self._endpoint = endpoint
        self._subject = subject
        self._prompt = load("rewrite", {"subject", "history", "question"})

    def queries(
        self, question: str, history: Sequence[str] = (), cancellation: Cancellation | None = None
    ) -> list[SearchQuery]:
        """Return at most three searches, best first; none when the model fails: then search for the question itself.

        Args:
            question: the new question.
            history: the questions before it, oldest first.
            cancellation: lets another thread stop the call.
        """
        earlier = "\n".join(map(_quoted, history[-_EARLIER:])) or "(none)"
        values = {"subject": self._subject, "history": earlier, "question": _quoted(question)}
        self._endpoint.prepare()
        with Call(_SECONDS, cancellation) as call:
            try:
                reply = "".join(self._endpoint.call(self._prompt.messages(values), _QUERIES, call))
            except EndpointFailed:
                return []
        return _searches(list_under("queries", reply))


def _quoted(question: str) -> str:
    return sendable(json.dumps(question, ensure_ascii=False))


def _searches(written: Sequence[object]) -> list[SearchQuery]:
    found: list[SearchQuery] = []
    for text in written:
        if not isinstance(text, str) or len(text) > _MOST_CHARACTERS:
            continue
        try:
            query = SearchQuery(clean_question(text))
        except QuestionRefused:
            continue
        if query not in found:
            found.append(query)
    return found[:_MOST_QUERIES]
