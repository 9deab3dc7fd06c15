"""WebVTT: with or without hours, voice tags, rolling captions. Comments, styles and regions are not words.

The parser is our own because a map to the raw file needs the place of every line, which webvtt-py does not tell;
the tests hold its words against webvtt-py's.
"""

import re

from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import TIMING, Cue, captions_document, cue_lines
from knowledge.formats.timed.cue_voices import CueLine
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
    """Return the cues of WebVTT or SubRip text, with the place of every line.

    A line directly above a time is the name of its cue; other lines below an empty line still belong to the cue
    before them.
    """
    cues: list[Cue] = []
    lines = [match.span(1) for match in _LINE.finditer(text)]
    timings = [TIMING.fullmatch(text, *line) for line in lines]
    heads = [number for number, timing in enumerate(timings) if timing]
    for head, following in zip(heads, [*heads[1:], None], strict=False):  # a file may hold no time
        timing = timings[head]
        assert timing is not None
        body = lines[head + 1 : following]
        if following is not None and body and _is_name(text, body):
            body = body[:-1]
        cues.append(_cue(text, timing, _without_asides(text, body)))
    return cues


def _is_name(text: str, body: list[tuple[int, int]]) -> bool:
    """Whether the last line before the next time is its cue's name: a number, or a line below an empty one."""
    last = text[slice(*body[-1])].strip()
    below_empty = len(body) > 1 and body[-2][0] == body[-2][1]
    return last.isdecimal() or (bool(last) and below_empty)


def _without_asides(text: str, body: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines of a cue without the notes and styles that stand below it."""
    kept = []
    aside = False
    for number, line in enumerate(body):
        empty = line[0] == line[1]
        starts = _ASIDE.match(text, *line) is not None and number > 0 and body[number - 1][0] == body[number - 1][1]
        aside = starts or (aside and not empty)
        if not aside:
            kept.append(line)
    return kept


def _cue(text: str, timing: re.Match[str], body: list[tuple[int, int]]) -> Cue:
    lines: list[CueLine] = []
    speaker = None
    broken_at: int | None = None
    torn = False
    for span in body:
        torn = torn or span[0] == span[1]  # YouTube puts a lone space in its cues, which is not empty
        found, speaker = cue_lines(text, *span, speaker)
        if torn and found and broken_at is None and lines:
            broken_at = len(lines)
        lines += found
    end = seconds_of(timing["end"]) if timing["end"] else None
    return Cue(seconds_of(timing["start"]), end, tuple(lines), broken_at)


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
