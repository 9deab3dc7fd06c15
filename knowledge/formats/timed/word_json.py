"""Transcripts as JSON of single words: services that give each word and mark with its time and a speaker's number.

Rev, Amazon Transcribe, Google and Deepgram each nest them in another way; a word is told by its keys, wherever it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.timed.located_json import Text, Value, pieces_of
from knowledge.formats.timed.service_rows import Row, ends_in, starts_in
from knowledge.formats.timed.speaker_fields import Around, nearest, speaker_of, takes_turns

WORDS = ("punctuated_word", "word", "value", "content")
_MARKS = frozenset(["punct", "punctuation"])
_GUESSES = frozenset(["alternatives", "nbest"])
_SENTENCE_END = re.compile(r"[.?!…。？！]$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MAX_WORDS = 20


class Token(NamedTuple):
    """A word or a mark. `joined`: no space stands before it; `speaker` is empty where two fields disagree."""

    pieces: tuple[Piece, ...]
    seconds: float | None
    ends_at: float | None
    speaker: str | None
    joined: bool = False

    @property
    def text(self) -> str:
        """Return it as it is written."""
        return "".join(piece.text for piece in self.pieces)


def tokens_in(text: str, value: Value) -> list[Token]:
    """Return the words and marks of a JSON value, keys in lower case; only those with a speaker where some have one."""
    rows = list(_tokens(value, Counter()))
    speakers = {_start(row): name for row in _labels(value) if (name := speaker_of(row))}
    believed = takes_turns([around for _, _, around in rows])
    found = [
        _token(text, row, word, nearest(_own(row, speakers), around.speaker if around and believed else None))
        for row, word, around in rows
    ]
    spaced = any(not token.text.strip() for token in found)
    found = [token for token in found if token.speaker is not None] or found
    return [token._replace(joined=True) for token in found] if spaced else found


def token_blocks(tokens: Sequence[Token]) -> tuple[Block, ...]:
    """Return the words as lines of at most a sentence, each of one speaker, from the time of its first word."""
    return tuple(
        _line(list(line)) for _, run in groupby(tokens, key=lambda token: token.speaker) for line in _lines(run)
    )


def _tokens(
    value: Value, places: Counter[str], around: Around | None = None
) -> Iterator[tuple[Row, Text, Around | None]]:
    """Yield the objects that are words, each with its text and the speaker that what it stands in names."""
    if isinstance(value, list):
        for item in value:
            yield from _tokens(item, places, around)
    elif isinstance(value, dict):
        word = _word(value)
        if word is not None and (_start(value) is not None or _kind(value) in _MARKS):
            yield value, word, around
            return
        speaker = speaker_of(value, ("speaker_name", "speaker"))
        if speaker:
            places["objects"] += 1
            around = Around(speaker, places["objects"])
        for key, item in value.items():
            yield from _tokens(item[:1] if key in _GUESSES and isinstance(item, list) else item, places, around)


def _labels(value: Value) -> Iterator[Row]:
    """Yield the objects that say only who speaks from when on: Amazon's older files keep them apart from the words."""
    if isinstance(value, list):
        for item in value:
            yield from _labels(item)
    elif isinstance(value, dict):
        if "speaker_label" in value and _start(value) is not None and _word(value) is None and "items" not in value:
            yield value
        for item in value.values():
            yield from _labels(item)


def _token(text: str, row: Row, word: Text, speaker: str | None) -> Token:
    return Token(pieces_of(text, word), _start(row), ends_in(row), speaker, joined=_kind(row) in _MARKS)


def _own(row: Row, speakers: dict[float | None, str]) -> str | None:
    """Return who speaks a word by its own fields, or by a list of who starts when."""
    own = speaker_of(row)
    return speakers.get(_start(row)) if own is None else own


def _word(row: Row) -> Text | None:
    guesses = next((found for key in _GUESSES if isinstance(found := row.get(key), list)), [])
    for where in (row, *guesses[:1]):
        if isinstance(where, dict):
            found = next((item for key in WORDS if isinstance(item := where.get(key), Text)), None)
            if found is not None:
                return found
    return None


def _start(row: Row) -> float | None:
    return starts_in(row)


def _kind(row: Row) -> str | None:
    kind = row.get("type")
    return kind.value.lower() if isinstance(kind, Text) else None


def _lines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    written = ""
    for token in tokens:
        ended = _SENTENCE_END.search(written) or len(line) >= _MAX_WORDS
        if line and ended and any(char.isalnum() for char in token.text):
            yield line
            line = []
        line.append(token)
        written = token.text.strip() or written
    yield line


def _line(tokens: Sequence[Token]) -> Block:
    pieces: list[Piece] = []
    before = ""
    for token in tokens:
        if before and not token.joined and not (_UNSPACED.match(before[-1]) and _UNSPACED.match(token.text)):
            pieces.append(Piece(" ", token.pieces[0].start, token.pieces[0].start))
        pieces += token.pieces
        before = token.text
    seconds = next((token.seconds for token in tokens if token.seconds is not None), None)
    return Block(BlockKind.PARAGRAPH, tuple(pieces), follows=True, seconds=seconds, speaker=tokens[0].speaker or None)
