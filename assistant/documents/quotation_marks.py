"""Quotation marks of any style: where a quotation of a paragraph begins and ends, mixed and nested marks among them.

A mark opens or closes by its form where its form says so, else by what stands beside it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_DOUBLE = frozenset('“”"„‟″＂〝〞')
_SINGLE = frozenset("‘’'‚‛")
_PAIRED = {"«": "»", "‹": "›", "「": "」", "『": "』", "»": "«"}
_UNSEEN = frozenset("\u2060\u200b*_")
_CLOSES_BEFORE = frozenset(".,;:!?…)]}—–-/。，！？；：、”’\"'»›」』")
_ENDS = frozenset(".,!?…;。，！？")
_MOST_MARKS = 60
"""Marks behind an opening one among which its closing one is looked for: a page of marks is read in linear time."""
_LONGEST = 20_000
"""Characters between two angle or corner marks."""


class Span(NamedTuple):
    """Characters [start, end) between quotation marks, the marks outside; `closed` is false where none ends it."""

    start: int
    end: int
    closed: bool = True

    @property
    def outer(self) -> tuple[int, int]:
        """Return the characters with their marks."""
        return self.start - 1, self.end + (1 if self.closed else 0)


def quoted_spans(text: str, start: int, end: int) -> list[Span]:
    """Return what stands between quotation marks in text[start:end], in order; what is nested belongs to the outer.

    >>> [text[one.start : one.end] for text in ["He said „so it is", and "no"."] for one in quoted_spans(text, 0, 27)]
    ['so it is', 'no']
    """
    return list(_Scan(text, start, end).spans())


def goes_on_until(text: str, start: int, end: int) -> int | None:
    """Return where a quotation ends that began in a paragraph before: at the first mark, where that one closes."""
    scan = _Scan(text, start, end)
    first = next(iter(scan.marks), None)
    return first if first is not None and scan.is_closing(first) else None


class _Scan:
    """One pass over a paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._marks = [at for at in range(start, end) if text[at] in _DOUBLE]
        self._opening: dict[int, bool] = {}

    @property
    def marks(self) -> list[int]:
        """Return the places of all double marks."""
        return self._marks

    def is_closing(self, at: int) -> bool:
        """Whether a mark opens nothing."""
        return not self._opens(at)

    def spans(self) -> Iterator[Span]:
        at = self._start
        while at < self._end:
            char = self._text[at]
            found: Span | None
            if char in _DOUBLE and self._opens(at):
                found = self._double(at)
            elif char in _SINGLE and char != "’" and self._opens(at):
                found = self._single(at)
            elif char in _PAIRED:
                found = self._paired(at)
            else:
                at += 1
                continue
            if found is None:
                at += 1
                continue
            yield found
            at = max(found.end + 1, at + 1)

    def _double(self, at: int) -> Span:
        depth, first = 1, None
        behind = bisect_right(self._marks, at)
        for here in self._marks[behind : behind + _MOST_MARKS]:
            opens = self._opens(here)
            first = here if first is None and not opens else first
            if self._closes(here, self._text[at], depth):
                depth -= 1
                if depth == 0:
                    return Span(at + 1, here)
            elif opens:
                depth += 1
        return Span(at + 1, self._end, closed=False) if first is None else Span(at + 1, first)

    def _closes(self, here: int, opened: str, depth: int) -> bool:
        char = self._text[here]
        if char == "”" or (char == opened and char in '"＂' and self._is_chinese_mark(here)):
            return True
        if char == "“":
            return opened == "„" or not self._opens(here)
        if char in "„〝":
            return False
        return not self._opens(here) or (self._is_letterlike(here - 1) and depth == 1 and not self._spaced(here - 1))

    def _is_chinese_mark(self, here: int) -> bool:
        """Whether a mark without a direction stands between Chinese signs, where nothing but its turn tells it."""
        return _is_cjk(self._before(here) or " ") or _is_cjk(self._after(here) or " ")

    def _single(self, at: int) -> Span | None:
        first = None
        for here in range(at + 1, self._end):
            char = self._text[here]
            if char in "‘‚" or (char == "'" and self._opens(here) and not self._is_letterlike(here - 1)):
                break
            if char in "’'‛" and not self._is_letterlike(here + 1) and not self._spaced(here - 1):
                if self._before(here) in _ENDS:
                    return Span(at + 1, here)
                first = here if first is None else first
        return Span(at + 1, first) if first is not None else None

    def _paired(self, at: int) -> Span | None:
        if self._text[at] == "»" and not self._opens(at):
            return None
        close = self._text.find(_PAIRED[self._text[at]], at + 1, min(self._end, at + _LONGEST))
        return Span(at + 1, close) if close > 0 else None

    def _opens(self, at: int) -> bool:
        """Whether a mark stands before a word and behind none."""
        if at not in self._opening:
            self._opening[at] = self._is_opening(at)
        return self._opening[at]

    def _is_opening(self, at: int) -> bool:
        char = self._text[at]
        if char in "“„〝":
            return True
        behind = self._after(at)
        if behind == "" or behind.isspace() or behind in _CLOSES_BEFORE:
            return False
        before = self._before(at)
        if before == "" or before.isspace() or before in "([{—–-/“‘„«「『:：，。；|>\"'" or _is_cjk(before):
            return char != "”" or before == "" or before.isspace()
        return False

    def _before(self, at: int) -> str:
        at -= 1
        while at >= self._start and self._text[at] in _UNSEEN:
            at -= 1
        return self._text[at] if at >= self._start else ""

    def _after(self, at: int) -> str:
        at += 1
        while at < self._end and self._text[at] in _UNSEEN:
            at += 1
        return self._text[at] if at < self._end else ""

    def _is_letterlike(self, at: int) -> bool:
        return self._start <= at < self._end and self._text[at].isalnum()

    def _spaced(self, at: int) -> bool:
        return not (self._start <= at < self._end) or self._text[at].isspace()


def _is_cjk(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
