"""What other sites show of a link: whole words, or cut where it is told; a picture with every character or none."""

import html
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from assistant.quotes import Quote
from tests.invented import labelled_source
from ui.rendering import card_image
from ui.rendering.card_image import NotDrawable, is_drawable
from ui.rendering.embeds import credit_lines, cut, oembed, open_graph, quote_embed
from ui.rendering.feeds import FeedKind, daily_feed

TALK = 'Tom Reed: Why?\nMira Vane: Is a < b & "c"? I say that 50% of all bees dance, – naïvely. {}\n'
SITE = "https://ilya.example"


def a_quote(more: str = "So it goes.") -> Quote:
    source = labelled_source(TALK.format(more), "talk", title='On "bees" & <b>', url="https://example.org/talk")
    turn = source.turns[1]
    return Quote(source=source, start=turn.start, end=turn.end)


@pytest.mark.parametrize("most", range(8, 60))
def test_a_title_is_a_beginning_of_the_words_that_ends_behind_a_word(most: int) -> None:
    words = "Scaling was the age of something, and now it is not."
    shown = cut(words, most)
    assert (shown[0], shown[-1]) == ("“", "”")
    whole = shown[1:-1]
    if whole != words:
        assert whole.endswith(" …")
        kept = whole.removesuffix(" …")
        assert words.startswith(kept)
        assert words[len(kept)] == " "
        assert len(kept) <= most


def test_a_title_without_spaces_is_cut_between_characters() -> None:
    assert cut("数据不会再增长了", 4) == "“数据不会 …”"


def test_the_tags_hold_what_they_tell_and_no_mark_up_of_a_source() -> None:
    quote = a_quote()
    tags = open_graph(quote_embed(quote, site=SITE, drawable=True), discovery=f"{SITE}/api/v1/oembed?url=x")
    told = {name: html.unescape(value) for name, value in re.findall(r'property="(og:[\w:]+)" content="([^"]*)"', tags)}
    assert told["og:title"] == cut(quote.text)
    assert told["og:image"] == f"{SITE}/api/v1/quotes/{quote.id}/card.png"
    assert told["og:image:alt"] == quote.text
    assert told["og:description"].startswith('Mira Vane, On "bees" & <b>')
    assert "<b>" not in tags
    assert "og:image" not in open_graph(quote_embed(quote, site=SITE, drawable=False), discovery="x")


def test_an_embed_has_the_whole_words_in_a_blockquote_that_cites_their_source() -> None:
    quote = a_quote("It goes on. " * 40)
    told = oembed(quote_embed(quote, site=SITE, drawable=True), site=SITE, max_width=400, max_height=None)
    [(cite, words)] = re.findall(r'<blockquote cite="([^"]+)"><p lang="en">(.*?)</p>', told["html"])
    assert html.unescape(words) == quote.text
    assert html.unescape(cite) == quote.attribution.url
    assert told["width"] == 400
    assert "thumbnail_url" not in told  # it is wider than what is wanted
    assert "<script" not in told["html"]


@pytest.mark.parametrize("length", [1, 20, 60])
def test_a_picture_has_every_word_of_the_quotation(length: int) -> None:
    quote = a_quote("Bees dance again. " * length)
    size, lines = card_image._laid_out(quote.text, card_image._room(credit_lines(quote)))
    assert size >= 22
    assert " ".join(" ".join(lines).split()) == f"“{' '.join(quote.text.split())}”"
    assert all(card_image._width(line, size) <= card_image.WIDTH - 160 for line in lines)
    drawn = Image.open(io.BytesIO(card_image.card_image(quote.text, credit_lines(quote))))
    assert drawn.size == (1200, 630)
    inked = drawn.convert("L").point(lambda value: 255 * (value < 60)).getbbox()
    assert inked
    assert inked[3] <= 630 - 40


def test_a_quotation_that_does_not_fit_is_not_drawn() -> None:
    quote = a_quote("Bees dance again. " * 400)
    assert not is_drawable(quote.text, credit_lines(quote))
    with pytest.raises(NotDrawable, match="too long"):
        card_image.card_image(quote.text, credit_lines(quote))


def test_characters_without_a_glyph_are_not_drawn_as_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = card_image._paths()[:1]
    for cached in (card_image._face_of, card_image._runs, card_image._laid_out, card_image._font):
        cached.cache_clear()
    with monkeypatch.context() as without:
        without.setattr(card_image, "_paths", lambda: latin)
        assert is_drawable("Plain — “naïve” words…", ("Mira Vane",))
        with pytest.raises(NotDrawable, match="数"):
            card_image.card_image("数据", ("Mira Vane",))
    for cached in (card_image._face_of, card_image._runs, card_image._laid_out, card_image._font):
        cached.cache_clear()


def test_chinese_is_drawn_in_lines_where_a_font_has_it() -> None:
    if len(card_image._paths()) == 1:
        pytest.skip("no Chinese font on this machine: apt-get install fonts-noto-cjk")
    words = "数据不会再增长了，因为我们只有一个互联网。" * 6
    _, lines = card_image._laid_out(words, 400)
    assert "".join(lines) == f"“{words}”"
    assert len(lines) > 2
    assert not any(line.startswith(("，", "。", "”")) for line in lines)


@pytest.mark.parametrize("kind", FeedKind)
def test_a_feed_is_well_formed_and_its_entries_hold_the_whole_words(kind: FeedKind) -> None:
    quote = a_quote()
    written = daily_feed([(date(2026, 11, 30), quote)], kind, subject="Mira Vane", site=SITE, language="zh")
    tree: Any = etree.fromstring(written)
    assert "每日一句" in written.decode()
    found = [element.text for element in tree.iter() if element.text and "<blockquote" in element.text]
    assert len(found) == 1
    [words] = re.findall(r'<p lang="en">(.*?)</p>', found[0])
    assert html.unescape(words) == quote.text
    assert f"{SITE}/q/{quote.id}" in written.decode()


def test_a_feed_without_a_book_is_empty_and_words_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    assert b"<entry" not in daily_feed([], FeedKind.ATOM, subject="Mira Vane", site=SITE, language="en")
    quote = a_quote()
    odd = quote.source.model_copy(update={"text": quote.source.text.replace("dance", "da\x0bce")})
    broken = Quote(source=odd, start=quote.start, end=quote.end)
    days = [(date(2026, 11, 30), broken), (date(2026, 11, 29), quote)]
    assert daily_feed(days, FeedKind.ATOM, subject="Mira Vane", site=SITE, language="en").count(b"<entry") == 1
