"""Markdown and plain text: lines become blocks, mark-up is left out, every kept character remembers its place.

Mark-up is looked for only where the file shows that it is Markdown: in a bare transcript a star is a star.
"""

import html
import re
from collections.abc import Iterator

from knowledge.formats.blocks import Block, BlockKind, Piece

_IS_MARKDOWN = re.compile(
    r"^(?:#{1,6}\s+\S|\|[^\n]*\|[ \t]*\r?$|(?P<mark>[*_]{1,2})[^*_\n]{1,80}(?::(?P=mark)|(?P=mark):)|---[ \t]*\r?\n[\w-]+:|>\s|```)|\*\*[^*\n]{1,200}\*\*|</(?:i|b|em|strong|p|span|u|font|a|sup|sub|del|s)>|\]\((?:https?://|#|/)|^\[[^\]\n]+\]:\s*<?(?:\w+:/|[#/])",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n\r]*")
_LINE_END = re.compile(r"\r\n|\n|\r|$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_TAG_BLOCK = re.compile(r"\s*<(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*)?>\s*$")
_DATA = re.compile(r"<?data:[\w/+.-]+;base64,", re.IGNORECASE)
_REFERENCE = re.compile(r"\s{0,3}\[(?!\^)[^\]]+\]:\s*<?(?:[#/]|\S*[\w-][./#][\w-])\S*>?(?:\s+[\"'(].*)?$")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_LINE_OF_SIGNS = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,})\s*$")
_STARTS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"\s{0,3}#{1,6}\s+"), BlockKind.HEADING),
    (re.compile(r"\s{0,3}\[\^[^\]]+\]:\s*"), BlockKind.NOTE),
    (re.compile(r"\s{0,3}(?:>\s?)+"), BlockKind.QUOTE),
    (re.compile(r"\s*[-*+•]\s+"), BlockKind.ITEM),
    (re.compile(r"\s*(?=\d{1,3}[.)]\s)"), BlockKind.ITEM),
)
_INLINE = re.compile(
    r"""
    \\(?P<escaped>[\\`*_{}\[\]()#+\-.!<>|~$&"'])
  | (?P<image>!\[[^\]\n]{0,500}\]\((?:[^()\n]|\([^()\n]*\)){0,4000}\))
  | (?P<noteref>\[\^[^\]\n]{1,60}\])
  | \[(?P<link>(?:[^\[\]\n\\]|\\.|\[[^\[\]\n]{0,200}\]){1,1000})\]
    \((?:[^()\\\n]|\\.|\((?:[^()\\\n]|\\.){0,500}\)){0,4000}\)
  | \[(?P<reflink>[^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]
  | <(?P<auto>(?:https?://|mailto:)?[^\s<>]{1,300}[@.:/][^\s<>]{1,2000})>
  | (?P<struck>~~(?=\S).{1,1000}?(?<=\S)~~)
  | (?P<unseen><(?P<gone>del|s|strike|script|style)\b[^<>\n]{0,500}>.{0,2000}?</(?P=gone)\s*>)
  | (?P<tag></?[A-Za-z][\w-]*(?:\s[^<>\n]{0,2000})?/?>|<!--.{0,2000}?-->)
  | `(?P<code>[^`\n]{1,500})`
  | (?P<mark>\*{2,3}|__)(?=\S)(?P<bold>.{1,2000}?)(?<=\S)(?P=mark)
  | \*(?=[^\s*])(?P<italic>[^*\n]{1,1000}?)(?<=\S)\*
  | (?<![\w])_(?=[^\s_])(?P<under>[^_\n]{1,1000}?)(?<=\S)_(?![\w])
  | (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)
    """,
    re.VERBOSE,
)


def is_markdown(text: str) -> bool:
    """Whether a text shows mark-up of its own: headings, bold, links, front matter."""
    return _IS_MARKDOWN.search(text[:400_000]) is not None


def text_blocks(text: str, start: int = 0) -> list[Block]:
    """Return the blocks of text[start:], one per line; code, pictures and link tables are left out."""
    markdown = is_markdown(text)
    blocks: list[Block] = []
    spaced = True
    row = 0
    for first, last in _prose_lines(text, start):
        if first == last or not text[first:last].strip():
            spaced = True
            continue
        if markdown and _ROW.match(text, first, last):
            row += 1
            blocks += _cells(text, first, last, row)
            spaced = False
            continue
        if not markdown and _LINE_OF_SIGNS.match(text, first, last):
            continue
        block = _block(text, first, last, follows=not spaced, markdown=markdown)
        if block is not None:
            blocks.append(block)
        spaced = False
    return blocks


def inline_pieces(text: str, start: int, end: int, *, strong: bool = False, slanted: bool = False) -> Iterator[Piece]:
    """Yield the human text of text[start:end] without Markdown's mark-up."""
    position = start
    while position < end:
        match = _INLINE.search(text, position, end)
        if match is None:
            break
        if match.start() > position:
            yield Piece(text[position : match.start()], position, match.start(), strong, slanted)
        yield from _marked(text, match, strong=strong, slanted=slanted)
        position = match.end()
    if position < end:
        yield Piece(text[position:end], position, end, strong, slanted)


def _prose_lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines outside code fences, diagrams and embedded pictures."""
    closing: re.Pattern[str] | None = None
    position = start
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None
        first, last = line.span()
        end = _LINE_END.match(text, last)
        position = max(end.end() if end else last, position + 1)
        if closing is not None:
            if closing.match(text, first, last):
                closing = None
            continue
        closing = _opened(text, first, last)
        if closing is None and not _DATA.search(text, first, min(last, first + 500)):
            yield first, last


def _opened(text: str, first: int, last: int) -> re.Pattern[str] | None:
    """Return what closes the code or diagram that this line opens, if it opens one that is closed somewhere."""
    if _FENCE.match(text, first, last):
        return _FENCE
    tag = _TAG_BLOCK.match(text, first, last)
    if tag and ("diagram" in tag["name"].lower() or tag["name"].lower() in {"script", "style", "svg", "pre"}):
        close = re.compile(rf"\s*</{re.escape(tag['name'])}>")
        return close if close.search(text, last) else None
    return None


def _block(text: str, first: int, last: int, *, follows: bool, markdown: bool) -> Block | None:
    if not markdown:
        return Block(BlockKind.PARAGRAPH, (Piece(text[first:last], first, last),), follows)
    if _REFERENCE.match(text, first, last):
        return None
    if _RULE.match(text, first, last):
        return Block(BlockKind.RULE, ())
    kind = BlockKind.PARAGRAPH
    for pattern, its_kind in _STARTS:
        match = pattern.match(text, first, last)
        if match:
            kind, first = its_kind, match.end()
            break
    pieces = tuple(inline_pieces(text, first, last))
    if not any(piece.text.strip() for piece in pieces):
        return None
    return Block(kind, pieces, follows)


def _cells(text: str, first: int, last: int, row: int) -> Iterator[Block]:
    """Yield the cells of a table's row; the line under its head has none."""
    for column, cell in enumerate(_CELL.finditer(text, first, last)):
        pieces = tuple(inline_pieces(text, *cell.span()))
        if any(char.isalnum() for piece in pieces for char in piece.text):
            yield Block(BlockKind.TABLE, pieces, follows=True, cell=(row, column))


def _marked(text: str, match: re.Match[str], *, strong: bool, slanted: bool) -> Iterator[Piece]:
    kind = match.lastgroup
    if kind == "escaped":
        yield Piece(match["escaped"], *match.span("escaped"), strong, slanted)
    elif kind in ("link", "reflink"):
        yield from inline_pieces(text, *match.span(kind), strong=strong, slanted=slanted)
    elif kind == "bold":
        yield from inline_pieces(text, *match.span("bold"), strong=True, slanted=slanted)
    elif kind in ("italic", "under"):
        yield from inline_pieces(text, *match.span(kind), strong=strong, slanted=True)
    elif kind in ("auto", "code"):
        yield Piece(match[kind], *match.span(kind), strong, slanted)
    elif kind == "entity":
        yield Piece(html.unescape(match["entity"]), *match.span(), strong, slanted)
