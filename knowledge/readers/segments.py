"""Transcripts as data: Whisper's JSON and TSV, and the JSON of transcript services: rows of text with times."""

import re
from collections.abc import Iterator

from knowledge.errors import SourceRefused
from knowledge.provenance import TranscriptKind
from knowledge.readers.blocks import Block, BlockKind, Piece
from knowledge.readers.captions import guessed_kind
from knowledge.readers.clock import CLOCK, seconds_of
from knowledge.readers.decoding import Decoded
from knowledge.readers.document import Document
from knowledge.readers.facts import declared_facts
from knowledge.readers.jsontext import BrokenJson, Text, Value, parse, pieces_of

_TSV_HEAD = re.compile(r"\ufeff?start\tend\ttext[ \t]*(?:\r\n|\n|\r|$)")
_TSV_ROW = re.compile(r"^(?P<start>\d+(?:\.\d+)?)\t(?P<end>\d+(?:\.\d+)?)\t(?P<text>[^\n\r]*)", re.MULTILINE)
_TIMES = ("start", "timestamp", "start_time", "time", "offset", "begin", "tstartms", "startms")
_ENDS = ("end", "end_time", "endms")
_SPEAKERS = ("speaker", "speaker_name", "name", "speaker_label", "who")
_TEXTS = ("text", "content", "utterance", "transcript", "sentence")
_MACHINE = frozenset(["avg_logprob", "no_speech_prob", "compression_ratio", "tokens", "confidence"])


def is_table(text: str) -> bool:
    """Whether a text is Whisper's TSV."""
    return _TSV_HEAD.match(text) is not None


def is_data(text: str) -> bool:
    """Whether a text looks like JSON."""
    head = text.lstrip("\ufeff \t\r\n")[:200]
    return re.match(r"\{\s*[\"}]|\[\s*[\[{\"]", head) is not None


def read_table(decoded: Decoded, origin: str) -> Document:
    """Return the rows of Whisper's TSV; its times are milliseconds.

    Raises:
        SourceRefused: it has no row with words.
    """
    blocks = []
    for row in _TSV_ROW.finditer(decoded.text):
        if row["text"].strip():
            piece = Piece(row["text"], *row.span("text"))
            blocks.append(Block(BlockKind.PARAGRAPH, (piece,), follows=True, seconds=float(row["start"]) / 1000))
    if not blocks:
        raise SourceRefused(origin, "this table holds no words; export the transcript again.")
    return Document(
        decoded,
        tuple(blocks),
        declared_facts({}),
        "whisper-tsv/1",
        recorded=True,
        wrapped=True,
        how=TranscriptKind.ASR,
        ends_at=max(float(row["end"]) / 1000 for row in _TSV_ROW.finditer(decoded.text)),
    )


def read_data(decoded: Decoded, origin: str) -> Document:
    """Return the rows of a transcript in JSON: every object that has a text beside a time or a speaker.

    Raises:
        SourceRefused: it is not JSON, or holds no such rows.
    """
    try:
        value = parse(decoded.text)
    except BrokenJson as error:
        raise SourceRefused(origin, f"this JSON is damaged ({error}); export the transcript again.") from error
    rows = list(_rows(value))
    blocks = tuple(block for row in rows for block in _block(decoded.text, row))
    if not blocks:
        raise SourceRefused(origin, "this JSON holds no transcript that we know; save it as text, .vtt or .srt.")
    machine = any(_MACHINE & row.keys() for row in rows)
    declared = (
        {key: item.value for key, item in value.items() if isinstance(item, Text)} if isinstance(value, dict) else {}
    )
    declared.pop("text", None)
    ends = [_seconds(row.get(key)) for row in rows for key in _ENDS if key in row]
    return Document(
        decoded,
        blocks,
        declared_facts({key.lower(): text for key, text in declared.items()}),
        "transcript-json/1",
        recorded=True,
        wrapped=True,
        how=TranscriptKind.ASR if machine else guessed_kind("", [block.text for block in blocks]),
        ends_at=max((end for end in ends if end is not None), default=None),
    )


def _rows(value: Value) -> Iterator[dict[str, Value]]:
    """Yield the objects that are rows of a transcript, in the order of the file."""
    if isinstance(value, list):
        for item in value:
            yield from _rows(item)
    elif isinstance(value, dict):
        if _text(value) is not None and any(key.lower() in (*_TIMES, *_SPEAKERS) for key in value):
            yield value
        else:
            for item in value.values():
                yield from _rows(item)


def _block(text: str, row: dict[str, Value]) -> Iterator[Block]:
    string = _text(row)
    if string is not None and string.value.strip():
        lowered = {key.lower(): item for key, item in row.items()}
        times = [_seconds(lowered[key], milliseconds=key.endswith("ms")) for key in _TIMES if key in lowered]
        speaker = next(
            (item for key in _SPEAKERS if isinstance(item := lowered.get(key), Text) and item.value.strip()), None
        )
        yield Block(
            BlockKind.PARAGRAPH,
            pieces_of(text, string),
            follows=True,
            seconds=next((time for time in times if time is not None), None),
            speaker=speaker.value.strip() if speaker else None,
        )


def _text(row: dict[str, Value]) -> Text | None:
    return next((item for key in _TEXTS if isinstance(item := row.get(key), Text)), None)


def _seconds(value: Value, *, milliseconds: bool = False) -> float | None:
    if isinstance(value, Text):
        bare = value.value.strip().strip("()[]")
        return seconds_of(bare) if re.fullmatch(CLOCK, bare) else None
    if isinstance(value, float) and not isinstance(value, bool) and value >= 0:
        return value / 1000 if milliseconds else value
    return None
