"""Names that a file lists once, rows that give them by number, and rows whose words are called `body` or `voice`."""

import json
from typing import Any

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import quotable_text

SAID = [("Tom Reed", "Why bees?"), ("Mira Vane", "I like them."), ("Tom Reed", "And then?"), ("Mira Vane", "I sleep.")]
Json = dict[str, Any]
HERS = "I like them.\nI sleep."


def read_value(value: Any) -> Source:
    return read(json.dumps(value).encode(), origin="talk.json", source_id="talk", subject=MIRA)


def rev(names: list[str]) -> Json:
    monologues = [
        {"speaker": n % 2, "elements": [{"type": "text", "value": word, "ts": 5 * n + i / 4}
                                        for i, word in enumerate(text.split())]}
        for n, (_, text) in enumerate(SAID)
    ]  # fmt: skip
    return {"speakers": [{"id": n, "name": name} for n, name in enumerate(names)], "monologues": monologues}


def gong() -> Json:
    turns = [
        {"speakerId": "7788"[2 * (n % 2) :][:2], "topic": None, "sentences": [{"start": 5000 * n, "text": text}]}
        for n, (_, text) in enumerate(SAID)
    ]
    parties = [{"speakerId": "77", "name": "Tom Reed"}, {"speakerId": "88", "name": "Mira Vane"}]
    return {"parties": parties, "callTranscripts": [{"transcript": turns}]}


FILES: dict[str, Any] = {
    "Rev": rev(["Tom Reed", "Mira Vane"]),
    "Gong": gong(),
    "Podlove": [
        {"start": f"00:00:0{n}.000", "start_ms": 1000 * n, "speaker": "", "voice": who, "text": text}
        for n, (who, text) in enumerate(SAID)
    ],
    "Podcasting 2.0": {"version": "1.0.0", "segments": [
        {"speaker": who, "startTime": 5.0 * n, "endTime": 5.0 * n + 4, "body": text}
        for n, (who, text) in enumerate(SAID)
    ]},
}  # fmt: skip


@pytest.mark.parametrize("service", FILES)
def test_listed_names_are_labels(service: str) -> None:
    assert quotable_text(read_value(FILES[service])) == HERS


def test_a_number_with_two_names_stays_a_number() -> None:
    value = rev(["Tom Reed", "Mira Vane"])
    value["speakers"].append({"id": 1, "name": "Ana Sol"})
    assert quotable_text(read_value(value)) == ""


def test_words_whose_number_is_listed_as_anothers_are_nobodys() -> None:
    rows = [
        {"speaker": who, "start": 5 * n, "text": text,
         "words": [{"word": word, "start": 5 * n, "speaker": 0} for word in text.split()]}
        for n, (who, text) in enumerate(SAID)
    ]  # fmt: skip
    value = {"speakers": [{"id": 0, "name": "Tom Reed"}, {"id": 1, "name": "Mira Vane"}], "segments": rows}
    assert quotable_text(read_value(value)) == ""


FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
    '<item><title>Bees</title><podcast:transcript url="https://hive.example/bees.vtt" type="text/vtt"/></item>'
    "</channel></rss>"
)


def test_a_feed_is_refused_with_the_address_of_its_transcript() -> None:
    with pytest.raises(SourceRefused, match=r"ilya add https://hive\.example/bees\.vtt"):
        read(FEED.encode(), origin="feed.xml", source_id="feed", subject=MIRA)


@pytest.mark.parametrize(
    "text", ["<?xml version='1.0'?><bees><bee>Mira Vane: I draw.</bee></bees>", "<feed><entry/></feed>a"]
)
def test_other_xml_is_refused(text: str) -> None:
    with pytest.raises(SourceRefused, match=r"save its text as \.txt"):
        read(text.encode(), origin="x.xml", source_id="x", subject=MIRA)
