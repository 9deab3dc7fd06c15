"""Gold on who speaks: `speakers-*.json` beside the cases says which raw characters are the interviewer's.

Two shapes are read: character spans of the raw file, and runs of sentences of a caption file, the sentences being
those of its cues joined by single spaces.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_CUE = re.compile(r"^(?:\d+:)?\d+:\d\d[.,]\d{3} --> .*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.?!…](?=\s[\"“‘'A-Z0-9])")

Spans = tuple[tuple[int, int], ...]


def not_his(folder: Path, files: list[Path]) -> dict[str, Spans]:
    """Return, by SHA-256 of the raw file, the character spans of its text that are somebody else's."""
    found = {}
    by_name = {path.name: path for path in files}
    for path in sorted(folder.glob("speakers-*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        raw = by_name.get(told["source"])
        if raw is not None:
            content = raw.read_bytes()
            text = content.decode("utf-8")
            spans = _span_list(told) if "spans" in told else tuple(_run_spans(told, text))
            found[hashlib.sha256(content).hexdigest()] = spans
    return found


def _span_list(told: dict[str, Any]) -> Spans:
    return tuple((span["start"], span["end"]) for span in told["spans"] if span["speaker"] == "host")


def _run_spans(told: dict[str, Any], text: str) -> Iterator[tuple[int, int]]:
    joined, offsets = cue_words(text)
    ends = [match.end() for match in _SENTENCE_END.finditer(joined)]
    starts = [0, *(end + 1 for end in ends)]
    ends.append(len(joined))
    for run in told["runs"]:
        if run["speaker"] == "host" and run["last"] < len(starts):
            yield offsets[starts[run["first"]]], offsets[ends[run["last"]] - 1] + 1


def cue_words(text: str) -> tuple[str, list[int]]:
    """Return the words of all cues joined by single spaces, and for each character its offset in the file.

    >>> cue_words("WEBVTT\\n\\n00:01.000 --> 00:02.000\\n It works.\\n\\n00:02.000 --> 00:03.000\\n Why?\\n")[0]
    'It works. Why?'
    """
    parts: list[str] = []
    offsets: list[int] = []
    cues = list(_CUE.finditer(text))
    for cue, after in zip(cues, [*cues[1:], None], strict=True):
        end = after.start() if after else len(text)
        for word in re.finditer(r"\S+", text[cue.end() : end]):
            if parts:
                offsets.append(cue.end() + word.start())
            parts.append(word.group())
            offsets += range(cue.end() + word.start(), cue.end() + word.end())
    return " ".join(parts), offsets
