"""What a quote's page tells beside it: whether its source still stands, and how other versions have its words."""

from dataclasses import dataclass

from assistant.quotes import Quote
from assistant.records.citation_history import Variant, variants_of
from assistant.records.citing import Standing, standing_of
from knowledge.library.store import Library
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.framing import badge, spoken_date
from ui.web.page_texts import PageTexts


@dataclass(frozen=True)
class VersionTexts:
    """The words around versions in one language. `{name}` marks what code fills in."""

    standing: dict[Standing, str]
    title: str
    hint: str
    lacking: str


ENGLISH = VersionTexts(
    standing={
        Standing.REPLACED: "The file was replaced by a newer edition since; these words stand in the edition cited.",
        Standing.REMOVED: "The source was removed from the library since; these words stand in the edition cited.",
    },
    title="The same words in other versions",
    hint="Marked: what only that version has.",
    lacking="Not there: {words}",
)
CHINESE = VersionTexts(
    standing={
        Standing.REPLACED: "该文件此后已有新版本；这些话出自被引用的版本。",
        Standing.REMOVED: "该来源此后已从资料库移除；这些话出自被引用的版本。",
    },
    title="其他版本中的同一段话",
    hint="标记处为仅该版本所有的词。",
    lacking="该版本没有：{words}",
)
BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def standing_html(library: Library, quote: Quote, page: PageTexts) -> str:
    """Return a note that a citation is stale; nothing while its source stands."""
    told = BY_LANGUAGE[page.code].standing.get(standing_of(library, quote))
    return f'<p class="notice stale">{text(told)}</p>' if told else ""


def variants_html(library: Library, quote: Quote, page: PageTexts) -> str:
    """Return how the other versions in the library have a quote's words, best first; nothing without any."""
    variants = variants_of(library, quote)
    if not variants:
        return ""
    own = BY_LANGUAGE[page.code]
    items = "".join(_variant(quote, variant, page, own) for variant in variants)
    return (
        f'<section class="versions"><h2>{text(own.title)}</h2><p class="facts">{text(own.hint)}</p>'
        f"<ul>{items}</ul></section>"
    )


def _variant(quote: Quote, variant: Variant, page: PageTexts, own: VersionTexts) -> str:
    other, around = variant.quote, texts(page.code)
    told = other.attribution
    when = spoken_date(told.date, around) if told.date else around.unknown_date
    kind = badge(told.provenance, other.source.how, around)
    lacking = " / ".join(quote.source.text[span.start : span.end] for span in variant.missing)
    missing = f'<p class="facts">{text(own.lacking.format(words=lacking))}</p>' if lacking else ""
    return (
        f'<li><blockquote class="words" lang="{text(told.language)}" dir="auto"><p>{_marked(variant)}</p></blockquote>'
        f'<p class="facts"><a href="/q/{other.id}">{text(told.title)}</a>, {text(when)} '
        f'<span class="badge {told.provenance.value}">{text(kind)}</span></p>{missing}</li>'
    )


def _marked(variant: Variant) -> str:
    other, parts, at = variant.quote, [], variant.quote.start
    for span in variant.differing:
        inside = text(other.source.text[span.start : span.end])
        parts += [text(other.source.text[at : span.start]), f'<mark class="differs">{inside}</mark>']
        at = span.end
    return "".join(parts) + text(other.source.text[at : other.end])
