"""A quotation that a document gives as the subject's: its characters, its line and page, and why it is taken for that.

Halves of one sentence with "he said" between them become one quotation of several parts.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.speech_tags import TagReader
from assistant.documents.printed_documents import PrintedBlock, PrintedDocument
from assistant.documents.printed_sentences import AROUND, TERMINAL, is_title, last_sign, occasion_of
from assistant.documents.quotation_marks import Span
from knowledge.text.words import words

MIN_WORDS = 4
"""Words between quotation marks below which they hold a term or a title."""
MIN_SENTENCE = 3
"""Words of a short quotation that is a sentence of its own."""
_CREDIT_LENGTH = 160


class Basis(StrEnum):
    """Why a quotation is taken to be attributed to him."""

    NAMED = "named"
    PRONOUN = "pronoun"
    CONTINUED = "continued"
    """It goes on from a quotation of his, or he was the last to be spoken of."""
    HEADING = "heading"
    LABEL = "label"
    FOUND = "found"
    """The document names nobody: his words were looked for."""


class Quotation(BaseModel):
    """Characters [start, end) of a document, given there as his words; `line` counts from 1.

    `parts` are its pieces where the document breaks in ("You should never," he said, "ever …"); `text` is then the
    pieces joined, else the characters themselves. `page` is set where the document has pages.
    """

    model_config = ConfigDict(frozen=True)

    line: int
    start: int
    end: int
    text: str
    occasion: str
    """What the document says of when, where and by whom it was said; empty when nothing."""
    basis: Basis
    parts: tuple[tuple[int, int], ...] = ()
    page: int | None = None


class Attributed(NamedTuple):
    """What stands between quotation marks of a block, and whom it belongs to."""

    span: Span
    told: Told | None
    basis: Basis
    joins: bool = False
    """Whether it goes on with the sentence of the quotation before it."""

    @property
    def his(self) -> bool:
        """Whether it is the subject's."""
        return self.told is not None and self.told.who is Who.HIM


class QuotationCutter:
    """Cuts quotations out of one document."""

    def __init__(self, printed: PrintedDocument, tags: TagReader) -> None:
        self._printed = printed
        self._tags = tags
        self._line_ends = [match.start() for match in re.finditer("\n", printed.text)]

    def cut(self, start: int, end: int, occasion: str, basis: Basis, *, least: int = MIN_WORDS) -> Quotation | None:
        """Return the quotation of these characters; None where it has fewer than `least` words."""
        start, end = self._trimmed(start, end)
        if start >= end or len(words(self._printed.shown, start, end)) < least:
            return None
        text, page = self._printed.text[start:end], self._printed.page(start)
        return Quotation(
            line=self._line(start), start=start, end=end, text=text, occasion=occasion, basis=basis, page=page
        )

    def is_long(self, span: Span) -> bool:
        """Whether there are as many words as a quotation has."""
        return len(words(self._printed.shown, span.start, span.end)) >= MIN_WORDS

    def joined(self, found: Sequence[Attributed]) -> Iterator[Quotation]:
        """Yield the quotations that are his; halves of one sentence as one."""
        held: list[Attributed] = []
        for one in [*found, None]:
            goes_on = one is not None and bool(held) and one.joins and self._is_half(held[-1].span, one.span)
            if one is not None and goes_on and one.his:
                held.append(one)
                continue
            made = self._of(held) if held else None
            if made:
                yield made
            held = [one] if one is not None and one.his else []

    def _is_half(self, first: Span, second: Span) -> bool:
        shown = self._printed.shown
        begins = shown[second.start : second.end].lstrip(AROUND)[:1]
        return last_sign(shown[first.start : first.end]) not in TERMINAL and not begins.isupper()

    def _of(self, held: Sequence[Attributed]) -> Quotation | None:
        spans, basis, occasion = [one.span for one in held], held[0].basis, self._occasion(held[0])
        if len(spans) == 1:
            if is_title(self._printed.text[spans[0].start : spans[0].end]):
                return None
            return self.cut(spans[0].start, spans[0].end, occasion, basis, least=self._least(spans[0], basis))
        pieces = [self._trimmed(span.start, span.end) for span in spans]
        whole = self.cut(pieces[0][0], pieces[-1][1], occasion, basis)
        text = " ".join(self._printed.text[start:end] for start, end in pieces)
        return whole.model_copy(update={"text": text, "parts": tuple(pieces)}) if whole else None

    def _occasion(self, first: Attributed) -> str:
        by = first.told.by if first.told else ""
        if first.basis is Basis.HEADING:
            return by
        occasion = occasion_of(by)
        credited = by and first.basis is Basis.NAMED and len(by) < _CREDIT_LENGTH and self._tags.credit(by)
        return occasion or by if credited else occasion

    def _least(self, span: Span, basis: Basis) -> int:
        """Return how many words a quotation has at least: few where its speaker is told and it is a sentence."""
        shown = self._printed.shown
        tagged = basis in (Basis.NAMED, Basis.PRONOUN)
        behind_colon = tagged and re.search(r"[:：]\s*$", shown[max(span.outer[0] - 4, 0) : span.outer[0]])
        ends = last_sign(shown[span.start : span.end]) in TERMINAL | {","}
        if basis is Basis.CONTINUED and shown[: span.outer[0]].rstrip()[-1:] in ("?", "？"):
            return 1 if ends or shown[span.outer[1] : span.outer[1] + 1] == "." else MIN_WORDS
        if ends or shown[span.outer[1] : span.outer[1] + 1] == ",":
            return 1 if tagged else MIN_SENTENCE
        credited = tagged and shown[span.outer[1] : span.outer[1] + 3].strip()[:1] in tuple("—–-")
        if behind_colon and basis is Basis.NAMED:
            return 1
        return MIN_SENTENCE if behind_colon or credited else MIN_WORDS

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        inside = self._printed.shown[start:end]
        return start + len(inside) - len(inside.lstrip(AROUND)), end - (len(inside) - len(inside.rstrip(AROUND)))

    def _line(self, offset: int) -> int:
        block = self._block_at(offset)
        if block is None:
            return 1
        return block.line + bisect_left(self._line_ends, offset) - bisect_left(self._line_ends, block.start)

    def _block_at(self, offset: int) -> PrintedBlock | None:
        blocks = self._printed.blocks
        number = bisect_right(blocks, offset, key=lambda block: block.start)
        return blocks[number - 1] if number else None
