"""One utterance held in several versions is one place of the ranking, its best version."""

import re

from assistant import Assistant
from assistant.question.filters import Filters
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.search.duplicate_passages import Version, better_versions
from knowledge.search.terms import terms
from tests.invented import BEES, labelled_source

SAID = "Bees dance to point at flowers. The angle of the dance is the angle of the sun. Nobody taught them that."


def excerpt(source_id: str = "book") -> Source:
    """A book that holds one utterance of the bee interview, under a question of its own."""
    source = labelled_source(f"Mira Vane: {SAID}\n", source_id, provenance=Provenance.QUOTATION)
    turns = tuple(turn.model_copy(update={"question": "How do bees tell the way?"}) for turn in source.turns)
    return source.model_copy(update={"turns": turns})


def version(source_id: str, *quality: int, appearance: str | None = None) -> Version:
    excerpted, kind, held = quality
    return Version(source_id, appearance, (excerpted, kind, held))


def test_a_quotation_is_ranked_as_the_transcript_that_holds_it(assistant: Assistant) -> None:
    assistant.library.add(excerpt(), b"book", origin="book.txt")
    assistant.index.sync()
    found = [(hit.passage.source.id, hit.passage.text) for hit in assistant.search("How do bees tell the way?")]
    assert found[0] == ("bees", SAID)
    assert "book" not in {source_id for source_id, _ in found}


def test_the_quotation_is_found_where_its_source_is_asked_for(assistant: Assistant) -> None:
    assistant.library.add(excerpt(), b"book", origin="book.txt")
    assistant.index.sync()
    answer = assistant.ask("How do bees tell the way?", filters=Filters(sources=("book",)))
    assert [shown.quote.source.id for shown in answer.quotes] == ["book"]


def test_a_question_of_the_quotation_lifts_the_transcript(assistant: Assistant) -> None:
    asked = "How do bees tell the way?"
    alone = assistant.search(asked)[0].score
    assistant.library.add(excerpt(), b"book", origin="book.txt")
    assistant.index.sync()
    assert assistant.search(asked)[0].score > alone


def test_of_two_quotations_alone_neither_is_left_out(empty_assistant: Assistant) -> None:
    for name in ("one", "two"):
        empty_assistant.library.add(excerpt(name), name.encode(), origin=f"{name}.txt")
    empty_assistant.index.sync()
    assert {hit.passage.source.id for hit in empty_assistant.search("Why do bees dance?")} == {"one", "two"}


def test_better_is_the_whole_then_the_kind_then_what_holds_more() -> None:
    spoken = [terms(SAID)] * 4
    versions = [
        version("captions", 0, 1, -900, appearance="x"),
        version("edited", 0, 0, -900, appearance="x"),
        version("book", 1, 0, -9_000, appearance="x"),
        version("edited-part", 0, 0, -500, appearance="x"),
    ]
    assert better_versions(versions, spoken).tolist() == [1, 1, 1, 1]


def test_other_words_are_no_copy() -> None:
    others = [line.split(": ", 1)[1] for line in re.findall(r"Mira Vane: .+", BEES)]
    versions = [version(f"source-{number}", 0, number, -100) for number in range(len(others))]
    assert better_versions(versions, [terms(text) for text in others]).tolist() == list(range(len(others)))


def test_a_few_words_said_often_are_no_copy() -> None:
    short = terms("Honey is patient, I think.")
    assert better_versions([version("one", 0, 0, -9), version("two", 0, 3, -9)], [short, short]).tolist() == [0, 1]


def test_an_empty_library_has_no_copies() -> None:
    assert better_versions([], []).tolist() == []
