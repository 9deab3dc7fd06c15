"""The quotation of the day as an Atom or RSS feed; its words are whole, in a `<blockquote>` with their source."""

import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum

from assistant.quotes import Quote
from ui.rendering.answer_texts import texts
from ui.rendering.citations import as_html, credit
from ui.rendering.embeds import cut
from ui.rendering.framing import spoken_date


class FeedKind(StrEnum):
    """The kinds of feed."""

    ATOM = "atom"
    RSS = "rss"


MEDIA_TYPES = {FeedKind.ATOM: "application/atom+xml", FeedKind.RSS: "application/rss+xml"}


def daily_feed(days: Sequence[tuple[date, Quote]], kind: FeedKind, *, subject: str, site: str, language: str) -> bytes:
    """Return the feed of some days, latest first; `site` is the address of the page, without a slash at its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from feedgen.feed import FeedGenerator

    words = texts(language)
    feed = FeedGenerator()
    own = f"{site}/api/v1/today.{kind.value}"
    feed.id(own)
    feed.title(words.daily_title.format(subject=subject))
    feed.subtitle(words.daily_about.format(subject=subject))
    feed.link(href=own, rel="self")
    feed.link(href=f"{site}/", rel="alternate")
    feed.language(language)
    feed.author(name="ask-ilya")
    feed.updated(_morning(days[0][0]) if days else datetime.fromtimestamp(0, UTC))
    for day, quote in days:
        if not _fits_xml(as_html(quote)):
            continue  # rather no entry than other words
        entry = feed.add_entry(order="append")
        address = f"{site}/q/{quote.id}"
        entry.id(f"{address}?day={day.isoformat()}")
        entry.guid(f"{address}?day={day.isoformat()}", permalink=True)
        entry.title(cut(quote.text))
        entry.link(href=address)
        entry.author(name=quote.attribution.speaker)
        entry.summary(f"{spoken_date(day.isoformat(), words)}: {credit(quote)}")
        entry.content(as_html(quote), type="html")
        entry.published(_morning(day))
        entry.updated(_morning(day))
    return bytes(feed.atom_str(pretty=True) if kind is FeedKind.ATOM else feed.rss_str(pretty=True))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _fits_xml(text: str) -> bool:
    """Whether XML can hold a text: of control characters it knows three."""
    return all(char >= " " or char in "\t\n\r" for char in text)
