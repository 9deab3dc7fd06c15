"""What a model is offered: numbered passages of numbered sentences, and the way back from numbers to a quote."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.quotes import Quote
from assistant.selection.picks import Pick, PickRefused
from knowledge.model.passages import Passage, question_before
from knowledge.text.sentences import Span


@dataclass(frozen=True)
class Offer:
    """Passages numbered from 1, each with its sentences numbered from 1."""

    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, passages: Iterable[Passage], *, max_tokens: int) -> "Offer":
        """Offer the passages, best first, within about `max_tokens`.

        A passage that no longer fits whole is offered with as many of its first sentences as fit, or left out.
        """
        kept: list[Passage] = []
        left = max_tokens
        for passage in passages:
            fitting = _trimmed(passage, left)
            if fitting:
                kept.append(fitting)
                left -= _cost(fitting)
        return cls(tuple(kept))

    @cached_property
    def text(self) -> str:
        """Return the passages as a model sees them: one JSON object a line, so that no text can leave its string."""
        rows = zip(self.passages, self._sentences, strict=True)
        return "\n".join(_line(number, *row) for number, row in enumerate(rows, start=1))

    @cached_property
    def key(self) -> str:
        """Return what tells this offer from others: which sentences of which editions, in which order."""
        return " ".join(passage.id for passage in self.passages)

    def quote(self, pick: Pick) -> Quote:
        """Return the quote that a pick points at: whole sentences of one offered passage.

        Raises:
            PickRefused: the passage or a sentence was not offered, or the range is reversed.
            SpanError: the words may not be quoted after all.
        """
        if pick.passage > len(self.passages):
            raise PickRefused("no such passage")
        spans = self._sentences[pick.passage - 1]
        if not pick.first <= pick.last <= len(spans):
            raise PickRefused("no such sentences")
        source = self.passages[pick.passage - 1].source
        return Quote(source=source, start=spans[pick.first - 1].start, end=spans[pick.last - 1].end)

    @cached_property
    def _sentences(self) -> list[list[Span]]:
        return [passage.sentences for passage in self.passages]


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text costs, rather too many: one for a non-ASCII character, else one for three."""
    ascii_count = sum(char.isascii() for char in text)
    return (ascii_count + 2) // 3 + len(text) - ascii_count


def _trimmed(passage: Passage, max_tokens: int) -> Passage | None:
    if _cost(passage) <= max_tokens:
        return passage
    for span in reversed(passage.sentences[:-1]):
        shorter = Passage(source=passage.source, turn=passage.turn, start=passage.start, end=span.end)
        if _cost(shorter) <= max_tokens:
            return shorter
    return None


def _cost(passage: Passage) -> int:
    return estimated_tokens(_line(0, passage, passage.sentences))


def _line(number: int, passage: Passage, spans: Sequence[Span]) -> str:
    source = passage.source
    asked = question_before(source, passage.turn)
    row: dict[str, Any] = {"passage": number}
    if source.date:
        row["date"] = source.date
    if asked:
        row["asked"] = asked.text
    row["sentences"] = {str(place): source.text[start:end] for place, (start, end) in enumerate(spans, start=1)}
    return sendable(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def sendable(text: str) -> str:
    """Return text that UTF-8 can carry: a lone surrogate becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
