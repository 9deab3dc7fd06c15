"""Reading a document for what it attributes to one person, as a reader does who remembers who was last named.

A quotation belongs to whom a credit behind it, the words beside it, the quotation it goes on from, the label or head of
its post, the person in the light, or the heading above names, in this order. What belongs to nobody is nobody's.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.documents.attributed_quotations import Basis, Quotation, QuotationCutter
from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.block_credits import credited, list_credits
from assistant.documents.document_memory import DocumentMemory, Focus
from assistant.documents.interview_layout import InterviewLayout
from assistant.documents.name_lines import name_line_credits
from assistant.documents.printed_documents import PrintedBlock, PrintedDocument, seen
from assistant.documents.printed_sentences import is_lead
from assistant.documents.quotation_marks import Span, goes_on_until, quoted_spans
from assistant.documents.quoted_sentences import QuotedSentences
from assistant.documents.table_rows import TableRows
from assistant.documents.whole_blocks import WholeBlocks, head_of, label_of
from knowledge.formats.blocks import BlockKind
from knowledge.model.subject import Subject
from knowledge.text.words import keys

_DASH_FIRST = re.compile(r"[\s>*_\u2060]*[—–―-]\s*\S")
_WORD = re.compile(r"\w")

__all__ = ["Basis", "Quotation", "QuotationReader"]


class QuotationReader:
    """Reads a document from its beginning, once."""

    def __init__(self, printed: PrintedDocument, subject: Subject) -> None:
        self._printed = printed
        self._memory = DocumentMemory(printed, subject)
        self._cutter = QuotationCutter(printed, self._memory.tags)
        self._tables = TableRows(self._memory, self._cutter)
        self._wholes = WholeBlocks(self._memory, self._cutter)
        self._layout = InterviewLayout(self._memory, [block for block in printed.blocks if not block.cell])
        labels = sum(label_of(self._memory, self._memory.text(block)) is not None for block in printed.blocks)
        self._dialogue = labels * 3 >= len(printed.blocks) and labels > 2
        self._unclaimed: list[Span] = []
        """Bare paragraphs between quotation marks that nobody is named for."""
        self.passed_over = 0
        """Quotations read so far that the document gives to somebody else, or to nobody."""

    def read(self) -> Iterator[Quotation]:
        """Yield the quotations that are his, in the order of the document."""
        found = list(self._in_order())
        return iter(sorted([*found, *self._pulled(found)], key=lambda one: one.start))

    def _pulled(self, found: list[Quotation]) -> Iterator[Quotation]:
        """Yield the paragraphs of nothing but a quotation that repeat words of his: pull quotes."""
        said = [f" {' '.join(keys(one.text))} " for one in found] if self._unclaimed else []
        for span in self._unclaimed:
            told = f" {' '.join(keys(self._printed.text[span.start : span.end]))} "
            whose = next((one for one, words in zip(found, said, strict=True) if told in words), None)
            made = self._cutter.cut(span.start, span.end, whose.occasion, Basis.CONTINUED) if whose else None
            if made:
                yield made

    def _in_order(self) -> Iterator[Quotation]:
        blocks = self._printed.blocks
        below = name_line_credits(self._memory, blocks) | list_credits(self._memory, blocks)
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if block.cell:
                yield from self._tables.quotations(block)
            elif block.kind is BlockKind.RULE:
                self._memory.forget()
            else:
                yield from self._block(block, following, below.get(number))

    def _block(
        self, block: PrintedBlock, following: PrintedBlock | None, below: Told | None = None
    ) -> Iterator[Quotation]:
        memory = self._memory
        shown = memory.text(block)
        if block.kind is BlockKind.HEADING:
            memory.enter(block)
        head = head_of(memory, block)
        if head:
            memory.owner = head
            return
        if block.kind is BlockKind.QUOTE and _DASH_FIRST.match(shown) and memory.tags.dashed(seen(shown)):
            return  # the credit of the block quote before
        end, credit = credited(memory, block, following)
        label = self._layout.label(shown) or label_of(memory, shown)
        looks = self._layout.owner(block)
        if label and block.kind is not BlockKind.QUOTE:
            memory.owner = label[0]
        elif looks:
            memory.owner = looks
        elif block.spaced and not (self._dialogue and block.kind is BlockKind.PARAGRAPH and not is_lead(shown)):
            memory.owner = None
        spans = self._spans(block, end)
        if below and len(spans) == 1 and not self._beside(block, spans[0]):
            credit = credit or below
        source = seen(memory.text(following)) if following and following.depth > block.depth > 0 else ""
        whole = self._wholes.quotation(block, end, spans, label, credit, source)
        if whole:
            yield whole
            memory.quoted_him()
            return
        found = list(QuotedSentences(memory, block, end, credit).quotations(spans))
        if len(found) == 1 and not found[0].his and not self._beside(block, spans[0]):
            self._unclaimed.append(spans[0])
        self.passed_over += sum(not one.his for one in found if self._cutter.is_long(one.span))
        yield from self._cutter.joined(found)
        for one in found:
            if not one.his:
                yield from self._nested(block, one.span)
        memory.remember(block, end, found)

    def _nested(self, block: PrintedBlock, outer: Span) -> Iterator[Quotation]:
        """Yield what somebody else hands on as his inside a quotation: "“Ada told me, ‘…’,” writes Babbage"."""
        inner = quoted_spans(self._printed.shown, outer.start, outer.end)
        if not inner:
            return
        memory, focus = self._memory, self._memory.focus
        within = replace(block, start=outer.start, end=outer.end, kind=BlockKind.PARAGRAPH)
        him = Who.HIM if Who.HIM in (focus.who, focus.before) else None
        memory.focus, memory.lead, lead = Focus(None, him), "", memory.lead
        last, memory.open, memory.last = (memory.open, memory.last), False, None
        handed = list(QuotedSentences(memory, within, outer.end, None).quotations(inner))
        memory.focus, memory.lead, (memory.open, memory.last) = focus, lead, last
        yield from self._cutter.joined([one for one in handed if one.his and one.basis is not Basis.CONTINUED])

    def _spans(self, block: PrintedBlock, end: int) -> list[Span]:
        """Return what stands between marks in a block; the first of them may have opened in the block before."""
        shown = self._printed.shown
        until = (
            goes_on_until(shown, block.start, end) if self._memory.open and block.kind is BlockKind.PARAGRAPH else None
        )
        if until is None:
            return quoted_spans(shown, block.start, end)
        return [Span(block.start, until), *quoted_spans(shown, until + 1, end)]

    def _beside(self, block: PrintedBlock, span: Span) -> bool:
        """Whether a block has words beside its quotation."""
        sides = (block.start, span.start), (span.end, block.end)
        return any(_WORD.search(self._printed.shown, *side) for side in sides)
