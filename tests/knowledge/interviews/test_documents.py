"""Texts without labels: recordings stay unknown, everything else is background; facts come from what is printed."""

import pytest

from knowledge.formats.webpage import read_page
from knowledge.metadata.printed_facts import partial_date
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map

SPEECH = "so i think that you know what bees do and it's like they dance right and well we just watch them you know "
ESSAY = (
    "# What Mira Vane taught the coast\n\nMira Vane argued that the dance of bees points to flowers.\n\n"
    "> “Bees dance.”\n> -- Mira Vane\n\n## Consequences\n\n- The angle matters.\n- The sun matters.\n"
)


def read_text(text: str) -> Source:
    source = read(text.encode(), origin="talk.txt", source_id="talk", subject=MIRA)
    check_map(source, text.encode())
    return source


def unknown(source: Source) -> str:
    """The words of the transcript whose speaker is not known."""
    turns = [turn for turn in source.turns if turn.provenance is Provenance.TRANSCRIPT]
    assert {turn.role for turn in turns} == {Role.UNKNOWN}
    return "\n".join(source.text[turn.start : turn.end] for turn in turns)


def test_a_video_summary_has_its_transcript_unknown_and_the_rest_as_background() -> None:
    text = (
        "Timestamp: 2024-01-02\nTitle: Bees and Tides - Mira Vane\nURL: https://video.example/watch?v=1\n"
        "Status: success\nDuration: 3:41\n\nDescription:\n**Summary:**\n\n1.  **Bees:**\n"
        "    *   Mira says bees dance.\n\n"
        "<Bee_Diagram>\ngraph LR\n  A[Bees] --> B(Dance);\n</Bee_Diagram>\n\n\nContent:\n" + SPEECH * 25 + "\n"
    )
    source = read_text(text)
    assert (source.title, source.url) == ("Bees and Tides - Mira Vane", "https://video.example/watch?v=1")
    assert unknown(source).split() == (SPEECH * 25).split()
    assert (source.provenance, source.quotable_words()) == (Provenance.TRANSCRIPT, 0)
    assert "Mira says bees dance." in source.text
    assert "graph LR" not in source.text
    summary = next(turn for turn in source.turns if "Mira says" in source.text[turn.start : turn.end])
    assert (summary.provenance, summary.role) == (Provenance.REPORT, Role.UNKNOWN)


def test_captions_saved_as_one_line_are_an_unknown_machine_transcript() -> None:
    source = read_text(" " + SPEECH * 30)
    assert unknown(source).split() == (SPEECH * 30).split()
    assert (source.how, source.title) == (TranscriptKind.ASR, "talk")


def test_lines_broken_at_the_margin_are_joined() -> None:
    words = (SPEECH * 30).split()
    lines = [" ".join(words[start : start + 9]) for start in range(0, len(words), 9)]
    assert unknown(read_text("\n".join(lines))) == " ".join(words)


@pytest.mark.parametrize(
    "line",
    [
        "[{start} --> {end}] {words}",
        "[{start}] {words}",
        "**{start}** · {words}",
        "{start}\n{words}",
        "({start}) {words}",
    ],
)
def test_printed_times_are_taken_off_the_words(line: str) -> None:
    said = [" ".join(SPEECH.split()) + f" number {n}" for n in range(12)]
    lines = [line.format(start=f"0:{5 * n:02}", end=f"0:{5 * n + 5:02}", words=words) for n, words in enumerate(said)]
    source = read_text("\n".join(lines))
    assert unknown(source).split() == " ".join(said).split()
    for number in range(12):
        assert source.said_at(source.text.index(f"number {number}") - len(SPEECH)) == pytest.approx(5 * number, abs=1)


@pytest.mark.parametrize(
    ("said", "is_speech"), [("I think that you know what we do.", True), ("The hive is warm.", False)]
)
def test_long_text_in_paragraphs_is_speech_only_when_it_talks(said: str, is_speech: bool) -> None:
    source = read_text("\n\n".join(" ".join([said] * 12) for _ in range(10)))
    assert source.provenance is (Provenance.TRANSCRIPT if is_speech else Provenance.REPORT)
    assert source.quotable_words() == 0


def test_an_essay_about_the_subject_is_background() -> None:
    source = read_text(ESSAY)
    assert {turn.provenance for turn in source.turns} == {Provenance.REPORT}
    assert (source.provenance, source.title) == (Provenance.REPORT, "What Mira Vane taught the coast")
    assert any("it is background, and only what a person says" in note for note in source.notes)


def test_a_page_called_transcript_with_too_few_words_for_its_length_is_background() -> None:
    lines = [
        f"[{n}:00](https://v.example/?t={n}) I think that you know bees well, and we like them.\n" for n in range(40)
    ]
    source = read_text("---\ntitle: Bees\nduration: 2400\n---\n\n## Transcript\n\n" + "\n".join(lines))
    assert (source.provenance, source.quotable_words()) == (Provenance.REPORT, 0)


def test_a_reading_list_gives_appearances_and_no_words() -> None:
    text = (
        "我整理了三次访谈。\n"
        "① Hive Radio — 蜜蜂的舞\n- 时间 2015 年 1 月\n- 节目 Hive Radio\n- 主持人 Tom Reed & Ana Sol\n她谈到蜜蜂。\n"
        "② Coast Talks #4 — 潮汐\n蜜蜂只是耐心。\n③ Field Notes(第一次)— 海岸\n- 时间 2021 年 5 月\n"
        "Three conversations.\n"
        "① Hive Radio — The Dance of Bees\n- Date January 2015\n- Show Hive Radio\n- Hosts Tom Reed & Ana Sol\nBees.\n"
        "② Coast Talks #4 — Tides\nHoney is patient.\n③ Field Notes (First Interview) — The Coast\n- Host Ana Sol\n"
    )
    source = read_text(text)
    found = [(one.title, one.date, one.venue, one.hosts) for one in source.appearances]
    assert found == [
        ("The Dance of Bees", "2015-01", "Hive Radio", ("Tom Reed", "Ana Sol")),
        ("Tides", None, "Coast Talks #4", ()),
        ("The Coast", "2021-05", "Field Notes", ("Ana Sol",)),
    ]
    assert (source.provenance, source.quotable_words()) == (Provenance.REPORT, 0)


def test_a_page_gives_its_article_and_its_facts() -> None:
    words = "<p>Bees dance &amp; <a href='/x'>point</a> at fl&#111;wers, <b>always</b>.</p>" * 12
    page = (
        "<!doctype html><html lang=en><head><title>Bees - Field Notes</title>"
        "<meta property='og:title' content='Bees'>"
        "<meta property='article:published_time' content='2021-05-04T10:00:00Z'>"
        "<meta property='og:site_name' content='Field Notes'>"
        "<link rel='canonical' href='https://notes.example/bees'></head>"
        "<body><header><p>Subscribe to us now, it is free, and cheap, and good for you and all of yours</p></header>"
        f"<div class='sidebar'><p>{'Other stories ' * 9}</p></div><article><h1>Bees</h1>{words}</article>"
        "<script>var a = '<p>not text</p>';</script><div class='comments'><p>First!</p></div></body></html>"
    )
    source = read_text(page)
    assert source.text.split("\n\n") == ["Bees", *["Bees dance & point at flowers, always."] * 12]
    assert (source.title, source.date, source.venue) == ("Bees", "2021-05-04", "Field Notes")
    assert source.url == "https://notes.example/bees"


def test_words_outside_the_article_are_counted() -> None:
    article = "<main>" + "<p>Bees dance at noon, and they know it.</p>" * 9 + "</main>"
    page = read_page(f"<html><body><p>Home page</p>{article}</body></html>")
    assert page.words_outside == 2


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("January 2015", "2015-01"),
        ("2015 年 1 月", "2015-01"),
        ("May 8, 2020", "2020-05-08"),
        ("8 May 2020", "2020-05-08"),
        ("2020-05-08T10:00:00Z", "2020-05-08"),
        ("20200508", "2020-05-08"),
        ("recorded in 2019", "2019"),
        ("2021-02-31", "2021-02"),
        ("soon", None),
    ],
)
def test_dates_are_as_exact_as_printed(printed: str, date: str | None) -> None:
    assert partial_date(printed) == date


def test_an_address_of_a_known_appearance_gives_its_facts() -> None:
    text = f"Title: A talk\nURL: https://youtu.be/13CZPWmke6A?t=5\nDuration: 3:41\n\nContent:\n{SPEECH * 25}\n"
    source = read_text(text)
    assert (source.appearance, source.date) == ("lex-fridman-2020", "2020-05-08")
    assert any("known appearance" in note for note in source.notes)


def test_at_the_address_of_an_appearance_a_pages_own_facts_are_told_and_not_shown() -> None:
    head = "Title: A talk\nURL: https://youtu.be/13CZPWmke6A\nDate: 2024-01-07\nVenue: My blog\nHost: Ana Sol\n"
    source = read_text(f"{head}\nContent:\n{SPEECH * 25}\n")
    assert (source.date, source.venue) == ("2020-05-08", "Lex Fridman Podcast #94")
    assert source.interviewers == ("Lex Fridman",)
    for printed in ("2024-01-07", "My blog", "Ana Sol"):
        assert any(f"“{printed}”; that of the appearance" in note for note in source.notes)


def test_what_only_mentions_an_appearances_address_keeps_its_own_date() -> None:
    source = read_text("URL: https://youtu.be/13CZPWmke6A\nDate: 2024-01-07\n\nA list of things I like about bees.\n")
    assert (source.appearance, source.date) == (None, "2024-01-07")


@pytest.mark.parametrize(
    ("text", "interviewers"),
    [
        ("Host: Why do bees dance?\n\nMira Vane: To point at flowers, every one of them.\n", ()),
        (
            "Host: Welcome\n\nMira Vane: Thank you for having me.\n\nHost: Why do bees dance?\n\n"
            "Mira Vane: To point at flowers, every one of them.\n",
            ("Host",),
        ),
        (
            "Title: On bees\nHost: Ana Sol and Dr. Tom van Reed\n\nANA SOL: Why do bees dance?\n\n"
            "MIRA VANE: To point at flowers, every one of them.\n",
            ("Ana Sol", "Dr. Tom van Reed"),
        ),
    ],
)
def test_a_host_is_named_by_a_header_and_never_by_what_a_host_says(text: str, interviewers: tuple[str, ...]) -> None:
    assert read(text.encode(), origin="talk.txt", source_id="talk", subject=MIRA).interviewers == interviewers


def test_notes_set_apart_in_a_record_of_speech_do_not_end_it() -> None:
    text = f"{SPEECH * 6}\n\n> A note on bees, by me.\n\n{SPEECH * 6}\n\n## Later\n\n{SPEECH * 6}"
    said = unknown(read_text(text))
    assert said.count("what bees do") == 18
    assert "A note on bees" not in said
