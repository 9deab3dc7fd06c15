"""An answer as HTML. Every character of foreign text that could mean something to a browser or to Markdown is
written as a numeric entity, so that what a reader sees is what the source says."""

from ui.rendering.framing import Card, Frame

_LINKABLE = ("https://", "http://")


def answer_html(shown: Frame) -> str:
    """Return the answer as a fragment of HTML: an `<article class="quote">` per card."""
    parts = [card_html(card) for card in shown.cards]
    if shown.abstention:
        parts.append(f'<p class="abstention">{text(shown.abstention)}</p>')
    parts.append(f'<p class="coverage">{text(shown.coverage)}</p>')
    if shown.examples_title:
        items = "".join(f"<li>{text(example)}</li>" for example in shown.examples)
        parts.append(f'<p class="examples">{text(shown.examples_title)}</p><ul class="examples">{items}</ul>')
    return f'<div class="answer">{"".join(parts)}</div>'


def card_html(card: Card) -> str:
    """Return one quote card."""
    parts = [f'<p class="lead"><span class="number">[{card.number}]</span> {text(card.lead)}</p>']
    if card.asked:
        who = f'<span class="who">{text(card.asked_who or "")}</span>'
        parts.append(f'<p class="asked">{who} <q class="asked-words" dir="auto">{text(card.asked)}</q></p>')
    parts.append(
        f'<blockquote class="words" lang="{text(card.language)}" dir="auto">'
        f'<p style="white-space:pre-wrap">{text(card.words)}</p></blockquote>'
    )
    badge = f'<span class="badge {card.provenance.value}" title="{text(card.badge_hint)}">{text(card.badge)}</span>'
    caution = f'<span class="caution">{text(card.caution)}</span>' if card.caution else ""
    parts.append(f"<footer><cite>{text(card.attribution)}</cite> {badge}{caution}{_link(card)}</footer>")
    return f'<article class="quote" id="{card.quote_id}" data-number="{card.number}">{"".join(parts)}</article>'


def text(value: str) -> str:
    """Return the value with everything but letters, digits and spaces written as numeric entities.

    >>> text("<b>1 & 2</b>")
    '&#60;b&#62;1 &#38; 2&#60;&#47;b&#62;'
    """
    return "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in value)


def _link(card: Card) -> str:
    if not card.link or not card.link.startswith(_LINKABLE):
        return ""
    words = text(card.link_text or "")
    return f' <a class="open" href="{text(card.link)}" target="_blank" rel="noopener noreferrer">{words}</a>'
