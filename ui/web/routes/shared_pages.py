"""Pages one can share (a quote, an answer, a source); feedback on quotes."""

from typing import Any
from urllib.parse import quote as quoted

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import NumberedQuote
from assistant.records.saved_answers import SavedAnswer, Verdict
from knowledge.model.errors import UnknownSource
from ui.api.api_settings import ApiSettings
from ui.api.sharing_routes import shared, site_of
from ui.rendering.answer_html import card_html, text
from ui.rendering.answer_texts import texts
from ui.rendering.citations import export
from ui.rendering.embeds import cut, open_graph
from ui.rendering.framing import card, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.visitors import owner_of, same_origin, texts_for
from ui.web.chat.streaming import Answering
from ui.web.templates.answer_tools import FORM_NAMES, card_tools
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.page_frame import document, missing
from ui.web.templates.review_texts import review_texts
from ui.web.templates.source_view import reader_html, source_html, standing_html, tools_html, variants_html


# What readers say about a quote: `/api/feedback`, called by the page.
class Judged(BaseModel):
    """What somebody says about a quote."""

    model_config = ConfigDict(extra="forbid")

    quote_id: str = Field(max_length=40)
    answer_id: str | None = Field(default=None, max_length=40)
    verdict: Verdict


def feedback_routes(answering: Answering) -> APIRouter:
    """Return the route that keeps what somebody says about a quote."""
    routes = APIRouter(prefix="/api")

    @routes.post("/feedback", dependencies=[Depends(same_origin)])
    def feedback(judged: Judged, request: Request) -> dict[str, bool]:
        """Keep what somebody says about a quote."""
        owner = owner_of(request)
        if not answering.records.judge(judged.quote_id, judged.verdict, answer_id=judged.answer_id, owner=owner):
            raise HTTPException(404, "No such quote was shown.")
        return {"kept": True}

    return routes


def page_routes(answering: Answering, settings: ApiSettings, *, may_change: bool = False) -> APIRouter:
    """Return the routes of the shared pages and the reader's content; with `may_change`, the way to the review."""
    routes = APIRouter(default_response_class=HTMLResponse)
    records, library, subject = answering.records, answering.assistant.library, answering.assistant.subject.name

    def head(request: Request) -> str:
        """Return what other sites read of a link to this page."""
        site = site_of(request, settings)
        address = f"{site}{request.url.path.removeprefix(str(request.scope.get('root_path', '')))}"
        shown = shared(answering.assistant, records, address, site=site)
        return open_graph(shown, discovery=f"{site}/api/v1/oembed?url={quoted(address, safe='')}") if shown else ""

    @routes.get("/a/{answer_id}.json", response_class=JSONResponse)
    def answer_json(answer_id: str) -> Any:
        saved = records.answer(answer_id)
        return saved.contract() if saved else JSONResponse({"error": "There is no such answer."}, status_code=404)

    @routes.get("/a/{answer_id}")
    def answer(answer_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        saved = records.answer(answer_id)
        if saved is None:
            return missing(page)
        body = _answer_body(saved, page, answering.restored(saved, page))
        return HTMLResponse(document(saved.question, body, page, head=head(request)))

    @routes.get("/q/{quote_id}")
    def quote(quote_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return missing(page)
        shown = card(NumberedQuote(number=1, quote=found), language=page.code)
        source = source_html(found.source, page, subject=subject, mark=(found.start, found.end))
        body = (
            f"<h1>{text(found.attribution.speaker)}</h1>"
            f"{standing_html(library, found, page)}"
            f'<div class="answer">{card_html(shown, card_tools(shown, page))}</div>'
            f"{variants_html(library, found, page)}"
            f'<section class="source" aria-label="{text(page.reader)}">{tools_html(page)}{source}</section>'
        )
        return HTMLResponse(document(f"{found.attribution.speaker}: {cut(found.text)}", body, page, head=head(request)))

    @routes.get("/q/{quote_id}/cite")
    def cite(quote_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return missing(page)
        forms = "".join(
            f'<section class="form"><h2>{text(name)}</h2>'
            f'<button type="button" class="copy-form">{text(page.copy)}</button>'
            f'<pre tabindex="0">{text(export([found], form))}</pre>'
            f'<span class="copied" role="status">{text(page.copied)}</span></section>'
            for form, name in FORM_NAMES.items()
        )
        shown = card(NumberedQuote(number=1, quote=found), language=page.code)
        body = f'<h1>{text(page.cite)}</h1><div class="answer">{card_html(shown, card_tools(shown, page))}</div>{forms}'
        return HTMLResponse(document(page.cite, body, page))

    @routes.get("/s/{source_id}")
    def source(source_id: str, request: Request, start: int = 0, end: int = 0) -> HTMLResponse:
        page = texts_for(request)
        try:
            found = library.source(source_id)
        except UnknownSource:
            return missing(page)
        mark = (start, end) if 0 <= start < end <= len(found.text) else None
        whole = source_html(found, page, subject=subject, mark=mark)
        way = f'<p class="ways"><a href="/s/{text(source_id)}/speakers">{text(review_texts(page.code).review)}</a> '
        way += f'<a href="/s/{text(source_id)}/facts">{text(facts_texts(page.code).correct)}</a></p>'
        body = f'{way if may_change else ""}<section class="source">{tools_html(page)}{whole}</section>'
        return HTMLResponse(document(found.title, body, page, here="/library"))

    @routes.get("/read/{quote_id}")
    def read(quote_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return HTMLResponse(f'<p class="trouble">{text(page.missing)}</p>', status_code=404)
        mark = (found.start, found.end)
        return HTMLResponse(reader_html(found.source, page, subject=subject, mark=mark, address=f"/q/{quote_id}#mark"))

    return routes


def _answer_body(saved: SavedAnswer, page: PageTexts, shown: str) -> str:
    given = spoken_date(saved.given_at.date().isoformat(), texts(page.code))
    return (
        f'<h1 dir="auto">{text(saved.question)}</h1>{shown}'
        f'<p class="facts">{text(page.asked_on.format(date=given))}</p>'
    )
