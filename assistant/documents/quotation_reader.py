"""Reading a document for what it attributes to one person, as a reader does who remembers who was last named.

A quotation belongs to whom a credit behind it, the words beside it, the quotation it goes on from, the label or head of
its post, the person in the light, or the heading above names, in this order. What belongs to nobody is nobody's.
"""

from collections.abc import Iterator

from assistant.documents.attributed_quotations import Basis, Quotation, QuotationCutter
from assistant.documents.block_credits import credited
from assistant.documents.document_memory import DocumentMemory
from assistant.documents.printed_documents import PrintedBlock, PrintedDocument
from assistant.documents.printed_sentences import is_lead
from assistant.documents.quotation_marks import quoted_spans
from assistant.documents.quoted_sentences import QuotedSentences
from assistant.documents.table_rows import TableRows
from assistant.documents.whole_blocks import LABEL, WholeBlocks, head_of, label_of
from knowledge.formats.blocks import BlockKind
from knowledge.model.subject import Subject

__all__ = ["Basis", "Quotation", "QuotationReader"]


class QuotationReader:
    """Reads a document from its beginning, once."""

    def __init__(self, printed: PrintedDocument, subject: Subject) -> None:
        self._printed = printed
        self._memory = DocumentMemory(printed, subject)
        self._cutter = QuotationCutter(printed, self._memory.tags)
        self._tables = TableRows(self._memory, self._cutter)
        self._wholes = WholeBlocks(self._memory, self._cutter)
        labels = sum(LABEL.match(self._memory.text(block)) is not None for block in printed.blocks)
        self._dialogue = labels * 3 >= len(printed.blocks) and labels > 2
        self.passed_over = 0
        """Quotations read so far that the document gives to somebody else, or to nobody."""

    def read(self) -> Iterator[Quotation]:
        """Yield the quotations that are his, in the order of the document."""
        blocks = self._printed.blocks
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if block.cell:
                yield from self._tables.quotations(block)
            elif block.kind is BlockKind.RULE:
                self._memory.forget()
            else:
                yield from self._block(block, following)

    def _block(self, block: PrintedBlock, following: PrintedBlock | None) -> Iterator[Quotation]:
        memory = self._memory
        shown = memory.text(block)
        if block.kind is BlockKind.HEADING:
            memory.enter(block)
        head = head_of(memory, block)
        if head:
            memory.owner = head
            return
        end, credit = credited(memory, block, following)
        label = label_of(memory, shown)
        if label and block.kind is not BlockKind.QUOTE:
            memory.owner = label[0]
        elif block.spaced and not (self._dialogue and block.kind is BlockKind.PARAGRAPH and not is_lead(shown)):
            memory.owner = None
        spans = quoted_spans(self._printed.shown, block.start, end)
        whole = self._wholes.quotation(block, end, spans, label, credit)
        if whole:
            yield whole
            memory.quoted_him()
            return
        found = list(QuotedSentences(memory, block, end, credit).quotations(spans))
        self.passed_over += sum(not one.his for one in found if self._cutter.is_long(one.span))
        yield from self._cutter.joined(found)
        memory.remember(block, end, found)
