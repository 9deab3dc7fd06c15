"""A model's proposal of who speaks in an unlabelled text: turn numbers only, for a person to review.

Nothing becomes quotable by it.
"""

import json
from collections.abc import Iterator, Sequence

from assistant.models.calls import Call, Cancellation, list_under
from assistant.models.endpoint import Endpoint, Schema
from assistant.selection.offer import estimated_tokens, sendable
from knowledge.model.turns import Role
from prompts import load

_SECONDS = 60.0
_TOKENS = 3_000
_NUMBERS = {"type": "array", "items": {"type": "integer"}}
_LABELS = Schema(
    "labels",
    {
        "type": "object",
        "properties": {"subject": _NUMBERS, "other": _NUMBERS},
        "required": ["subject", "other"],
        "additionalProperties": False,
    },
)


class ModelLabeller:
    """A `knowledge.speakers.review.Labeller`: a model's word on which sentences are the interviewer's.

    Args:
        endpoint: the model.
        subject: name of the person who is interviewed.
    """

    def __init__(self, endpoint: Endpoint, *, subject: str) -> None:
        self._endpoint = endpoint
        self._subject = subject

    def interviewer_sentences(self, numbered: Sequence[str]) -> set[int]:
        """Return which of the sentences, counted from 0, the interviewer says.

        Raises:
            EndpointFailed: the model did not reply.
        """
        roles = propose_roles(numbered, endpoint=self._endpoint, subject=self._subject)
        return {number for number, role in roles.items() if role is Role.OTHER}


def propose_roles(
    turns: Sequence[str], *, endpoint: Endpoint, subject: str, cancellation: Cancellation | None = None
) -> dict[int, Role]:
    """Return the proposed role of each turn that the model is sure of, by its number from 0.

    Long texts are shown in stretches of about 3,000 tokens; each call may take a minute.

    Args:
        turns: what is said in each turn (or sentence), in order.
        endpoint: the model.
        subject: name of the person who is interviewed.
        cancellation: lets another thread stop it.

    Raises:
        EndpointFailed: the model did not reply.
        PromptError: the prompt is missing or wrong.
    """
    prompt = load("label", {"subject", "turns"})
    endpoint.prepare()
    found: dict[int, Role] = {}
    for first, lines in _stretches(turns):
        messages = prompt.messages({"subject": subject, "turns": "\n".join(lines)})
        with Call(_SECONDS, cancellation) as call:
            reply = "".join(endpoint.call(messages, _LABELS, call))
        his, others = (_offered(reply, role, len(lines)) for role in (Role.SUBJECT, Role.OTHER))
        found |= {first + number: Role.SUBJECT for number in his - others}
        found |= {first + number: Role.OTHER for number in others - his}
    return dict(sorted(found.items()))


def _stretches(turns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (index of the first turn, lines) with the turns of each stretch numbered from 1."""
    first, lines, left = 0, list[str](), _TOKENS
    for index, text in enumerate(turns):
        cost = estimated_tokens(text) + 8
        if lines and cost > left:
            yield first, lines
            first, lines, left = index, [], _TOKENS
        row = {"turn": len(lines) + 1, "text": text}
        lines.append(sendable(json.dumps(row, ensure_ascii=False, separators=(",", ":"))))
        left -= cost
    if lines:
        yield first, lines


def _offered(reply: str, role: Role, count: int) -> set[int]:
    """Return the places, from 0, of the offered turns that a reply lists under a role."""
    listed = list_under(role.value, reply)
    return {number - 1 for number in listed if type(number) is int and 1 <= number <= count}
