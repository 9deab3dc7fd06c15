"""Transcripts as JSON of single words: services that give each word and mark with its time and a speaker's number.

Rev, Amazon Transcribe, Google and Deepgram each nest them in another way; a word is told by its keys, wherever it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.timed.located_json import Text, Value, pieces_of
from knowledge.formats.timed.service_rows import ENDS, TIMES, Row, seconds_in, speaker_in

WORDS = ("punctuated_word", "word", "value", "content")
_MARKS = frozenset(["punct", "punctuation"])
_GUESSES = frozenset(["alternatives", "nbest"])
_SENTENCE_END = re.compile(r"[.?!…。？！]$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MAX_WORDS = 20


class Token(NamedTuple):
    """A word or a mark. `joined`: no space stands before it."""

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
    rows = list(_tokens(value))
    speakers = {_start(row): name for row in _labels(value) if (name := speaker_in(row))}
    found = [_token(text, row, word, speakers) for row, word in rows]
    spaced = any(not token.text.strip() for token in found)
    found = [token for token in found if token.speaker] or found
    return [token._replace(joined=True) for token in found] if spaced else found


def token_blocks(tokens: Sequence[Token]) -> tuple[Block, ...]:
    """Return the words as lines of at most a sentence, each of one speaker, from the time of its first word."""
    return tuple(
        _line(list(line)) for _, run in groupby(tokens, key=lambda token: token.speaker) for line in _lines(run)
    )


def _tokens(value: Value, speaker: Value = None) -> Iterator[tuple[Row, Text]]:
    """Yield the objects that are words, each with its text; a word without a speaker has that of what it stands in."""
    if isinstance(value, list):
        for item in value:
            yield from _tokens(item, speaker)
    elif isinstance(value, dict):
        speaker = value.get("speaker_name", value.get("speaker", speaker))
        word = _word(value)
        if word is not None and (_start(value) is not None or _kind(value) in _MARKS):
            yield {"speaker": speaker, **value}, word
            return
        for key, item in value.items():
            yield from _tokens(item[:1] if key in _GUESSES and isinstance(item, list) else item, speaker)


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


def _token(text: str, row: Row, word: Text, speakers: dict[float | None, str]) -> Token:
    start = _start(row)
    ends_at = next((end for key in ENDS if (end := seconds_in(row.get(key))) is not None), None)
    mark = _kind(row) in _MARKS
    return Token(pieces_of(text, word), start, ends_at, speaker_in(row) or speakers.get(start), joined=mark)


def _word(row: Row) -> Text | None:
    guesses = next((found for key in _GUESSES if isinstance(found := row.get(key), list)), [])
    for where in (row, *guesses[:1]):
        if isinstance(where, dict):
            found = next((item for key in WORDS if isinstance(item := where.get(key), Text)), None)
            if found is not None:
                return found
    return None


def _start(row: Row) -> float | None:
    return next((time for key in TIMES if (time := seconds_in(row.get(key))) is not None), None)


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
    return Block(BlockKind.PARAGRAPH, tuple(pieces), follows=True, seconds=seconds, speaker=tokens[0].speaker)
