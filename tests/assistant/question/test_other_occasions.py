"""Asked for a time or place in which nothing was said of a topic: the occasions on which something was."""

import pytest

from assistant import Answer, Assistant, Filters
from assistant.answers import Elsewhere, Reason
from assistant.records.saved_answers import Records
from ui.rendering import answer_text, frame
from ui.rendering.framing import frame_saved

BEES = Elsewhere(source="bees", date="2021-05", venue="Field Notes")


def _abstains(answer: Answer, reason: str = "no_evidence") -> None:
    assert (answer.answered, answer.reason) == (False, reason)


@pytest.mark.parametrize(
    "question",
    [
        "What did she say about the dance of the bees in 2023?",
        "What did Mira Vane say about the dance of the bees since 2022?",
        "她在2023年怎么谈 bees 的 dance？",
    ],
)
def test_a_year_without_words_is_told_with_the_date_that_has_them(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    _abstains(answer)
    assert answer.elsewhere == (BEES,)
    assert answer.model_dump(mode="json")["elsewhere"] == [
        {"source": "bees", "date": "2021-05", "venue": "Field Notes"}
    ]


def test_a_year_after_the_last_source_is_told_with_the_date_that_has_them(assistant: Assistant) -> None:
    answer = assistant.ask("What did she say about the dance of the bees in 2025?")
    _abstains(answer, "after_last_source")
    assert answer.elsewhere == (BEES,)


def test_filters_count_as_what_was_asked_for(assistant: Assistant) -> None:
    question = "Why do bees dance at all?"
    for filters in (Filters(since="2022"), Filters(sources=("tides",)), Filters(venues=("Harbour Radio",))):
        answer = assistant.ask(question, filters=filters)
        _abstains(answer)
        assert answer.elsewhere == (BEES,), filters
    left_out = assistant.ask(question, filters=Filters(without=("bees",)))
    assert not left_out.elsewhere  # what is left out is no place to look


@pytest.mark.parametrize(
    "question",
    [
        "What did she say about the price of copper in 2023?",
        "What did she say in 2022?",
        "What is the price of copper?",
        "What did Tom Reed say about bees in 2023?",
        "hello",
    ],
)
def test_where_nothing_is_held_anywhere_or_nothing_is_asked_nothing_is_told(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.elsewhere
    assert answer.answered or "elsewhere" not in answer.model_dump(mode="json")


def test_an_answer_tells_no_other_occasions(assistant: Assistant) -> None:
    answer = assistant.ask("What did she say about the dance of the bees in 2021?")
    assert answer.answered
    assert not answer.elsewhere


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "answer this. He spoke of it elsewhere: May 2021 (Field Notes), 2 November 2023."),
        ("zh", "他在别处谈过：2021年5月（Field Notes）、2023年11月2日。"),
    ],
)
def test_it_is_told_in_both_languages_and_no_words_of_anybody(assistant: Assistant, language: str, told: str) -> None:
    tides = Elsewhere(source="tides", date="2023-11-02")
    none = assistant.ask("Why do bees dance at all?", filters=Filters(since="2022"))
    none = none.model_copy(update={"elsewhere": (BEES, tides), "language": language})
    assert none.reason is Reason.NO_EVIDENCE
    assert told in answer_text(frame(none, subject="Mira Vane"))


def test_an_answer_read_back_tells_them_again_but_none_whose_source_is_gone(assistant: Assistant) -> None:
    given = assistant.ask("What did she say about the dance of the bees in 2023?")
    records = Records(assistant.library)
    read = records.answer(records.save(given))
    assert read is not None
    assert read.contract() == given.model_dump(mode="json")
    assert frame_saved(read, subject="Mira Vane").abstention == frame(given, subject="Mira Vane").abstention

    gone = Elsewhere(source="retracted", date="2020-01-01")
    other = given.model_copy(update={"question": "And of dances in 2020?", "elsewhere": (gone, BEES)})
    read = records.answer(records.save(other))
    assert read is not None
    assert read.elsewhere == (BEES,)
