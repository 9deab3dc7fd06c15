"""A raw file decoded and stripped of mark-up by the suite's own means: shares no code with the readers."""

import codecs
import html
import json
import re
import unicodedata

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CUE_TIMES = re.compile(r"^(?:\d+:)?\d+:\d\d[.,]\d{3} --> .*$|^\d+$|^WEBVTT.*$", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")


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
    return html.unescape(_TAG.sub("", _CUE_TIMES.sub(" ", text)))


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except json.JSONDecodeError:
        return text
