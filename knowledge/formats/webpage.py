"""HTML pages: the article's text without navigation, scripts and forms, every character with its place in the page."""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.timed.timestamps import CLOCK

_IS_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SKIPPED = frozenset(
    "script style noscript template svg nav footer aside form button select iframe canvas object audio video "
    "dialog".split()
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_KINDS = dict.fromkeys(_HEADINGS, BlockKind.HEADING) | {
    "li": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    "td": BlockKind.TABLE,
    "th": BlockKind.TABLE,
    "figcaption": BlockKind.NOTE,
}
_BLOCKS = (
    frozenset(
        "address article body center dd details div dl dt fieldset figcaption figure header hgroup hr html legend "
        "li main ol p pre section summary table tbody td tfoot th thead tr ul blockquote".split()
    )
    | _HEADINGS
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_STRONG = frozenset(["b", "strong"])
_SLANTED = frozenset(["i", "em"])
_CELLS = frozenset(["td", "th"])
_OUTSIDE = re.compile(
    r"\b(?:nav|navbar|menu|sidebar|footer|breadcrumbs?|comments?|share|related|cookie|subscribe|toc)\b"
)
_CLOCK_FIRST = re.compile(rf"[\[(]?{CLOCK}")
_CLOCK_LAST = re.compile(rf"{CLOCK}[\])]?$")
_NOTE_MARK = re.compile(r"\[\w{1,3}\]")
_MAIN_SHARE = 0.75


@dataclass(frozen=True)
class Page:
    """A page's article blocks, its facts as it declares them, and how many words stood outside the article."""

    blocks: tuple[Block, ...]
    meta: dict[str, str]
    words_outside: int


def is_page(text: str) -> bool:
    """Whether a text is an HTML page."""
    return _IS_PAGE.match(text[:4000].lstrip("\ufeff")) is not None


def read_page(text: str, *, whole: bool = False) -> Page:
    """Return the article of a page, or the `whole` of it.

    The article is the smallest element that holds `_MAIN_SHARE` of the page's words outside links and menus.
    """
    parser = _PageParser(text)
    parser.feed(text)
    parser.close()
    parser.end_block()
    weights: Counter[int] = Counter()
    for placed in parser.placed:
        for element in placed.path:
            weights[element] += placed.weight
    total = sum(placed.weight for placed in parser.placed)
    # elements are numbered as they open: of those that hold enough, the last opened is the innermost
    root = max((element for element, weight in weights.items() if weight >= total * _MAIN_SHARE), default=0)
    root = 0 if whole else root
    inside = [placed.block for placed in parser.placed if root in placed.path]
    outside = sum(len(placed.block.text.split()) for placed in parser.placed if root not in placed.path)
    return Page(tuple(inside), parser.meta, outside)


@dataclass
class _Placed:
    block: Block
    path: tuple[int, ...]
    weight: int


@dataclass
class _Element:
    name: str
    number: int
    skipped: bool
    strong: bool
    slanted: bool


@dataclass
class _Open:
    """The block being read."""

    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0


class _PageParser(HTMLParser):
    """Collects blocks with the elements they stand in. Positions come from the parser, so nothing is re-found."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._stack: list[_Element] = [_Element("", 0, skipped=False, strong=False, slanted=False)]
        self._opened = 0
        self._block = _Open()
        self._in_title = False
        self._broken = False
        self._row = self._column = 0
        self.placed: list[_Placed] = []
        self.meta: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag == "br":
            self.end_block(broken=tag == "br")
        if tag in _VOID:
            self._note_fact(tag, values)
            return
        self._row += tag == "tr"
        self._column = 0 if tag == "tr" else self._column + (tag in _CELLS)
        if tag == "html" and values.get("lang"):
            self.meta["lang"] = values["lang"]
        self._in_title = tag == "title" and not any(element.name == "svg" for element in self._stack)
        if tag in {"p", "li"}:
            self._close_same(tag)
        self._opened += 1
        above = self._stack[-1]
        hidden = values.get("aria-hidden") == "true"  # a folded transcript has display:none and is still the transcript
        names = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}".lower().replace("_", "-")
        outside = tag in {"div", "ul", "ol", "section", "header"} and _OUTSIDE.search(names.replace("-", " "))
        skipped = above.skipped or tag in _SKIPPED or hidden or bool(outside) or tag == "head"
        strong, slanted = above.strong or tag in _STRONG, above.slanted or tag in _SLANTED
        self._stack.append(_Element(tag, self._opened, skipped, strong, slanted))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag in _BLOCKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        self._in_title = self._in_title and tag != "title"
        if any(element.name == tag for element in self._stack):
            while self._stack[-1].name != tag:
                self._stack.pop()
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.meta["title"] = self.meta.get("title", "") + data
            return
        start = self._offset()
        inside = self._stack[-1]
        self._keep(Piece(data, start, start + len(data), inside.strong, inside.slanted))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def end_block(self, *, broken: bool = False) -> None:
        """Close the block being read; `broken` says that a line break, not an element, ends it."""
        if any(piece.text.strip() for piece in self._block.pieces):
            kind = next((_KINDS[element.name] for element in reversed(self._stack) if element.name in _KINDS), None)
            in_cell = any(element.name in _CELLS for element in self._stack)
            cell = (self._row, self._column) if in_cell else None
            block = Block(kind or BlockKind.PARAGRAPH, tuple(self._block.pieces), follows=self._broken, cell=cell)
            weight = max(len(block.text.split()) - 2 * self._block.linked, 0)
            if len(block.text) > len(block.text.split()) * 12:  # text without spaces, such as Chinese
                weight = len(block.text) // 2
            self.placed.append(_Placed(block, tuple(element.number for element in self._stack), weight))
            self._broken = False
        self._block = _Open()
        self._broken = broken

    def _entity(self, written: str) -> None:
        start = self._offset()
        end = start + len(written)
        end += self._text[end : end + 1] == ";"
        value = html.unescape(self._text[start:end])
        if self._in_title:
            self.meta["title"] = self.meta.get("title", "") + value
            return
        inside = self._stack[-1]
        self._keep(Piece(value, start, end, inside.strong, inside.slanted))

    def _keep(self, piece: Piece) -> None:
        if self._stack[-1].skipped or self._is_note_mark(piece):
            return
        before = self._block.pieces[-1].text[-12:] if self._block.pieces else ""
        if (before[-1:].isalpha() or before.endswith(":")) and _CLOCK_FIRST.match(piece.text):
            self._block.pieces.append(Piece(" ", piece.start, piece.start))  # parted on the screen by a style
        elif piece.text[:1].isalpha() and _CLOCK_LAST.search(before):
            self._block.pieces.append(Piece(" ", piece.start, piece.start))
        self._block.pieces.append(piece)
        if any(element.name == "a" for element in self._stack):
            self._block.linked += len(piece.text.split())

    def _is_note_mark(self, piece: Piece) -> bool:
        """Whether a text is the raised number of a footnote: linked, or in brackets; an ordinal is neither."""
        names = {element.name for element in self._stack}
        return "sup" in names and ("a" in names or _NOTE_MARK.fullmatch(piece.text.strip()) is not None)

    def _close_same(self, tag: str) -> None:
        if self._stack[-1].name == tag:
            self._stack.pop()

    def _note_fact(self, tag: str, values: dict[str, str]) -> None:
        if tag == "meta" and values.get("content"):
            key = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self.meta.setdefault(key.lower(), values["content"])
        elif tag == "link" and "canonical" in values.get("rel", "") and values.get("href"):
            self.meta.setdefault("canonical", values["href"])

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column
