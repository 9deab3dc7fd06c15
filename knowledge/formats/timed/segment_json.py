"""Transcripts as JSON: Whisper's and that of transcript services: rows of text with times or speakers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.timed.captions import guessed_kind
from knowledge.formats.timed.located_json import BrokenJson, Text, Value, parse, pieces_of
from knowledge.formats.timed.roleplay import sign_of_roleplay
from knowledge.formats.timed.service_rows import SPEAKERS, TEXTS, TIMES, Row, ends_in, starts_in
from knowledge.formats.timed.service_shapes import in_known_shape
from knowledge.formats.timed.speaker_fields import (
    DISPUTED,
    Around,
    agree,
    inner_speakers,
    nearest,
    speaker_of,
    takes_turns,
)
from knowledge.formats.timed.speaker_lists import with_listed_names
from knowledge.formats.timed.word_json import token_blocks, tokens_in
from knowledge.formats.webpage import is_page, read_page
from knowledge.metadata.printed_facts import declared_facts
from knowledge.metadata.transcript_signs import signs_of_rewriting
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind

_PAGE_DATA = re.compile(r"<script id=\"__NEXT_DATA__\"[^>]*>(?P<data>\{.*?\})\s*</script>", re.DOTALL)
_VIDEO_DAY = re.compile(r'"recordedOn"\s*:\s*"(?P<day>\d{4}-\d\d-\d\d)')
_MAX_SECONDS_A_WORD = 30
_UNITS = (1, 1000, 10_000_000)
_MAX_RECORDING = 3_000_000
"""Seconds of a month: what starts later counts from 1970."""
_AROUND = ("speaker_name", "speaker", "speaker_label", "speaker_id", "speakerid")
_MACHINE = frozenset(["avg_logprob", "no_speech_prob", "compression_ratio", "tokens", "confidence"])


def is_data(text: str) -> bool:
    """Whether a text looks like JSON."""
    head = text.lstrip("\ufeff \t\r\n")[:200]
    return re.match(r"\{\s*[\"}]|\[\s*[\[{\"]", head) is not None


def is_page_data(text: str) -> bool:
    """Whether a page keeps its transcript as data for its own script, as TED's transcript pages do."""
    found = _PAGE_DATA.search(text)
    return found is not None and '"cues"' in found["data"] and is_page(text)


def read_page_data(decoded: Decoded, origin: str) -> Document:
    """Return the transcript that a page keeps as data, with the facts that the page and the data declare.

    Raises:
        SourceRefused: the data are damaged, or hold no transcript.
    """
    found = _PAGE_DATA.search(decoded.text)
    assert found is not None
    document = _read_rows(decoded, origin, found.start("data"), found.end("data"))
    page = read_page(decoded.text)
    told = _VIDEO_DAY.search(found["data"])
    title = page.meta.get("og:title") or " ".join(page.meta.get("title", "").split())
    facts = declared_facts({**page.meta, "title": title, **({"recorded": told["day"]} if told else {})})
    return replace(document, facts=facts)


def read_data(decoded: Decoded, origin: str) -> Document:
    """Return the rows of a transcript in JSON: every object that has a text beside a time or a speaker.

    Raises:
        SourceRefused: it is not JSON, or holds no such rows.
    """
    return _read_rows(decoded, origin, 0, len(decoded.text))


def _read_rows(decoded: Decoded, origin: str, first: int, last: int) -> Document:
    try:
        value = parse(decoded.text, first, last)
    except BrokenJson as error:
        raise SourceRefused(origin, f"this JSON is damaged ({error}); export the transcript again.") from error
    lowered = with_listed_names(in_known_shape(_lowered(value)))
    found = _chosen(_rows(lowered, Counter()))
    rows = [one.row for one in found]
    speakers = _speakers(found)
    paired = zip(rows, speakers, strict=True)
    blocks = tuple(block for row, speaker in paired if (block := _block(decoded.text, row, speaker)))
    ends = [end for row in rows if (end := ends_in(row)) is not None]
    if not blocks:
        tokens = tokens_in(decoded.text, lowered)
        blocks, ends = token_blocks(tokens), [token.ends_at for token in tokens if token.ends_at is not None]
    if not blocks:
        raise SourceRefused(origin, "this JSON holds no transcript that we know; save it as text, .vtt or .srt.")
    ends_at = max(ends, default=None)
    words = sum(len(block.text.split()) for block in blocks)
    scale = _scale([time for time in (ends_at, *(block.seconds for block in blocks)) if time is not None], words)
    notes = [] if scale else ["Its times are those of a calendar and not of the recording: they were left out."]
    declared = {key: item.value for key, item in _fields(lowered).items() if isinstance(item, Text)}
    facts = declared_facts({key: text for key, text in declared.items() if key not in TEXTS})
    signs = [sign for sign in (sign_of_roleplay(rows), *signs_of_rewriting(facts, ())) if sign]
    disputed = sum(speaker == DISPUTED for speaker in speakers)
    machine = not rows or any(_MACHINE & row.keys() for row in rows)
    return Document(
        decoded,
        tuple(replace(block, seconds=_scaled(block.seconds, scale)) for block in blocks),
        facts,
        "transcript-json",
        recorded=True,
        wrapped=True,
        how=TranscriptKind.ASR if machine else guessed_kind("", [block.text for block in blocks]),
        ends_at=_scaled(ends_at, scale),
        notes=(
            *notes,
            *([f"Who speaks is told in two ways in {disputed} rows: they are nobody’s."] if disputed else []),
        ),
        refuted="; ".join(signs) or None,
    )


class _Found(NamedTuple):
    """A row, the keys that lead to it, and the speaker that what it stands in names."""

    path: str
    row: Row
    around: Around | None


def _chosen(rows: Iterator[_Found]) -> list[_Found]:
    """Return the rows of the list that has most words; of two with the same words the one with fewer rows.

    Services give the same words as segments, sentences and single words side by side.
    """
    lists: dict[str, list[_Found]] = {}
    for found in rows:
        lists.setdefault(found.path, []).append(found)

    def wealth(found: list[_Found]) -> tuple[int, int]:
        return sum(len(text.value.split()) for one in found if (text := _text(one.row))), -len(found)

    return max(lists.values(), key=wealth, default=[])


def _lowered(value: Value) -> Value:
    """Return a value with every key in lower case."""
    if isinstance(value, list):
        return [_lowered(item) for item in value]
    return {key.lower(): _lowered(item) for key, item in value.items()} if isinstance(value, dict) else value


def _rows(value: Value, places: Counter[str], path: str = "", around: Around | None = None) -> Iterator[_Found]:
    """Yield the objects that are rows of a transcript, in the order of the file; `places` counts what they stand in.

    What stands in a row, such as its replies, is not spoken by the row's speaker.
    """
    if isinstance(value, list):
        for item in value:
            yield from _rows(item, places, path, around)
    elif isinstance(value, dict):
        if _text(value) is not None and any(key in (*TIMES, *SPEAKERS, "role") for key in value):
            yield _Found(path, value, around)
            around = None
        elif speaker := speaker_of(value, _AROUND):
            places["objects"] += 1
            around = Around(speaker, places["objects"])
        for key, item in value.items():
            yield from _rows(item, places, f"{path}/{key}", around)


def _speakers(found: Sequence[_Found]) -> list[str | None]:
    """Return who speaks in each row; `DISPUTED` where its own fields, its words or what it stands in disagree."""
    believed = takes_turns([one.around for one in found])
    named = [nearest(speaker_of(one.row), one.around.speaker if one.around and believed else None) for one in found]
    words = [inner_speakers(one.row) for one in found]
    shared: dict[str, set[str]] = {}
    for speaker, inner in zip(named, words, strict=True):
        for one in inner if speaker else ():
            shared.setdefault(one, set()).add(speaker or "")
    return [_of_words(speaker, inner, shared) for speaker, inner in zip(named, words, strict=True)]


def _of_words(speaker: str | None, inner: tuple[str, ...], shared: dict[str, set[str]]) -> str | None:
    """Return the speaker of a row whose words name speakers; a number that two rows call otherwise is nobody."""
    if not inner or speaker == DISPUTED:
        return speaker
    if len(inner) > 1:
        return DISPUTED
    if speaker is None:
        return inner[0]
    return speaker if agree(speaker, inner[0]) and len(shared[inner[0]]) == 1 else DISPUTED


def _block(text: str, row: Row, speaker: str | None) -> Block | None:
    string = _text(row)
    if string is None or not string.value.strip():
        return None
    return Block(
        BlockKind.PARAGRAPH,
        pieces_of(text, string),
        follows=True,
        seconds=starts_in(row),
        speaker=speaker or None,
    )


def _fields(value: Value) -> Row:
    return value if isinstance(value, dict) else {}


def _text(row: Row) -> Text | None:
    return next((item for key in TEXTS if isinstance(item := row.get(key), Text)), None)


def _scale(times: Sequence[float], words: int) -> float:
    """Return how many units make a second; 0 where the times count from no recording's start.

    No one speaks so slowly that the span could be in seconds: then the service counts milliseconds or ticks and does
    not say so.
    """
    if not times:
        return 1
    span = max(times) - min(times)
    scale = next((one for one in _UNITS if span / one <= _MAX_SECONDS_A_WORD * max(words, 1)), _UNITS[-1])
    return 0 if max(times) / scale > _MAX_RECORDING else scale


def _scaled(seconds: float | None, scale: float) -> float | None:
    return None if seconds is None or not scale else seconds / scale
