"""What limits a question on the command line: options, and what the question itself names."""

import json
from pathlib import Path

import pytest

from tests.forked import ilya


def asked(home: Path, *arguments: str) -> list[str]:
    """Return the sources quoted."""
    return [
        quote["source"]["id"] for quote in json.loads(ilya("ask", *arguments, "--json", home=home).stdout)["quotes"]
    ]


def test_options_limit_what_is_quoted(book_home: Path) -> None:
    question = "What did he say about data?"
    assert set(asked(book_home, question, "--venue", "neurips")) == {"neurips-2024"}
    assert asked(book_home, question, "--until", "2015", "--provenance", "quotation", "--language", "en") == []
    dated = asked(book_home, "What did he say about AI?", "--by-date")
    assert len(dated) > 1
    years = [source.rstrip("-article").rsplit("-", 1)[-1] for source in dated]
    assert years == sorted(years)


def test_an_occasion_in_the_question_limits_it_too(book_home: Path) -> None:
    assert set(asked(book_home, "What did he say at NeurIPS 2024 about data?")) == {"neurips-2024"}
    assert set(asked(book_home, "What did he tell Will Douglas Heaven?")) == {"mit-tech-review-2023"}


def test_topics_are_listed_with_their_years_and_a_topic_with_its_questions(book_home: Path) -> None:
    listed = json.loads(ilya("topics", "--json", home=book_home).stdout)
    consciousness = next(one for one in listed if one["topic"] == "consciousness")
    assert consciousness["years"] == ["2020", "2024"]
    shown = ilya("topics", "consciousness", "--language", "zh", home=book_home).stdout
    assert "今天的神经网络有一点点意识吗？" in shown
    unknown = ilya("topics", "cheese", home=book_home)
    assert (unknown.returncode, "there is no topic “cheese”" in unknown.stderr.replace("│", " ")) == (2, True)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--since", "soon"), "“soon” is no date: write it as 2023"),
        (("--venue", "Oz"), "nothing is held from “Oz”; there is: Bloomberg"),
    ],
)
def test_a_limit_that_fits_nothing_is_told(book_home: Path, option: tuple[str, str], told: str) -> None:
    done = ilya("ask", "Why scale?", *option, home=book_home)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
