"""Whisper's JSON and TSV, and the JSON of services: the words of the captions, with their places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.document import versioned
from knowledge.formats.timed.located_json import BrokenJson, Text, parse
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map

SAID = [(0.0, 2.5, " Bees dance “at noon”."), (2.5, 4.0, " Then they\tsleep.")]


def read_bytes(raw: bytes) -> Source:
    return read(raw, origin="talk.json", source_id="talk", subject=MIRA)


def whisper(*, ascii_only: bool) -> bytes:
    rows = [{"id": n, "start": s, "end": e, "text": t, "avg_logprob": -0.2} for n, (s, e, t) in enumerate(SAID)]
    value = {"text": "".join(t for _, _, t in SAID), "segments": rows, "language": "en"}
    return json.dumps(value, ensure_ascii=ascii_only).encode()


@pytest.mark.parametrize("ascii_only", [True, False])
def test_whisper_json_gives_words_once_with_times(ascii_only: bool) -> None:
    raw = whisper(ascii_only=ascii_only)
    source = read_bytes(raw)
    assert source.text == "Bees dance “at noon”. Then they sleep."
    assert source.said_at(source.text.index("Then")) == 2.5
    assert (source.how, source.reader) == (TranscriptKind.ASR, versioned("transcript-json"))
    check_map(source, raw)


def test_an_escaped_character_maps_to_its_escape() -> None:
    raw = whisper(ascii_only=True)
    source = read_bytes(raw)
    start = source.text.index("“")
    assert slice(*source.raw_map.raw_span(start, start + 1)) == slice(*_span(raw.decode(), "\\u201c", after="segments"))


def _span(text: str, part: str, *, after: str) -> tuple[int, int]:
    start = text.index(part, text.index(after))
    return start, start + len(part)


def test_whisper_tsv_counts_milliseconds() -> None:
    raw = b"start\tend\ttext\n0\t2500\tBees dance.\n2500\t4000\tThen they sleep.\n"
    source = read_bytes(raw)
    assert source.text == "Bees dance. Then they sleep."
    assert source.said_at(source.text.index("Then")) == 2.5
    check_map(source, raw)


def test_speakers_of_a_service_are_labels() -> None:
    rows = [
        {"speaker": "Tom Reed", "timestamp": "00:00:01", "text": "Why bees?"},
        {"speaker": "Mira Vane", "timestamp": "00:00:02", "text": "I like them."},
        {"speaker": "Mira Vane", "timestamp": "00:00:05", "text": "They dance."},
    ]
    source = read_bytes(json.dumps({"title": "Bees", "chapters": [{"segments": rows}]}).encode())
    assert source.title == "Bees"
    assert [(turn.role, turn.said_at, source.text[turn.start : turn.end]) for turn in source.turns] == [
        (Role.OTHER, 1.0, "Why bees?"),
        (Role.SUBJECT, 2.0, "I like them. They dance."),
    ]


def test_words_given_twice_are_taken_once_and_milliseconds_are_told_from_seconds() -> None:
    words = [{"text": word, "start": 500 * n, "end": 500 * n + 400} for n, word in enumerate("Why bees I like".split())]
    value = {
        "text": "Why bees I like",
        "words": words,
        "utterances": [
            {"speaker": "A", "text": "Why bees", "start": 0, "end": 900, "words": words[:2]},
            {"speaker": "B", "text": "I like", "start": 1000, "end": 1900, "words": words[2:]},
        ],
    }
    source = read_bytes(json.dumps(value).encode())
    assert [(turn.speaker, turn.role, turn.said_at) for turn in source.turns] == [
        ("A", Role.UNKNOWN, 0.0),
        ("B", Role.UNKNOWN, 1.0),
    ]
    assert source.text == "Why bees\n\nI like"


def test_whisper_cpp_names_its_times_otherwise() -> None:
    rows = [{"timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"}, "text": " They sleep."}]
    source = read_bytes(json.dumps({"transcription": rows}).encode())
    assert (source.text, source.said_at(0)) == ("They sleep.", 2.5)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"segments": [{"start": 0, "text": "Bees', "damaged"),
        (b'{"names": ["Bees", "Tides"]}', "no transcript that we know"),
        (b'["a",' + b"[" * 100_000, "damaged"),
    ],
)
def test_broken_or_other_json_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        read_bytes(raw)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_json_is_parsed_as_the_standard_library_does(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=1)

    def plain(item: object) -> object:
        if isinstance(item, Text):
            assert json.loads(text[item.start - 1 : item.end + 1]) == item.value
            return item.value
        if isinstance(item, dict):
            return {key: plain(entry) for key, entry in item.items()}
        return [plain(entry) for entry in item] if isinstance(item, list) else item

    assert plain(parse(text)) == json.loads(text)


def test_something_after_the_value_is_an_error() -> None:
    with pytest.raises(BrokenJson):
        parse('{"a": 1} b')
