"""Tables of a document: in each row its own person speaks; a column is headed "Quote", or its cells are quoted."""

from collections.abc import Iterator

from assistant.documents.attributed_quotations import Basis, Quotation, QuotationCutter
from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Who
from assistant.documents.block_credits import LONGEST_NAME
from assistant.documents.document_memory import DocumentMemory
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import AROUND, is_chinese, is_title, occasion_of
from assistant.documents.quotation_marks import quoted_spans


class TableRows:
    """The tables of one document."""

    def __init__(self, memory: DocumentMemory, cutter: QuotationCutter) -> None:
        self._memory = memory
        self._cutter = cutter
        self._nameless: dict[int, bool] = {}
        self._rows: dict[tuple[int, int], list[PrintedBlock]] = {}
        for block in memory.printed.blocks:
            if block.cell:
                self._rows.setdefault((block.table, block.cell[0]), []).append(block)

    def quotations(self, block: PrintedBlock) -> Iterator[Quotation]:
        """Yield the quotations of a cell that are his."""
        assert block.cell is not None
        row = self._rows[block.table, block.cell[0]]
        named = [who for who in map(self._person, row) if who]
        his = named[0] is Who.HIM if named else self._is_quoted(block)
        if not his or block.cell[0] == 0 or self._person(block):
            return
        occasion = occasion_of("; ".join(seen(self._memory.text(one)) for one in row if one is not block))
        printed = self._memory.printed
        spans = quoted_spans(printed.shown, block.start, block.end)
        for span in spans:
            made = self._cutter.cut(span.start, span.end, occasion, Basis.LABEL)
            if made and not is_title(printed.text[span.start : span.end]):
                yield made
        if not spans and any(word in words_of("quote_columns") for word in self._head(block).split()):
            made = self._cutter.cut(block.start, block.end, occasion, Basis.LABEL)
            if made:
                yield made

    def _is_quoted(self, block: PrintedBlock) -> bool:
        """Whether the table stands under a heading of his, names nobody, and this is its column of quotations."""
        if block.table not in self._nameless:
            cells = (one for (table, row), cells in self._rows.items() if table == block.table and row for one in cells)
            self._nameless[block.table] = self._memory.under_him() and not any(map(self._person, cells))
        quoted = any(word in words_of("quote_columns") for word in self._head(block).split())
        return quoted and self._nameless[block.table]

    def _head(self, block: PrintedBlock) -> str:
        assert block.cell is not None
        heads = self._rows.get((block.table, 0), [])
        above = (one for one in heads if one.cell and one.cell[1] == block.cell[1])
        return next((seen(self._memory.text(one)).strip(AROUND).casefold() for one in above), "")

    def _person(self, block: PrintedBlock) -> Who | None:
        """Return whom a cell names that holds a name."""
        text = seen(self._memory.text(block)).strip(AROUND)
        if not text or len(text.split()) > LONGEST_NAME + 2 or quoted_spans(text, 0, len(text)):
            return None
        if is_chinese(text):
            return Who.HIM if self._memory.subject.is_label(text) else None
        read = self._memory.tags.sentence(text)
        named = [one for one in read.mentions if one.who in (Who.HIM, Who.OTHER) and not one.governed]
        if not named or named[0].start > 0:
            return None
        return named[0].who if named[0].end >= len(read.tokens) - 3 or named[0].who is Who.HIM else None
