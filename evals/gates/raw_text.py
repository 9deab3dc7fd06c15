"""Raw files read by the suite's own means, no code shared with the readers: text, slices, and the facts they print."""

import codecs
import hashlib
import html
import json
import re
import unicodedata
from typing import NamedTuple

import yaml

from assistant import Quote
from evals.run.worlds import World

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CUE_TIMES = re.compile(r"^(?:\d+:)?\d+:\d\d[.,]\d{3} --> .*$|^\d+$|^WEBVTT.*$", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def decode(raw: bytes, named: str) -> str:
    """Return the file's characters; a byte order mark decides, then UTF-8, then the encoding that is named."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(named)


def words_of(text: str) -> list[str]:
    """Return the text between white space, without characters that have no glyph.

    >>> words_of("Well,\\n  it\\u200b works.")
    ['Well,', 'it', 'works.']
    """
    seen = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return seen.split()


def stands_in(words: str, raw_slice: str) -> bool:
    """Whether a stretch of a raw file says exactly these words, white space and mark-up aside.

    >>> stands_in("it works", "it\\n\\n00:01.000 --> 00:02.000\\n works"), stands_in("it works", "it worked")
    (True, False)
    """
    wanted = words_of(words)
    readings = (raw_slice, _CUE_TIMES.sub(" ", raw_slice), _unmarked(raw_slice), _unescaped(raw_slice))
    return any(words_of(reading) == wanted for reading in readings)


def _unmarked(text: str) -> str:
    return html.unescape(_TAG.sub("", _UNSEEN.sub("", _CUE_TIMES.sub(" ", text))))


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except json.JSONDecodeError:
        return text


# The part of a raw file that a quote points at, read by the suite's own means.
class Raw(NamedTuple):
    """A decoded raw file, and the characters from `start` on that a quote points at."""

    text: str
    start: int
    slice: str
    sha_agrees: bool
    """Whether it is the file whose hash the quote names."""


def raw_slice(quote: Quote, world: World) -> Raw:
    """Return what stands in the raw file where a quote points."""
    raw = world.raw(quote.source)
    text = decode(raw, quote.source.raw_map.encoding)
    start, end = quote.source.raw_map.raw_span(quote.start, quote.end)
    return Raw(text, start, text[start:end], hashlib.sha256(raw).hexdigest() == quote.source.sha256)


# What is known of a quote apart from our library: facts read from the raw file by the suite's own means.
class Facts(NamedTuple):
    """Facts that an attribution must agree with; None where nothing independent is known."""

    title: str | None = None
    date: str | None = None
    venue: str | None = None
    url: str | None = None
    provenance: str | None = None
    said_between: tuple[float, float] | None = None
    """Seconds between which the quote starts."""
    asked: tuple[str, ...] = ()
    """The forms of the question that the words answer."""


class NotHis(ValueError):
    """The raw file does not give these words as his."""


def facts_of(raw: str, raw_start: int, words: str) -> Facts:
    """Return what the raw file itself says about words that stand at `raw_start`.

    Raises:
        NotHis: the file is a book of quotations, and the words stand in none of them.
    """
    if raw.startswith("id: ") and "\nquotations:\n" in raw:
        return _book_facts(raw, words)
    return Facts(said_between=_cue(raw, raw_start))


def _book_facts(raw: str, words: str) -> Facts:
    book = yaml.load(raw, Loader=yaml.BaseLoader)
    wanted = " ".join(words_of(words))
    for quotation in book["quotations"]:
        renderings = [rendering["text"] for rendering in quotation.get("renderings", ())]
        for text in (quotation["text"], *renderings):
            if wanted in " ".join(words_of(text)):
                said_at = float(quotation["said_at"]) if text is quotation["text"] and "said_at" in quotation else None
                return Facts(
                    title=book["title"],
                    date=book["date"],
                    venue=book["venue"],
                    url=book.get("url"),
                    provenance="translation" if text in renderings else book["provenance"],
                    said_between=None if said_at is None else (said_at, said_at),
                    asked=tuple(quotation["question"].values()),
                )
    raise NotHis("the words stand in no quotation of the book")


_CUE = re.compile(r"^((?:\d+:)?\d+:\d\d[.,]\d{3}) --> ((?:\d+:)?\d+:\d\d[.,]\d{3}).*$", re.MULTILINE)


def _cue(raw: str, offset: int) -> tuple[float, float] | None:
    found = None
    for cue in _CUE.finditer(raw):
        if cue.start() > offset:
            break
        found = cue
    return (_seconds(found[1]), _seconds(found[2])) if found else None


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
