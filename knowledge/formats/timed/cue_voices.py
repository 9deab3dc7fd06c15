"""Who speaks each line of a caption: the line's own signs stand nearer than the voice tag of its cue.

From a sign of somebody else on (a dash, a name in brackets, a sentence that tells of the speaker) the rest of the
cue is nobody's, until the next tag. Credits and songs are nobody's words at all and are left out.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind, Piece, cut_pieces
from knowledge.model.word_rules import RuleFile

CUE_LINES = RuleFile(Path(__file__).with_name("cue_lines.yaml"))
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


def is_credit(text: str) -> bool:
    """Whether a line says who made the captions.

    >>> is_credit("Transcribed by Ana Sol"), is_credit("Captions are hard to read.")
    (True, False)
    """
    return CUE_LINES.found_kind("credit", text)


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
    patterns = _patterns(tuple(sorted(names)))
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


@lru_cache(maxsize=32)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds and patterns of the signs of somebody else, for a file whose voice tags bear these names."""
    words = {name for whole in names for name in (whole, *whole.split()) if len(name) > 1}
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
    return tuple(
        (rule.kind, CUE_LINES.pattern(rule.name, names=known))
        for rule in CUE_LINES.rules.values()
        if rule.kind and rule.kind != "credit"
    )
