import hashlib
from pathlib import Path

import pytest

from knowledge.metadata.catalogue import known_appearances
from knowledge.model.errors import BookError
from knowledge.model.passages import asked_words, question_before
from knowledge.model.provenance import Provenance
from knowledge.model.source import count_words
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, check_book, read_book_file, topics
from knowledge.starter.book_format import MAX_WORDS

GOOD = """\
id: bees-2021
title: On bees
date: "2021-05"
venue: Field Notes
hosts: [Tom Reed]
language: en
provenance: quotation
basis: Printed in a magazine.
quotations:
  - topic: bees
    question: {en: "Why do bees dance?", zh: "蜜蜂为什么跳舞？"}
    text: |-
      Bees dance to point at flowers.
    renderings:
      - language: zh
        text: |-
          蜜蜂跳舞是为了指向花。
    misquotations:
      - text: Bees dance for joy.
        where: A calendar
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bees-2021.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_quotation_is_short_dated_and_found_in_its_file() -> None:
    subject = default_subject()
    originals = 0
    for path in book_files():
        source = read_book_file(path, subject)
        raw = path.read_bytes()
        assert source.sha256 == hashlib.sha256(raw).hexdigest()
        assert source.date
        for turn in source.turns:
            words = source.text[turn.start : turn.end]
            start, end = source.raw_map.raw_span(turn.start, turn.end)
            assert raw.decode()[start:end] == words
            assert turn.quotable()
            if turn.renders is None:
                originals += 1
                assert count_words(words) <= MAX_WORDS
            else:
                assert turn.provenance is Provenance.TRANSLATION
                assert any(other.start == turn.renders for other in source.turns)
    assert originals >= 450


def test_the_book_covers_what_people_ask_most() -> None:
    wanted = {"next-token-prediction", "scaling-and-data", "reasoning", "robotics", "alignment", "safety"}
    wanted |= {"research-taste", "brain", "hardware", "agi", "after-agi", "generalisation", "emotions"}
    assert wanted <= {topic.topic for topic in topics()}
    assert len({topic.en for topic in topics()}) == len(topics())


def test_no_words_stand_in_the_shipped_book_twice() -> None:
    check_book()


def test_the_same_words_in_two_files_are_named_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    again = GOOD.replace("id: bees-2021", "id: bees-2022").replace("Bees dance to", "I said that bees dance to")
    (tmp_path / "bees-2022.yaml").write_text(again, encoding="utf-8")
    with pytest.raises(BookError, match=r"bees-2022\.yaml, line 12: these words are those of bees-2021\.yaml, line 12"):
        check_book(tmp_path)
    (tmp_path / "bees-2022.yaml").write_text(again.replace("point at flowers", "stay warm"), encoding="utf-8")
    check_book(tmp_path)


def test_a_transcript_without_full_stops_is_quoted_between_its_own_words(tmp_path: Path) -> None:
    spoken = GOOD.replace("Bees dance to point at flowers.", "bees dance to point at flowers")
    with pytest.raises(BookError, match="ends where a sentence ends"):
        read_book_file(write(tmp_path, spoken), default_subject())
    plain = spoken.replace("basis:", "punctuated: false\nbasis:")
    source = read_book_file(write(tmp_path, plain), default_subject())
    assert source.text.startswith("bees dance to point at flowers")


def test_what_he_wrote_must_have_been_seen_on_two_sites(tmp_path: Path) -> None:
    post = GOOD.replace("provenance: quotation", "provenance: written\nmedium: post")
    for seen in ("", "seen: [https://a.example/1, https://a.example/2]\n"):
        with pytest.raises(BookError, match="seen on two sites"):
            read_book_file(write(tmp_path, post.replace("basis:", f"{seen}basis:")), default_subject())
    nowhere = "seen: [https://a.example/1, somewhere on the web]\n"
    with pytest.raises(BookError, match="“somewhere on the web” is no address"):
        read_book_file(write(tmp_path, post.replace("basis:", f"{nowhere}basis:")), default_subject())
    stored = 'seen: ["stored file 7: a digest", https://a.example/1]\n'
    assert read_book_file(write(tmp_path, post.replace("basis:", f"{stored}basis:")), default_subject())
    seen = "seen: [https://a.example/1, https://b.example/2]\n"
    source = read_book_file(write(tmp_path, post.replace("basis:", f"{seen}basis:")), default_subject())
    assert (source.provenance, source.medium) == (Provenance.WRITTEN, "post")
    assert source.turns[0].quotable()


def test_the_catalogue_knows_the_appearance_of_every_file() -> None:
    known = {appearance.id for appearance in known_appearances()}
    assert len(known) >= 8
    subject = default_subject()
    assert {read_book_file(path, subject).appearance for path in book_files()} <= known


def test_the_book_quotes_fourteen_appearances_and_twelve_writings() -> None:
    sources = [read_book_file(path, default_subject()) for path in book_files()]
    written = {source.id for source in sources if source.provenance is Provenance.WRITTEN}
    spoken = {source.appearance for source in sources if source.id not in written}
    assert len(spoken) >= 14
    assert len(written) >= 12


def test_a_rendering_and_a_misquotation_belong_to_their_original(tmp_path: Path) -> None:
    source = read_book_file(write(tmp_path, GOOD), default_subject())
    original, rendering = source.turns
    assert source.text[original.start : original.end] == "Bees dance to point at flowers."
    assert (rendering.renders, rendering.language) == (original.start, "zh")
    assert source.misquotations[0].text == "Bees dance for joy."
    assert (source.misquotations[0].start, source.misquotations[0].end) == (original.start, original.end)


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (GOOD.replace("date: ", "dat: "), 1, "date"),
        (GOOD.replace('"2021-05"', '"May 2021"'), 3, "ISO date"),
        (GOOD.replace("provenance: quotation", "provenance: report"), 7, "provenance"),
        (GOOD.replace("point at flowers.", "point at" + " very" * 60 + " far flowers."), 12, "at most 60 words"),
        (GOOD.replace("point at flowers.", "point at"), 12, "ends where a sentence ends"),
        (GOOD.replace("      Bees dance to point", "      Bees dance\n      to point"), 12, "on one line"),
        (GOOD.replace("id: bees-2021", "id: wasps"), 1, "the file's name"),
        (GOOD + GOOD[GOOD.index("  - topic") : GOOD.index("    renderings")], 23, "are those of line 12"),
        (GOOD + "  - {", 21, "not readable as YAML"),
        ("", 1, "empty"),
    ],
)
def test_a_mistake_in_the_book_is_named_with_its_line(tmp_path: Path, wrong: str, line: int, says: str) -> None:
    with pytest.raises(BookError, match=says) as caught:
        read_book_file(write(tmp_path, wrong), default_subject())
    assert caught.value.line == line
    assert f"line {caught.value.line}" in str(caught.value)


def test_a_quotation_is_found_by_other_wordings_that_nobody_is_shown(tmp_path: Path) -> None:
    also = GOOD.replace(
        "    text: |-\n      Bees",
        '    also: ["What is the waggle for?", "摇摆舞是什么？"]\n    text: |-\n      Bees',
        1,
    )
    source = read_book_file(write(tmp_path, also), default_subject())
    turn = source.turns[0]
    assert {"What is the waggle for?", "摇摆舞是什么？"} <= set(turn.also_asked)
    assert "waggle" in asked_words(source, turn)
    shown = question_before(source, turn)
    assert shown is not None
    assert shown.text == "Why do bees dance?"
    plain = read_book_file(write(tmp_path, GOOD), default_subject())
    assert ("also_asked" in source.model_dump_json(), "also_asked" in plain.model_dump_json()) == (True, False)
