"""WebVTT: with or without hours, voice tags, rolling captions. Comments, styles and regions are not words.

The parser is our own because a map to the raw file needs the place of every line, which webvtt-py does not tell;
the tests hold its words against webvtt-py's.
"""

import re

from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import TIMING, Cue, CueLine, captions_document, cue_lines
from knowledge.formats.timed.timestamps import seconds_of
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind

_LINE = re.compile(r"([^\n\r]*)(?:\r\n|\n|\r|$)")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_HEAD = 2000


def is_webvtt(text: str) -> bool:
    """Whether a text is WebVTT."""
    return text.lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def read_webvtt(decoded: Decoded, origin: str) -> Document:
    """Return the captions of a WebVTT file.

    Raises:
        SourceRefused: it holds no caption.
    """
    text = decoded.text
    cues = read_cues(text)
    if not any(cue.lines for cue in cues):
        raise SourceRefused(origin, "these captions hold no words; download them again.")
    # Whisper leaves the hours out of short times; YouTube and caption editors never do
    whisper = re.search(r"^\d\d:\d\d\.\d{3} -->", text[:_HEAD], re.MULTILINE) and "Kind:" not in text[:_HEAD]
    document = captions_document(decoded, cues, reader="webvtt", how=TranscriptKind.ASR if whisper else None)
    if not cues[-1].lines:
        document = document.noting("The file breaks off after a time; the last caption has no words.")
    return document


def read_cues(text: str) -> list[Cue]:
    """Return the cues of WebVTT or SubRip text, with the place of every line."""
    cues: list[Cue] = []
    lines = [match.span(1) for match in _LINE.finditer(text)]
    number = 0
    while number < len(lines):
        timing = TIMING.fullmatch(text, *lines[number])
        if timing is None:
            number += 1
            if _ASIDE.match(text, *lines[number - 1]):
                while number < len(lines) and text[slice(*lines[number])].strip():
                    number += 1
            continue
        number += 1
        body: list[tuple[int, int]] = []
        while number < len(lines) and lines[number][0] < lines[number][1]:  # YouTube puts a lone space in its cues
            if TIMING.fullmatch(text, *lines[number]):
                body = body[:-1] if body and text[slice(*body[-1])].strip().isdecimal() else body
                break
            body.append(lines[number])
            number += 1
        cues.append(_cue(text, timing, body))
    return cues


def _cue(text: str, timing: re.Match[str], body: list[tuple[int, int]]) -> Cue:
    lines: list[CueLine] = []
    speaker = None
    for span in body:
        found, speaker = cue_lines(text, *span, speaker)
        lines += found
    end = seconds_of(timing["end"]) if timing["end"] else None
    return Cue(seconds_of(timing["start"]), end, tuple(lines))


# SubRip (.srt): numbered captions. The tests hold its words against the `srt` package, which tells no places.
_START = re.compile(
    r"\s*(?:\d+[ \t]*\r?\n[ \t]*)?\d{1,3}:\d\d:\d\d[.,]\d{1,3}[ \t]*-->[ \t]*\d{1,3}:\d\d:\d\d[.,]\d{1,3}"
)


def is_subrip(text: str) -> bool:
    """Whether a text is SubRip."""
    return _START.match(text.lstrip("\ufeff")[:500]) is not None


def read_subrip(decoded: Decoded, origin: str) -> Document:
    """Return the captions of a SubRip file.

    Raises:
        SourceRefused: it holds no caption.
    """
    cues = read_cues(decoded.text)
    if not any(cue.lines for cue in cues):
        raise SourceRefused(origin, "these captions hold no words; download them again.")
    return captions_document(decoded, cues, reader="subrip", how=None)
