"""Where sentences start and end, in English and Chinese, as spans of the text they are found in."""

import re
from typing import NamedTuple

# A sentence ends after . ? ! … (and closing quotes or brackets) before white space and a capital, quote mark,
# bracket or digit; after 。！？ anywhere; and at a line break, unless the line before it breaks off in mid-sentence, as
# lines do where each is one breath or caption.
_END = re.compile(
    r"""
    (?P<cjk>[。！？]+[”’」』）]*)
  | (?P<latin>[.?!…]+["”’')\]]*)(?=\s+["“‘'(\[]*[A-Z0-9À-ÖØ-Þ\u3400-\u9fff])
  | (?P<line>\n)
    """,
    re.VERBOSE,
)
_CLOSED = re.compile(r"(?:[.?!…:;。！？：；—–]|[\u3400-\u9fff，、])[\"”’'」』）)\]*_]*\s*$|[\"”\])）]\s*$")
"""The end of a line with which its sentence may end; lines in Chinese script bear no stops."""
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|No|Fig|Inc|Jr|Sr)|\b[A-HJ-Z])\.$")


_TAIL = 8


class Span(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of text[start:end] as spans of `text`, in order, without surrounding white space.

    >>> text = "It works. Why? Nobody knows."
    >>> [text[span.start:span.end] for span in sentences(text)]
    ['It works.', 'Why?', 'Nobody knows.']
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    opened = start
    for match in _END.finditer(text, start, end):
        if match["latin"] and _ABBREVIATION.search(text, max(opened, match.end() - 8), match.start("latin") + 1):
            continue
        if match["line"] and not ends_sentence(text, start, match.start()):
            continue
        _append(found, text, opened, match.end())
        opened = match.end()
    _append(found, text, opened, end)
    return found


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a sentence may end where text[start:end] does.

    >>> ends_sentence("It works.", 0, 9), ends_sentence("It works because", 0, 16)
    (True, False)
    """
    return _CLOSED.search(text, max(start, end - _TAIL), end) is not None


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
