"""Transcripts as tables with a head: Whisper's TSV, and the CSV of transcript services."""

import re
from collections.abc import Iterator

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import guessed_kind
from knowledge.formats.timed.located_json import Text
from knowledge.formats.timed.roleplay import sign_of_roleplay
from knowledge.formats.timed.service_rows import ENDS, SPEAKERS, TEXTS, TIMES
from knowledge.formats.timed.timestamps import CLOCK, seconds_of
from knowledge.metadata.printed_facts import declared_facts
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind

_DELIMITERS = "\t,;"
_WHISPER = ["start", "end", "text"]
_MAX_HEAD = 400

Row = dict[str, tuple[Piece, ...]]


def is_table(text: str) -> bool:
    """Whether a text is a table whose head names a column of words beside one of times or speakers."""
    return _head(text) is not None


def read_table(decoded: Decoded, origin: str) -> Document:
    """Return the rows of a table; Whisper's own counts milliseconds.

    Raises:
        SourceRefused: it has no row with words.
    """
    delimiter, names = _head(decoded.text) or (",", [])
    whisper = delimiter == "\t" and names == _WHISPER
    scale = 1000 if whisper else 1
    rows = list(_rows(decoded.text, delimiter, names))[1:]
    blocks = tuple(block for row in rows if (block := _block(row, scale)) is not None)
    if not blocks:
        raise SourceRefused(origin, "this table holds no words; export the transcript again.")
    ends = [end for row in rows if (end := _seconds(row, ENDS, scale)) is not None]
    return Document(
        decoded,
        blocks,
        declared_facts({}),
        "whisper-tsv" if whisper else "table",
        recorded=True,
        wrapped=True,
        how=TranscriptKind.ASR if whisper else guessed_kind("", [block.text for block in blocks]),
        ends_at=max(ends, default=None),
        refuted=sign_of_roleplay({name: Text(_text(cell), 0, 0) for name, cell in row.items()} for row in rows),
    )


def _head(text: str) -> tuple[str, list[str]] | None:
    """Return the delimiter and the names of the columns of a table that is a transcript."""
    line = text.lstrip("\ufeff")[:_MAX_HEAD].partition("\n")[0]
    for delimiter in _DELIMITERS:
        names = [name.strip(' "\r').lower() for name in line.split(delimiter)]
        if (
            len(names) > 1
            and any(name in TEXTS for name in names)
            and any(name in (*TIMES, *SPEAKERS) for name in names)
        ):
            return delimiter, names
    return None


def _rows(text: str, delimiter: str, names: list[str]) -> Iterator[Row]:
    """Yield the cells of every row by the names of their columns; a quoted cell may hold delimiters and lines."""
    plain = rf"[^{delimiter}\n\r]*"
    # Whisper quotes nothing: there a quotation mark is a word's
    cell = plain if names == _WHISPER else rf"\"(?:[^\"]|\"\")*\"(?=[{delimiter}\n\r]|$)|{plain}"
    pattern = re.compile(rf"(?P<cell>{cell})(?P<stop>{delimiter}|\r\n|\n|\r|$)")
    row: Row = {}
    position, column = len(text) - len(text.lstrip("\ufeff")), 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            return
        if column < len(names):
            row[names[column]] = tuple(_pieces(text, *match.span("cell")))
        column += 1
        position = match.end()
        if match["stop"] != delimiter:
            yield row
            row, column = {}, 0


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the text of a cell; a doubled quotation mark inside quotation marks is one."""
    if end - start < 2 or text[start] != '"':
        yield Piece(text[start:end], start, end)
        return
    for match in re.compile(r'""|[^"]+').finditer(text, start + 1, end - 1):
        yield Piece('"' if match.group() == '""' else match.group(), *match.span())


def _block(row: Row, scale: int) -> Block | None:
    pieces = next((row[name] for name in TEXTS if name in row), ())
    if not any(piece.text.strip() for piece in pieces):
        return None
    speakers = (_text(row[name]) for name in SPEAKERS if name in row)
    return Block(
        BlockKind.PARAGRAPH,
        pieces,
        follows=True,
        seconds=_seconds(row, TIMES, scale),
        speaker=next((speaker for speaker in speakers if speaker), None),
    )


def _seconds(row: Row, names: tuple[str, ...], scale: int) -> float | None:
    written = (_text(row[name]) for name in names if name in row)
    for text in written:
        if re.fullmatch(r"\d+(?:\.\d+)?", text):
            return float(text) / scale
        if re.fullmatch(CLOCK, text):
            return seconds_of(text)
    return None


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces).strip()
