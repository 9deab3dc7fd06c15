"""Addresses that open at the words."""

from urllib.parse import unquote

import pytest

from assistant.deep_links import deep_link

LONG = "We looked - for years, and with care - at one gull & its mate, until both had gone to sea."


@pytest.mark.parametrize(
    ("url", "seconds", "expected"),
    [
        (None, 3.0, None),
        ("https://www.youtube.com/watch?v=x", 61.9, "https://www.youtube.com/watch?v=x&t=61"),
        ("https://youtu.be/x", None, "https://youtu.be/x"),
        ("https://example.org/talk.PDF", None, "https://example.org/talk.PDF"),
        ("https://example.org/talk#part-2", None, "https://example.org/talk#part-2"),
        ("/home/ada/talk.txt", None, "/home/ada/talk.txt"),
        ("mailto:ada@example.org", None, "mailto:ada@example.org"),
    ],
)
def test_a_moment_or_the_address_as_it_is(url: str | None, seconds: float | None, expected: str | None) -> None:
    assert deep_link(url, seconds=seconds, words=LONG) == expected


def test_a_page_opens_at_the_words() -> None:
    link = deep_link("https://example.org/talk", seconds=12.0, words=LONG) or ""
    start, end = link.partition("#:~:text=")[2].split(",")
    assert LONG.startswith(unquote(start))
    assert LONG.endswith(unquote(end))
    assert not {"-", "&", ",", " "} & set(start + end)


@pytest.mark.parametrize("words", ["数据会用完的。", "数据" * 300])
def test_words_without_spaces_are_found_by_their_beginning(words: str) -> None:
    link = deep_link("https://example.org/talk", seconds=None, words=words) or ""
    assert words.startswith(unquote(link.partition("text=")[2]))
    assert len(link) < 2_000
