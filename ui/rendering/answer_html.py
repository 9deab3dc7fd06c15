"""An answer as HTML. Every character of foreign text that could mean something to a browser or to Markdown is
written as a numeric entity, so that what a reader sees is what the source says."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from ui.rendering.framing import Card, Frame
from ui.rendering.verdicts import PlaceCard, Token, VerdictFrame, Voice

_LINKABLE = ("https://", "http://")

Framed = Card | PlaceCard


@dataclass(frozen=True)
class Surroundings:
    """What a page adds to an answer, as HTML composed by code: tools under each card, and where examples are asked.

    `tools` gives the HTML for a card; `ask_at` is an address that ends where the question is appended.
    """

    tools: Callable[[Card], str] = lambda _card: ""
    ask_at: str | None = None


BARE = Surroundings()


def answer_html(shown: Frame, surroundings: Surroundings = BARE) -> str:
    """Return the answer as a fragment of HTML: an `<article class="quote">` per card."""
    parts = [f'<p class="note">{text(shown.note)}</p>'] if shown.note else []
    parts += [card_html(card, surroundings.tools(card)) for card in shown.cards]
    if shown.abstention:
        parts.append(f'<p class="abstention">{text(shown.abstention)}</p>')
    parts.append(f'<p class="coverage">{text(shown.coverage)}</p>')
    if shown.examples_title:
        parts.append(questions_html(shown.examples_title, shown.examples, surroundings.ask_at))
    return f'<div class="answer">{"".join(parts)}</div>'


def questions_html(title: str, questions: tuple[str, ...], ask_at: str | None = None) -> str:
    """Return a titled list of questions; each is a link that asks it where the page can."""
    items = "".join(f"<li>{_question(question, ask_at)}</li>" for question in questions)
    return f'<p class="examples">{text(title)}</p><ul class="examples">{items}</ul>'


def card_html(card: Card, tools: str = "") -> str:
    """Return one quote card. `tools` is HTML composed by code, shown under it."""
    before = _around(card.before_title, card.before, card.language)
    after = _around(card.after_title, card.after, card.language)
    words = words_html(text(card.words), card.language)
    inside = f"{header_html(card)}{before}{words}{after}{footer_html(card)}{tools}"
    return f'<article class="quote" id="{card.quote_id}" data-number="{card.number}">{inside}</article>'


def _around(title: str, words: str | None, language: str) -> str:
    """Return a sentence beside a quote, outside its quotation mark-up."""
    if words is None:
        return ""
    said = f'<span lang="{text(language)}" dir="auto">{text(words)}</span>'
    return f'<p class="surroundings"><small><span class="who">{text(title)}</span> {said}</small></p>'


def header_html(shown: Framed) -> str:
    """Return what stands above the words: number, occasion, and what was asked."""
    occasion = text(shown.occasion or shown.lead)
    lead = f'<h3 class="lead"><span class="number">[{shown.number}]</span> {occasion}</h3>'
    if not shown.asked:
        return lead
    who = f'<span class="who">{text(shown.asked_who or "")}</span>'
    return f'{lead}<p class="asked">{who} <q class="asked-words" dir="auto">{text(shown.asked)}</q></p>'


def words_html(inside: str, language: str) -> str:
    """Return HTML of words, already escaped, as a quotation in their language."""
    opening = f'<blockquote class="words" lang="{text(language)}" dir="auto"><p style="white-space:pre-wrap">'
    return f"{opening}{inside}</p></blockquote>"


def footer_html(shown: Framed) -> str:
    """Return what stands below the words: whose they are, how we know, and where to open them."""
    badge = (
        f'<details class="badge {shown.provenance.value}"><summary>{text(shown.badge)}</summary>'
        f'<span class="hint">{text(shown.badge_hint)}</span></details>'
    )
    caution = f'<span class="caution">{text(shown.caution)}</span>' if shown.caution else ""
    return f"<footer><cite>{text(shown.credit or shown.attribution)}</cite> {badge}{caution}{_link(shown)}</footer>"


def text(value: str) -> str:
    """Return the value with everything but letters, digits and spaces written as numeric entities.

    >>> text("<b>1 & 2</b>")
    '&#60;b&#62;1 &#38; 2&#60;&#47;b&#62;'
    """
    return "".join(char if _plain(char) else f"&#{ord(char)};" for char in value)


def _plain(char: str) -> bool:
    # browsers read &#128; … &#159; as Windows-1252 (&#133; becomes an ellipsis), so these must stand as they are
    return char.isalnum() or char == " " or "\x80" <= char <= "\x9f"


def _question(question: str, ask_at: str | None) -> str:
    if ask_at is None:
        return text(question)
    return f'<a class="ask" href="{text(ask_at + quote(question, safe=""))}">{text(question)}</a>'


def _link(card: Framed) -> str:
    if not card.link or not card.link.startswith(_LINKABLE):
        return ""
    words = text(card.link_text or "")
    return f' <a class="open" href="{text(card.link)}" target="_blank" rel="noopener noreferrer">{words}</a>'


# The verdict on a quotation as HTML. Words of the claim are never marked up as the source's.
_TAGS = {Voice.SAID: "mark", Voice.CLAIMED: "ins"}


def verdict_html(shown: VerdictFrame, tools: Callable[[PlaceCard], str] = lambda _place: "") -> str:
    """Return the verdict as a fragment of HTML: an `<article class="place">` per place.

    `tools` gives HTML composed by code, shown under a place.
    """
    parts = [
        f'<h2 class="verdict-title">{text(shown.title)}</h2>',
        f'<p class="explanation">{text(shown.explanation)}</p>',
        *(f'<p class="remark">{text(remark)}</p>' for remark in shown.remarks),
        *(_place(place, tools(place)) for place in shown.places),
    ]
    if shown.nearest_title:
        parts.append(f'<h3 class="nearest">{text(shown.nearest_title)}</h3>')
        parts += [_place(place, tools(place)) for place in shown.nearest]
    parts.append(f'<p class="coverage">{text(shown.coverage)}</p>')
    return f'<div class="verdict {shown.verdict.value}">{"".join(parts)}</div>'


def _place(place: PlaceCard, tools: str) -> str:
    parts = [header_html(place)]
    said = f'<span class="around">{text(place.before)}</span><span class="matched">{_tokens(place.said)}</span>'
    said += f'<span class="around">{text(place.after)}</span>'
    parts.append(words_html(said, place.language))
    if place.claimed_title:
        title = f'<span class="who">{text(place.claimed_title)}</span>'
        parts.append(f'<p class="claimed">{title} <span dir="auto">{_tokens(place.claimed)}</span></p>')
    if place.changes:
        parts.append(f'<ul class="changes">{"".join(f"<li>{text(change)}</li>" for change in place.changes)}</ul>')
    parts += [f'<p class="warning">{text(warning)}</p>' for warning in place.warnings]
    if place.note:
        parts.append(f'<p class="remark">{text(place.note)}</p>')
    if place.original:
        parts.append(f'<p class="remark">{text(place.original_title or "")}</p>')
        parts.append(words_html(text(place.original.words), place.original.language))
    parts.append(f"{footer_html(place)}{tools}")
    return f'<article class="quote place {place.role.value}" data-number="{place.number}">{"".join(parts)}</article>'


def _tokens(tokens: tuple[Token, ...]) -> str:
    return "".join(map(_token, tokens))


def _token(token: Token) -> str:
    tag = _TAGS.get(token.voice)
    return f"<{tag}>{text(token.text)}</{tag}>" if tag else text(token.text)
