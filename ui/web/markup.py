"""The pieces of HTML that the page adds to an answer: tools under a card, links, follow-up questions, notices."""

from ui.rendering import Card, Frame, answer_html
from ui.rendering.html import Surroundings, card_html, questions_html, text
from ui.web.texts import PageTexts

ASK_AT = "/?q="


def answer_message(shown: Frame, answer_id: str, page: PageTexts, *, more: tuple[str, ...] = ()) -> str:
    """Return a whole answer with its link and the questions one could ask next."""
    around = Surroundings(tools=lambda card: card_tools(card, page), ask_at=ASK_AT)
    parts = [answer_html(shown, around)]
    if more:
        parts.append(f'<div class="more">{questions_html(page.more, more, ASK_AT)}</div>')
    parts.append(
        f'<p class="answer-links"><a href="/a/{answer_id}">{text(page.link_answer)}</a> '
        f'<a href="/a/{answer_id}.json">{text(page.as_json)}</a></p>'
    )
    return "".join(parts)


def unfinished_message(cards: list[Card], step: str, page: PageTexts) -> str:
    """Return the cards found so far, and what is going on."""
    shown = "".join(card_html(card, card_tools(card, page)) for card in cards)
    return f'<div class="answer unfinished">{shown}<p class="step" role="status">{text(step)}</p></div>'


def card_tools(card: Card, page: PageTexts) -> str:
    """Return the row of tools under a card."""
    return (
        f'<p class="tools"><a class="read" href="/q/{card.quote_id}">{text(page.read)}</a> '
        f'<button type="button" class="copy">{text(page.copy)}</button> '
        f'<a class="link" href="/q/{card.quote_id}">{text(page.link)}</a></p>'
    )


def notice(sentence: str, kind: str = "trouble") -> str:
    """Return a sentence to the person asking, which is no answer."""
    return f'<p class="{kind}" role="status">{text(sentence)}</p>'


def masthead(title: str, promise: str, fresh: str) -> str:
    """Return the head of the page."""
    return (
        f'<header class="masthead"><h1><a href="/">{text(title)}</a></h1>'
        f'<p class="promise">{text(promise)}</p><a class="fresh" href="/">{text(fresh)}</a></header>'
    )
