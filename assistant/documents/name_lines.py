"""Lines of nothing but a name above or below a quotation, as in pull quotes and collections: which stands to which."""

from collections.abc import Sequence

from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.block_credits import is_name_only
from assistant.documents.document_memory import DocumentMemory
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import AROUND
from assistant.documents.quotation_marks import quoted_spans
from knowledge.formats.blocks import BlockKind

_PLAIN = (BlockKind.PARAGRAPH, BlockKind.QUOTE)


def name_line_credits(memory: DocumentMemory, blocks: Sequence[PrintedBlock]) -> dict[int, Told]:
    """Return by number the blocks that are one quotation each, with whom the line beside names.

    A document puts all its names above, or all below; where both would do, the first of them decides.
    """
    quoted = [_is_quotation(memory, block) for block in blocks]
    named = [_named(memory, block) for block in blocks]
    places = range(len(blocks) - 1)
    below = {number: told for number in places if quoted[number] and (told := named[number + 1])}
    above = {number + 1: told for number in places if quoted[number + 1] and (told := named[number])}
    first_above, first_below = min(above, default=len(blocks)), min(below, default=len(blocks))
    up = len(above) > len(below) or (len(above) == len(below) and first_above <= first_below)
    return above if up else below


def _is_quotation(memory: DocumentMemory, block: PrintedBlock) -> bool:
    if block.kind not in _PLAIN or block.cell:
        return False
    text = seen(memory.text(block)).strip(AROUND)
    spans = quoted_spans(text, 0, len(text))
    return len(spans) == 1 and spans[0].outer[0] <= 0 and len(text) - spans[0].outer[1] <= 1


def _named(memory: DocumentMemory, block: PrintedBlock) -> Told | None:
    if block.cell or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return None
    text = seen(memory.text(block)).strip(AROUND)
    if not is_name_only(memory, text) or (block.kind is BlockKind.ITEM and block.spaced):
        return None
    first = next(iter(memory.tags.sentence(text).mentions), None)
    if first is None or first.start or first.who not in (Who.HIM, Who.OTHER):
        return None
    return memory.tags.credit(text)
