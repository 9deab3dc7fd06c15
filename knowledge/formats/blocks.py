"""What every text-like document is made of: blocks of pieces, each piece knowing where in the raw file it stood."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

BLOCK_ELEMENTS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul".split()
)
"""Elements of HTML that begin a line of their own."""


class Piece(NamedTuple):
    """Human text that stands at decoded[start:end], the same or written in another way (an entity, an escape).

    `strong` is bold, `slanted` is in italics.
    """

    text: str
    start: int
    end: int
    strong: bool = False
    slanted: bool = False

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the decoded file text[start:end] stands; the whole piece when it is written otherwise."""
        if len(self.text) != self.end - self.start:
            return self.start, self.end
        return self.start + start, self.start + end

    def cut(self, start: int, end: int) -> "Piece":
        """Return the piece for text[start:end]."""
        return Piece(self.text[start:end], *self.raw(start, end), self.strong, self.slanted)


class BlockKind(StrEnum):
    """What a block of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    NOTE = "note"
    RULE = "rule"


@dataclass(frozen=True)
class Block:
    """One line or paragraph of a document, without its mark-up.

    `follows` says that it stands directly under the block before it, with no empty line between; `seconds` and
    `speaker` are what a timed or labelled format says about it outside the text; `cell` is its row and column when it
    stands in a table; `apart` says that it does not look as the block before it does: somebody else may speak.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    follows: bool = False
    seconds: float | None = None
    speaker: str | None = None
    cell: tuple[int, int] | None = None
    apart: bool = False

    @cached_property
    def text(self) -> str:
        """Return the block's text, white space as in the file."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def strong_until(self) -> int:
        """Return the length of the bold text with which the block starts (0: none)."""
        length = 0
        for piece in self.pieces:
            if not piece.strong and piece.text.strip():
                break
            length += len(piece.text)
        return length

    @cached_property
    def set_off(self) -> bool:
        """Whether all of the text is in bold or italics."""
        return all(piece.strong or piece.slanted for piece in self.pieces if piece.text.strip())

    def cut(self, start: int, end: int | None = None) -> "Block":
        """Return the block with text[start:end] only."""
        return replace(self, pieces=tuple(cut_pieces(self.pieces, start, len(self.text) if end is None else end)))


def cut_pieces(pieces: Iterable[Piece], start: int, end: int) -> Iterable[Piece]:
    """Yield the parts of the pieces that make up characters [start, end) of their joined text."""
    position = 0
    for piece in pieces:
        low, high = max(start - position, 0), min(end - position, len(piece.text))
        if low < high:
            yield piece.cut(low, high)
        position += len(piece.text)
