"""Encodings and bad input: one clear sentence for what cannot be read, the same text again for what can."""

import pytest

from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.readers import raw_text, read
from tests.invented import BEES, MIRA
from tests.knowledge.interviews.test_labelled import check_map, quotable_text

CHINESE = "汤姆：你为什么喜欢蜜蜂？\n\nMira Vane：我喜欢它们跳舞，也喜欢看它们工作，你知道的。\n\n" * 4


def read_bytes(raw: bytes) -> Source:
    return read(raw, origin="talk.txt", source_id="talk", subject=MIRA)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    raw = BEES.encode(encoding)
    source = read_bytes(raw)
    assert source.text == read_bytes(BEES.encode()).text
    check_map(source, raw)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_chinese_encodings_are_told_from_the_text(encoding: str) -> None:
    raw = CHINESE.encode(encoding)
    source = read_bytes(raw)
    assert "我喜欢它们跳舞" in quotable_text(source)
    check_map(source, raw)


def test_nulls_and_marks_without_a_glyph_are_left_out() -> None:
    raw = (
        BEES.replace("honey is only", "honey\x00 is\u200f \u202eonly")
        .replace("Bees dance", "\ufeffBe\u00ades dance")
        .encode()
    )
    source = read_bytes(raw)
    assert "But honey is only patient." in source.text
    assert source.turns[1].speaker == "Mira Vane"
    assert source.text[source.turns[1].start :].startswith("Bees dance to point")
    check_map(source, raw)


def test_every_white_space_is_folded_and_nothing_else_changes() -> None:
    raw = BEES.replace("point at flowers", "point\u00a0\t at\u2003  flowers").encode()
    assert "Bees dance to point at flowers." in read_bytes(raw).text


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b" \n\x00\n", "empty"),
        (b"...\n---\n", "no words"),
        (bytes(range(256)) * 40, "binary|encoding"),
        (b"PK\x03\x04" + b"\x00" * 40, "cut off or damaged"),
        (b"\x1f\x8b\x08\x00abc", "compressed"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "image"),
        (b"ID3\x04" + b"\x00" * 40, "sound"),
        (b"\x00\x00\x00 ftypisom" + b"\x00" * 40, "recording"),
        (BEES.encode("utf-16")[:-1], "damaged"),
        (CHINESE.encode()[:-3], "cut off|middle of a character"),
        (b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>Sorry.</body></html>", "error page"),
        (b"<html><head><title>Bees</title></head><body><script>x()</script></body></html>", "no readable text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(raw: bytes, why: str) -> None:
    with pytest.raises(SourceRefused, match=why) as refused:
        read_bytes(raw)
    assert refused.value.reason.endswith(".")
    assert "\n" not in refused.value.reason


def test_the_wrong_encoding_for_a_map_is_refused() -> None:
    with pytest.raises(SourceRefused, match="damaged"):
        raw_text("é".encode("latin-1"), "utf-8")


LONG = "so i think you know that bees dance "
TURNS = "".join(f"{('Tom Reed', 'Mira Vane')[number % 2]}{{0}}I say {number}.\n\n" for number in range(8))


@pytest.mark.parametrize(
    ("before", "times"),
    [
        ("", 280_000),
        *((TURNS.format(mark), 60_000) for mark in (": ", " — ")),
        *((head, 60_000) for head in ("start,text\n0,", "WEBVTT\n\n00:01.000 --> 00:02.000\n")),
    ],
    ids=["ten megabytes", "after labels", "after dashes", "table", "captions"],
)
def test_a_line_of_megabytes_is_read(before: str, times: int) -> None:
    source = read_bytes((before + LONG * times).encode())
    assert source.text.split().count("dance") == times
    assert source.quotable_words() < 100


def test_a_long_line_without_spaces_is_read_where_labels_end_in_dashes() -> None:
    assert "我们看着它们" in read_bytes((TURNS.format(" — ") + "蜜蜂跳舞我们看着它们" * 3_000).encode()).text


@pytest.mark.parametrize(
    "words", ["It’s naïve — “really”, he said, in a café", "Déjà vu, señor: Straße", "a café, à la carte é"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-1"])
def test_western_text_is_read_as_windows_1252(words: str, encoding: str) -> None:
    if encoding == "iso8859-1":
        words = words.translate(str.maketrans("’—“”", '\'-""'))
    assert text_of(f"{words}. I think so, you know.\n".encode(encoding)).startswith(words)


def test_a_macs_apostrophe_and_a_declared_encoding_are_heard() -> None:
    assert text_of("It’s so, and I’m here.".encode("mac-roman")) == "It’s so, and I’m here."
    page = "<html><head><meta charset='windows-1250'></head><body><p>Příliš žluťoučký kůň, I think.</p></body></html>"
    assert "žluťoučký kůň" in text_of(page.encode("cp1250"))


def text_of(raw: bytes) -> str:
    return read(raw, origin="talk.txt", source_id="talk", subject=MIRA).text
