"""What a quote's page tells beside it: whether its source still stands, and how other versions have its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quotes import Quote
from assistant.records.citation_history import Standing, Variant, standing_of, variants_of
from knowledge.library.store import Library
from ui.rendering.answer_texts import texts
from ui.rendering.framing import badge, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class VersionTexts:
    """The words around versions in one language. `{name}` marks what code fills in."""

    standing: dict[Standing, str]
    title: str
    hint: str
    lacking: str


@dataclass(frozen=True)
class VersionView:
    """One other version: its words in order, each piece with whether only that version has it; where they stand."""

    address: str
    title: str
    date: str
    language: str
    kind: str
    kind_class: str
    pieces: tuple[tuple[str, bool], ...]
    lacking: str


def version_texts(page: PageTexts) -> VersionTexts:
    """Return the words around versions in the page's language."""
    return text_table(VersionTexts, "versions", page.code)


def standing_told(library: Library, quote: Quote, page: PageTexts) -> str | None:
    """Return a sentence that a citation is stale; None while its source stands."""
    return version_texts(page).standing.get(standing_of(library, quote))


def version_views(library: Library, quote: Quote, page: PageTexts) -> list[VersionView]:
    """Return how the other versions in the library have a quote's words, best first."""
    return [_view(quote, variant, page) for variant in variants_of(library, quote)]


def _view(quote: Quote, variant: Variant, page: PageTexts) -> VersionView:
    other, around = variant.quote, texts(page.code)
    told = other.attribution
    lacking = " / ".join(quote.source.text[span.start : span.end] for span in variant.missing)
    return VersionView(
        address=f"/q/{other.id}",
        title=told.title,
        date=spoken_date(told.date, around) if told.date else around.unknown_date,
        language=told.language,
        kind=badge(told.provenance, other.source.how, around),
        kind_class=told.provenance.value,
        pieces=tuple(_pieces(variant)),
        lacking=version_texts(page).lacking.format(words=lacking) if lacking else "",
    )


def _pieces(variant: Variant) -> Iterator[tuple[str, bool]]:
    other = variant.quote
    at = other.start
    for span in variant.differing:
        yield other.source.text[at : span.start], False
        yield other.source.text[span.start : span.end], True
        at = span.end
    yield other.source.text[at : other.end], False
