"""Real documents, when they stand beside the project: what each of them must become."""

import re
from functools import cache
from pathlib import Path

import pytest

from evals.benchmarks.slips.clean import clean_files
from evals.benchmarks.slips.written import quotable_spans, words_within
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.knowledge.interviews.test_labelled import check_map

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here: real documents not tested")

LABELLED = {
    "seeds/dwarkesh-2025-article-backtranslated.txt",
    "transcripts/dwarkesh-2025-bilingual-guessed-labels.md",
    "transcripts/lex-094-2020-labelled-blog.md",
}
"""The files that label his words."""
TALK_ON_A_BLOG = "traps/neurips-2024-blog-with-passages.html"
"""It holds a stretch of his talk that nobody labels: a transcript, and not quotable."""


@cache
def source_of(name: str) -> Source:
    path = CORPUS / name
    return read(path.read_bytes(), origin=str(path), source_id="document", subject=default_subject())


def turns(source: Source) -> list[tuple[str | None, str]]:
    """Speaker and words of every turn that is not background; neighbours of one speaker joined."""
    found: list[tuple[str | None, str]] = []
    for turn in source.turns:
        words = " ".join(source.text[turn.start : turn.end].split())
        if turn.provenance is Provenance.REPORT:
            continue
        if found and found[-1][0] == turn.speaker:
            found[-1] = (turn.speaker, f"{found[-1][1]} {words}")
        else:
            found.append((turn.speaker, words))
    return found


def every_file() -> list[str]:
    return sorted(str(path.relative_to(CORPUS)) for path in CORPUS.glob("*/*")) if CORPUS.is_dir() else []


@pytest.mark.parametrize("name", every_file())
def test_every_character_maps_back_to_its_file(name: str) -> None:
    check_map(source_of(name), (CORPUS / name).read_bytes())


@pytest.mark.parametrize("name", [name for name in every_file() if name not in LABELLED])
def test_no_other_document_gives_a_quotable_word(name: str) -> None:
    assert source_of(name).quotable_words() == 0
    assert source_of(name).notes


def test_the_compilation_lists_eight_appearances_and_is_a_report() -> None:
    source = source_of("seeds/ilya-interviews-compilation-en-zh.txt")
    assert source.provenance is Provenance.REPORT
    assert [(one.date, one.hosts) for one in source.appearances] == [
        ("2015-01", ("Katherine Gorman", "Ryan Adams")),
        ("2020-05-08", ("Lex Fridman",)),
        ("2022-10", ("Spencer Greenberg",)),
        ("2023-03-15", ("Craig S. Smith",)),
        ("2023-03", ("Jensen Huang",)),
        ("2023-03", ("Dwarkesh Patel",)),
        ("2024", ()),
        ("2025-11", ("Dwarkesh Patel",)),
    ]
    assert all(one.title and one.venue for one in source.appearances)


def test_the_article_is_a_translation_with_its_last_turn_dropped() -> None:
    source = source_of("seeds/dwarkesh-2025-article-backtranslated.txt")
    assert (source.provenance, source.date, source.venue) == (Provenance.TRANSLATION, "2025-11-26", "硅基观察Pro")
    quotable = [turn for turn in source.turns if turn.quotable()]
    assert (len(quotable), source.quotable_words()) == (14, 1361)
    assert {turn.provenance for turn in quotable} == {Provenance.TRANSLATION}
    assert {turn.speaker for turn in source.turns if turn.role is Role.OTHER} == {"Devalkesh Patel"}
    assert any("was dropped" in note for note in source.notes)


def test_the_video_dump_is_an_unknown_transcript_beside_a_report() -> None:
    source = source_of("seeds/dwarkesh-2023-transcript-unlabelled.txt")
    transcript = [turn for turn in source.turns if turn.provenance is Provenance.TRANSCRIPT]
    assert [turn.role for turn in transcript] == [Role.UNKNOWN]
    assert source.text[transcript[0].start :].startswith("Today I have the pleasure")
    assert {turn.role for turn in source.turns} == {Role.UNKNOWN}
    assert "graph LR" not in source.text


@pytest.mark.parametrize("name", ["berkeley-talk-commentary-blog.txt", "age-of-research-zh-video-summary.md"])
def test_a_blog_and_a_summary_are_reports(name: str) -> None:
    assert {turn.provenance for turn in source_of(f"seeds/{name}").turns} == {Provenance.REPORT}


def test_one_run_in_five_formats_has_the_same_words() -> None:
    words = {
        suffix: source_of(f"formats/micrograd.{suffix}").text.split() for suffix in ("json", "srt", "tsv", "txt", "vtt")
    }
    assert all(found == words["json"] for found in words.values())
    assert len(words["json"]) > 20_000


def test_a_page_and_its_parsed_form_have_the_same_turns_and_times() -> None:
    page, parsed = source_of("formats/lex-494-huang-page.html"), source_of("formats/lex-494-huang-parsed.json")
    assert turns(page) == turns(parsed)
    assert [mark.seconds for mark in page.times] == [mark.seconds for mark in parsed.times]


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("axrp-24-leike-labelled.md", {"Daniel Filan", "Jan Leike"}),
        ("dwarkesh-jang-labelled-with-data-uri.md", {"Dwarkesh Patel", "Eric Jang"}),
        ("lenny-turley-labelled.md", {"Lenny Rachitsky", "Nick Turley"}),
        ("lex-419-altman-labelled.txt", {"Lex Fridman", "Sam Altman"}),
        ("practical-ai-126-labelled.md", {"Daniel Whitenack", "Chris Benson", "David Sweet"}),
    ],
)
def test_labels_of_other_peoples_interviews_are_trusted(name: str, speakers: set[str]) -> None:
    source = source_of(f"other-speakers/{name}")
    assert source.provenance is Provenance.TRANSCRIPT
    assert speakers <= {turn.speaker for turn in source.turns}
    labelled = sum(len(words.split()) for speaker, words in turns(source) if speaker in speakers)
    assert labelled > 0.97 * len(source.text.split())


def test_wrong_labels_are_reported() -> None:
    source = source_of("traps/lex-094-wrong-speaker-labels.html")
    assert source.provenance is Provenance.REPORT
    assert any(re.search(r"mid-sentence in \d+ of \d+ places", note) for note in source.notes)


@pytest.mark.parametrize(
    "name", [name for name in every_file() if name.startswith("traps/") and name != TALK_ON_A_BLOG]
)
def test_no_trap_is_a_transcript(name: str) -> None:
    assert {turn.provenance for turn in source_of(name).turns} == {Provenance.REPORT}


def test_the_law_of_labels_costs_at_most_a_hundredth_of_clean_interviews() -> None:
    lost = words = 0
    for clean, whole in clean_files(CORPUS.parent, default_subject().name):
        own = [turn.words for turn in whole.turns if turn.speaker == default_subject().name]
        source = read(whole.text.encode(), origin=clean.path, source_id="document", subject=default_subject())
        words += words_within(whole.text, own, own)
        lost += words_within(whole.text, own, own) - words_within(whole.text, quotable_spans(source), own)
    assert words > 70_000
    assert lost <= 0.01 * words
