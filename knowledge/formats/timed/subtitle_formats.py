"""Subtitle formats other than WebVTT and SubRip, written anew as WebVTT: ASS, SSA, TTML, SAMI, SBV, YouTube's own.

The WebVTT is the "decoded file" into which a source's map points. Who speaks is kept where the format has a field for
it: ASS's actor, as a voice tag.
"""

import html
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from knowledge.formats.timed.timestamps import seconds_of
from knowledge.model.errors import SourceRefused

_SBV = re.compile(r"(?P<start>\d{1,2}:\d\d:\d\d\.\d{3}),(?P<end>\d{1,2}:\d\d:\d\d\.\d{3})[ \t]*\r?\n")
_DAMAGED = "these subtitles are damaged; export them again as .vtt or .srt."


class _Cue(NamedTuple):
    """Words on the screen from `start` to `end` (seconds)."""

    start: float
    end: float
    text: str
    speaker: str = ""


def subtitle_kind(text: str) -> str | None:
    """Return which of these formats a text is, by its first lines; None for every other text.

    >>> subtitle_kind("0:00:01.000,0:00:02.000\\nBees dance.\\n")
    'sbv'
    """
    head = text.lstrip("\ufeff \t\r\n")[:2000]
    if _SBV.match(head):
        return "sbv"
    if head.startswith("[Script Info]"):
        return "ass"
    if re.search(r"<(?:\w+:)?tt\b[^>]*\bxmlns", head):
        return "ttml"
    if head[:6].upper() == "<SAMI>":
        return "sami"
    if re.match(r"(?:<\?xml[^>]*>\s*)?<(?:transcript|timedtext)\b", head):
        return "youtube-xml"
    return "youtube-json" if re.match(r"\{\s*\"(?:wireMagic|events)\"", head) and '"segs"' in text else None


def subtitles_as_webvtt(text: str, kind: str, origin: str) -> str:
    """Return subtitles of one of these kinds as WebVTT.

    Raises:
        SourceRefused: they are damaged or hold no words.
    """
    from pysubs2.exceptions import Pysubs2Error

    try:
        cues = [cue for cue in _PARSERS[kind](text) if cue.text.strip()]
    except (
        Pysubs2Error,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        NotImplementedError,
        SyntaxError,
    ) as error:
        raise SourceRefused(origin, _DAMAGED) from error
    if not cues:
        raise SourceRefused(origin, "these captions hold no words; download them again.")
    return "WEBVTT\n\n" + "\n".join(_written(cue) for cue in sorted(cues, key=lambda cue: cue.start))


def _written(cue: _Cue) -> str:
    words = "\n".join(html.escape(line.strip(), quote=False) for line in cue.text.splitlines() if line.strip())
    name = re.sub(r"[<>&\s]+", " ", cue.speaker).strip()
    return f"{_clock(cue.start)} --> {_clock(cue.end)}\n{f'<v {name}>' if name else ''}{words}\n"


def _clock(seconds: float) -> str:
    whole = round(max(seconds, 0) * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def _with_pysubs2(format_: str) -> Callable[[str], Iterable[_Cue]]:
    def cues(text: str) -> Iterable[_Cue]:
        from pysubs2 import SSAFile

        for event in SSAFile.from_string(text.lstrip("\ufeff"), format_=format_):
            if not event.is_comment and not event.is_drawing:
                yield _Cue(event.start / 1000, event.end / 1000, event.plaintext, event.name)

    return cues


def _sbv(text: str) -> Iterable[_Cue]:
    found = list(_SBV.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        yield _Cue(seconds_of(match["start"]), seconds_of(match["end"]), text[match.end() : end])


def _youtube_xml(text: str) -> Iterable[_Cue]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(text.encode("utf-8"), parser)
    for one in root.iter("text", "p"):
        scale = 1 if one.tag == "text" else 1000
        start = float(one.get("start") or one.get("t") or 0) / scale
        length = float(one.get("dur") or one.get("d") or 0) / scale
        yield _Cue(start, start + length, html.unescape("".join(one.itertext())))


def _youtube_json(text: str) -> Iterable[_Cue]:
    events: list[dict[str, Any]] = json.loads(text)["events"]
    for one in events:
        start = float(one.get("tStartMs", 0)) / 1000
        words = "".join(str(part.get("utf8", "")) for part in one.get("segs", []))
        yield _Cue(start, start + float(one.get("dDurationMs", 0)) / 1000, words)


_PARSERS: dict[str, Callable[[str], Iterable[_Cue]]] = {
    "ass": _with_pysubs2("ass"),
    "ttml": _with_pysubs2("ttml"),
    "sami": _with_pysubs2("sami"),
    "sbv": _sbv,
    "youtube-xml": _youtube_xml,
    "youtube-json": _youtube_json,
}
