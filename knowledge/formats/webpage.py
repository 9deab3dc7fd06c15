"""HTML pages: the article's text without navigation, scripts and forms, every character with its place in the page."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html.parser import HTMLParser
from itertools import groupby, takewhile
from typing import NamedTuple

from knowledge.formats.blocks import BLOCK_ELEMENTS, Block, BlockKind, Piece
from knowledge.formats.page_looks import NO_LOOK, Look, look_of
from knowledge.formats.timed.timestamps import CLOCK

_IS_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_IS_PART = re.compile(
    r"\s*<(?:cite|p|div|article|main|section|table|ul|ol|dl|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE
)
_MIN_CLOSED = 4
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
_BLOCKS = BLOCK_ELEMENTS - _SKIPPED
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_STRONG = frozenset(["b", "strong"])
_SLANTED = frozenset(["i", "em"])
_STRUCK = frozenset(["del", "s", "strike"])
_STYLED = frozenset(
    ["span", "font", "mark", "q", "cite", "small", "big", "u", "label", "ins", "a", "tt", "code", "kbd"]
)
"""Inline elements whose look may set a question apart."""
_INDEX = re.compile(r"[0-9+\-−n()]{1,12}")
_CELLS = frozenset(["td", "th"])
_OUTSIDE = re.compile(
    r"\b(?:nav|navbar|menu|sidebar|footer|breadcrumbs?|comments?|share|related|cookie|subscribe|toc)\b"
)
_CLOCK_FIRST = re.compile(rf"[\[(]?{CLOCK}")
_CLOCK_LAST = re.compile(rf"{CLOCK}[\])]?$")
_NOTE_MARK = re.compile(r"\[\w{1,3}\]")
_MAIN_SHARE = 0.75
_FOLDED_SHARE = 0.5
_MIN_FOLDED = 300
"""A hidden element with so many words, and this share of the page's, is a folded transcript."""
_ALL_SHARE = 0.9
_LOOK_DEPTH = 2
_SENTENCE_END = re.compile(r"[.?!…。？！][\"”’)\]]*\s*$")
_MIN_RUN_WORDS = 3
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s*){1,4}[:：.]?")


@dataclass(frozen=True)
class Page:
    """A page's article blocks, its facts as it declares them, and how many words stood outside the article."""

    blocks: tuple[Block, ...]
    meta: dict[str, str]
    words_outside: int


def is_page(text: str) -> bool:
    """Whether a text is an HTML page, or a part of one: from the first to the last character elements."""
    bare = text.lstrip("\ufeff")
    if _IS_PAGE.match(bare[:4000]):
        return True
    return _IS_PART.match(bare[:4000]) is not None and bare.rstrip().endswith(">") and bare.count("</") >= _MIN_CLOSED


def read_page(text: str, *, whole: bool = False) -> Page:
    """Return the article of a page, or the `whole` of it.

    The article is the smallest element that holds `_MAIN_SHARE` of the page's words outside links and menus.
    """
    parser = _PageParser(text)
    parser.feed(text)
    parser.close()
    parser.end_block()
    placed = _visible(parser.placed)
    weights: Counter[int] = Counter()
    for one in placed:
        for element in one.path:
            weights[element] += one.weight
    total = sum(one.weight for one in placed)
    # elements are numbered as they open: of those that hold enough, the last opened is the innermost
    root = max((element for element, weight in weights.items() if weight >= total * _MAIN_SHARE), default=0)
    root = 0 if whole else root
    inside = [one for one in placed if root in one.path]
    dropped = sum(len(one.text.split()) for one in parser.placed) - sum(len(one.text.split()) for one in inside)
    return Page(tuple(_blocks(inside)), parser.meta, max(dropped, 0))


class _Run(NamedTuple):
    """A piece with what its elements say: the boxes it stands in, how it looks, whether it marks who speaks."""

    piece: Piece
    asides: tuple[int, ...] = ()
    style: str = ""
    label: bool = False
    linked: bool = False


@dataclass(frozen=True)
class _Placed:
    """The runs of a block, and where in the page they stand."""

    runs: tuple[_Run, ...]
    block: Block
    path: tuple[int, ...]
    style: str

    @cached_property
    def text(self) -> str:
        return "".join(run.piece.text for run in self.runs)

    @cached_property
    def weight(self) -> int:
        """The words outside links; text without spaces, such as Chinese, counts by characters."""
        words = len(self.text.split())
        if len(self.text) > words * 12:
            return len(self.text) // 2
        return max(words - 2 * sum(len(run.piece.text.split()) for run in self.runs if run.linked), 0)


@dataclass(frozen=True)
class _Element:
    name: str
    number: int
    skipped: bool = False
    strong: bool = False
    slanted: bool = False
    asides: tuple[int, ...] = ()
    look: Look = NO_LOOK


def _visible(placed: Sequence[_Placed]) -> list[_Placed]:
    """Return what is not hidden and in no box; an element that holds nearly all words is none, whatever its name."""
    words: Counter[int] = Counter()
    for one in placed:
        for run in one.runs:
            words.update(dict.fromkeys(run.asides, len(run.piece.text.split())))
    total = sum(len(one.text.split()) for one in placed)
    folded = {
        aside
        for aside, count in words.items()
        if count >= total * _ALL_SHARE or (count >= total * _FOLDED_SHARE and count >= _MIN_FOLDED)
    }
    kept = (replace(one, runs=tuple(run for run in one.runs if folded.issuperset(run.asides))) for one in placed)
    return [one for one in kept if one.text.strip()]


def _blocks(placed: Sequence[_Placed]) -> Iterator[Block]:
    """Yield the blocks, each set apart when it does not look as the one before it does."""
    before: tuple[str, str] | None = None
    for one in placed:
        for number, (style, runs) in enumerate(_parts(one.runs)):
            look = (one.style, style)
            apart = runs[0].label or (before is not None and look != before)
            pieces = tuple(run.piece for run in runs)
            follows = one.block.follows if not number else True
            yield replace(one.block, pieces=pieces, follows=follows, apart=apart and one.block.cell is None)
            before = look


def _parts(runs: Sequence[_Run]) -> list[tuple[str, list[_Run]]]:
    """Cut a block where a label stands in it, and where whole sentences look otherwise than most of it does."""
    weights: Counter[str] = Counter()
    for run in runs:
        weights[run.style] += len(run.piece.text.strip())
    main = weights.most_common(1)[0][0]
    parts: list[tuple[str, list[_Run]]] = []
    labelled = False
    for style, group in groupby(runs, key=lambda run: main if run.label or not run.piece.text.strip() else run.style):
        members = list(group)
        text = "".join(run.piece.text for run in members)
        before = "".join(run.piece.text for run in parts[-1][1]) if parts else ""
        own = style if style != main and _is_said(text, before) else main
        for run in members:
            starts = run.label and not labelled
            labelled = run.label
            if not parts or starts or parts[-1][0] != own:
                parts.append((own, []))
            parts[-1][1].append(run)
    return [(style, members) for style, members in parts if any(run.piece.text.strip() for run in members)]


def _inline_style(element: _Element) -> str:
    """Return how an inline element looks: a span by its attributes alone, what sets words off by its name too."""
    shows = element.name in _STYLED and element.name != "span"
    return f"{element.name if shows else ''} {element.look.style}".strip()


def _is_said(text: str, before: str) -> bool:
    """Whether a run is a question or a sentence of its own and not a word that is stressed."""
    if before.strip() and not _SENTENCE_END.search(before):
        return False
    return "?" in text or (len(text.split()) >= _MIN_RUN_WORDS and _SENTENCE_END.search(text) is not None)


class _PageParser(HTMLParser):
    """Collects blocks with the elements they stand in. Positions come from the parser, so nothing is re-found."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._stack: list[_Element] = [_Element("", 0)]
        self._opened = 0
        self._runs: list[_Run] = []
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
        look = look_of(values)
        if tag not in _BLOCKS and tag not in _STYLED:
            look = Look(look.aside, look.speaker and tag not in _STRONG)
        names = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}".lower().replace("_", "-")
        outside = tag in {"div", "ul", "ol", "section", "header"} and _OUTSIDE.search(names.replace("-", " "))
        hidden = values.get("aria-hidden") == "true"
        element = _Element(
            tag,
            self._opened,
            skipped=above.skipped or tag in _SKIPPED or tag in _STRUCK or hidden or bool(outside) or tag == "head",
            strong=above.strong or tag in _STRONG,
            slanted=above.slanted or tag in _SLANTED,
            asides=(*above.asides, self._opened) if look.aside else above.asides,
            look=look,
        )
        self._stack.append(element)

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
        self._keep(data, start, start + len(data))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def end_block(self, *, broken: bool = False) -> None:
        """Close the block being read; `broken` says that a line break, not an element, ends it."""
        if any(run.piece.text.strip() for run in self._runs):
            kind = next((_KINDS[element.name] for element in reversed(self._stack) if element.name in _KINDS), None)
            in_cell = any(element.name in _CELLS for element in self._stack)
            cell = (self._row, self._column) if in_cell else None
            block = Block(kind or BlockKind.PARAGRAPH, (), follows=self._broken, cell=cell)
            path = tuple(element.number for element in self._stack)
            around = [element for element in self._stack if element.name in _BLOCKS][-_LOOK_DEPTH:]
            styles = [*(element.look.style for element in around), *(element.name for element in around[-1:])]
            self.placed.append(_Placed(tuple(self._runs), block, path, " / ".join(styles)))
            self._broken = False
        self._runs = []
        self._broken = broken

    def _entity(self, written: str) -> None:
        start = self._offset()
        end = start + len(written)
        end += self._text[end : end + 1] == ";"
        value = html.unescape(self._text[start:end])
        if self._in_title:
            self.meta["title"] = self.meta.get("title", "") + value
            return
        self._keep(value, start, end)

    def _keep(self, text: str, start: int, end: int) -> None:
        inside = self._stack[-1]
        raised = any(element.name == "sup" for element in self._stack)
        before = self._runs[-1].piece.text[-12:] if self._runs else ""
        if inside.skipped or (raised and self._is_note_mark(text, before)):
            return
        if (before[-1:].isalpha() or before.endswith(":")) and _CLOCK_FIRST.match(text):
            self._runs.append(_Run(Piece(" ", start, start)))  # parted on the screen by a style
        elif text[:1].isalpha() and _CLOCK_LAST.search(before):
            self._runs.append(_Run(Piece(" ", start, start)))
        elif raised and _INDEX.fullmatch(text.strip()) and before[-1:].isalnum():
            self._runs.append(_Run(Piece("^", start - len("<sup>"), start), inside.asides))
        inline = list(takewhile(lambda element: element.name not in _BLOCKS, reversed(self._stack)))
        label = any(element.look.speaker for element in inline)
        label = label or self._is_name(text, inline)
        style = " ".join(_inline_style(element) for element in inline if not label).strip()
        piece = Piece(text, start, end, inside.strong or label, inside.slanted)
        linked = any(element.name == "a" for element in self._stack)
        self._runs.append(_Run(piece, inside.asides, style, label, linked))

    def _is_name(self, text: str, inline: Sequence[_Element]) -> bool:
        """Whether a few words set off at the start of a block, or unlinked behind a sentence, are written as a name."""
        before = "".join(run.piece.text for run in self._runs[-3:])
        tags = (
            _STYLED if not before.strip() else _STYLED - {"a", "span"} if _SENTENCE_END.search(before) else frozenset()
        )
        return any(element.name in tags for element in inline) and _NAME.fullmatch(text.strip()) is not None

    def _is_note_mark(self, text: str, before: str) -> bool:
        """Whether a raised text is the number of a footnote: linked, in brackets, or behind a word and not a unit."""
        linked = any(element.name == "a" for element in self._stack)
        behind_word = re.search(r"[^\W\d_]{3,}[.,;:?!”\"’')\]]*$|[.,;:?!”\"]$", before) is not None
        return linked or _NOTE_MARK.fullmatch(text.strip()) is not None or (behind_word and text.strip().isdecimal())

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
