"""Credits: the names behind a block, in its last line, behind a dash, in brackets, or in the block that follows."""

import re
from collections.abc import Sequence

from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.tag_patterns import NAME_DASH
from assistant.documents.document_memory import DocumentMemory
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import AROUND, TERMINAL, sentences_of
from knowledge.formats.blocks import BlockKind

LONGEST_NAME = 5
"""Words of a label or a name."""
_LONGEST_BRACKET = 12  # words of a credit in brackets; longer ones are an aside
_CLOSED = re.compile(r"[”\"’'»」』“][*_\u2060]*\s*$")
_CREDIT_LINE = re.compile(r"[^\W\da-z][\w.’'-]*(?: [^\W\da-z][\w.’'-]*){0,3}(?:,[^.!?\n]{2,60})?$")
"""A line of a name alone, or of a name and an occasion: "Ada Lovelace, at the Royal Society"."""
_DASHES = re.compile(r"[\s\u2060*_”\"’'»」』.!?…](?:[—–―~]+|--+|-)\s*(?=[\w@(“\"*_\u2060])")
_BRACKETED_END = re.compile(r"[.!?…”\"’»」』]\s*(?P<open>[(（])(?P<who>[^()（）\n]{2,160})[)）]\s*[.。]?\s*$")
_DASHED = " \n\t\u2060*_—–―~-"
_QUOTING = (BlockKind.QUOTE, BlockKind.PARAGRAPH)


def credited(memory: DocumentMemory, block: PrintedBlock, following: PrintedBlock | None) -> tuple[int, Told | None]:
    """Return where the body of a block ends and whom the credit behind it names."""
    shown = memory.text(block)
    for at, found in _in_block(memory, block, shown):
        if found:
            return block.start + at + 1, found
    inline = _BRACKETED_END.search(shown) if block.kind in (BlockKind.QUOTE, BlockKind.ITEM) else None
    if inline and block.kind is BlockKind.ITEM and not is_name_only(memory, seen(inline["who"])):
        inline = None
    if inline and (told_inside := memory.tags.credit(seen(inline["who"]))):
        return block.start + inline.start("open"), told_inside
    if following and following.kind in _QUOTING and block.kind in _QUOTING:
        return block.end, _in_next(memory, block, following)
    return block.end, None


def list_credits(memory: DocumentMemory, blocks: Sequence[PrintedBlock]) -> dict[int, Told]:
    """Return by number the items whom the line behind their list credits: "(Ada Lovelace, London 1843)"."""
    found: dict[int, Told] = {}
    below: Told | None = None
    for number in range(len(blocks) - 1, -1, -1):
        if blocks[number].kind is not BlockKind.ITEM:
            below = (
                _list_credit(memory, blocks[number]) if number and blocks[number - 1].kind is BlockKind.ITEM else None
            )
        elif below:
            found[number] = below
    return found


def _list_credit(memory: DocumentMemory, block: PrintedBlock) -> Told | None:
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    return _line_credit(memory, seen(memory.text(block)).strip(AROUND))


def _line_credit(memory: DocumentMemory, told: str) -> Told | None:
    """Return whom a line credits that is nothing but a credit: in brackets, or behind a dash."""
    bracket = memory.tags.bracketed(told) if len(told.split()) <= _LONGEST_BRACKET else None
    return bracket[0] if bracket and bracket[1] >= len(told) - 1 else memory.tags.dashed(told)


def _in_block(memory: DocumentMemory, block: PrintedBlock, shown: str) -> list[tuple[int, Told | None]]:
    """Return the places at which a credit may begin, each with whom it names."""
    last = max(shown.rfind("\n"), shown.rfind("  "))
    lines = [last] if last > 0 else []
    dashes = [match.start() for match in _DASHES.finditer(shown)][-1:]
    return [(at, _credit_at(memory, block, shown, at, line=at in lines)) for at in (*lines, *dashes)]


def _credit_at(memory: DocumentMemory, block: PrintedBlock, shown: str, at: int, *, line: bool) -> Told | None:
    tags = memory.tags
    told = seen(shown[at + 1 :]).strip(AROUND) if line else seen(shown[at + 1 :])
    if not told:
        return None
    if block.kind is not BlockKind.QUOTE and NAME_DASH.match(
        shown[: at + len(shown[at:]) - len(shown[at:].lstrip(_DASHED))]
    ):
        return None  # the name stands before the dash: "Ada Lovelace – “…”"
    found = tags.dashed(told) or (tags.bracketed(told) or (None,))[0]
    if found or not line:
        return found
    if block.kind is BlockKind.QUOTE and is_name_only(memory, told):
        return tags.credit(told)
    return tags.credit(told) if _CLOSED.search(shown[:at]) and _CREDIT_LINE.match(told) else None


def _in_next(memory: DocumentMemory, block: PrintedBlock, following: PrintedBlock) -> Told | None:
    told = seen(memory.text(following)).strip(AROUND)
    if credit := _line_credit(memory, told):
        return credit
    if block.kind is BlockKind.QUOTE and (back := memory.tags.looking_back(sentences_of(told)[0])):
        return back if back.who in (Who.HIM, Who.OTHER) else None
    named = block.kind is BlockKind.QUOTE and is_name_only(memory, told)
    return memory.tags.credit(told) if named else None


def is_name_only(memory: DocumentMemory, told: str) -> bool:
    """Whether a line is nothing but a name, with an occasion or not."""
    return (
        0 < len(told.split()) <= LONGEST_NAME + 2
        and memory.tags.credit(told) is not None
        and told[-1:] not in TERMINAL | {":", "："}
    )
