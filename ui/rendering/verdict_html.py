"""The verdict on a quotation as HTML. Words of the claim are never marked up as the source's."""

from collections.abc import Callable

from ui.rendering.answer_html import footer_html, header_html, text, words_html
from ui.rendering.verdicts import PlaceCard, Token, VerdictFrame, Voice

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
