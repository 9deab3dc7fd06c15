import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant import Answer, Assistant, Filters, Order, Settings
from assistant.answers import Coverage, NumberedQuote, Step, numbered
from assistant.exceptions import QuestionRefused
from assistant.question.questions import MAX_CHARACTERS, clean_question, language_of
from assistant.quotes import Quote
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import BEES, MIRA, TIDES, labelled_source


def test_a_question_is_answered_in_the_subjects_words_alone(assistant: Assistant) -> None:
    answer = assistant.ask("How do ants find their way?")
    assert answer.answered
    best = answer.quotes[0].quote
    assert "Ants follow a smell on the ground." in best.text
    for shown in answer.quotes:
        source = assistant.library.source(shown.quote.source.id)
        assert source.text[shown.quote.start : shown.quote.end] == shown.quote.text
        assert shown.quote.turn.speaker == "Mira Vane"


def test_the_interviewers_words_match_best_and_still_are_not_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Would you build a tide mill today?")
    assert answer.answered
    assert all("Would you build" not in shown.quote.text for shown in answer.quotes)


def test_nothing_said_is_said_so(assistant: Assistant) -> None:
    answer = assistant.ask("What is the capital gains tax in Peru?")
    assert not answer.answered
    assert answer.reason == "no_evidence"
    assert answer.coverage == Coverage(sources=2, since="2021-05", until="2023-11")


def test_an_empty_library_abstains(empty_assistant: Assistant) -> None:
    answer = empty_assistant.ask("Why do bees dance?")
    assert (answer.answered, answer.coverage.sources) == (False, 0)


def test_the_stream_tells_its_steps_then_quotes_then_the_answer(assistant: Assistant) -> None:
    events = list(assistant.stream("Why do bees dance?"))
    kinds = [type(event) for event in events]
    assert kinds == sorted(kinds, key=[Step, NumberedQuote, Answer].index)
    assert events[-1] == assistant.ask("Why do bees dance?")
    quotes = tuple(event for event in events if isinstance(event, NumberedQuote))
    assert isinstance(events[-1], Answer)
    assert events[-1].quotes == quotes


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("What moves the tides?").model_dump_json() for _ in range(2))
    assert first == second


def test_the_json_has_the_contracts_shape(assistant: Assistant) -> None:
    dumped = json.loads(assistant.ask("Why do bees dance?").model_dump_json())
    assert {"question", "answered", "reason", "selector", "quotes", "coverage"} <= dumped.keys()
    assert dumped["coverage"].keys() == {"sources", "from", "to"}
    assert [quote["number"] for quote in dumped["quotes"]] == list(range(1, len(dumped["quotes"]) + 1))


def test_filters_limit_what_is_quoted(assistant: Assistant) -> None:
    late = assistant.ask("Why do bees dance?", filters=Filters(since="2022"))
    assert all(shown.quote.source.id == "tides" for shown in late.quotes)
    early = assistant.ask("Why do bees dance?", filters=Filters(until="2021"))
    assert early.quotes
    assert all(shown.quote.source.id == "bees" for shown in early.quotes)


def test_quotes_already_shown_are_not_shown_again(assistant: Assistant) -> None:
    first = assistant.ask("Why do bees dance?")
    shown = {numbered.quote.id for numbered in first.quotes}
    more = assistant.ask("Why do bees dance?", exclude=shown)
    assert not shown & {numbered.quote.id for numbered in more.quotes}


def test_by_date_is_oldest_first(assistant: Assistant) -> None:
    answer = assistant.ask("What does she say about ants, bees and tides?", order=Order.DATE)
    dates = [shown.quote.source.date or "" for shown in answer.quotes]
    assert dates == sorted(dates)


def test_two_identical_documents_are_two_records(empty_assistant: Assistant) -> None:
    for name in ("one", "two"):
        empty_assistant.library.add(labelled_source(BEES, name), BEES.encode(), origin=f"{name}.txt")
    empty_assistant.index.sync()
    hits = empty_assistant.search("Why do bees dance?")
    assert {hit.passage.source.id for hit in hits} == {"one", "two"}
    assert len({hit.passage.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "???", "\x00\x01", "\u200b"])
def test_a_blank_question_is_refused_in_one_sentence(assistant: Assistant, blank: str) -> None:
    with pytest.raises(QuestionRefused, match="ask a question"):
        assistant.ask(blank)


def test_an_endless_question_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionRefused, match=f"{MAX_CHARACTERS:,}"):
        assistant.ask("why " * 25_000)


def test_control_characters_do_not_reach_the_answer(assistant: Assistant) -> None:
    assert assistant.ask("Why do\x1b[31m bees\x00 dance?").question == "Why do [31m bees dance?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Will data run out?", "en"),
        ("数据会用完吗", "zh"),
        ("AGI 什么时候到来", "zh"),
        ("What is 数 in scaling laws?", "en"),
    ],
)
def test_tells_the_language(text: str, language: str) -> None:
    assert language_of(clean_question(text)) == language


def test_numbers_and_records_correspond_one_to_one() -> None:
    source = labelled_source(TIDES, "tides")
    start = source.text.index("The moon")
    quote = Quote(source=source, start=start, end=start + 47)
    with pytest.raises(ValidationError, match="twice"):
        Answer(question="q", selector="s", quotes=numbered([quote, quote]), coverage=Coverage(sources=1))
    with pytest.raises(ValidationError, match="numbered"):
        Answer(question="q", selector="s", quotes=(NumberedQuote(number=2, quote=quote),), coverage=Coverage(sources=1))
    with pytest.raises(ValidationError, match="reason"):
        Answer(question="q", selector="s", coverage=Coverage(sources=1))


def test_a_fresh_folder_knows_the_quotation_book_and_prepares_it_once(
    book_home: Path, embeddings: BilingualEmbeddings
) -> None:
    settings = Settings(home=book_home)
    first = Assistant.open(settings, embeddings=embeddings)
    assert first.coverage().sources >= 8
    assert first.ask("Why did OpenAI give up on robotics?").answered
    heard: list[int] = []
    Assistant.open(settings, embeddings=embeddings, progress=lambda done, total: heard.append(done))
    assert heard == []


def test_an_unwritable_home_is_one_clear_sentence(tmp_path: Path) -> None:
    from knowledge.model.errors import LibraryUnavailable

    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(LibraryUnavailable, match="ILYA_HOME"):
        Assistant.open(Settings(home=blocked / "home"), subject=MIRA)
