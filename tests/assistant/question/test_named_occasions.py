"""Questions that name when, where or to whom the words were said."""

from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, Filters
from assistant.question.intent import Intent, read_intent
from assistant.question.named_occasions import named_occasion
from assistant.question.questions import names_topic
from knowledge.library.store import Library, SourceSummary
from tests.invented import BEES, MIRA, TIDES, labelled_source

HELD = [
    SourceSummary.of(labelled_source(BEES, "bees", venue="Field Notes Podcast (The Meadow Club) #94")),
    SourceSummary.of(labelled_source(TIDES, "tides", venue="HarbourCon 2023", date="2023-11-02")),
    SourceSummary.of(labelled_source(BEES, "later", venue="Field Notes", date="2024")),
    SourceSummary.of(labelled_source("Mira Vane: Bees dance.", "ear", venue="Ear on B.E.E.")),
]


@pytest.mark.parametrize(
    ("question", "sources", "rest"),
    [
        ("What did she say at HarbourCon 2023 about mills?", ("tides",), "What did she say about mills?"),
        ("What did she say at harbourcon?", ("tides",), "What did she say?"),
        ("What did Mira tell Ana Sol about mills?", ("tides",), "What did Mira say about mills?"),
        ("What did Mira tell Ana about mills?", ("tides",), "What did Mira say about mills?"),
        ("What did she say in the Field Notes interview?", ("bees", "later"), "What did she say?"),
        ("What did she say in Tom's podcast on ants?", ("bees", "later"), "What did she say on ants?"),
        ("Her talk to the Meadow Club about honey", ("bees",), "Her talk about honey"),
        ("What did she say to the Meadow Club about honey?", ("bees",), "What did she say about honey?"),
        ("她在 HarbourCon 上说了什么？", ("tides",), "她 说了什么？"),
        ("What did she say on Ear on BEE?", ("ear",), "What did she say?"),
        ("What did she say about Ana Sol?", None, None),
        ("What did she say at NowhereConf?", None, None),
        ("What did she say about field notes?", None, None),
    ],
)
def test_an_occasion_is_found_by_its_names(question: str, sources: tuple[str, ...] | None, rest: str | None) -> None:
    assert (named_occasion(question, HELD) or (None, None)) == (sources, rest)


POSTED = [
    *HELD,
    SourceSummary.of(labelled_source(BEES, "posts", venue="X").model_copy(update={"medium": "post"})),
    SourceSummary.of(labelled_source(TIDES, "mail", venue="E-mail").model_copy(update={"medium": "letter"})),
]


@pytest.mark.parametrize(
    ("question", "sources", "rest"),
    [
        ("What did she write on Twitter about bees?", ("posts",), "What did she write about bees?"),
        ("What did she tweet about bees?", ("posts",), "What did she say about bees?"),
        ("What did she post on X about honey?", ("posts",), "What did she say about honey?"),
        ("她在推特上怎么说蜜蜂？", ("posts",), "她 怎么说蜜蜂？"),
        ("What did she say in her e-mail to Tom Reed about tides?", ("mail",), "What did she say about tides?"),
        ("What did she say about post-training at HarbourCon?", ("tides",), "What did she say about post-training?"),
        ("What did she testify about bees?", None, None),  # nothing of that kind is held
    ],
)
def test_a_medium_is_an_occasion_where_something_of_it_is_held(
    question: str, sources: tuple[str, ...] | None, rest: str | None
) -> None:
    assert (named_occasion(question, POSTED) or (None, None)) == (sources, rest)


def test_a_library_keeps_the_medium_of_its_sources(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "posts").model_copy(update={"medium": "post"}), BEES.encode(), origin="posts.txt")
    assert [one.medium for one in library.summaries()] == ["post"]


def test_a_letter_or_a_number_names_no_occasion() -> None:
    held = [SourceSummary.of(labelled_source("A: Why?\nMira Vane: Because.", "magazine", venue="1843"))]
    for question in (
        "What did she say in a talk about bees?",
        "What did she say at last?",
        "What did she say in 1843?",
    ):
        assert named_occasion(question, held) is None
    held = [SourceSummary.of(labelled_source("A: Why?\nMira Vane: Because.", "show", venue="a16z"))]
    assert named_occasion("What did she say on a16z?", held) == (("show",), "What did she say?")


def read(question: str) -> Intent:
    return read_intent(question, subject=MIRA, last_source="2024", today=date(2026, 6, 1), held=HELD)


def test_an_occasion_narrows_the_search_unless_the_reader_narrowed_it() -> None:
    intent = read("What did she say at HarbourCon in 2023 about mills?")
    assert (intent.topic, intent.is_open) == ("What did she say about mills?", False)
    narrowed = intent.narrow(Filters())
    assert (narrowed.sources, narrowed.since, narrowed.until) == (("tides",), "2023", "2023")
    given = Filters(venues=("Field Notes",), since="2020")
    assert intent.narrow(given) == given


def test_a_question_for_whatever_was_said_there_is_open() -> None:
    assert read("What did she say at HarbourCon?").is_open
    assert read("What did Mira say in 2023?").is_open
    assert not read("What did Mira say about mills in 2023?").is_open
    assert not read("What did Mira say?").is_open


def test_words_name_a_topic_when_they_hold_all_of_it() -> None:
    assert names_topic("A tide mill knows its timetable.", "What did Mira say about tide mills?", MIRA)
    assert not names_topic("The moon pulls the water.", "What did Mira say about tide mills?", MIRA)
    assert not names_topic("The moon pulls the water.", "What did Mira say?", MIRA)
    assert names_topic("There is enough data.", "她怎么看数据？", MIRA)
    assert not names_topic("There is enough data.", "她怎么看数据和火山？", MIRA)


def quoted(assistant: Assistant, question: str, filters: Filters = Filters()) -> list[str]:
    return [shown.quote.source.id for shown in assistant.ask(question, filters=filters).quotes]


def test_what_she_said_there_is_answered_from_there(assistant: Assistant) -> None:
    assert quoted(assistant, "Why do bees dance?") == ["bees"]
    assert set(quoted(assistant, "What did Mira tell Ana Sol?")) == {"tides"}
    assert set(quoted(assistant, "What did Mira say in 2023?")) == {"tides"}
    assert quoted(assistant, "What did Mira tell Tom Reed about ants?") == ["bees"]


def test_nothing_is_quoted_where_she_did_not_speak_of_it(assistant: Assistant) -> None:
    """The best of a narrowed search is no answer because it is the best there."""
    assert quoted(assistant, "What did Mira say about bees in 2023?") == []
    assert quoted(assistant, "What did Mira tell Ana Sol about bees?") == []
    assert quoted(assistant, "Why do bees dance?", Filters(sources=("tides",))) == []
    assert quoted(assistant, "What did Mira say about water?", Filters(sources=("tides",))) == ["tides"]


def test_a_source_is_searched_however_many_others_there_are(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.retrieval.retriever._CANDIDATES", 1)
    assert quoted(assistant, "What does the moon do to the water?", Filters(sources=("tides",))) == ["tides"]
    assert quoted(assistant, "What did Mira tell Tom Reed about honey?") == ["bees"]
