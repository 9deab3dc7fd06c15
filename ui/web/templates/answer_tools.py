"""Pieces of HTML around an answer: tools under a card, links, notices, the ways to ask again."""

from urllib.parse import quote

from markupsafe import Markup

from assistant import Answer
from assistant.answers import NumberedQuote
from assistant.quotes import Quote
from assistant.records.saved_answers import SavedAnswer, Verdict
from ui.rendering import Card, Frame, answer_html, frame_saved
from ui.rendering.answer_html import Surroundings, card_html, questions_html, text
from ui.rendering.citation_styles import STYLES
from ui.rendering.citations import Form
from ui.rendering.framing import card
from ui.rendering.page_texts import PageTexts
from ui.web.templates.chat_texts import chat_texts

ASK_AT = "/?q="

_FORM_NAMES = {
    **{Form(name): style.shown for name, style in STYLES.items()},
    Form.MARKDOWN: "Markdown",
    Form.PLAIN: "",  # the one that is named in the page's language
    Form.HTML: "HTML",
    Form.BIBTEX: "BibTeX",
    Form.CSL_JSON: "CSL-JSON",
    Form.RIS: "RIS",
    Form.WIKIPEDIA: "Wikipedia",
}


def form_names(page: PageTexts) -> dict[Form, str]:
    """Return the forms in which a quote is handed on, in the order in which they are offered, with their names."""
    return {form: name or chat_texts(page.code).plain_form for form, name in _FORM_NAMES.items()}


def question_message(question: str) -> str:
    """Return a question as the chat repeats it: a heading, so that who hears the page can go from one to the next."""
    return f'<h2 class="question" dir="auto">{text(question)}</h2>'


def answer_message(
    shown: Frame, answer: Answer, page: PageTexts, *, timeline: str = "", more: tuple[str, ...] = ()
) -> str:
    """Return a whole answer with its timeline, its link and the questions one could ask next."""
    around = Surroundings(tools=lambda card: card_tools(card, page), ask_at=ASK_AT)
    links = _links(answer.id, answer.question, page)
    return f'<div class="message">{timeline}{answer_html(shown, around)}{_more(more, page)}{links}</div>'


def saved_answer(
    saved: SavedAnswer, page: PageTexts, *, subject: str, timeline: str = "", more: tuple[str, ...] = ()
) -> str:
    """Return an answer read back from the records; says which quotes can no longer be shown."""
    shown = frame_saved(saved, subject=subject, language=page.code)
    around = Surroundings(tools=lambda card: card_tools(card, page))
    lost = "".join(notice(page.lost.format(number=number)) for number in saved.lost)
    links = _links(saved.id, saved.question, page)
    return f'<div class="message">{timeline}{answer_html(shown, around)}{lost}{_more(more, page)}{links}</div>'


def unfinished_message(cards: list[Card], step: str, page: PageTexts) -> str:
    """Return the cards found so far, and what is going on."""
    shown = "".join(card_html(card, card_tools(card, page)) for card in cards)
    return f'<div class="answer unfinished">{shown}<p class="step" role="status">{text(step)}</p></div>'


def unanswered(sentence: str, question: str, page: PageTexts, kind: str = "trouble") -> str:
    """Return why a question has no answer, with the ways to ask it again: it is never lost."""
    asked = text(ASK_AT + quote(question, safe=""))
    return f'{notice(sentence, kind)}<p class="answer-ways">{_ask_again(asked, page)}</p>'


def card_tools(card: Card, page: PageTexts) -> str:
    """Return the row of tools under a card: read first, then what is handed on, then what a reader thinks of it."""
    said, place = chat_texts(page.code), f"/q/{card.quote_id}"
    forms = "".join(
        f'<button type="button" class="copy-style {form.value}">{text(name)}</button>'
        for form, name in form_names(page).items()
    )
    reasons = "".join(
        f'<button type="button" class="say {verdict.value}">{text(page.reasons[verdict])}</button>'
        for verdict in Verdict
        if verdict is not Verdict.GOOD
    )
    return (
        f'<div class="tools"><a class="read" href="{place}#mark">{text(page.read)}</a>'
        f'<button type="button" class="copy">{text(page.copy)}</button>'
        f'<details class="menu cite-menu"><summary>{text(page.cite)}</summary><span class="choices">'
        f'<span class="choices-title">{text(said.cite_as)}</span>{forms}'
        f'<a class="cite" href="{place}/cite">{text(said.all_forms)}</a></span></details>'
        f'<details class="menu more-menu"><summary>{text(said.more)}</summary><span class="choices">'
        f'<a class="link" href="{place}">{text(page.link)}</a>'
        f'<button type="button" class="copy-link">{text(said.copy_link)}</button>'
        f'<a class="json" href="{place}.json">{text(page.as_json)}</a>'
        f'<a class="certificate" href="{place}/certificate">{text(said.certificate)}</a>'
        f'<button type="button" class="compare">{text(said.compare)}</button></span></details>'
        f'<span class="judge"><button type="button" class="say good">{text(page.good)}</button>'
        f'<details class="menu"><summary class="bad">{text(page.bad)}</summary>'
        f'<span class="choices reasons">{reasons}</span></details></span>'
        f'<span class="citation">{text(card.attribution)}</span>'
        f'<span class="copied" role="status">{text(page.copied)}</span>'
        f'<span class="chosen" role="status">{text(said.compare_hint)}</span>'
        f'<span class="thanks" role="status">{text(page.thanks)} '
        f'<button type="button" class="add-line">{text(said.add_line)}</button> '
        f'<button type="button" class="send-line">{text(said.send)}</button> '
        f'<button type="button" class="undo">{text(said.undo)}</button></span></div>'
    )


def quote_card(found: Quote, page: PageTexts, *, number: int = 1) -> Markup:
    """Return a quote as a card of its own, with its tools."""
    shown = card(NumberedQuote(number=number, quote=found), language=page.code)
    return Markup(card_html(shown, card_tools(shown, page)))


def notice(sentence: str, kind: str = "trouble") -> str:
    """Return a sentence to the person asking, which is no answer."""
    return f'<p class="{kind}" role="status">{text(sentence)}</p>'


def _more(questions: tuple[str, ...], page: PageTexts) -> str:
    return f'<div class="more">{questions_html(page.more, questions, ASK_AT)}</div>' if questions else ""


def _links(answer_id: str, question: str, page: PageTexts) -> str:
    asked = text(ASK_AT + quote(question, safe=""))
    return (
        f'<p class="answer-links"><a class="permalink" href="/a/{answer_id}">{text(page.link_answer)}</a>'
        f'<a href="/a/{answer_id}.json">{text(page.as_json)}</a>'
        f"{_ask_again(asked, page)}</p>"
    )


def _ask_again(asked: str, page: PageTexts) -> str:
    again = f'<a class="ask again" href="{asked}">{text(page.again)}</a>'
    return f'{again}<a class="edit" href="{asked}">{text(page.edit)}</a>'
