"""Documents as their readers see them: text, Markdown, HTML, Word, PDF … as blocks, each with its line or page.

Everything on the page is read, boxes and embedded posts among it: a quotation is attributed wherever it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.checking.markup import as_read
from knowledge.formats.blocks import BLOCK_ELEMENTS, BlockKind
from knowledge.formats.decoding import decode
from knowledge.formats.layouts import read_pdf_text
from knowledge.formats.pdf import PDF_ENCODING
from knowledge.formats.webpage import is_page

if TYPE_CHECKING:
    from bs4 import Tag

_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+(?P<told>.+?)\s*#*\s*$")
_ITEM = re.compile(r"\s*(?:[-+•]|(?P<stars>\*{1,4})|\d{1,3}[.)])\s+")
_CITATION = re.compile(r"\s*\[[^\[\]]{1,24}\]\s*$")
"""What stands raised behind a sentence as the number of its source."""
_QUOTE = re.compile(r"\s{0,3}(?:[-*+]\s+)?>")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\s*---.*---\s*$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_HANDLE_LINE = re.compile(r"\s*(?:\*\*|u/)?(?:[^\W\d][\w .’'-]{0,40}[*·•|(\s]*)?@\w{2,}")
_HEAD_LINE = re.compile(_HANDLE_LINE.pattern + r"[)*]*(?:\s*[·•|,–—-][^\n:]{0,50}|\s*)$")
_LABEL_LINE = re.compile(
    r"\s*(?:\*\*|__|\[)?(?:[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]\s*)?"
    r"@?[^\W\d_a-z][\w .’'@()-]{0,48}(?:\*\*|__|\])?\s*[:：]\s*\S"
)
_MARKS = re.compile(r"[*_`]+|^[ \t]*>[> \t]*|^\s{0,3}#{1,6}\s|~~", re.MULTILINE)
_UNSEEN = re.compile("[\u2060\u200b\ufeff]")
_SKIPPED = frozenset("script style noscript template head svg math select option textarea iframe object".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedBlock:
    """Characters [start, end) of a document's text: a paragraph, heading, item, block quote or cell.

    `line` counts from 1; `level` is a heading's; `cell` is the row and column in table number `table`.
    """

    start: int
    end: int
    kind: BlockKind
    line: int
    level: int = 0
    cell: tuple[int, int] | None = None
    table: int = 0
    spaced: bool = True
    """Whether an empty line, or an element's border, parts it from the block before."""
    strong: bool = False
    """Whether all of it is bold, as an interviewer's questions are."""
    slanted: bool = False
    """Whether all of it is in italics, as editors' remarks are."""
    depth: int = 0
    """How deep in lists an item stands, from 1."""


@dataclass(frozen=True)
class PrintedDocument:
    """A document's text with its blocks; `shown` is the text with mark-up blank, of the same length."""

    text: str
    shown: str
    blocks: tuple[PrintedBlock, ...]
    pages: tuple[int, ...] = ()
    """Offsets at which pages of a PDF begin; empty where there are no pages."""

    def page(self, offset: int) -> int | None:
        """Return the page an offset stands on, counted from 1; None where there are no pages."""
        return sum(start <= offset for start in self.pages) or None


def printed_text(text: str) -> PrintedDocument:
    """Return a text, Markdown or HTML document; offsets of a page are those of its visible text."""
    return _page(text) if is_page(text) else printed_prose(text)


def printed_prose(text: str) -> PrintedDocument:
    """Return a text or Markdown document; every offset is the text's own."""
    shown = _MARKS.sub(lambda match: re.sub(r"[^\n]", "\u2060", match[0]), as_read(text))
    return PrintedDocument(text, shown, tuple(_text_blocks(text)))


def printed_file(raw: bytes, origin: str) -> PrintedDocument:
    """Return a file of any format we read, its encoding told by its bytes.

    Raises:
        SourceRefused: it is empty, binary, damaged or locked.
    """
    decoded = decode(raw, origin)
    if decoded.encoding == PDF_ENCODING:
        return _pdf(read_pdf_text(decoded, origin).blocks, decoded.text)
    packed_html = decoded.encoding.removeprefix("gzip:") in ("docx", "odt", "epub")
    return _page(decoded.text) if packed_html else printed_text(decoded.text.removeprefix("\ufeff"))


def seen(text: str) -> str:
    """Return a stretch of `shown` without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def _text_blocks(text: str) -> Iterator[PrintedBlock]:
    """Yield the blocks of text or Markdown: lines that go on belong to the block before them."""
    open_block: PrintedBlock | None = None
    position, spaced, table, row = 0, True, 0, -1
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        start, position = position, position + len(line)
        bare = line.strip()
        if not bare or bare == ">":
            if not bare or (open_block and open_block.kind is not BlockKind.QUOTE):
                if open_block:
                    yield open_block
                open_block, spaced = None, True
                row = -1
            continue
        if _ROW.match(line):
            if open_block:
                yield open_block
                open_block = None
            table, row = (table + 1, 0) if row < 0 else (table, row + 1)
            yield from _cells(line, start, number, table, row)
            spaced = False
            continue
        made = _started(line, start, number, spaced=spaced)
        if open_block and _goes_on(open_block, made, line):
            open_block = replace(open_block, end=start + len(line.rstrip("\r\n")))
        else:
            if open_block:
                yield open_block
            open_block = made
        if open_block and (open_block.kind in (BlockKind.HEADING, BlockKind.RULE) or _HEAD_LINE.match(line.rstrip())):
            yield open_block
            open_block = None
        spaced = False
    if open_block:
        yield open_block


def _started(line: str, start: int, number: int, *, spaced: bool) -> PrintedBlock:
    end = start + len(line.rstrip("\r\n"))
    if _RULE.match(line):
        return PrintedBlock(start, end, BlockKind.RULE, number, spaced=spaced)
    heading = _HEADING.match(line)
    if heading:
        level = len(heading["level"])
        return PrintedBlock(
            start + heading.start("told"), start + heading.end("told"), BlockKind.HEADING, number, level
        )
    if _QUOTE.match(line):
        return PrintedBlock(start, end, BlockKind.QUOTE, number, spaced=spaced)
    item = _ITEM.match(line)
    if item:
        inner = line.startswith(("  ", "\t")) or len(item["stars"] or "") > 1
        depth = 2 if inner else 1
        return PrintedBlock(start + item.end(), end, BlockKind.ITEM, number, spaced=spaced, depth=depth)
    strong = re.fullmatch(r"\s*(?:\*\*(?!\s).*\*\*|__(?!\s).*__)\s*", line) is not None
    slanted = not strong and re.fullmatch(r"\s*(?:\*(?!\s)[^*]*\*|_(?!\s)[^_]*_)\s*", line) is not None
    return PrintedBlock(start, end, BlockKind.PARAGRAPH, number, spaced=spaced, strong=strong, slanted=slanted)


def _goes_on(before: PrintedBlock, made: PrintedBlock, line: str) -> bool:
    if before.kind is BlockKind.QUOTE:
        return made.kind is BlockKind.QUOTE
    if made.kind is not BlockKind.PARAGRAPH or (before.strong and not made.strong):
        return False
    return not (_HANDLE_LINE.match(line) or _LABEL_LINE.match(line))


def _cells(line: str, start: int, number: int, table: int, row: int) -> Iterator[PrintedBlock]:
    if not re.search(r"\w", line):
        return
    for column, cell in enumerate(re.finditer(r"[^|]+", line.rstrip())):
        if cell.group().strip():
            span = (start + cell.start(), start + cell.end())
            yield PrintedBlock(*span, BlockKind.TABLE, number, cell=(row, column), table=table)


def _pdf(blocks: tuple[object, ...], text: str) -> PrintedDocument:
    from knowledge.formats.blocks import Block

    parts: list[str] = []
    made: list[PrintedBlock] = []
    position, pages = 0, [0]
    at_page = 0
    for block in blocks:
        assert isinstance(block, Block)
        page = text.count("\f", 0, block.pieces[0].start) if block.pieces else at_page
        while at_page < page:
            at_page += 1
            pages.append(position)
        joint = "\n" if block.follows and made else "\n\n" if made else ""
        start = position + len(joint)
        parts += [joint, block.text]
        position = start + len(block.text)
        if block.follows and made:
            made[-1] = replace(made[-1], end=position)
        else:
            line = text.count("\n", 0, block.pieces[0].start) + 1 if block.pieces else 1
            strong = block.strong_until >= len(block.text)
            made.append(PrintedBlock(start, position, BlockKind.PARAGRAPH, line, strong=strong))
    whole = "".join(parts)
    return PrintedDocument(whole, whole, tuple(made), tuple(pages))


def _page(text: str) -> PrintedDocument:
    from bs4 import BeautifulSoup  # a tenth of a second to import

    reader = _PageReader()
    reader.read(BeautifulSoup(text, "html.parser"), "")
    reader.end()
    whole = "".join(reader.parts)
    return PrintedDocument(whole, whole, tuple(_without_layout(reader.blocks)))


def _without_layout(blocks: list[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Yield the blocks; those of a cell that holds a page's layout, several paragraphs or a heading, as no cell's."""
    cells: dict[tuple[int, tuple[int, int]], list[PrintedBlock]] = {}
    for block in blocks:
        if block.cell:
            cells.setdefault((block.table, block.cell), []).append(block)
    for block in blocks:
        beside = cells[block.table, block.cell] if block.cell else []
        laid_out = len(beside) > _MOST_IN_CELL or any(one.level for one in beside)
        plain = replace(block, cell=None, table=0) if laid_out else block
        yield replace(plain, kind=BlockKind.TABLE) if plain.cell else plain


_MOST_IN_CELL = 2  # paragraphs of a cell of a table that holds facts


class _PageReader:
    """Walks a page; the text of each block is laid down, white space as a browser shows it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[PrintedBlock] = []
        self._length = 0
        self._held: list[str] = []
        self._context: list[tuple[str, int]] = []
        self._line = 1
        self._table, self._row, self._column = 0, -1, -1
        self._bold, self._italic = 0, 0
        self._signs, self._signs_bold, self._signs_italic = 0, 0, 0

    def read(self, root: "Tag", name: str) -> None:
        """Lay down what stands in an element; without recursion, for pages nested without end."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[tuple[object, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):
                    self._take(re.sub(r"\s+", " ", str(node)))
                continue
            assert isinstance(node, Tag)
            if done:
                self._close(node)
                continue
            if node.name in _SKIPPED or node.has_attr("hidden") or _HIDDEN.search(str(node.get("style", ""))):
                continue
            if node.name == "sup" and self._is_citation(node.get_text()):
                continue
            self._open(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.contents))

    def _is_citation(self, told: str) -> bool:
        """Whether a raised text is the number of a source or note: in brackets, or behind a sentence."""
        before = "".join(self._held[-2:]).rstrip()[-1:]
        return _CITATION.match(told) is not None or (told.strip().isdecimal() and before in frozenset('.,;:!?”"’»)」'))

    def _take(self, told: str) -> None:
        self._held.append(told)
        signs = len(told.replace(" ", ""))
        self._signs += signs
        self._signs_bold += signs if self._bold else 0
        self._signs_italic += signs if self._italic else 0

    def _open(self, node: "Tag") -> None:
        name = node.name
        self._bold += name in ("b", "strong")
        self._italic += name in ("i", "em")
        if name in BLOCK_ELEMENTS:
            self.end()
            self._line = node.sourceline or self._line
            self._context.append((name, self._line))
        if name == "br":
            if self._held and self._held[-1] == "\n":
                self.end()
            else:
                self._held.append("\n")
        elif name == "table":
            self._table, self._row = self._table + 1, -1
        elif name == "tr":
            self._row, self._column = self._row + 1, -1
        elif name in ("td", "th"):
            self._column += 1
        elif name == "q":
            self._held.append("“")

    def _close(self, node: "Tag") -> None:
        self._bold -= node.name in ("b", "strong")
        self._italic -= node.name in ("i", "em")
        if node.name == "q":
            self._held.append("”")
        if node.name in BLOCK_ELEMENTS:
            self.end()
            self._context.pop()

    def end(self) -> None:
        """Close the block being read."""
        told = re.sub(r" *\n *", "\n", re.sub(r" +", " ", "".join(self._held))).strip()
        self._held = []
        strong, slanted = (0 < self._signs == count for count in (self._signs_bold, self._signs_italic))
        self._signs, self._signs_bold, self._signs_italic = 0, 0, 0
        names = [name for name, _ in self._context]
        if not told:
            if names[-1:] == ["hr"]:
                self.blocks.append(PrintedBlock(self._length, self._length, BlockKind.RULE, self._line))
            return
        joint = "\n\n" if self.parts else ""
        start = self._length + len(joint)
        self.parts += [joint, told]
        self._length = start + len(told)
        heading = next((name for name in names if re.fullmatch("h[1-6]", name)), None)
        cell = (self._row, self._column) if "td" in names or "th" in names else None
        kind = BlockKind.PARAGRAPH
        if heading:
            kind = BlockKind.HEADING
        elif "blockquote" in names:
            kind = BlockKind.QUOTE
        elif "li" in names:
            kind = BlockKind.ITEM
        level = int(heading[1]) if heading else 0
        block = PrintedBlock(start, self._length, kind, self._line, level, cell, self._table)
        self.blocks.append(replace(block, strong=strong, slanted=slanted, depth=names.count("li")))
