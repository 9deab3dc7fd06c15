"""PDF with text in it: pages become lines; line numbers and what repeats on every page are not words of anyone.

What `pypdf` extracts, pages joined by form feeds, is the "decoded file" into which a source's map points.
"""

import io
import re
import warnings
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.model.errors import SourceRefused

if TYPE_CHECKING:
    from pypdf import PageObject

PDF_ENCODING = "pdf"
"""The `encoding` of a map into the text that pypdf extracts."""

_MAX_PAGES = 3_000
_NUMBERED = re.compile(r"\s*(\d{1,2})(?=\s|$)")
_DIGITS = re.compile(r"\d+")
_EDGE = 2
_COLUMN_WIDTH = 150  # points: a column of text is wider than a column of names or numbers
_MIN_COLUMN = 20
_MIN_ACROSS = 10
_ACROSS_SHARE = 0.3


def is_pdf(raw: bytes) -> bool:
    """Whether a raw file is a PDF, whatever its name."""
    return b"%PDF-" in raw[:1024]


def pdf_text(raw: bytes, origin: str) -> str:
    """Return the text of every page, parted by form feeds.

    Raises:
        SourceRefused: it is damaged, locked, too long, or has pictures of text only.
    """
    from pypdf import PdfReader  # a third of a second to import, and most files are not PDF
    from pypdf.errors import PyPdfError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(raw))
            if len(reader.pages) > _MAX_PAGES:
                raise SourceRefused(origin, f"this PDF has more than {_MAX_PAGES} pages; add the pages you need.")
            pages = [_page_text(page, origin) for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise SourceRefused(
            origin, "this PDF is damaged, locked or not readable; save its text and add that."
        ) from error
    text = "\f".join(pages)
    if not any(char.isalnum() for char in text):
        raise SourceRefused(origin, "this PDF holds pictures of text only; run text recognition on it first.")
    return text


def _page_text(page: "PageObject", origin: str) -> str:
    """Return the text of a page.

    Raises:
        SourceRefused: it writes two columns line by line across, so that their sentences run into each other.
    """
    rows: list[tuple[float, float]] = []

    def note(operator: bytes, operands: list[Any], _cm: list[float], place: list[float]) -> None:
        if operator in (b"Tj", b"TJ") and len(str(operands)) >= _MIN_COLUMN:
            rows.append((place[4], place[5]))

    text = page.extract_text(visitor_operand_before=note).replace("\f", " ")
    across = sum(right[0] - left[0] >= _COLUMN_WIDTH and left[1] == right[1] for left, right in pairwise(rows))
    if across >= _MIN_ACROSS and across >= _ACROSS_SHARE * len(rows):
        raise SourceRefused(
            origin, "its columns run into each other line by line; save its text as .txt, one column after the other."
        )
    return text


def pdf_blocks(text: str) -> list[Block]:
    """Return the lines of the pages, without line numbers and without what repeats at the edge of pages."""
    pages = [_lines(text, *page.span()) for page in re.finditer(r"[^\f]+", text)]
    pages = [_without_numbers(text, page) for page in pages]
    repeated = _repeated_edges(text, pages)
    blocks: list[Block] = []
    for page in pages:
        spaced = False
        for position, (start, end) in enumerate(page):
            if start == end or _edge_key(text, start, end, position, len(page)) in repeated:
                spaced = spaced or start == end
                continue
            blocks.append(Block(BlockKind.PARAGRAPH, (Piece(text[start:end], start, end),), follows=not spaced))
            spaced = False
    return blocks


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for line in re.finditer(r"[^\n\r]+", text[start:end]):
        stripped = line.group().strip()
        first = start + line.start() + line.group().find(stripped)
        found.append((first, first + len(stripped)))
    return found


def _without_numbers(text: str, page: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take off the numbers that count the lines of a deposition, at line starts or on lines of their own."""
    numbers = [_NUMBERED.match(text, start, end) for start, end in page]
    counted = [int(match[1]) for match in numbers if match]
    steps = sum(right == left + 1 for left, right in pairwise(counted))
    if len(counted) < 5 or steps < len(counted) * 0.7 or len(counted) < len(page) * 0.4:
        return page
    kept = []
    expected = None
    for (start, end), match in zip(page, numbers, strict=True):
        if match and (expected is None or int(match[1]) == expected):
            expected = int(match[1]) + 1
            start = match.end()
            while start < end and text[start].isspace():
                start += 1
            if start == end:
                continue
        kept.append((start, end))
    return kept


def _repeated_edges(text: str, pages: list[list[tuple[int, int]]]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        keys = {_edge_key(text, *line, position, len(page)) for position, line in enumerate(page)}
        counts.update(keys - {""})
    return {key for key, count in counts.items() if count >= max(3, len(pages) // 2)}


def _edge_key(text: str, start: int, end: int, position: int, length: int) -> str:
    """Return what a line at the top or bottom of a page says, page numbers aside; empty for other lines."""
    if _EDGE <= position < length - _EDGE:
        return ""
    return _DIGITS.sub("#", text[start:end]).casefold()
