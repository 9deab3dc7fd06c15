"""Pieces of HTML around an answer: tools, links and notices; the head of the chat."""

from collections.abc import Sequence
from urllib.parse import quote

from assistant import Answer
from assistant.records.saved_answers import Conversation, SavedAnswer, Verdict
from ui.rendering import Card, Frame, answer_html, frame_saved
from ui.rendering.answer_html import Surroundings, card_html, questions_html, text
from ui.rendering.page_texts import PageTexts
from ui.web.access.visitors import LOCAL

ASK_AT = "/?q="


def answer_message(
    shown: Frame, answer: Answer, page: PageTexts, *, timeline: str = "", more: tuple[str, ...] = ()
) -> str:
    """Return a whole answer with its timeline, its link and the questions one could ask next."""
    around = Surroundings(tools=lambda card: card_tools(card, page), ask_at=ASK_AT)
    parts = [timeline, answer_html(shown, around)]
    if more:
        parts.append(f'<div class="more">{questions_html(page.more, more, ASK_AT)}</div>')
    return f'<div class="message">{"".join(parts)}{_links(answer.id, answer.question, page)}</div>'


def saved_answer(saved: SavedAnswer, page: PageTexts, *, subject: str, timeline: str = "") -> str:
    """Return an answer read back from the records; says which quotes can no longer be shown."""
    shown = frame_saved(saved, subject=subject)
    around = Surroundings(tools=lambda card: card_tools(card, page))
    lost = "".join(notice(page.lost.format(number=number)) for number in saved.lost)
    links = _links(saved.id, saved.question, page)
    return f'<div class="message">{timeline}{answer_html(shown, around)}{lost}{links}</div>'


def unfinished_message(cards: list[Card], step: str, page: PageTexts) -> str:
    """Return the cards found so far, and what is going on."""
    shown = "".join(card_html(card, card_tools(card, page)) for card in cards)
    return f'<div class="answer unfinished">{shown}<p class="step" role="status">{text(step)}</p></div>'


def card_tools(card: Card, page: PageTexts) -> str:
    """Return the row of tools under a card."""
    reasons = "".join(
        f'<button type="button" class="say {verdict.value}">{text(page.reasons[verdict])}</button>'
        for verdict in Verdict
        if verdict is not Verdict.GOOD
    )
    return (
        f'<div class="tools"><a class="read" href="/q/{card.quote_id}#mark">{text(page.read)}</a>'
        f'<button type="button" class="copy">{text(page.copy)}</button>'
        f'<a class="link" href="/q/{card.quote_id}">{text(page.link)}</a>'
        f'<a class="cite" href="/q/{card.quote_id}/cite">{text(page.cite)}</a>'
        f'<span class="judge"><button type="button" class="say good">{text(page.good)}</button>'
        f'<details><summary>{text(page.bad)}</summary><span class="reasons">{reasons}</span></details></span>'
        f'<span class="copied" role="status">{text(page.copied)}</span>'
        f'<span class="thanks" role="status">{text(page.thanks)}</span></div>'
    )


def notice(sentence: str, kind: str = "trouble") -> str:
    """Return a sentence to the person asking, which is no answer."""
    return f'<p class="{kind}" role="status">{text(sentence)}</p>'


def masthead(page: PageTexts, subject: str, *, visitor: str | None, past: Sequence[Conversation]) -> str:
    """Return the head of the page: where to go, what this is, what one asked before."""
    sign_out = ""
    if visitor and visitor != LOCAL:
        sign_out = f'<form method="post" action="/logout"><button type="submit">{text(page.sign_out)}</button></form>'
    return (
        f'<header class="masthead" data-language="{page.code}"><nav class="site">'
        f'<a class="fresh" href="/">{text(page.fresh)}</a>{_past(past, page)}'
        f'<a href="/check">{text(page.nav_check)}</a><a href="/library">{text(page.nav_library)}</a>{sign_out}</nav>'
        f"<h1>{text(page.title.format(subject=subject))}</h1>"
        f'<p class="promise">{text(page.promise.format(subject=subject))}</p></header>'
    )


def _past(past: Sequence[Conversation], page: PageTexts) -> str:
    if not past:
        return ""
    items = "".join(
        f'<li><a href="/?c={text(one.id)}" dir="auto">{text(one.title)}</a> '
        f'<a class="export" href="/c/{text(one.id)}.json" download>{text(page.export)}</a> '
        f'<button type="button" class="forget" data-id="{text(one.id)}">{text(page.delete)}</button></li>'
        for one in past
    )
    return f'<details class="past"><summary>{text(page.past)}</summary><ul>{items}</ul></details>'


def _links(answer_id: str, question: str, page: PageTexts) -> str:
    asked = text(ASK_AT + quote(question, safe=""))
    return (
        f'<p class="answer-links"><a class="permalink" href="/a/{answer_id}">{text(page.link_answer)}</a>'
        f'<a href="/a/{answer_id}.json">{text(page.as_json)}</a>'
        f'<a class="ask" href="{asked}">{text(page.again)}</a>'
        f'<a class="edit" href="{asked}">{text(page.edit)}</a></p>'
    )
