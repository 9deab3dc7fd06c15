"""Azure, IBM and Speechmatics: the words as they are shown, with the time and the speaker of each."""

import re
from typing import Any

import pytest

from knowledge.model.source import Source
from tests.knowledge.formats.timed.test_speaker_lists import read_value
from tests.knowledge.interviews.test_labelled import quotable_text

SAID = [
    (0, "So why did you choose bees? I wondered."),
    (1, "I like them, because they dance."),
    (0, "And then what happened?"),
    (1, "I slept for a whole week."),
]
HERS = "I like them, because they dance.\nI slept for a whole week."
NAMES = ["Tom Reed", "Mira Vane"]
Json = dict[str, Any]


def azure_batch() -> Json:
    phrases = [
        {
            "recognitionStatus": "Success", "channel": 0, "speaker": NAMES[who], "offset": f"PT{5 * n}S",
            "offsetInTicks": 50_000_000.0 * n, "durationInTicks": 4e7,
            "nBest": [
                {"confidence": 0.9, "lexical": text.lower(), "display": text,
                 "words": [{"word": word, "offsetInTicks": 5e7 * n} for word in text.lower().split()]},
                {"confidence": 0.1, "lexical": "by the sea", "display": "By the sea."},
            ],
        }
        for n, (who, text) in enumerate(SAID)
    ]  # fmt: skip
    whole = {"channel": 0, "display": " ".join(text for _, text in SAID)}
    return {"source": "talk.wav", "combinedRecognizedPhrases": [whole], "recognizedPhrases": phrases}


def azure_fast() -> Json:
    phrases = [
        {"speaker": who, "offsetMilliseconds": 5000 * n, "durationMilliseconds": 4000, "text": text}
        for n, (who, text) in enumerate(SAID)
    ]
    return {"speakers": listed(), "durationMilliseconds": 20_000, "phrases": phrases}


def listed() -> list[Json]:
    return [{"id": who, "name": name} for who, name in enumerate(NAMES)]


def speechmatics(names: list[str]) -> Json:
    results = []
    for n, (who, text) in enumerate(SAID):
        for i, word in enumerate(text.split()):
            bare = word.rstrip(".?,")
            time = {"start_time": 5 * n + i / 4, "end_time": 5 * n + i / 4 + 0.2}
            results.append({**time, "type": "word", "alternatives": [{"content": bare, "speaker": names[who]}]})
            if bare != word:
                mark = {"content": word[-1], "speaker": names[who]}
                results.append({**time, "type": "punctuation", "attaches_to": "previous", "alternatives": [mark]})
    return {"format": "2.9", "metadata": {"type": "transcription"}, "results": results}


def ibm(speakers: list[Json]) -> Json:
    results, labels, time = [], [], 0.0
    for who, text in SAID:
        words = []
        for word in re.sub(r"[.?,]", "", text.lower()).split() * 10:
            words.append([word, time, time + 0.3])
            labels.append({"from": time, "to": time + 0.3, "speaker": who, "confidence": 0.5, "final": False})
            time = round(time + 0.5, 2)
        said = {"transcript": " ".join(word for word, *_ in words), "confidence": 0.9, "timestamps": words}
        results.append({"final": True, "alternatives": [said]})
    return {"result_index": 0, "results": results, "speaker_labels": labels, "speakers": speakers}


FILES: dict[str, Json] = {
    "Azure, in a batch": azure_batch(),
    "Azure, at once, with a list": azure_fast(),
    "Speechmatics, who knows them": speechmatics(NAMES),
    "Speechmatics, with a list": {
        **speechmatics(["S1", "S2"]),
        "speakers": [{"label": f"S{n}", "name": name} for n, name in enumerate(NAMES, start=1)],
    },
}


@pytest.mark.parametrize("service", FILES)
def test_words_marks_and_times_are_those_shown(service: str) -> None:
    source = read_value(FILES[service])
    assert quotable_text(source) == HERS
    assert times(source) == [5, 15]


def test_words_and_speakers_in_two_lists_meet() -> None:
    source = read_value(ibm(listed()))
    hers = [turn for turn in source.turns if turn.speaker == "Mira Vane"]
    assert source.text[hers[0].start :].startswith("i like them because they dance i like")
    assert times(source) == [turn.said_at for turn in hers] == [40.0, 90.0]


def test_numbers_that_no_list_names_are_nobodys() -> None:
    for value in (speechmatics(["S1", "S2"]), ibm([]), {**azure_fast(), "speakers": []}):
        source = read_value(value)
        assert {turn.role.value for turn in source.turns} == {"unknown"}


def test_a_party_is_known_by_the_number_that_rows_use() -> None:
    parties = [{"id": "1", "speakerId": "77", "name": NAMES[0]}, {"id": "77", "speakerId": "88", "name": NAMES[1]}]
    rows = [
        {"speakerId": "7788"[2 * who :][:2], "sentences": [{"start": 5000 * n, "text": text}]}
        for n, (who, text) in enumerate(SAID)
    ]
    assert quotable_text(read_value({"parties": parties, "transcript": rows})) == HERS
    unnamed = read_value({"transcript": rows})
    assert {turn.role.value for turn in unnamed.turns} == {"unknown"}


def times(source: Source) -> list[float | None]:
    return [turn.said_at for turn in source.turns if turn.quotable()]
