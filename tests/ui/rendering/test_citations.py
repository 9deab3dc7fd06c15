"""A quote leaves the house with its words untouched and its source in the form that was asked for."""

import html
import json
import re

import pytest
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from assistant.quotes import Quote
from knowledge.model.source import Source, TimeMark
from tests.invented import labelled_source
from ui.rendering.citation_styles import STYLES
from ui.rendering.citations import Form, Style, as_html, as_markdown, as_wikipedia, csl_item, export, formatted
from ui.rendering.page_texts import page_texts
from ui.web.templates.answer_tools import form_names

TALK = 'Tom Reed: Why?\nMira Vane: Is a_b < c & *d*? I say "50% of [all] #bees" dance. That is `it` \\ ~so~.\n'
URL = "https://www.youtube.com/watch?v=x1"


def _quote(
    *,
    venue: str | None = "Field & Notes",
    date: str | None = "2021-05-08",
    said_at: bool = True,
    medium: str | None = None,
    url: str | None = URL,
    title: str = "On bees_100%",
) -> Quote:
    source = labelled_source(TALK, "talk", title=title, date=date, venue=venue, url=url)
    source = source.model_copy(update={"medium": medium})
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


def test_bibtex_is_read_by_an_independent_parser() -> None:
    quote = _quote()
    [(key, entry)] = parse_string(export([quote], Form.BIBTEX), "bibtex").entries.items()
    assert key == quote.id
    assert entry.persons["author"][0].last_names == ["Vane"]
    assert entry.fields["title"] == r"{On bees\_100\%}"
    assert (entry.fields["year"], entry.fields["month"], entry.fields["day"]) == ("2021", "May", "8")
    assert entry.fields["howpublished"] == r"Field \& Notes"
    assert entry.fields["note"].startswith("interview by Tom Reed, at 1:02:03, quote q")
    assert entry.fields["url"] == f"{URL}&t=3723"


@pytest.mark.parametrize("date", [None, "2021", "2021-05"])
def test_bibtex_of_every_date(date: str | None) -> None:
    [entry] = parse_string(export([_quote(date=date)], Form.BIBTEX), "bibtex").entries.values()
    assert entry.fields.get("year") == (date[:4] if date else None)
    assert "day" not in entry.fields
    assert ("month" in entry.fields) is (date is not None and len(date) > 4)


CSL_VARIABLES = {
    "id", "type", "title", "author", "language", "host", "interviewer", "event-title", "container-title", "issued",
    "URL", "genre", "note",
}  # fmt: skip
"""Of the variables of CSL-JSON 1.0.2, those that we use; a locator is none of them."""
CSL_TYPES = {"broadcast", "interview", "speech", "post", "personal_communication", "hearing", "webpage"}


@pytest.mark.parametrize("medium", [None, "podcast", "talk", "post", "letter", "testimony", "statement"])
def test_csl_json_holds_what_its_schema_knows(medium: str | None) -> None:
    quote = _quote(medium=medium)
    [item] = json.loads(export([quote], Form.CSL_JSON))
    assert set(item) <= CSL_VARIABLES
    assert item["type"] in CSL_TYPES
    assert item["id"] == quote.id
    assert item["issued"] == {"date-parts": [[2021, 5, 8]]}
    asked = {"podcast": "host", None: "interviewer"}.get(medium)
    assert [item[name] for name in ("host", "interviewer") if name in item] == (
        [[{"family": "Reed", "given": "Tom"}]] if asked else []
    )
    assert not asked or asked in item
    assert item["note"] == "at 1:02:03"


LINK = f"{URL}&t=3723"
BARE = LINK.removeprefix("https://")
REFERENCES = [
    (Style.APA, "podcast", "Vane, M. (Guest), & Reed, T. (Host). (2021, May 8). On bees_100% [Audio podcast episode]. "
     f"In Field & Notes. {LINK}", "(Vane & Reed, 2021, 1:02:03)"),
    (Style.APA, "interview", "Vane, M. (2021, May 8). On bees_100% (T. Reed, Interviewer) [Interview]. Field & Notes. "
     f"{LINK}", "(Vane, 2021, 1:02:03)"),
    (Style.APA, "talk", f"Vane, M. (2021, May 8). On bees_100% [Speech]. Field & Notes. {LINK}",
     "(Vane, 2021, 1:02:03)"),
    (Style.APA, "testimony", f"Vane, M. (2021, May 8). On bees_100% [Testimony]. Field & Notes. {LINK}",
     "(Vane, 2021, 1:02:03)"),
    (Style.MLA, "podcast", f"Vane, Mira. “On bees_100%.” Interview by Tom Reed. Field & Notes, 8 May 2021, {BARE}.",
     "(Vane 1:02:03)"),
    (Style.MLA, "talk", "Vane, Mira. “On bees_100%.” Field & Notes, 8 May 2021, "
     f"{BARE}. Lecture.", "(Vane 1:02:03)"),
    (Style.CHICAGO, "podcast", "Vane, Mira. 2021. “On bees_100%.” Interview by Tom Reed. Field & Notes, "
     f"May 8, 2021. Podcast audio, 1:02:03. {LINK}.", "(Vane 2021, 1:02:03)"),
    (Style.CHICAGO, "interview", "Vane, Mira. 2021. “On bees_100%.” Interview by Tom Reed. Field & Notes, May 8, 2021. "
     f"{LINK}.", "(Vane 2021, 1:02:03)"),
    (Style.GB7714, "podcast", f"VANE M, 2021. On bees_100%[Z/OL]. Field & Notes. (2021-05-08)[2026-01-02]. {LINK}.",
     "(Vane, 2021: 1:02:03)"),
]  # fmt: skip


@pytest.mark.parametrize(("style", "medium", "reference", "short"), REFERENCES)
def test_the_styles(style: Style, medium: str, reference: str, short: str) -> None:
    assert formatted(_quote(medium=medium), style, accessed="2026-01-02").split("\n") == [reference, short]


def test_a_post_names_its_account() -> None:
    post = "https://x.com/miravane/status/42"
    quote = _quote(medium="post", url=post, said_at=False)
    assert "Vane, M. [@miravane]. (2021, May 8). On bees_100% [Post]." in formatted(quote, Style.APA)
    assert formatted(quote, Style.CHICAGO).split("\n")[0].endswith(f"Field & Notes, May 8, 2021. {post}.")
    assert "Interview by" not in formatted(quote, Style.MLA)
    assert export([quote], Form.WIKIPEDIA).startswith("{{cite tweet |user=miravane |number=42 |title=On bees_100%")


def test_without_an_address_the_mark_of_the_kind_stays() -> None:
    entry, short = formatted(_quote(url=None, said_at=False), Style.GB7714).split("\n")
    assert entry == "VANE M, 2021. On bees_100%[Z]. Field & Notes, 2021-05-08."
    assert short == "(Vane, 2021)"


def test_ris_has_a_tag_a_line() -> None:
    lines = export([_quote(medium="podcast")], Form.RIS).split("\r\n")
    assert lines[0] == "TY  - SOUND"
    assert lines[-1] == "ER  - "
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert "AU  - Vane, Mira" in lines
    assert "DA  - 2021/05/08/" in lines


def test_templates_of_wikipedia() -> None:
    podcast = as_wikipedia(_quote(medium="podcast"), accessed="2026-01-02")
    assert podcast == (
        "{{cite podcast |last=Vane |first=Mira |host=Tom Reed |title=On bees_100% |website=Field & Notes "
        f"|date=2021-05-08 |time=1:02:03 |url={LINK} |access-date=2026-01-02}}}}"
    )
    assert as_wikipedia(_quote(date="2021-05")).startswith(
        "{{cite interview |last=Vane |first=Mira |interviewer=Tom Reed"
    )
    assert "|date=May 2021 " in as_wikipedia(_quote(date="2021-05"))
    assert "|title=A {{!}} B" in as_wikipedia(_quote(title="A | B"))


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


def test_every_style_of_the_table_is_offered_under_its_name() -> None:
    offered = form_names(page_texts("en"))
    assert {style.value for style in Style} == set(STYLES)
    assert set(offered) == set(Form)
    assert {offered[Form(name)] for name in STYLES} == {style.shown for style in STYLES.values()}
