"""A page that keeps its transcript as data for its own script, as TED's do: words, times and day stand there."""

import json

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map

CUES = [
    {
        "cues": [
            {"time": 500, "text": "Bees dance\nto “point” at flowers."},
            {"time": 4200, "text": "Nobody taught them."},
        ]
    },
    {"cues": [{"time": 9000, "text": "Ants follow a smell. It fades, and they start again every single day."}]},
]
SAID = "Bees dance to “point” at flowers. Nobody taught them. Ants follow a smell."


def page(data: str) -> bytes:
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    head = '<title>Mira Vane: On bees | Talks</title><meta property="og:title" content="Mira Vane: On bees">'
    return f"<!DOCTYPE html><html><head>{head}</head><body><p>Watch next</p>{script}</body></html>".encode()


def props(**more: object) -> str:
    return json.dumps({"props": {"pageProps": {"transcriptData": {"translation": {"paragraphs": CUES}}, **more}}})


def read_page(raw: bytes) -> Source:
    source = read(raw, origin="talk.html", source_id="talk", subject=MIRA)
    check_map(source, raw)
    return source


def test_the_transcript_in_a_pages_data_is_read_with_times_title_and_day() -> None:
    source = read_page(page(props(videoData={"recordedOn": "2023-10-17", "title": "On bees"})))
    assert " ".join(source.text.split()).startswith(SAID)
    assert "Watch next" not in source.text
    assert (source.title, source.date) == ("Mira Vane: On bees", "2023-10-17")
    assert [source.said_at(source.text.index(word)) for word in ("Bees", "Nobody", "Ants")] == [0.5, 4.2, 9.0]
    assert source.quotable_words() == 0  # it does not say who speaks


@pytest.mark.parametrize("shape", [lambda cues: cues, lambda cues: {"data": {"translation": cues}}])
def test_the_data_alone_is_read_as_well(shape: object) -> None:
    raw = json.dumps(shape({"paragraphs": CUES})).encode()  # type: ignore[operator]
    source = read(raw, origin="talk.json", source_id="talk", subject=MIRA)
    assert " ".join(source.text.split()).startswith(SAID)
    assert source.said_at(source.text.index("Ants")) == 9.0


def test_a_page_with_other_data_is_a_page() -> None:
    raw = page('{"props": {"related": [{"text": "no cues here"}]}}')
    assert "Watch next" in read(raw, origin="x.html", source_id="x", subject=MIRA).text


def test_damaged_data_are_told() -> None:
    with pytest.raises(SourceRefused, match="damaged"):
        read(page(props()[:-40].replace("Ants", '"cues"') + "}"), origin="x.html", source_id="x", subject=MIRA)
