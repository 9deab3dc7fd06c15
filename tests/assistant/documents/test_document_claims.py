"""A document's quotations: which are given as hers, where they stand, and what the check says of each."""

from pathlib import Path

import pytest

from assistant.checking import Checker, Verdict
from assistant.documents.document_claims import (
    Basis,
    DocumentRefused,
    check_document,
    check_whole,
    is_printed_as_his,
    quotations,
)
from assistant.documents.printed_documents import printed_text
from knowledge.library.store import Library
from knowledge.readers import read
from knowledge.search.wordmap import Shingles
from tests.invented import BEES, MIRA, TIDES, labelled_source
from ui.rendering.verdicts import verdict_frame

POST = """\
# What the beekeepers say

Last week Mira Vane spoke about bees. “Bees dance to point at flowers,” she told Field Notes in 2021.

Tom Reed asked: “Do you think ants do something like it?” Vane answered: "I do think ants dance."

As Leo Brandt wrote, “The bee is the poet of the orchard.” Some call it a “dance”.

> The moon pulls the water, and the sun helps.
>
> — Mira Vane, On tides, 2023

> Nobody ever saw a bee read a map.
>
> — Leo Brandt

## Mira Vane on honey

- “Honey is only patient.”
- "Keep water away from it
  and it will wait for you."

Mira Vane: A tide mill knows its timetable for the next thousand years.
"""


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for name, text, date in (("bees", BEES, "2021-05"), ("tides", TIDES, "2023-11-02")):
        library.add(labelled_source(text, name, title=f"On {name}", date=date), text.encode(), origin=name)
    return Checker(Shingles(tmp_path / "shingles", library), MIRA)


def test_every_quotation_given_as_hers_and_no_other() -> None:
    assert [(found.line, found.basis, found.text) for found in quotations(POST, MIRA)] == [
        (3, Basis.PRONOUN, "Bees dance to point at flowers,"),
        (5, Basis.NAMED, "I do think ants dance."),
        (9, Basis.NAMED, "The moon pulls the water, and the sun helps."),
        (19, Basis.HEADING, "Honey is only patient."),
        (20, Basis.HEADING, "Keep water away from it\n  and it will wait for you."),
        (23, Basis.LABEL, "A tide mill knows its timetable for the next thousand years."),
    ]


def test_offsets_point_into_the_document() -> None:
    for found in quotations(POST, MIRA):
        assert POST[found.start : found.end] == found.text


def test_every_one_is_checked(checker: Checker) -> None:
    verdicts = [found.check.verdict for found in check_document(checker, POST) if found.check]
    assert verdicts == [
        Verdict.EXACT, Verdict.ALTERED, Verdict.EXACT, Verdict.EXACT, Verdict.EXACT, Verdict.EXACT,
    ]  # fmt: skip


def test_a_quotation_that_cannot_be_checked_is_reported_not_dropped(checker: Checker) -> None:
    [found] = check_document(checker, f"Mira Vane: {'bees dance ' * 3_000}")
    assert found.check is None
    assert "20,000" in (found.refused or "")


def test_the_occasion_is_read_beside_the_quotation() -> None:
    by_line = {found.line: found.occasion for found in quotations(POST, MIRA)}
    assert by_line[9] == "Mira Vane, On tides, 2023"
    assert "2021" in by_line[3]


def test_a_pronoun_is_hers_only_when_she_was_named_last() -> None:
    hers = "Mira Vane was there. He smiled and said, “The smell fades, so the path is always fresh.”"
    told = "As Leo Brandt told Mira Vane, “The smell fades, so the path is always fresh.”"
    assert quotations(told, MIRA) == []
    theirs = "Mira Vane was there. Leo Brandt said no. He then said, “The smell fades, so the path is fresh.”"
    assert [found.basis for found in quotations(hers, MIRA)] == [Basis.PRONOUN]
    assert quotations(theirs, MIRA) == []


@pytest.mark.parametrize("document", ["", "\n\n", "No quotation here.", "“”", '"', "> ", '# Mira Vane\n\n“ ” " "'])
def test_documents_without_quotations(document: str) -> None:
    assert quotations(document, MIRA) == []


def test_a_long_document_takes_no_longer_than_its_length_deserves() -> None:
    assert len(quotations(POST * 300, MIRA)) == 6 * 300


def test_a_document_too_long_is_refused_in_one_sentence(checker: Checker) -> None:
    with pytest.raises(DocumentRefused, match="5,000,001 characters; check at most 5,000,000 at once"):
        check_whole(checker, printed_text("a" * 5_000_001))


def test_what_is_left_unchecked_is_counted_and_progress_is_told(checker: Checker) -> None:
    told: list[tuple[int, int]] = []
    found = check_whole(checker, printed_text(POST), most=4, progress=lambda done, total: told.append((done, total)))
    assert (len(found.rows), found.left) == (4, 2)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert check_whole(checker, printed_text(POST)).left == 0


def test_one_endless_paragraph_is_read_as_fast_as_many() -> None:
    line = "Mira Vane said “the moon pulls the water”, and Tom Reed said “it does not do so”. "
    assert len(quotations(line * 3_000, MIRA)) == 3_000
    assert quotations("The harbour was quiet and nothing was said by anybody that day. " * 8_000, MIRA) == []


PRESS = """---
title: The Harbour Post
date: 2024-05-02
medium: press
---
Mira Vane came to Delft. “Every wave is a letter that nobody has signed,” she told the Post.

“The harbour will be sold by the end of May,” said Leo Brandt.
"""


@pytest.mark.parametrize(
    ("claim", "his", "title"),
    [
        ("Every wave is a letter that nobody has signed", True, "Attributed in print, no recording held"),
        ("The harbour will be sold by the end of May", False, "Printed, but no record held"),
    ],
)
def test_a_page_that_prints_words_tells_whose_they_are(
    library: Library, checker: Checker, claim: str, his: bool, title: str
) -> None:
    library.add(
        read(PRESS.encode(), origin="press.md", source_id="press", subject=MIRA), PRESS.encode(), origin="press"
    )
    found = checker.check(claim)
    assert found.only_printed
    assert is_printed_as_his(library, found.nearest[0], checker.subject) is his
    told = found.model_copy(update={"printed_as_his": his})
    shown = [verdict_frame(told, subject="Mira Vane", language=language) for language in ("en", "zh")]
    assert (shown[0].title, shown[1].title == "刊物称出自其口，但没有录音") == (title, his)
    assert all("Harbour Post" in one.explanation for one in shown)
