"""Words are the same however they are written, and different whenever they are."""

import pytest

from knowledge.text.words import has_look_alikes, keys, words

SAME = [
    ("It's", "it’s"), ("don't", "DON’T"), ("“deep”", "deep"), ("self-driving", "self driving"), ("a — b", "a, b"),
    ("ﬁne ﬂow", "fine flow"), ("naïve", "naive"), ("na\u0131\u0308ve"[:2], "na"), ("co\u00adoperate", "cooperate"),
    ("deep\u00a0learning", "deep learning"), ("re\u200bward", "reward"), ("40,000", "40000"), ("５０％", "50%"),
    ("50 percent", "50%"), ("R&D", "R and D"), ("ＡＩ", "ai"), ("[T]he", "the"), ("[I]'d", "I'd"), ("**bold**", "bold"),
    ("<b>bold</b>", "bold"), ("yes [laughs] no", "yes no"), ("yes (LAUGHTER) no", "yes no"), ("a [00:12:03] b", "a b"),
    ("99．9", "99.9"), ("数据，会", "数据会"), ("Ⅷ", "viii"), ("dоg", "dog"), ("peoples'", "people's"),
    ("wait...what", "wait what"), ("explo-\n> ration", "exploration"), ("'quoted'", "quoted"),
]  # fmt: skip
DIFFERENT = [
    ("we're", "were"), ("I'll", "ill"), ("he'd", "hed"), ("3.5", "35"), ("3.5", "3 5"), ("50%", "50"), ("-5", "5"),
    ("$5", "5"), ("not", "now"), ("か", "が"), ("1,2", "12"), ("can", "can't"), ("2012", "2021"), ("一", "二"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_are_the_same(one: str, other: str) -> None:
    assert keys(one) == keys(other)
    assert keys(one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_are_different(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_every_word_knows_where_it_is_written() -> None:
    text = "Well — “40,000 ﬁsh”, 数据 [T]he self\u00adevident."
    assert [text[word.start : word.end] for word in words(text)] == [
        "Well", "40,000", "ﬁsh", "数", "据", "[T]he", "self\u00adevident",
    ]  # fmt: skip


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "one two three four"
    assert [(word.key, word.start) for word in words(text, 4, 13)] == [("two", 4), ("three", 8)]


def test_nothing_but_marks_has_no_words() -> None:
    assert keys("… — “”!? \u200b\u00ad ** _ <br> [laughs]") == []


@pytest.mark.parametrize(("text", "found"), [("dоg", True), ("dog", False), ("город", False), ("数据", False)])
def test_mixed_letters_are_noticed(text: str, found: bool) -> None:
    assert has_look_alikes(text) is found
