"""What other sites show of a link: a title of his words, a description of ours, a picture, HTML to put into a page.

Open Graph (https://ogp.me) for who reads the page's head, oEmbed 1.0 (https://oembed.com) for who asks.
"""

import html
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.quotes import Quote
from assistant.records.saved_answers import SavedAnswer
from ui.rendering.card_image import HEIGHT, WIDTH
from ui.rendering.citations import as_html, credit
from ui.rendering.framing import frame_saved

_TITLE = 110
"""Characters of a title; sites cut longer ones themselves, in the middle of a word."""
_WIDEST, _LEAST = 650, 220
"""Pixels that an embedded answer asks for."""
_LINE_OF, _LINE_HEIGHT = 75, 26


class Embed(BaseModel):
    """A link as another site shows it."""

    model_config = ConfigDict(frozen=True)

    title: str
    description: str
    address: str
    """Where the page with all of it is."""
    quotes: tuple[Quote, ...]
    picture: str | None
    """Where the card image is."""
    author: str

    @property
    def markup(self) -> str:
        """Return HTML for another page: each quotation whole, with `cite` and its attribution; nothing is loaded."""
        figures = "\n".join(as_html(quote) for quote in self.quotes)
        address, told = html.escape(self.address), html.escape(self.title if not self.quotes else "ask-ilya")
        return f'{figures}\n<p><a href="{address}">{told}</a></p>'.lstrip()


def quote_embed(quote: Quote, *, site: str, drawable: bool) -> Embed:
    """Return a quote as other sites show it; `site` is the address of ours, without a slash at its end."""
    return Embed(
        title=cut(quote.text),
        description=credit(quote),
        address=f"{site}/q/{quote.id}",
        quotes=(quote,),
        picture=picture_of(quote, site=site) if drawable else None,
        author=quote.attribution.speaker,
    )


def answer_embed(saved: SavedAnswer, *, subject: str, site: str, drawable: bool) -> Embed:
    """Return a saved answer as other sites show it: the question, and the beginning of his first words or why none."""
    shown = frame_saved(saved, subject=subject)
    first = saved.quotes[0].quote if saved.quotes else None
    told = f"{cut(first.text)} — {credit(first)}" if first else shown.abstention or shown.coverage
    return Embed(
        title=saved.question,
        description=told,
        address=f"{site}/a/{saved.id}",
        quotes=tuple(numbered.quote for numbered in saved.quotes),
        picture=picture_of(first, site=site) if first and drawable else None,
        author=subject,
    )


def credit_lines(quote: Quote) -> tuple[str, ...]:
    """Return the attribution that stands on a picture: who, when and where; then the title, which may be shortened."""
    told = quote.attribution
    first = ", ".join(part for part in (told.speaker, told.date, told.venue) if part)
    return (first, told.title) if told.title != told.venue else (first,)


def picture_of(quote: Quote, *, site: str) -> str:
    """Return the address of a quote's card image."""
    return f"{site}/api/v1/quotes/{quote.id}/card.png"


def cut(words: str, most: int = _TITLE) -> str:
    """Return words between quotation marks, cut behind a word where they are too long, which an ellipsis tells.

    >>> cut("So it goes, again and again.", most=12)
    '“So it goes, …”'
    """
    line = " ".join(words.split())
    if len(line) > most:
        head = line[: most + 1].rpartition(" ")[0] or line[:most]  # scripts without spaces are cut between characters
        line = f"{head} …"
    return f"“{line}”"


def pair_embed(earlier: Quote, later: Quote, *, title: str, address: str, subject: str) -> Embed:
    """Return two quotes side by side as other sites show a link to them: the beginning of each, with its date."""
    told = " ".join(f"{quote.attribution.date or '?'}: {cut(quote.text)}" for quote in (earlier, later))
    return Embed(
        title=f"{subject}: {title}",
        description=told,
        address=address,
        quotes=(earlier, later),
        picture=None,
        author=subject,
    )


def open_graph(shown: Embed, *, discovery: str | None) -> str:
    """Return the tags for the head of the page; `discovery` is where oEmbed is asked about it, where it is."""
    told = {
        "og:type": "article",
        "og:site_name": "ask-ilya",
        "og:title": shown.title,
        "og:description": shown.description,
        "og:url": shown.address,
    }
    if shown.picture:
        told |= {
            "og:image": shown.picture,
            "og:image:type": "image/png",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": " ".join(shown.quotes[0].text.split()),
        }
    tags = "".join(f'<meta property="{name}" content="{html.escape(value)}">' for name, value in told.items())
    card = "summary_large_image" if shown.picture else "summary"
    title = html.escape(shown.title)
    found_at = (
        f'<link rel="alternate" type="application/json+oembed" href="{html.escape(discovery)}" title="{title}">'
        if discovery
        else ""
    )
    return (
        f'{tags}<meta name="twitter:card" content="{card}">'
        f'<meta name="description" content="{html.escape(shown.description)}">'
        f'<link rel="canonical" href="{html.escape(shown.address)}">{found_at}'
    )


def oembed(shown: Embed, *, site: str, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """Return what an oEmbed consumer gets: `rich` HTML no wider and higher than it wants."""
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        "author_name": shown.author,
        "provider_name": "ask-ilya",
        "provider_url": f"{site}/",
        "cache_age": 3600,
        "html": shown.markup,
        "width": min(_WIDEST, max_width or _WIDEST),
        "height": min(_height(shown.quotes), max_height or 10_000),
    }
    # the picture is of one size: who wants a smaller one gets none
    if shown.picture and (max_width or WIDTH) >= WIDTH and (max_height or HEIGHT) >= HEIGHT:
        told |= {"thumbnail_url": shown.picture, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return told


def _height(quotes: Sequence[Quote]) -> int:
    return _LEAST + sum((len(quote.text) // _LINE_OF + 2) * _LINE_HEIGHT for quote in quotes)
