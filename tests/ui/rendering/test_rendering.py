import html
import re

import pytest

from assistant.answers import Answer, Coverage, NumberedQuote, Reason, numbered
from assistant.quotes import Quote
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file
from knowledge.starter.topics import nearest_questions
from tests.invented import BEES, labelled_source
from ui.rendering import answer_html, answer_markdown, answer_text, frame
from ui.rendering.answer_texts import texts
from ui.rendering.citations import csl_item
from ui.rendering.framing import card, clock, spoken_date

ENGLISH = texts("en")
CHINESE = texts("zh")

HOSTILE = [
    "He said \"stop\" and 'go' [1] {0} {number} %s.",
    "<script>alert(1)</script> & <b>bold</b> &amp; done.",
    "$$x^2$$ *stars* _lines_ `code` # no heading.",
    "A ‮backwards‬ word and a \\ backslash.",
    "The same sentence.",
    "The same sentence.",
    "“Curly” — dashes – and … dots．",
    "w" * 5000 + ".",
]


def hostile_source() -> Source:
    lines = []
    for words in HOSTILE:
        lines += ["Tom <i>Reed</i>: What [2] do you & yours <say>?", f"Mira Vane: {words}"]
    return labelled_source("\n".join(lines), "hostile", title="<u>T</u> & [3]", url="https://x.test/?a=1&b=<2>")


def answer(language: str = "en") -> Answer:
    source = hostile_source()
    quotes = [Quote(source=source, start=turn.start, end=turn.end) for turn in source.turns if turn.role == "subject"]
    coverage = Coverage(sources=1, since="2021-05", until="2021-05")
    return Answer(question="q", selector="extractive", quotes=numbered(quotes), coverage=coverage, language=language)


def visible(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", fragment))


def test_plain_text_holds_every_quote_exactly_under_its_number() -> None:
    shown = answer()
    text = answer_text(frame(shown, subject="Mira Vane"))
    position = 0
    for record in shown.quotes:
        position = text.index(f"[{record.number}] May 2021", position)
        position = text.index(f"“{record.quote.text}”", position)


def test_html_shows_every_quote_exactly_and_nothing_of_it_is_markup() -> None:
    shown = answer()
    page = answer_html(frame(shown, subject="Mira Vane"))
    cards = re.findall(r'<article class="quote" id="(q_\w+)" data-number="(\d+)">(.*?)</article>', page, re.DOTALL)
    assert [(card[0], int(card[1])) for card in cards] == [(q.quote.id, q.number) for q in shown.quotes]
    for (_, _, body), record in zip(cards, shown.quotes, strict=True):
        words = re.search(r'<p style="white-space:pre-wrap">(.*?)</p>', body)
        assert words is not None
        assert "<" not in words.group(1)
        assert visible(words.group(1)) == record.quote.text
    tags = set(re.findall(r"</?([a-z0-9]+)", page))
    assert tags <= {
        "div",
        "article",
        "p",
        "span",
        "q",
        "blockquote",
        "footer",
        "cite",
        "a",
        "ul",
        "li",
        "h3",
        "details",
        "summary",
    }


def test_markdown_shows_every_quote_once_escapes_are_undone() -> None:
    shown = answer()
    text = answer_markdown(frame(shown, subject="Mira Vane"))
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    for record in shown.quotes:
        assert f"> {record.quote.text}\n" in unescaped
    assert not re.search(r"(?<!\\)[*_`#$]\w", text.replace("*Tom", "Tom"))


def test_an_unsafe_link_is_not_a_link() -> None:
    source = hostile_source().model_copy(update={"url": "javascript:alert(1)"})
    turn = next(turn for turn in source.turns if turn.role == "subject")
    quotes = numbered([Quote(source=source, start=turn.start, end=turn.end)])
    shown = Answer(question="q", selector="s", quotes=quotes, coverage=Coverage(sources=1))
    assert "href" not in answer_html(frame(shown, subject="Mira Vane"))


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_abstention_says_why_and_what_was_searched(reason: Reason, language: str) -> None:
    coverage = Coverage(sources=9, since="2015-01", until="2025-11")
    none = Answer(question="q", selector="s", reason=reason, coverage=coverage, language=language)
    text = answer_text(frame(none, subject="Mira Vane", examples=("Why do bees dance?",)))
    assert "9" in text
    assert "2025" in text
    assert "Why do bees dance?" in text
    assert "“" not in text.replace("“他说过什么”", "")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Nearest topics held: Robotics and simulation (20"), ("zh", "收录的相近话题：机器人与仿真（20")],
)
def test_an_abstention_names_the_nearest_topics_and_offers_their_questions(language: str, told: str) -> None:
    asked = "Will robots do the dishes?"
    none = Answer(
        question=asked, selector="s", reason=Reason.NO_EVIDENCE, coverage=Coverage(sources=1), language=language
    )
    near = nearest_questions(asked)
    shown = frame(none, subject="Mira Vane", examples=("Why do bees dance?",), nearest=near)
    assert told in str(shown.abstention)
    assert all(one.date[:4] in str(shown.abstention) for one in near)
    assert shown.examples == tuple(one.zh if language == "zh" else one.en for one in near)
    elsewhere = none.model_copy(update={"reason": Reason.NOT_HIM})
    assert "Nearest" not in str(frame(elsewhere, subject="Mira Vane", nearest=near).abstention)


def test_what_he_wrote_is_told_as_written() -> None:
    path = next(one for one in book_files() if one.stem == "x-2022-02-09")
    source = read_book_file(path, default_subject())
    quote = Quote(source=source, start=source.turns[0].start, end=source.turns[0].end)
    told = card(NumberedQuote(number=1, quote=quote), language="en")
    assert told.lead == "9 February 2022, wrote on X:"
    assert told.badge == "his own text"
    assert csl_item(quote)["type"] == "post"
    letter = source.model_copy(update={"medium": "letter"})
    written = Quote(source=letter, start=quote.start, end=quote.end)
    assert card(NumberedQuote(number=1, quote=written), language="zh").lead == "2022年2月9日，写道（X）："
    assert csl_item(written)["type"] == "personal_communication"


def test_the_framing_follows_the_language_of_the_question_and_the_words_do_not() -> None:
    shown = answer("zh")
    text = answer_text(frame(shown, subject="Mira Vane"))
    assert "2021年5月" in text
    assert all(record.quote.text in text for record in shown.quotes)


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [
        ("2015", "2015", "2015"),
        ("2015-01", "January 2015", "2015年1月"),
        ("2023-03-27", "27 March 2023", "2023年3月27日"),
    ],
)
def test_dates_are_written_as_people_say_them(date: str, english: str, chinese: str) -> None:
    assert (spoken_date(date, ENGLISH), spoken_date(date, CHINESE)) == (english, chinese)


def test_moments_are_written_as_a_clock() -> None:
    assert [clock(0), clock(1651.2), clock(5763)] == ["0:00", "27:31", "1:36:03"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_chose_is_said_where_a_model_was_asked(language: str) -> None:
    asked = {"question": "q", "reason": Reason.NO_EVIDENCE, "coverage": Coverage(sources=1), "language": language}
    alone = frame(Answer(selector="extractive", **asked), subject="Mira Vane")
    fallen = frame(Answer(selector="extractive (no answer in time)", **asked), subject="Mira Vane")
    for write in (answer_text, answer_html, answer_markdown):
        assert "extractive" not in write(alone)
        assert "no answer in time" in write(fallen)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Mira Vane (Hive Labs): The dance of bees", "Mira Vane, to Tom Reed, The dance of bees, "),
        ("Mira Vane – The dance of bees | Field Notes", "Mira Vane, to Tom Reed, The dance of bees, "),
        ("Mira Vane", "Mira Vane, to Tom Reed, May 2021"),
        ("Mira Vane on bees", "Mira Vane, to Tom Reed, Mira Vane on bees, "),
    ],
)
def test_the_line_says_each_thing_once(title: str, shown: str) -> None:
    source = labelled_source(BEES, "talk", title=title)
    turn = source.turns[1]
    quote = Quote(source=source, start=turn.start, end=turn.end)
    one = card(NumberedQuote(number=1, quote=quote), language="en")
    assert one.attribution.startswith(shown)
    told = shown.split(", to Tom Reed, ")[1].removesuffix(", ").removesuffix("May 2021")
    assert one.credit == ", ".join(filter(None, ["Mira Vane", told]))
