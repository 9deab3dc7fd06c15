"""What WebVTT and SubRip share: cue lines with mark-up, captions that roll and repeat, time that runs back."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.cue_voices import BARRIER, CueLine, is_credit, voiced, without_songs
from knowledge.formats.timed.timestamps import CLOCK
from knowledge.metadata.printed_facts import Facts
from knowledge.model.provenance import TranscriptKind

TIMING = re.compile(rf"[ \t]*(?P<start>{CLOCK})[ \t]*-->[ \t]*(?P<end>{CLOCK})?[^\n\r]*")
_MARKUP = re.compile(
    r"<(?P<tag>[^<>\n]*)>|\{\\[^{}\n]*\}|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
)
_VOICE = re.compile(r"v(?:\.[\w.-]*)?\s+(?P<name>.+)", re.DOTALL)
_TAGGED_WORD = re.compile(r"<\d\d:\d\d(?::\d\d)?[.,]\d{3}>")
_MIN_ROLLING = 0.25
_MIN_REPEATED = 3
_MIN_PUNCTUATION = 0.002


@dataclass(frozen=True)
class Cue:
    """What stands on the screen from `start` to `end` (seconds), line by line.

    `broken_at`: the number of the first line behind an empty line.
    """

    start: float
    end: float | None
    lines: tuple[CueLine, ...]
    broken_at: int | None = None


def cue_lines(text: str, start: int, end: int, speaker: str | None) -> tuple[list[CueLine], str | None]:
    """Return what stands on one line of a cue, cut where a tag names another voice, and the voice that goes on.

    `speaker` is the voice in which the line before ended.
    """
    lines: list[CueLine] = []
    pieces: list[Piece] = []
    position = start
    opens = False
    for match in _MARKUP.finditer(text, start, end):
        pieces.append(Piece(text[position : match.start()], position, match.start()))
        position = match.end()
        if match["entity"]:
            pieces.append(Piece(html.unescape(match["entity"]), *match.span()))
        elif match["tag"]:
            named = _VOICE.fullmatch(match["tag"])
            if named or match["tag"].strip() == "/v":
                lines.append(CueLine(tuple(pieces), speaker, opens))
                pieces, speaker, opens = [], named["name"].strip() if named else None, True
    lines.append(CueLine((*pieces, Piece(text[position:end], position, end)), speaker, opens))
    kept = (line._replace(pieces=tuple(piece for piece in line.pieces if piece.text)) for line in lines)
    return [line for line in kept if line.text], speaker


def captions_document(decoded: Decoded, cues: list[Cue], *, reader: str, how: TranscriptKind | None) -> Document:
    """Return the document that cues make: every line once, with the time of its cue."""
    notes = []
    if any(right.start < left.start for left, right in pairwise(cues)):
        notes.append("Some captions go back in time; their words are kept, their times are not.")
    rolling = is_rolling(cues)
    if rolling:
        notes.append("The captions roll: lines that repeat the caption before were taken once.")
    torn = sum(cue.broken_at is not None for cue in cues)
    if torn:
        notes.append(f"{torn} captions have an empty line inside; who speaks the words below it is not known.")
    names = {line.speaker for cue in cues for line in cue.lines if line.speaker}
    blocks = tuple(_blocks([_heard(cue, names) for cue in cues], rolling=rolling))
    how = how or guessed_kind(decoded.text, [block.text for block in blocks])
    ends = max((cue.end or cue.start for cue in cues), default=None)
    return Document(
        decoded, blocks, Facts(), reader, recorded=True, wrapped=True, how=how, ends_at=ends, notes=tuple(notes)
    )


def guessed_kind(text: str, lines: list[str]) -> TranscriptKind:
    """Tell a machine's captions from a person's: word-by-word times, or no punctuation at all."""
    spoken = " ".join(lines)
    stops = sum(spoken.count(mark) for mark in ".?!。？！")
    if _TAGGED_WORD.search(text) or stops < len(spoken) * _MIN_PUNCTUATION:
        return TranscriptKind.ASR
    return TranscriptKind.CAPTIONS


def is_rolling(cues: list[Cue]) -> bool:
    """Whether the captions repeat what the caption before already showed, as YouTube's do."""
    shown = [_shown(cue) for cue in cues]
    pairs = [(left, right) for left, right in pairwise(shown) if left and right]
    repeated = sum(_repeats(left, right) > 0 or _grows(left[-1], right[0]) for left, right in pairs)
    return repeated >= max(_MIN_REPEATED, _MIN_ROLLING * len(pairs))


def _heard(cue: Cue, names: set[str]) -> Cue:
    """Return a cue without songs, each line with the speaker that its own signs leave it."""
    kept = without_songs(cue.lines)
    before = len(cue.lines) if cue.broken_at is None else cue.broken_at
    torn = set(cue.lines[before:])
    lines = [line._replace(speaker=None) if line in torn and not line.opens else line for line in kept]
    return replace(cue, lines=tuple(voiced(lines, names)))


def _blocks(cues: list[Cue], *, rolling: bool) -> Iterator[Block]:
    before: list[str] = []
    for cue in cues:
        shown = _shown(cue)
        skipped = _repeats(before, shown) if rolling else 0
        for number, line in enumerate(cue.lines):
            if number < skipped:
                continue
            if number == cue.broken_at or is_credit(line.text):
                yield BARRIER
            if is_credit(line.text):
                continue
            pieces = line.pieces
            if rolling and number == 0 and before and _grows(before[-1], shown[0]):
                pieces = _after_words(line.pieces, len(before[-1].split()))
            if any(piece.text.strip() for piece in pieces):
                yield Block(BlockKind.PARAGRAPH, pieces, follows=True, seconds=cue.start, speaker=line.speaker)
        before = shown or before


def _shown(cue: Cue) -> list[str]:
    return [line.text for line in cue.lines]


def _repeats(before: list[str], shown: list[str]) -> int:
    """Return how many first lines are the last lines of the caption before."""
    for count in range(min(len(before), len(shown)), 0, -1):
        if before[-count:] == shown[:count]:
            return count
    return 0


def _grows(before: str, line: str) -> bool:
    return bool(before) and line.startswith(before + " ")


def _after_words(line: tuple[Piece, ...], count: int) -> tuple[Piece, ...]:
    text = "".join(piece.text for piece in line)
    words = list(re.finditer(r"\S+", text))
    start = words[count].start() if count < len(words) else len(text)
    return Block(BlockKind.PARAGRAPH, line).cut(start).pieces
