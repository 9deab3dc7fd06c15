"""The canonical text while a reader builds it: every piece it takes remembers where in the raw file it stood."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.formats.blocks import Piece
from knowledge.model.provenance import Provenance
from knowledge.model.source import RawMap, Segment, TimeMark
from knowledge.model.turns import Certainty, Role, Turn

# Characters without a glyph: they hide in copied text, break searches, and can reorder what a reader sees.
_UNSEEN = "\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff"
_SPACE = re.compile(r"\s+")
_DROPPED = re.compile(f"[{_UNSEEN}]+")
_RUN = re.compile(rf"[^\s{_UNSEEN}]+(?: [^\s{_UNSEEN}]+)*")


@dataclass
class Draft:
    """Collects pieces of `decoded` (the raw file as text) into a canonical text with turns and times.

    White space inside a piece is folded to single spaces and unseen control characters are left out; everything
    else is taken unchanged. Pieces belong to the turn that the next `close_turn` makes.
    """

    decoded: str
    encoding: str
    language: str
    provenance: Provenance
    turns: list[Turn] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _segments: list[list[int]] = field(default_factory=list)
    _times: list[TimeMark] = field(default_factory=list)
    _turn_start: int | None = None

    @property
    def text(self) -> str:
        """Return the canonical text so far."""
        return "".join(self._parts)

    @property
    def raw_map(self) -> RawMap:
        """Return the map from the canonical text back to the decoded file."""
        return RawMap(encoding=self.encoding, segments=tuple(Segment(*segment) for segment in self._segments))

    @property
    def times(self) -> tuple[TimeMark, ...]:
        """Return the time marks so far, without those that run ahead or back."""
        return _rising(self._times)

    def take(self, start: int, end: int, *, join: str = " ", seconds: float | None = None) -> None:
        """Append decoded[start:end]; `join` stands before it when the turn already has words.

        `seconds` is the time at which the piece is spoken.
        """
        self.take_pieces([Piece(self.decoded[start:end], start, end)], join=join, seconds=seconds)

    def take_pieces(self, pieces: Iterable[Piece], *, join: str = " ", seconds: float | None = None) -> None:
        """Append pieces that follow one another in a line; two touch where the file has no white space between."""
        glue = join
        for piece in pieces:
            position = 0
            for run in _RUN.finditer(piece.text):
                glue = glue or _space_in(piece.text, position, run.start())
                self._append(run.group(), *piece.raw(*run.span()), join=glue, seconds=seconds)
                glue, seconds, position = "", None, run.end()
            glue = glue or _space_in(piece.text, position, len(piece.text))

    def mark_end(self, seconds: float) -> None:
        """Note that the last word taken ends at `seconds`."""
        self._mark(self._length, seconds)

    def close_turn(
        self,
        *,
        role: Role,
        speaker: str | None = None,
        certainty: Certainty | None = None,
        said_at: float | None = None,
        provenance: Provenance | None = None,
        language: str | None = None,
    ) -> Turn | None:
        """Make everything taken since the last turn one turn; None when that is nothing.

        Turns are parted by an empty line.
        """
        if self._turn_start is None:
            return None
        turn = Turn(
            start=self._turn_start,
            end=self._length,
            role=role,
            speaker=speaker,
            certainty=certainty,
            said_at=said_at,
            provenance=provenance or self.provenance,
            language=language or self.language,
        )
        self.turns.append(turn)
        self._turn_start = None
        return turn

    def _append(self, text: str, start: int, end: int, *, join: str, seconds: float | None) -> None:
        if self._parts:
            self._write("\n\n" if self._turn_start is None else join)
        if self._turn_start is None:
            self._turn_start = self._length
        if seconds is not None:
            self._mark(self._length, seconds)
        self._segments.append([self._length, self._length + len(text), start, end])
        self._write(text)

    def _mark(self, offset: int, seconds: float) -> None:
        last = self._times[-1] if self._times else None
        if last is None or last.offset < offset:
            self._times.append(TimeMark(offset, seconds))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _rising(marks: list[TimeMark]) -> tuple[TimeMark, ...]:
    """Return the longest run of marks whose seconds never fall: one wrong time must not cost those after it."""
    ends: list[int] = []  # ends[n]: the mark with the least seconds that ends a rising run of n + 1 marks
    seconds: list[float] = []
    before: list[int | None] = []
    for number, mark in enumerate(marks):
        place = bisect_right(seconds, mark.seconds)
        before.append(ends[place - 1] if place else None)
        ends[place : place + 1] = [number]
        seconds[place : place + 1] = [mark.seconds]
    kept = []
    last = ends[-1] if ends else None
    while last is not None:
        kept.append(marks[last])
        last = before[last]
    return tuple(reversed(kept))


def _space_in(text: str, start: int, end: int) -> str:
    return " " if any(char.isspace() for char in text[start:end]) else ""
