"""Scripted models that write prose, for the answering peers; asked in our grammar they answer by numbers.

Both choose the sentences of their prompt that share most words with the question. One copies them, with the mark of
the source they stand in; the other tells them in words of its own, with the same mark.

`python -m evals.hostile.writers copies|paraphrases` prints the address of one and serves it until its input ends.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.hostile.endpoint_server import Exchange, Script, serving
from evals.hostile.personalities import picks
from evals.run.systems.baselines import tokens
from knowledge.text.sentences import sentences

# The opposite of hostile: a scripted model that knows the right answers and points at them, over the same HTTP.
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


_SENTENCES = 2
_ASKED = re.compile(r"^(?:Question|Query): (.*)$", re.MULTILINE)
_LLAMAINDEX_SOURCES = "Below are several numbered sources"
_NUMBERED = re.compile(r"^Source (\d+):\n", re.MULTILINE)
_MARK = " [{}]"


class _Sentence(NamedTuple):
    text: str
    source: int
    """Number of the source or passage it stands in; 0 where the prompt numbers none."""
    number: int


def copies(exchange: Exchange) -> None:
    """Write the chosen sentences as they stand."""
    _answers(exchange, lambda text: text)


def paraphrases(exchange: Exchange) -> None:
    """Write the chosen sentences in other words."""
    _answers(exchange, lambda text: f"He holds that {reworded(text)}")


def reworded(text: str) -> str:
    """Return a sentence told by somebody else: another person, every third word left out, a full stop.

    >>> reworded("I think the data will run out.")
    'he think data will out.'
    >>> reworded("数据会用完。")
    '数据用完.'
    """
    told = {"i": "he", "my": "his", "we": "they", "our": "their"}
    words = [told.get(word.lower(), word) for word in (text.rstrip(".。").split() if " " in text else text)]
    gap = " " if " " in text else ""
    return gap.join(word for place, word in enumerate(words, start=1) if place % 3) + "."


WRITERS: dict[str, Script] = {"copies": copies, "paraphrases": paraphrases}


def _answers(exchange: Exchange, told: Callable[[str], str]) -> None:
    messages = [str(message["content"]) for message in exchange.body["messages"]]
    asked = messages[-1]
    rows = [json.loads(line) for line in asked.splitlines() if line.startswith('{"passage"')]
    question = (_ASKED.findall(asked) or [asked])[-1]
    chosen = _chosen(question, list(_of_passages(rows) if rows else _of_sources("\n".join(messages), question)))
    if rows:
        written = picks(*[(one.source, one.number, one.number) for one in chosen], reason=None if chosen else "unclear")
    else:
        written = " ".join(told(one.text) + (_MARK.format(one.source) if one.source else "") for one in chosen)
    read = sum(len(message) for message in messages)
    exchange.complete(written or "None of the sources is helpful.", usage=(read // 4, len(written) // 4))


def _chosen(question: str, found: list[_Sentence]) -> list[_Sentence]:
    wanted = set(tokens(question))
    found = list({one.text: one for one in reversed(found)}.values())[::-1]
    scored = [(len(wanted & set(tokens(one.text))), -place) for place, one in enumerate(found)]
    best = sorted((score for score in scored if score[0]), reverse=True)[:_SENTENCES]
    return [found[-place] for _, place in best]


def _of_passages(rows: list[dict[str, object]]) -> Iterator[_Sentence]:
    for row in rows:
        told = row["sentences"]
        assert isinstance(told, dict)
        for number, text in told.items():
            yield _Sentence(str(text), int(str(row["passage"])), int(number))


def _of_sources(prompt: str, question: str) -> Iterator[_Sentence]:
    shown = prompt.split(_LLAMAINDEX_SOURCES)[-1].split("\nQuery: ")[0].replace(question, "")
    parts = _NUMBERED.split(shown)
    numbered = list(zip(parts[1::2], parts[2::2], strict=True)) or [("0", shown)]
    for number, text in numbered:
        for place, span in enumerate(sentences(text), start=1):
            yield _Sentence(text[span.start : span.end], int(number), place)


if __name__ == "__main__":
    with serving(WRITERS[sys.argv[1]]) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
