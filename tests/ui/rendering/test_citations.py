"""A quote leaves the house with its words untouched and its source in the form that was asked for."""

import html
import json
import re

import pytest
from markdown_it import MarkdownIt

from assistant.quotes import Quote
from knowledge.model.source import Source, TimeMark
from tests.invented import labelled_source
from ui.rendering.citations import Form, Style, as_html, as_markdown, csl_item, export, formatted

TALK = 'Tom Reed: Why?\nMira Vane: Is a_b < c & *d*? I say "50% of [all] #bees" dance. That is `it` \\ ~so~.\n'
URL = "https://www.youtube.com/watch?v=x1"


def _quote(*, venue: str | None = "Field & Notes", date: str | None = "2021-05-08", said_at: bool = True) -> Quote:
    source = labelled_source(TALK, "talk", title="On bees_100%", date=date, venue=venue, url=URL)
    turn = source.turns[1]
    times = (TimeMark(0, 0.0), TimeMark(turn.start, 3723.0)) if said_at else ()
    timed: Source = source.model_copy(update={"times": times})
    return Quote(source=timed, start=turn.start, end=turn.end)


def test_markdown_renders_to_the_same_characters() -> None:
    quote = _quote()
    page = MarkdownIt("gfm-like", {"linkify": False}).render(as_markdown(quote))
    [words] = re.findall(r"<blockquote>\s*<p>(.*?)</p>", page, re.DOTALL)
    assert html.unescape(words) == quote.text


def test_html_holds_the_same_characters_and_no_mark_up_of_theirs() -> None:
    quote = _quote()
    [words] = re.findall(r'<p lang="en">(.*?)</p>', as_html(quote))
    assert "<" not in words
    assert html.unescape(words) == quote.text


def test_plain_text_holds_the_words_and_the_moment() -> None:
    quote = _quote()
    assert export([quote], Form.PLAIN) == (
        f"“{quote.text}”\n— Mira Vane, On bees_100%, Field & Notes, 2021-05-08, at 1:02:03 {URL}&t=3723"
    )


def test_bibtex_escapes_what_tex_would_read() -> None:
    entry = export([_quote()], Form.BIBTEX)
    assert entry.startswith("@misc{q_")
    assert r"title = {{On bees\_100\%}}" in entry
    assert r"howpublished = {Field \& Notes}" in entry
    assert "author = {Vane, Mira}" in entry
    assert "month = {5}" in entry


def test_csl_json_is_a_list_with_the_quotes_ids() -> None:
    quote = _quote()
    [item] = json.loads(export([quote], Form.CSL_JSON))
    assert item["id"] == quote.id
    assert item["issued"] == {"date-parts": [[2021, 5, 8]]}
    assert item["interviewer"] == [{"family": "Reed", "given": "Tom"}]
    assert (item["locator"], item["label"]) == ("1:02:03", "timestamp")


@pytest.mark.parametrize(
    ("style", "reference", "short"),
    [
        (Style.APA, "Vane, M. (2021, May 8). On bees_100% (T. Reed, interviewer).", "(Vane, 2021, 1:02:03)"),
        (Style.MLA, "Vane, Mira. “On Bees_100%”. Interview by Tom Reed.", "1:02:03)"),
        (Style.CHICAGO, "Vane, Mira. 2021. “On Bees_100%”. Interview by Tom Reed.", "(Vane 2021, 1:02:03)"),
        (Style.GB7714, "VANE M, 2021. On bees_100%[Z/OL]//Field & Notes.", "(Vane, 2021)1:02:03"),
    ],
)
def test_the_styles(style: Style, reference: str, short: str) -> None:
    text = formatted(_quote(), style)
    assert text.startswith(reference)
    assert text.endswith(short)
    assert f"{URL}&t=3723" in text


@pytest.mark.parametrize("form", list(Form))
def test_every_form_does_without_date_venue_and_time(form: Form) -> None:
    quote = _quote(venue=None, date=None, said_at=False)
    text = export([quote, quote], form)
    assert len(re.findall(r"On [bB]ees", text)) >= 2
    assert "None" not in text
    assert "Edition" not in text


def test_a_chinese_name_is_not_taken_apart() -> None:
    source = labelled_source("Mira Vane: 是的，没错。\n", "zh", title="蜜蜂", language="zh")
    turn = source.turns[0].model_copy(update={"speaker": "米拉 维恩"})
    quote = Quote(source=source.model_copy(update={"turns": (turn,)}), start=turn.start, end=turn.end)
    assert csl_item(quote)["author"] == [{"family": "米拉 维恩"}]
