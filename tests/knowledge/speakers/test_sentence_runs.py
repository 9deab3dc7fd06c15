"""Decisions by sentence numbers: typed, or a whole review from a file; runs go over turns, never through a sentence."""

import json

import pytest

from knowledge.model.errors import SourceRefused, SpanError
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from knowledge.readers import read
from knowledge.speakers.review import confirm
from knowledge.speakers.sentence_runs import Run, decisions_on, numbered_sentences, numbers_of, runs_of_file
from knowledge.speakers.solo_talks import as_talk
from tests.invented import MIRA

HERONS = (
    "WEBVTT\n\n00:00.000 --> 00:09.000\n>> Do you watch the herons? Why?\n\n"
    "00:09.000 --> 00:19.000\n>> Yes, I count them. I write their number down. And do you miss one?\n"
)


def herons() -> Source:
    return read(HERONS.encode(), origin="herons.vtt", source_id="herons", subject=MIRA)


def test_every_sentence_has_a_number_and_runs_are_split_where_turns_end() -> None:
    source = herons()
    texts = [source.text[one.span.start : one.span.end] for one in numbered_sentences(source)]
    assert texts == [
        "Do you watch the herons?", "Why?", "Yes, I count them.", "I write their number down.", "And do you miss one?",
    ]  # fmt: skip
    runs = runs_of_file(
        json.dumps(
            [
                {"first": 1, "last": 2, "role": "other", "speaker": "Ana Sol"},
                {"first": 3, "last": 4, "role": "subject"},
                {"first": 5, "last": 5, "role": "other", "speaker": "Ana Sol"},
            ]
        )
    )
    reviewed = confirm(source, decisions_on(source, runs, MIRA))
    assert [(turn.role, turn.speaker, reviewed.text[turn.start : turn.end]) for turn in reviewed.turns] == [
        (Role.OTHER, "Ana Sol", "Do you watch the herons? Why?"),
        (Role.SUBJECT, "Mira Vane", "Yes, I count them. I write their number down."),
        (Role.OTHER, "Ana Sol", "And do you miss one?"),
    ]
    assert {turn.certainty for turn in reviewed.turns} == {Certainty.REVIEWED}
    whole = decisions_on(source, [Run(first=1, last=5, role=Role.OTHER)], MIRA)
    assert len(whole) == 2


@pytest.mark.parametrize("typed", ["", "a", "3-", "0", "9-3", "1;2"])
def test_what_names_no_sentences_is_refused(typed: str) -> None:
    with pytest.raises(SpanError, match="names no sentences"):
        numbers_of(typed)


@pytest.mark.parametrize(
    ("text", "where"),
    [("{", ""), ("{}", ""), ('[{"first": 1, "last": 2, "role": "host"}]', "entry 1"), ('[{"first": 1}]', "entry 1")],
)
def test_a_file_of_runs_that_is_none_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(SpanError, match=f"not as it should be.*{where}"):
        runs_of_file(text)


def test_numbers_beyond_the_last_sentence_are_refused() -> None:
    with pytest.raises(SpanError, match="counted 1 to 5"):
        decisions_on(herons(), [Run(first=4, last=6, role=Role.SUBJECT)], MIRA)


def test_background_that_a_person_says_is_hers_becomes_quotable_as_printed_words() -> None:
    article = "The keeper met us at the shore.\n\nI count the herons every morning, she told us.\n\nIt rained.\n"
    source = read(article.encode(), origin="a.txt", source_id="a", subject=MIRA)
    assert source.provenance is Provenance.REPORT
    reviewed = confirm(source, decisions_on(source, [Run(first=2, last=2, role=Role.SUBJECT)], MIRA))
    assert [turn.provenance for turn in reviewed.turns if turn.quotable()] == [Provenance.QUOTATION]


def test_what_shows_itself_to_be_no_record_of_speech_is_never_made_hers() -> None:
    rewritten = "---\ntitle: Herons\nllm: gpt-4\n---\n\n" + "\n\n".join(
        f"{name}: So I think you know the {thing} is what I watch, and we count it."
        for name, thing in [
            ("Tom Reed", "tide"),
            ("Mira Vane", "heron"),
            ("Tom Reed", "sand"),
            ("Mira Vane", "sea"),
            ("Tom Reed", "sky"),
        ]
    )
    source = read(rewritten.encode(), origin="r.md", source_id="r", subject=MIRA)
    assert source.quotable_words() == 0
    with pytest.raises(SourceRefused, match="not a record"):
        as_talk(source, MIRA)
    with pytest.raises(SpanError, match="no record of speech"):
        confirm(source, decisions_on(source, [Run(first=2, last=2, role=Role.SUBJECT)], MIRA))
