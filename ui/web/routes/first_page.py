"""The first page: Gradio's document with a head, a header and a first sight of our own; asking without JavaScript."""

import json
import re
from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Scope

from assistant.daily_quote import DailyQuotes
from assistant.records.holdings import holdings
from knowledge.library.store import SourceSummary
from knowledge.starter.topics import topic_summaries
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import filter_options
from ui.rendering.framing import holdings_line, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.current_visit import current_visit
from ui.web.access.held_responses import HeldResponses
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import owner_of, same_origin, texts_for
from ui.web.chat.first_sight import UNTITLED, examples_by_topic
from ui.web.chat.streaming import Answering
from ui.web.routes.own_conversations import listed_html
from ui.web.templates.answer_tools import notice, quote_card
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.header_texts import header_texts
from ui.web.templates.page_frame import document, header_html, rendered

STYLES = ("tones", "header", "cards", "reader", "page", "panels", "print")
SCRIPTS = ("header", "cards", "reader", "filters", "page", "conversations", "keys")

# Gradio's own head names Gradio, its picture on another host, and a literal {url}
_FOREIGN = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>\s*')
_CHARSET = re.compile(r"<meta charset=[^>]*>")
_BODY = re.compile(r"<body[^>]*>")
_LANGUAGE = re.compile(r'<html(\s+)lang="en"')


class FirstPage(HeldResponses):
    """ASGI middleware that makes Gradio's document ours: its head, what stands before the chat and what after it."""

    def __init__(self, app: ASGIApp, answering: Answering) -> None:
        super().__init__(app)
        self._answering = answering
        self._daily = DailyQuotes(answering.assistant.library)

    def holds(self, scope: Scope, start: Message) -> bool:
        """Whether it is Gradio's document."""
        return scope["path"] == "/" and scope["method"] in ("GET", "HEAD") and start["status"] == 200

    async def remade(self, scope: Scope, start: Message, body: bytes) -> bytes:
        """Return the document with ours around it; none where HEAD asked for none."""
        if not body:
            return body
        MutableHeaders(scope=start)["cache-control"] = "no-store"
        return (await run_in_threadpool(self._ours, Request(scope), body.decode())).encode()

    def _ours(self, request: Request, theirs: str) -> str:
        page = texts_for(request)
        subject = self._answering.assistant.subject.name
        head, top, after = _parts(self._answering, self._daily, request, page)
        opened = f'<body data-root="{current_visit().root}" data-theme="{current_visit().theme or ""}">{top}'
        made = _FOREIGN.sub("", theirs).replace(UNTITLED, _in_script(_title(page, subject)), 1)
        made = _LANGUAGE.sub(lambda found: f'<html{found[1]}lang="{page.code}"', made, count=1)
        made = _CHARSET.sub(lambda found: found[0] + head, made, count=1)  # early: who previews reads little
        made = _BODY.sub(lambda _: opened, made, count=1)
        return made.replace("</body>", f"{after}</body>", 1)


def first_routes(answering: Answering) -> APIRouter:
    """Return the form that asks without JavaScript, and what tells a phone's home screen of the page."""
    routes = APIRouter()
    subject = answering.assistant.subject.name

    @routes.post("/ask", dependencies=[Depends(same_origin)])
    async def ask(request: Request) -> Response:
        question = str((await whole_form(request)).get("q", ""))
        page = texts_for(request)
        answer, trouble = await run_in_threadpool(answering.answered, question, page)
        if answer:
            return RedirectResponse(f"/a/{answer.id}", 303)
        body = notice(trouble) + rendered(
            "plain_form.html", page, subject=subject, question=question if len(question) < _KEPT else ""
        )
        return HTMLResponse(document(page.ask, body, page, here="/"), status_code=422)

    @routes.get("/manifest.webmanifest")
    def manifest(request: Request) -> JSONResponse:
        page, at = texts_for(request), current_visit().at
        told = {
            "name": page.title.format(subject=subject),
            "short_name": "ask-ilya",
            "description": chat_texts(page.code).description.format(subject=subject),
            "lang": page.code,
            "start_url": at("/"),
            "scope": at("/"),
            "display": "standalone",
            "background_color": "#fbfaf7",
            "theme_color": "#fbfaf7",
            "icons": [
                {"src": at("/look/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": at("/look/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            ],
        }
        return JSONResponse(told, media_type="application/manifest+json")

    return routes


_KEPT = 10_000
"""Characters of a refused question that the form still holds."""
_TOPICS_SHOWN = 12


def _parts(answering: Answering, daily: DailyQuotes, request: Request, page: PageTexts) -> tuple[str, str, str]:
    """Return what goes into the head, before the chat and after it."""
    assistant, said, visit = answering.assistant, chat_texts(page.code), current_visit()
    subject, owner = assistant.subject.name, owner_of(request)
    held = [summary for summary in assistant.library.summaries() if summary.quotable_words]
    head = rendered(
        "first_head.html",
        page,
        title=_title(page, subject),
        description=said.description.format(subject=subject),
        address=str(request.base_url),
        styles=STYLES,
        scripts=SCRIPTS,
    )
    of_the_day = daily.of(date.today()) if assistant.settings.starter else None
    past = listed_html(answering.records, owner, page) if owner else ""
    top = rendered(
        "first_top.html",
        page,
        said=said,
        header_said=header_texts(page.code),
        header=Markup(header_html(page, visit, here="/")),
        subject=subject,
        past=Markup(past),
        question=request.query_params.get("q", ""),
    )
    after = rendered(
        "first_page.html",
        page,
        said=said,
        subject=subject,
        examples=examples_by_topic(answering.examples(page.code), page.code),
        topics=_topics(held, page) if assistant.settings.starter else [],
        of_the_day=quote_card(of_the_day, page) if of_the_day else None,
        held=holdings_line(holdings(held), texts(page.code)),
        panel=Markup(panel_html(held, page)),
    )
    return head, top, after


def _title(page: PageTexts, subject: str) -> str:
    return f"{page.title.format(subject=subject)} · ask-ilya"


def _in_script(value: str) -> str:
    """Return a value as it stands inside a string of JSON in a script."""
    return json.dumps(value)[1:-1].replace("<", "\\u003c")


def _topics(held: Sequence[SourceSummary], page: PageTexts) -> list[tuple[str, str]]:
    found = topic_summaries(held={summary.id for summary in held})
    largest = sorted(found, key=lambda topic: -len(topic.questions))[:_TOPICS_SHOWN]
    return [(topic.topic, topic.name.within(page.code)) for topic in found if topic in largest]


def panel_html(held: Sequence[SourceSummary], page: PageTexts) -> str:
    """Return the panel over the sources with quotable words, the newest first."""
    newest = sorted(held, key=lambda one: one.date or "", reverse=True)
    listed = [{"id": one.id, "title": one.title, "facts": _facts(one, page)} for one in newest]
    return rendered(
        "sources_panel.html", page, said=chat_texts(page.code), selects=filter_options(held, page), held=listed
    )


def _facts(one: SourceSummary, page: PageTexts) -> str:
    words = texts(page.code)
    counted = chat_texts(page.code).words.format(count=f"{one.quotable_words:,}")
    when = spoken_date(one.date, words) if one.date else words.unknown_date
    return words.separator.join(filter(None, (when, one.venue, counted, words.provenance[one.provenance])))
