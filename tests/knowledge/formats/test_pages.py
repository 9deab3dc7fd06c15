"""Pages as content systems write them: what a style sets apart on the screen is apart, footnote marks are no words."""

import html
from collections.abc import Callable

import pytest

from knowledge.model.provenance import Provenance
from knowledge.model.turns import Role
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, TOM, Line, clock
from tests.knowledge.interviews.test_labelled import check_map, quotable_text, read_text, spoken


def flat(line: Line) -> str:
    return html.escape(" ".join(line.text.split()))


PAGES: dict[str, Callable[[Line], str]] = {
    "definition list": lambda line: f"<dl><dt>{line.speaker}</dt><dd>{flat(line)}</dd></dl>",
    "block of divisions": lambda line: (
        f"<div class=block><div class=speaker>{line.speaker}</div><div class=time>{clock(line.seconds)}</div>"
        f"<div class=text><p>{flat(line)}</p></div></div>"
    ),
    "time in a style, after the name": lambda line: (
        f"<cite>{line.speaker}:</cite><time>{clock(line.seconds)}</time><p>{flat(line)}</p>"
    ),
    "time in a style, words after it": lambda line: (
        f"<p><b>{line.speaker}</b><span>({clock(line.seconds)})</span>{flat(line)}</p>"
    ),
    "bold name, line break": lambda line: f"<p><b>{line.speaker}</b><br>{flat(line)}</p>",
    "linked footnotes": lambda line: (
        f"<p><strong>{line.speaker}:</strong> {flat(line)}<sup><a href='#n1'>1</a></sup><sup>[a]</sup></p>"
    ),
    "list": lambda line: f"<ul><li><strong>{line.speaker}:</strong> {flat(line)}</li></ul>",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_gives_the_same_turns(page: str) -> None:
    body = "".join(PAGES[page](line) for line in INTERVIEW)
    text = f"<!DOCTYPE html><html><body><main>{body}</main></body></html>"
    source = read_text(text)
    assert spoken(source) == [
        (Role.SUBJECT if line.speaker == MIRA.name else Role.OTHER, " ".join(line.text.split())) for line in INTERVIEW
    ]
    if "time" in page:
        assert [turn.said_at for turn in source.turns] == [line.seconds for line in INTERVIEW]
    check_map(source, text.encode())


def test_what_is_raised_and_no_mark_is_a_part_of_its_word() -> None:
    said = [(TOM, "How many?"), (MIRA.name, "It was the 21<sup>st</sup> bee."), (TOM, "And?"), (MIRA.name, "So many.")]
    body = "".join(f"<p><b>{who}:</b> {words}</p>" for who, words in said)
    assert quotable_text(read_text(f"<html><body>{body}</body></html>")).startswith("It was the 21st bee.")


def test_a_time_behind_a_label_is_no_word() -> None:
    rows = "".join(f"{line.speaker}: {clock(line.seconds)}\n{' '.join(line.text.split())}\n\n" for line in INTERVIEW)
    source = read_text(rows)
    assert not any(char.isdigit() for char in source.text)
    assert [turn.said_at for turn in source.turns] == [line.seconds for line in INTERVIEW]


def test_hyphens_behind_labels_do_not_make_a_translation() -> None:
    rows = "\n\n".join(f"{line.speaker.upper()} - {' '.join(line.text.split())}" for line in INTERVIEW * 3)
    assert read_text(rows).provenance is Provenance.TRANSCRIPT


def test_a_part_of_a_page_is_read_as_a_page() -> None:
    """Podcasting 2.0's HTML has no root element."""
    rows = "".join(
        f"<cite>{line.speaker}:</cite>\n<time>{clock(line.seconds)}</time>\n<p>{flat(line)}</p>\n" for line in INTERVIEW
    )
    source = read_text(rows)
    assert "<" not in source.text
    assert len([turn for turn in source.turns if turn.quotable()]) == 3


@pytest.mark.parametrize("tag", ["i", "b", "em", "strong", "u", "span"])
def test_tags_in_plain_text_are_no_words(tag: str) -> None:
    said = [(TOM, f"How <{tag}>many</{tag}>?"), (MIRA.name, f"I <{tag}>think</{tag}> it is two &amp; a half.")] * 2
    source = read_text("\n\n".join(f"{who}: {words}" for who, words in said))
    assert "I think it is two & a half." in quotable_text(source)
