import pytest
from pydantic import ValidationError

from assistant.quotes import Quote
from knowledge.model.errors import SpanError
from knowledge.model.provenance import Provenance
from tests.invented import BEES, labelled_source

SOURCE = labelled_source(BEES, "bees", url="https://www.youtube.com/watch?v=abc")


def place(words: str) -> tuple[int, int]:
    start = SOURCE.text.index(words)
    return start, start + len(words)


def quote(words: str) -> Quote:
    start, end = place(words)
    return Quote(source=SOURCE, start=start, end=end)


def test_the_words_are_read_from_the_source() -> None:
    assert quote("Ants follow a smell on the ground.").text == "Ants follow a smell on the ground."
    assert "text" not in Quote.model_fields


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10_000), (10_000, 10_001)], ids=str)
def test_no_quote_exists_outside_its_source(start: int, end: int) -> None:
    with pytest.raises((SpanError, ValidationError)):
        Quote(source=SOURCE, start=start, end=end)


def test_an_interviewers_words_are_no_quote() -> None:
    with pytest.raises((SpanError, ValidationError), match="not known to be the subject"):
        quote("Why do bees dance at all?")


def test_a_quote_does_not_run_from_one_turn_into_the_next() -> None:
    start, _ = place("Nobody taught them that.")
    _, end = place("Do you think ants do something like it?")
    with pytest.raises((SpanError, ValidationError), match="end of a turn"):
        Quote(source=SOURCE, start=start, end=end)


def test_a_report_is_no_quote() -> None:
    report = labelled_source(BEES, "report", provenance=Provenance.REPORT)
    start, end = place("Ants follow a smell on the ground.")
    with pytest.raises((SpanError, ValidationError)):
        Quote(source=report, start=start, end=end)


def test_the_id_depends_on_the_file_and_the_place_only() -> None:
    same = labelled_source(BEES, "renamed", title="Another title")
    start, end = place("Ants follow a smell on the ground.")
    assert Quote(source=same, start=start, end=end).id == quote("Ants follow a smell on the ground.").id
    assert quote("The smell fades, so the path is always fresh.").id != Quote(source=same, start=start, end=end).id


def test_the_attribution_says_who_asked_when_and_where() -> None:
    told = quote("Ants follow a smell on the ground.").attribution
    assert (told.speaker, told.asked_by, told.date, told.venue) == ("Mira Vane", "Tom Reed", "2021-05", "Field Notes")
    assert told.asked == "Do you think ants do something like it?"


def test_the_sentences_beside_a_quote_are_slices_of_its_turn() -> None:
    said = quote("Ants follow a smell on the ground.")
    assert (said.before, said.after) == (
        "I do not think ants dance.",
        "The smell fades, so the path is always fresh.",
    )


def test_what_stands_beside_a_quote_is_never_the_interviewers() -> None:
    assert quote("I do not think ants dance.").before is None
    assert quote("The smell fades, so the path is always fresh.").after is None


def test_the_dump_has_the_contracts_shape() -> None:
    dumped = quote("Ants follow a smell on the ground.").model_dump(mode="json")
    assert list(dumped) == [
        "id",
        "text",
        "before",
        "after",
        "start",
        "end",
        "speaker",
        "certainty",
        "asked",
        "asked_by",
        "said_at",
        "source",
    ]
    assert list(dumped["source"]) == ["id", "title", "date", "venue", "url", "language", "provenance", "sha256"]
    assert SOURCE.text[dumped["start"] : dumped["end"]] == dumped["text"]
