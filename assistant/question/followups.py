"""Follow-ups: “more”, and by a model searches that stand on their own. What it writes goes to retrieval only."""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple, NewType

from assistant.exceptions import QuestionRefused
from assistant.models.calls import Call, Cancellation, EndpointFailed, list_under
from assistant.models.endpoint import Endpoint, Schema
from assistant.question.questions import clean_question
from assistant.selection.offer import sendable
from prompts import load

# A wish for more: what it wants more of.
_MORE = re.compile(
    r"^\W*(?:(?:show|give|tell)\s+(?:me|us)\s+)?(?:some\s+|any\s+|a\s+few\s+|one\s+)?"
    r"(?:more|another|anything\s+else|what\s+else|next|go\s+on|continue)"
    r"(?:\s+(?:ones?|quotes?|quotations?|please|then|(?:about|on)\s+(?:it|this|that)))*\W*$"
    r"|^\W*(?:请|再)?(?:更多|还有吗|还有别的吗|还有其他的吗|还有呢|别的呢|再来一?(?:些|个|条|点)|多来几条|继续|下一条|换一(?:个|条))\W*$",
    re.IGNORECASE,
)


class Continued(NamedTuple):
    """The question that more is wanted of, what was asked before it, and how often more was wanted until now."""

    question: str
    history: tuple[str, ...]
    times: int


def continued(question: str, history: Sequence[str]) -> Continued | None:
    """Return what a wish for more continues; None when it is none, or when nothing was asked before it.

    >>> continued("More, please!", ["Why scale?", "more"])
    Continued(question='Why scale?', history=(), times=2)
    >>> continued("More data or better algorithms?", ["Why scale?"]) is None
    True
    """
    if not _MORE.match(question):
        return None
    for number in range(len(history) - 1, -1, -1):
        if not _MORE.match(history[number]):
            return Continued(history[number], tuple(history[:number]), len(history) - number)
    return None


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
