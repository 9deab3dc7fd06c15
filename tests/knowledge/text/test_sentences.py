import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works. Why? Nobody knows!", ["It works.", "Why?", "Nobody knows!"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Dr. Vane met Mr. Reed. They spoke.", ["Dr. Vane met Mr. Reed.", "They spoke."]),
        ("Between you and I. So it goes.", ["Between you and I.", "So it goes."]),
        ("It costs 3.5 cents. 4 is more.", ["It costs 3.5 cents.", "4 is more."]),
        ("数据会用完吗？会的。然后呢", ["数据会用完吗？", "会的。", "然后呢"]),
        ("他说：“会的。”然后走了。", ["他说：“会的。”", "然后走了。"]),
        ("one line\nanother line", ["one line\nanother line"]),
        ("It came because\nI asked. So\nit went.", ["It came because\nI asked.", "So\nit went."]),
        ("One line.\nanother line", ["One line.", "another line"]),
        ("He said “it came.”\nThen", ["He said “it came.”", "Then"]),
        ("and so we—\nThey came", ["and so we—", "They came"]),
        ("数据会用完\n然后呢", ["数据会用完", "然后呢"]),
        ("no end at all", ["no end at all"]),
        ("and so on... but then", ["and so on... but then"]),
        ("   ", []),
        ("", []),
    ],
)
def test_cuts_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="Ab .?!\n。”'1"))
def test_every_character_but_white_space_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


def test_keeps_to_the_part_asked_for() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in sentences(text, 5, 9)] == ["Two."]
