"""Data whose fields name different speakers: the nearer label wins, and where two disagree the words are nobody's."""

import json
from typing import Any

import pytest

from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import quotable_text

Json = dict[str, Any]
HERS = "I watch them dance at noon."
STRANGE = "Strangers never saw a hive."
ASKED = "Why do bees dance?"


def read_value(value: Any) -> Source:
    return read(json.dumps(value).encode(), origin="talk.json", source_id="talk", subject=MIRA)


def words(text: str, speaker: object, start: float, **more: object) -> list[Json]:
    return [
        {"word": word, "start": start + n / 4, "end": start + n / 4 + 0.2, "speaker": speaker, **more}
        for n, word in enumerate(text.split())
    ]


def row(speaker: object, text: str, start: float, **more: object) -> Json:
    return {"speaker": speaker, "text": text, "start": start, "end": start + 5, **more}


TALK = [row("Tom Reed", ASKED, 0), row("Mira Vane", HERS, 10), row("Tom Reed", "And then?", 20)]
BOTH = f"{HERS} {STRANGE}"
LEAKS: dict[str, Any] = {
    "all words another's": [*TALK, row("Mira Vane", STRANGE, 30, words=words(STRANGE, "Tom Reed", 30))],
    "some words another's": [
        *TALK,
        row("Mira Vane", BOTH, 30, words=[*words(HERS, "Mira Vane", 30), *words(STRANGE, "Tom Reed", 33)]),
    ],
    "words with two numbers": [
        *TALK, row("Mira Vane", BOTH, 30, words=[*words(HERS, 1, 30), *words(STRANGE, 0, 33)]),
    ],
    "a number that is another's elsewhere": [
        row("Tom Reed", ASKED, 0, words=words(ASKED, 0, 0)),
        row("Mira Vane", HERS, 10, words=words(HERS, 1, 10)),
        row("Mira Vane", STRANGE, 20, words=words(STRANGE, 0, 20)),
    ],
    "two fields of one row": [*TALK, row("Mira Vane", STRANGE, 30, speaker_name="Tom Reed")],
    "an object and a field": [*TALK, row({"name": "Mira Vane"}, STRANGE, 30, name="Tom Reed")],
    "named above all rows": {"speaker": "Mira Vane", "segments": [{"text": STRANGE, "start": 1}]},
    "named above some rows": {
        "speaker": "Mira Vane",
        "segments": [{"text": STRANGE, "start": 1}, row("Tom Reed", ASKED, 10), {"text": STRANGE, "start": 20}],
    },
    "named above the rows of each part": [
        {"speaker": "Mira Vane", "segments": [{"text": STRANGE, "start": 1}, {"text": ASKED, "start": 5}]},
        {"speaker": "Tom Reed", "segments": [{"text": ASKED, "start": 10}]},
    ],
    "named above single words": {"speaker": "Mira Vane", "words": [
        {"word": word, "start": n / 4} for n, word in enumerate(STRANGE.split())
    ]},
    "named above words of others": [
        {"speaker": who, "elements": [{"type": "text", "value": word, "ts": at + n / 4, "speaker": inner}
                                      for n, word in enumerate(text.split())]}
        for at, who, inner, text in [
            (0, "Tom Reed", "Tom Reed", ASKED), (10, "Mira Vane", "Mira Vane", HERS),
            (20, "Tom Reed", "Tom Reed", "So?"), (30, "Mira Vane", "Ana Sol", STRANGE),
        ]
    ],
    "replies without a name": [*TALK, row("Mira Vane", HERS, 30, replies=[{"text": STRANGE * 9, "time": "00:31"}])],
    "replies of replies": [
        row("Mira Vane", HERS, 1,
            replies=[{"message": STRANGE * 9, "ts": 2, "replies": [{"message": STRANGE, "ts": 3}]}])
    ],
    "role play": [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "name": "Mira Vane", "content": STRANGE},
    ],
    "role play with times": {"messages": [
        {"role": "user", "name": "Tom Reed", "content": ASKED, "timestamp": 1},
        {"role": "assistant", "name": "Mira Vane", "content": STRANGE, "timestamp": 2},
    ]},
    "author with a role": [
        {"author": {"role": "assistant", "name": "m"}, "speaker": "Mira Vane", "text": STRANGE, "start": 2},
        row("Tom Reed", ASKED, 4),
    ],
    "a header that names a model": {"generated_by": "gpt-4", "segments": [*TALK, row("Mira Vane", STRANGE, 30)]},
}  # fmt: skip


@pytest.mark.parametrize("kind", LEAKS)
def test_words_of_others_are_not_the_subjects(kind: str) -> None:
    assert "Strangers" not in quotable_text(read_value(LEAKS[kind]))


@pytest.mark.parametrize("kind", [kind for kind in LEAKS if kind.startswith("role") or "model" in kind])
def test_a_chat_with_a_model_is_a_report(kind: str) -> None:
    source = read_value(LEAKS[kind])
    assert source.provenance is Provenance.REPORT
    assert any("not a record of what was said" in note for note in source.notes)


def test_a_table_with_roles_of_a_chat_is_a_report() -> None:
    text = f"role,name,text\nuser,Tom Reed,{ASKED}\nassistant,Mira Vane,{STRANGE}\n"
    source = read(text.encode(), origin="chat.csv", source_id="chat", subject=MIRA)
    assert source.provenance is Provenance.REPORT


AGREE: dict[str, Any] = {
    "words that agree": [
        row(who, text, at, words=words(text, who, at))
        for who, text, at in [("Tom Reed", ASKED, 0), ("Mira Vane", HERS, 9)]
    ],
    "words with numbers of their own": [
        row("Tom Reed", ASKED, 0, words=words(ASKED, 0, 0)), row("Mira Vane", HERS, 9, words=words(HERS, 1, 9)),
    ],
    "words with the first name": [*TALK[:1], row("Mira Vane", HERS, 9, words=words(HERS, "Mira", 9))],
    "a number beside a name": [
        {**row(0, ASKED, 0), "speaker_name": "Tom Reed"}, {**row(1, HERS, 9), "speaker_name": "Mira Vane"},
    ],
    "named above each turn": [
        {"speaker": who, "sentences": [{"text": text, "start": at}]} for who, text, at in
        [("Tom Reed", ASKED, 0), ("Mira Vane", HERS, 9), ("Tom Reed", "So?", 20)]
    ],
    "a reply beside her words": [*TALK, row("Tom Reed", ASKED, 30, replies=[{"text": "So", "time": "00:31"}])],
    "roles of people": [{**row("Tom Reed", ASKED, 0), "role": "host"}, {**row("Mira Vane", HERS, 9), "role": "guest"}],
}  # fmt: skip


@pytest.mark.parametrize("kind", AGREE)
def test_words_whose_labels_agree_stay_hers(kind: str) -> None:
    assert quotable_text(read_value(AGREE[kind])) == HERS
