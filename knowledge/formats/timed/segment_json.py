"""Transcripts as JSON: Whisper's and that of transcript services: rows of text with times or speakers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import guessed_kind
from knowledge.formats.timed.located_json import BrokenJson, Text, Value, parse, pieces_of
from knowledge.formats.timed.service_rows import ENDS, SPEAKERS, TEXTS, TIMES, Row, seconds_in, speaker_in
from knowledge.formats.timed.word_json import token_blocks, tokens_in
from knowledge.metadata.printed_facts import declared_facts
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind

_MAX_SECONDS_A_WORD = 30
_MACHINE = frozenset(["avg_logprob", "no_speech_prob", "compression_ratio", "tokens", "confidence"])


def is_data(text: str) -> bool:
    """Whether a text looks like JSON."""
    head = text.lstrip("\ufeff \t\r\n")[:200]
    return re.match(r"\{\s*[\"}]|\[\s*[\[{\"]", head) is not None


def read_data(decoded: Decoded, origin: str) -> Document:
    """Return the rows of a transcript in JSON: every object that has a text beside a time or a speaker.

    Raises:
        SourceRefused: it is not JSON, or holds no such rows.
    """
    try:
        value = parse(decoded.text)
    except BrokenJson as error:
        raise SourceRefused(origin, f"this JSON is damaged ({error}); export the transcript again.") from error
    lowered = _lowered(value)
    rows = _chosen(_rows(lowered))
    blocks = tuple(block for row in rows if (block := _block(decoded.text, row)))
    ends = [end for row in rows for key in ENDS if (end := seconds_in(row.get(key))) is not None]
    if not blocks:
        tokens = tokens_in(decoded.text, lowered)
        blocks, ends = token_blocks(tokens), [token.ends_at for token in tokens if token.ends_at is not None]
    if not blocks:
        raise SourceRefused(origin, "this JSON holds no transcript that we know; save it as text, .vtt or .srt.")
    ends_at = max(ends, default=None)
    times = [block.seconds for block in blocks if block.seconds is not None] or [0.0]
    # no one speaks so slowly: the service counts milliseconds and does not say so
    scale = (
        1000
        if (ends_at or max(times)) - min(times) > _MAX_SECONDS_A_WORD * sum(len(block.text.split()) for block in blocks)
        else 1
    )
    declared = {key: item.value for key, item in _fields(lowered).items() if isinstance(item, Text)}
    machine = not rows or any(_MACHINE & row.keys() for row in rows)
    return Document(
        decoded,
        tuple(replace(block, seconds=_scaled(block.seconds, scale)) for block in blocks),
        declared_facts({key: text for key, text in declared.items() if key not in TEXTS}),
        "transcript-json",
        recorded=True,
        wrapped=True,
        how=TranscriptKind.ASR if machine else guessed_kind("", [block.text for block in blocks]),
        ends_at=_scaled(ends_at, scale),
    )


def _chosen(rows: Iterator[tuple[str, Row]]) -> list[Row]:
    """Return the rows of the list that has most words; of two with the same words the one with fewer rows.

    Services give the same words as segments, sentences and single words side by side.
    """
    lists: dict[str, list[Row]] = {}
    for path, row in rows:
        lists.setdefault(path, []).append(row)

    def wealth(found: list[Row]) -> tuple[int, int]:
        return sum(len(text.value.split()) for row in found if (text := _text(row))), -len(found)

    return max(lists.values(), key=wealth, default=[])


def _lowered(value: Value) -> Value:
    """Return a value with every key in lower case."""
    if isinstance(value, list):
        return [_lowered(item) for item in value]
    return {key.lower(): _lowered(item) for key, item in value.items()} if isinstance(value, dict) else value


def _rows(value: Value, path: str = "", speaker: Value = None) -> Iterator[tuple[str, Row]]:
    """Yield the objects that are rows of a transcript with the keys that lead to them, in the order of the file.

    A row without a speaker has that of the object it stands in.
    """
    if isinstance(value, list):
        for item in value:
            yield from _rows(item, path, speaker)
    elif isinstance(value, dict):
        speaker = value.get("speaker", speaker)
        if _text(value) is not None and any(key in (*TIMES, *SPEAKERS) for key in value):
            yield path, value if speaker_in(value) or speaker is None else {**value, "speaker": speaker}
        for key, item in value.items():
            yield from _rows(item, f"{path}/{key}", speaker)


def _block(text: str, row: Row) -> Block | None:
    string = _text(row)
    if string is None or not string.value.strip():
        return None
    times = (seconds_in(row[key], milliseconds=key.endswith("ms")) for key in TIMES if key in row)
    return Block(
        BlockKind.PARAGRAPH,
        pieces_of(text, string),
        follows=True,
        seconds=next((time for time in times if time is not None), None),
        speaker=speaker_in(row),
    )


def _fields(value: Value) -> Row:
    return value if isinstance(value, dict) else {}


def _text(row: Row) -> Text | None:
    return next((item for key in TEXTS if isinstance(item := row.get(key), Text)), None)


def _scaled(seconds: float | None, scale: int) -> float | None:
    return None if seconds is None else seconds / scale
