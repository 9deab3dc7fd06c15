"""JSON of transcription services: their numbers and letters are nobody until a person says who they are."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import TranscriptKind
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, TOM, Line
from tests.knowledge.interviews.test_labelled import check_map, spoken

Json = dict[str, Any]
SPOKEN = [(Role.UNKNOWN, " ".join(line.text.split())) for line in INTERVIEW]


def number(line: Line) -> int:
    return int(line.speaker != TOM)


def timed(line: Line) -> list[tuple[str, str, float]]:
    """The words of a line, each with the mark behind it and its start in seconds."""
    parts = [re.fullmatch(r"(.*?)([.,?;]?)", word) for word in line.text.split()]
    return [(part[1], part[2], line.seconds + 0.25 * n) for n, part in enumerate(parts) if part]


def rev(lines: tuple[Line, ...]) -> Json:
    monologues = []
    for line in lines:
        elements: list[Json] = []
        for word, mark, start in timed(line):
            elements += [{"type": "punct", "value": " "}] if elements else []
            elements.append({"type": "text", "value": word, "ts": start, "end_ts": start + 0.2, "confidence": 0.9})
            elements += [{"type": "punct", "value": mark}] if mark else []
        monologues.append({"speaker": number(line), "elements": elements})
    return {"monologues": monologues}


def amazon(lines: tuple[Line, ...], *, apart: bool = False) -> Json:
    items: list[Json] = []
    segments: list[Json] = []
    for line in lines:
        who = {"speaker_label": f"spk_{number(line)}"}
        here = {} if apart else who
        segments.append({**who, "start_time": f"{line.seconds}.0", "end_time": "0.0", "items": []})
        for word, mark, start in timed(line):
            times = {"start_time": f"{start:.2f}", "end_time": f"{start + 0.2:.2f}"}
            segments[-1]["items"].append({**who, **times})
            items.append({**here, **times, "type": "pronunciation", "alternatives": [{"content": word}]})
            items += [{**who, "type": "punctuation", "alternatives": [{"content": mark}]}] if mark else []
    whole = " ".join(line.text for line in lines)
    labels = {"speakers": 2, "segments": segments}
    return {"results": {"transcripts": [{"transcript": whole}], "speaker_labels": labels, "items": items}}


def google(lines: tuple[Line, ...]) -> Json:
    words = [(word + mark, f"{start:.3f}s", number(line) + 1) for line in lines for word, mark, start in timed(line)]
    plain = [{"word": word, "startTime": start} for word, start, _ in words]
    tagged = [{"word": word, "startTime": start, "speakerTag": who} for word, start, who in words]
    text = " ".join(word for word, _, _ in words)
    guesses = [{"transcript": text, "words": plain}, {"transcript": "Another guess.", "words": plain[:3]}]
    return {"results": [{"alternatives": guesses}, {"alternatives": [{"words": tagged}]}]}


def deepgram(lines: tuple[Line, ...]) -> Json:
    words = [
        {"word": word.lower(), "punctuated_word": word + mark, "start": start, "speaker": number(line)}
        for line in lines
        for word, mark, start in timed(line)
    ]
    return {"results": {"channels": [{"alternatives": [{"transcript": "x", "words": words}]}]}}


def assembly(lines: tuple[Line, ...]) -> Json:
    said = [
        {"speaker": "AB"[number(line)], "text": " ".join(line.text.split()), "start": line.seconds * 1000}
        for line in lines
    ]
    return {"title": f"An interview with {MIRA.name}", "text": "x", "confidence": 0.9, "utterances": said}


SERVICES: dict[str, Callable[[tuple[Line, ...]], Json]] = {
    "Rev": rev,
    "Amazon": amazon,
    "Amazon, labels apart": lambda lines: amazon(lines, apart=True),
    "Google": google,
    "Deepgram": deepgram,
    "AssemblyAI": assembly,
}


def read_json(value: Json) -> Source:
    raw = json.dumps(value).encode()
    source = read(raw, origin="talk.json", source_id="talk", subject=MIRA)
    check_map(source, raw)
    return source


@pytest.mark.parametrize("service", SERVICES)
def test_the_words_and_times_are_read_and_the_speakers_are_unknown(service: str) -> None:
    source = read_json(SERVICES[service](INTERVIEW))
    assert spoken(source) == SPOKEN
    assert [turn.said_at for turn in source.turns] == [line.seconds for line in INTERVIEW]
    assert len({turn.speaker for turn in source.turns}) == 2
    assert source.quotable_words() == 0


def test_a_name_in_the_file_is_a_label_and_words_are_the_machines() -> None:
    value = rev(INTERVIEW)
    for line, monologue in zip(INTERVIEW, value["monologues"], strict=True):
        monologue["speaker_name"] = line.speaker
    source = read_json(value)
    assert [turn.role for turn in source.turns] == [Role.OTHER, Role.SUBJECT] * 3
    assert source.how is TranscriptKind.ASR


def test_times_inside_a_turn_are_those_of_its_sentences() -> None:
    source = read_json(rev(INTERVIEW))
    start = source.text.index("It's a slow craft")
    assert source.said_at(start) == 3592 + 0.25 * 11


def test_chinese_words_are_not_parted() -> None:
    items = [{"type": "pronunciation", "start_time": f"{n}", "alternatives": [{"content": w}]} for n, w in
             enumerate(["蜜蜂", "跳舞", "GPT", "很", "好"])]  # fmt: skip
    assert read_json({"results": {"items": items}}).text == "蜜蜂跳舞 GPT 很好"


def test_json_without_words_is_refused() -> None:
    with pytest.raises(SourceRefused, match="no transcript that we know"):
        read_json({"results": {"items": [{"type": "pronunciation", "alternatives": []}]}})
