"""What was searched follows the filters, the dates in the question, and the turns that filters tell apart."""

import pytest

from assistant import Assistant, Filters
from assistant.answers import Coverage
from assistant.records.saved_answers import Records
from tests.invented import BEES, labelled_source
from ui.rendering.answer_texts import texts
from ui.rendering.framing import coverage_line


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, (2, "2021-05", "2023-11")),
        ({"since": "2022"}, (1, "2023-11", "2023-11")),
        ({"until": "2022"}, (1, "2021-05", "2021-05")),
        ({"since": "2024"}, (0, None, None)),
        ({"since": "2023", "until": "2021"}, (0, None, None)),
        ({"sources": ("bees",)}, (1, "2021-05", "2021-05")),
        ({"without": ("bees",)}, (1, "2023-11", "2023-11")),
        ({"sources": ("bees",), "without": ("bees",)}, (0, None, None)),
        ({"venues": ("Nowhere",)}, (0, None, None)),
        ({"languages": ("zh",)}, (0, None, None)),
        ({"languages": ("en",)}, (2, "2021-05", "2023-11")),
    ],
)
def test_an_answer_tells_what_was_searched_for_it(
    assistant: Assistant, filters: dict[str, object], expected: tuple[object, ...]
) -> None:
    answer = assistant.ask("Why do bees dance?", filters=Filters(**filters))  # type: ignore[arg-type]
    assert (answer.coverage.sources, answer.coverage.since, answer.coverage.until) == expected
    assert {one.quote.source.id for one in answer.quotes} <= {"bees", "tides"} - set(filters.get("without", ()))  # type: ignore[call-overload]


def test_the_dates_of_the_question_count_too(assistant: Assistant) -> None:
    assert assistant.ask("What did she say about the tides in 2023?").coverage.since == "2023-11"


def test_a_source_counts_where_any_of_its_turns_is_in_the_language(empty_assistant: Assistant) -> None:
    source = labelled_source(BEES, "bees")
    turns = tuple(
        turn.model_copy(update={"language": "zh"}) if number == 1 else turn for number, turn in enumerate(source.turns)
    )
    empty_assistant.library.add(source.model_copy(update={"turns": turns}), BEES.encode(), origin="bees.txt")
    empty_assistant.index.sync()
    assert empty_assistant.ask("Why do bees dance?", filters=Filters(languages=("zh",))).coverage.sources == 1


def test_a_saved_answer_remembers_that_filters_left_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Why do bees dance?", filters=Filters(since="2024"))
    records = Records(assistant.library)
    saved = records.answer(records.save(answer))
    assert saved is not None
    assert saved.coverage == answer.coverage
    assert coverage_line(saved.coverage, texts("en")).startswith("No source was searched")


@pytest.mark.parametrize(
    ("since", "until", "impossible"),
    [
        ("2025", "2020", True),
        ("2025", "2025", False),
        ("2025-03", "2025", False),
        ("2025", "2025-01", False),
        ("2025-03", "2025-02", True),
        (None, "2020", False),
    ],
)
def test_a_range_that_ends_before_it_begins_is_known(since: str | None, until: str, impossible: bool) -> None:
    assert Filters(since=since, until=until).impossible is impossible


@pytest.mark.parametrize(
    ("coverage", "telling"),
    [
        (Coverage(sources=0), "nothing quotable"),
        (Coverage(sources=0, filtered=True), "No source was searched"),
        (Coverage(sources=1, since="2021-05", until="2021-05"), "one source, May 2021."),
        (Coverage(sources=3), "3, without a known date"),
        (Coverage(sources=2, since="2021-05", until="2023"), "2 sources, May 2021 to 2023."),
    ],
)
def test_the_line_says_what_was_searched(coverage: Coverage, telling: str) -> None:
    assert telling in coverage_line(coverage, texts("en"))
    assert coverage_line(coverage, texts("zh"))
