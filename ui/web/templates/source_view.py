"""A source as HTML: who speaks is coloured, a quote's words are marked, and other versions of its words are told."""

from dataclasses import dataclass

from assistant.deep_links import deep_link
from assistant.quotes import Quote
from assistant.records.citation_history import Standing, Variant, standing_of, variants_of
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source, count_words
from knowledge.model.turns import Role, Turn
from knowledge.starter.book import READER as BOOK
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import LANGUAGE_NAMES
from ui.rendering.framing import badge, clock, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.templates.chat_texts import chat_texts


# What a quote's page tells beside it: whether its source still stands, and how other versions have its words.
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
        f'<li><blockquote class="words" lang="{text(told.language)}" dir="auto"><p>{_diff(variant)}</p></blockquote>'
        f'<p class="facts"><a href="/q/{other.id}">{text(told.title)}</a>, {text(when)} '
        f'<span class="badge {told.provenance.value}">{text(kind)}</span></p>{missing}</li>'
    )


def _diff(variant: Variant) -> str:
    other, parts, at = variant.quote, [], variant.quote.start
    for span in variant.differing:
        inside = text(other.source.text[span.start : span.end])
        parts += [text(other.source.text[at : span.start]), f'<mark class="differs">{inside}</mark>']
        at = span.end
    return "".join(parts) + text(other.source.text[at : other.end])


Span = tuple[int, int]


def source_html(source: Source, page: PageTexts, *, subject: str, mark: Span | None = None) -> str:
    """Return the source with its facts above; the characters of `mark` stand in `<mark id="mark">`."""
    parts: list[str] = []
    position = 0
    of_book = source.reader == BOOK
    for turn in source.turns:
        if of_book and parts and turn.renders is None:
            parts.append(f'<p class="gap">{text(chat_texts(page.code).gap)}</p>')
        parts.append(_beside(source, position, turn.start))
        shown = _turn(source, turn, page, subject, mark)
        parts.append(shown if turn.renders is None else _folded(shown, turn, page, mark))
        position = turn.end
    parts.append(_beside(source, position, len(source.text)))
    return f'{_facts(source, page)}<div class="turns" lang="{text(source.language)}">{"".join(parts)}</div>'


def reader_html(source: Source, page: PageTexts, *, subject: str, mark: Span | None, address: str) -> str:
    """Return what the panel beside the chat shows: tools, then the source."""
    return f"{tools_html(page, address=address)}{source_html(source, page, subject=subject, mark=mark)}"


def tools_html(page: PageTexts, *, address: str | None = None) -> str:
    """Return the search within a source; with an `address`, also the panel's close button and its link."""
    panel = ""
    if address:
        panel = (
            f'<a class="whole" href="{text(address)}">{text(page.whole_source)}</a>'
            f'<button type="button" class="close">{text(page.close)}</button>'
        )
    return (
        '<form class="within" role="search">'
        f'<input type="search" aria-label="{text(page.search_within)}" placeholder="{text(page.search_within)}">'
        '<output class="count" aria-live="polite"></output>'
        f'<button type="button" class="previous" aria-label="{text(page.previous)}">&#8593;</button>'
        f'<button type="submit" class="next" aria-label="{text(page.following)}">&#8595;</button>'
        f"{panel}</form>"
    )


def _facts(source: Source, page: PageTexts) -> str:
    words = texts(page.code)
    known = [source.venue, spoken_date(source.date, words) if source.date else words.unknown_date]
    if source.interviewers:
        known.append(", ".join(source.interviewers))
    counted = page.words_counted.format(words=f"{count_words(source.text):,}", quotable=f"{source.quotable_words():,}")
    notes = "".join(f"<li>{text(note)}</li>" for note in source.notes)
    return (
        f'<h2 class="source-title" dir="auto">{text(source.title)}</h2>'
        f'<p class="facts">{text(words.separator.join(part for part in known if part))}<br>{text(counted)}</p>'
        + (f'<ul class="notes">{notes}</ul>' if notes else "")
    )


def _turn(source: Source, turn: Turn, page: PageTexts, subject: str, mark: Span | None) -> str:
    report = turn.provenance is Provenance.REPORT
    kind = "report" if report else turn.role.value
    name = page.not_his if report else turn.speaker or page.role[turn.role].format(subject=subject)
    at = source.said_at(turn.start)
    when = _moment(source, at, page) if at is not None else ""
    who = f'<h3 class="speaker">{text(name)}{when}</h3>'
    asked = f'<p class="asked">{text(turn.question)}</p>' if turn.question and turn.role is Role.SUBJECT else ""
    said = f'<p class="said" dir="auto">{_marked(source.text, turn.start, turn.end, mark)}</p>'
    return f'<section class="turn {kind}">{who}{asked}{said}</section>'


def _moment(source: Source, at: float, page: PageTexts) -> str:
    """Return the time of a turn; a link that plays from there where the source's site can."""
    address = deep_link(source.url, seconds=at, words="")
    if not address or address == source.url or not address.startswith(("https://", "http://")) or "t=" not in address:
        return f' <span class="time">{clock(at)}</span>'
    label = text(chat_texts(page.code).play.format(time=clock(at)))
    link = f'href="{text(address)}" target="_blank" rel="noopener noreferrer" aria-label="{label}" title="{label}"'
    return f' <a class="time" {link}>{clock(at)}</a>'


def _folded(shown: str, turn: Turn, page: PageTexts, mark: Span | None) -> str:
    """Return a rendering of the words before it, folded unless the mark lies in it."""
    opened = " open" if mark and mark[0] < turn.end and mark[1] > turn.start else ""
    title = f"{chat_texts(page.code).renderings}: {LANGUAGE_NAMES.get(turn.language, turn.language)}"
    return f'<details class="rendering"{opened}><summary>{text(title)}</summary>{shown}</details>'


def _marked(whole: str, start: int, end: int, mark: Span | None) -> str:
    if mark is None or mark[1] <= start or mark[0] >= end:
        return text(whole[start:end])
    first, last = max(mark[0], start), min(mark[1], end)
    inside = f'<mark id="mark" tabindex="-1">{text(whole[first:last])}</mark>'
    return f"{text(whole[start:first])}{inside}{text(whole[last:end])}"


def _beside(source: Source, start: int, end: int) -> str:
    words = source.text[start:end]
    return f'<p class="said beside" dir="auto">{text(words.strip())}</p>' if words.strip() else ""
