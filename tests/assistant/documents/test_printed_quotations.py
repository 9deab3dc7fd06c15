"""Pages that print quotations: what they attribute is checked, what a transcript has otherwise is told."""

from assistant import Assistant
from assistant.documents.document_claims import misprinted
from knowledge.library.importer import Outcome, import_paths
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from tests.invented import MIRA

PAGE = """\
# Notes on the coast

Mira Vane once said: “But honey is only patient.”

“Keep water away from it and it will wait for nobody,” Mira Vane said.

> The smell fades, so the path is always wet.
> — Mira Vane

Tom Reed said: “Ants follow a smell on the wall.”

The so-called “angle of the dance of all the ants” is well known.

Mira Vane said: “The river forgets each boat that it has carried.”
"""


def added(assistant: Assistant, text: str) -> Source:
    path = assistant.settings.home / "page.md"
    path.write_text(text)
    (report,) = import_paths([path], assistant.library, MIRA)
    assert report.outcome is Outcome.NEW
    return assistant.library.source(str(report.source_id))


def test_what_a_transcript_has_otherwise_is_told_with_the_nearest_real_words(assistant: Assistant) -> None:
    page = added(assistant, PAGE)
    told = list(misprinted(assistant.checker, assistant.library, page))
    assert [sentence.split(" prints")[0] for sentence in told] == ["Line 5", "Line 7"]
    assert "wait for nobody" in told[0]
    assert "bees has “Keep water away from it and it will wait for you" in told[0]
    assert "always wet" in told[1]
    assert "so the path is always fresh" in told[1]


def test_a_page_stays_background_whatever_it_prints(assistant: Assistant) -> None:
    page = added(assistant, PAGE)
    assert {turn.provenance for turn in page.turns} == {Provenance.REPORT}
    assert page.quotable_words() == 0


def test_somebody_elses_words_under_the_subjects_name_are_told(assistant: Assistant) -> None:
    page = added(assistant, "# Notes\n\nMira Vane said: “Do you think ants do something like it?”\n")
    (told,) = misprinted(assistant.checker, assistant.library, page)
    assert "in bees Tom Reed says “Do you think ants do something like it?”" in told


def test_a_transcript_is_not_held_against_itself(assistant: Assistant) -> None:
    for name in ("bees", "tides"):
        assert list(misprinted(assistant.checker, assistant.library, assistant.library.source(name))) == []


def test_what_is_found_nowhere_is_not_matched_with_other_words(assistant: Assistant) -> None:
    page = added(assistant, "# News\n\nMira Vane said: “The harbour must keep its water for the winter fleet.”\n")
    assert list(misprinted(assistant.checker, assistant.library, page)) == []
