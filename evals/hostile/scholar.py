"""The opposite of hostile: a scripted model that knows the right answers and points at them, over the same HTTP.

With it an evaluation shows whether anything after selection loses what was rightly selected.
"""

import json
import re
from collections.abc import Mapping, Sequence

from evals.hostile.endpoint_server import Exchange, Script
from evals.hostile.personalities import picks

_QUESTION = re.compile(r"^Question: (.*)$", re.MULTILINE)


def knows(gold: Mapping[str, Sequence[str]]) -> Script:
    """Return an endpoint that picks the sentences which hold, or lie in, the gold texts of the question asked."""

    def answers(exchange: Exchange) -> None:
        asked = exchange.body["messages"][-1]["content"]
        question = _QUESTION.findall(asked)[-1]
        wanted = [_plain(text) for text in gold.get(question, ())]
        rows = [json.loads(line) for line in asked.splitlines() if line.startswith('{"passage"')]
        found = [pick for text in wanted for row in rows if (pick := _pick(row, text))]
        exchange.answer(picks(*found, reason=None if found else "no_evidence"))

    return answers


def _pick(row: Mapping[str, object], text: str) -> tuple[int, int, int] | None:
    sentences = row["sentences"]
    assert isinstance(sentences, dict)
    inside = [int(number) for number, words in sentences.items() if _plain(words) in text or text in _plain(words)]
    return (int(str(row["passage"])), inside[0], inside[-1]) if inside else None


def _plain(text: str) -> str:
    return " ".join(text.split())
