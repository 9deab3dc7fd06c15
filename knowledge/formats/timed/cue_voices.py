"""Who speaks each line of a caption: the line's own signs stand nearer than the voice tag of its cue.

From a sign of somebody else on (a dash, a name in brackets, a sentence that tells of the speaker) the rest of the
cue is nobody's, until the next tag. Credits and songs are nobody's words at all and are left out.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from knowledge.formats.blocks import Block, BlockKind, Piece, cut_pieces

_DATA = Path(__file__).with_name("cue_lines.yaml")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_NOTE = re.compile("[♪♫♬🎵🎶]")


class CueLine(NamedTuple):
    """Human text on one line of a cue, all in one voice.

    `speaker` is None where no tag names it; `opens` says that the tag stands at its start.
    """

    pieces: tuple[Piece, ...]
    speaker: str | None = None
    opens: bool = False

    @property
    def written(self) -> str:
        """Return the text, white space as in the file."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def text(self) -> str:
        """Return the text, white space folded."""
        return " ".join(self.written.split())

    def cut(self, start: int, end: int | None = None) -> "CueLine":
        """Return the line with written[start:end] only."""
        return self._replace(pieces=tuple(cut_pieces(self.pieces, start, len(self.written) if end is None else end)))


BARRIER = Block(BlockKind.RULE, ())
"""Ends the turn before it, and holds no words."""


class CueSign(NamedTuple):
    """A kind of line, how it is told, and lines that are and are not of the kind."""

    kind: str
    reason: str
    pattern: str
    match: tuple[str, ...]
    near_miss: tuple[str, ...]


@cache
def cue_signs() -> tuple[CueSign, ...]:
    """Return what `cue_lines.yaml` lists."""
    rows = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return tuple(CueSign(**{**row, "match": tuple(row["match"]), "near_miss": tuple(row["near_miss"])}) for row in rows)


def is_credit(text: str) -> bool:
    """Whether a line says who made the captions.

    >>> is_credit("Transcribed by Ana Sol"), is_credit("Captions are hard to read.")
    (True, False)
    """
    return any(pattern.search(text) for kind, pattern in _patterns(()) if kind == "credit")


def without_songs(lines: Sequence[CueLine]) -> list[CueLine]:
    """Return the lines of a cue without what stands between notes; a lone note opens or closes a song."""
    notes = [(row, at.start()) for row, line in enumerate(lines) for at in _NOTE.finditer(line.written)]
    if not notes:
        return list(lines)
    first, last = notes[0], notes[-1]
    if len(notes) == 1:
        opens = not lines[first[0]].written[: first[1]].strip()
        first, last = (first, (len(lines), 0)) if opens else ((0, 0), first)
    kept = [*lines[: first[0]]]
    if first[0] < len(lines):
        kept.append(lines[first[0]].cut(0, first[1]))
    if last[0] < len(lines):
        kept += [lines[last[0]].cut(last[1] + 1), *lines[last[0] + 1 :]]
    return [line for line in kept if line.text]


def voiced(lines: Sequence[CueLine], names: Iterable[str]) -> list[CueLine]:
    """Return the lines of one cue, without a speaker from the first sign of somebody else on.

    `names` are those that the voice tags of the file bear.
    """
    patterns = [(kind, pattern) for kind, pattern in _patterns(tuple(sorted(names))) if kind != "credit"]
    found: list[CueLine] = []
    doubtful = False
    for line in lines:
        doubtful = doubtful and not line.opens
        if line.speaker and not doubtful:
            doubtful = any(_is_sign(kind, pattern, line) for kind, pattern in patterns)
        found.append(line._replace(speaker=None) if doubtful else line)
    return found


def _is_sign(kind: str, pattern: re.Pattern[str], line: CueLine) -> bool:
    if kind == "narration":
        return any(pattern.match(sentence) for sentence in _SENTENCE.split(line.text))
    match = pattern.match(line.text)
    if match is None:
        return False
    dash = not any(char.isalnum() for char in match.group())
    own = (line.speaker or "").casefold() in match.group().casefold()
    return not (line.opens and (dash or own))


@cache
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = {name for whole in names for name in (whole, *whole.split()) if len(name) > 1}
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
    return tuple((sign.kind, _compiled(sign, known)) for sign in cue_signs())


def _compiled(sign: CueSign, known: str) -> re.Pattern[str]:
    # a pattern that is folded over lines has a space behind the bar at which it was folded
    pattern = re.sub(r"(?<=\|) ", "", sign.pattern).replace("{names}", known)
    return re.compile(pattern, re.NOFLAG if sign.kind == "narrator" else re.IGNORECASE)
