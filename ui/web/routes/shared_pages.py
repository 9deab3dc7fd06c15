"""Pages one can share (a quote, an answer, a source); feedback on quotes."""

import re
from typing import Any
from urllib.parse import quote as quoted

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from assistant.quotes import Quote
from assistant.records.saved_answers import NOTE_CHARACTERS, Records, Verdict
from knowledge.model.errors import UnknownSource
from ui.api.api_settings import ApiSettings
from ui.api.sharing_routes import shared, site_of
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.citations import export
from ui.rendering.embeds import cut, open_graph
from ui.rendering.framing import spoken_date
from ui.web.access.visitors import owner_of, same_origin, texts_for
from ui.web.chat.streaming import Answering
from ui.web.templates.answer_tools import form_names, quote_card
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.page_frame import missing, whole_page
from ui.web.templates.quote_versions import standing_told, version_texts, version_views
from ui.web.templates.review_texts import review_texts
from ui.web.templates.source_map import Placed
from ui.web.templates.source_view import reader_html, source_html, tools_html

_BESIDE = re.compile(r"(\d{1,3})~(q_[A-Za-z0-9_-]{1,40})")
_MOST_BESIDE = 30
"""Quotes of one address that are shown beside each other."""


# What readers say about a quote: `/api/feedback`, called by the page.
class Judged(BaseModel):
    """What somebody says about a quote."""

    model_config = ConfigDict(extra="forbid")

    quote_id: str = Field(max_length=40)
    answer_id: str | None = Field(default=None, max_length=40)
    verdict: Verdict
    note: str | None = Field(default=None, max_length=NOTE_CHARACTERS)


def feedback_routes(answering: Answering) -> APIRouter:
    """Return the route that keeps what somebody says about a quote."""
    routes = APIRouter(prefix="/api")

    @routes.post("/feedback", dependencies=[Depends(same_origin)])
    def feedback(judged: Judged, request: Request) -> dict[str, bool]:
        """Keep what somebody says about a quote."""
        owner = owner_of(request)
        kept = answering.records.judge(
            judged.quote_id, judged.verdict, answer_id=judged.answer_id, owner=owner, note=judged.note
        )
        if not kept:
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
        given = spoken_date(saved.given_at.date().isoformat(), texts(page.code))
        return whole_page(
            "answer.html", saved.question, page, head=head(request),
            shown=Markup(answering.restored(saved, page)), asked_on=page.asked_on.format(date=given),
        )  # fmt: skip

    @routes.get("/q/{quote_id}")
    def quote(quote_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return missing(page)
        speaker, placed = found.attribution.speaker, [Placed(1, found.start, found.end, main=True)]
        return whole_page(
            "quote.html", f"{speaker}: {cut(found.text)}", page, head=head(request),
            speaker=speaker, card=quote_card(found, page), tools=Markup(tools_html(page)),
            source=Markup(source_html(found.source, page, subject=subject, placed=placed)),
            standing=standing_told(library, found, page), versions=version_views(library, found, page),
            version_said=version_texts(page),
        )  # fmt: skip

    @routes.get("/q/{quote_id}/cite")
    def cite(quote_id: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return missing(page)
        forms = [(name, export([found], form)) for form, name in form_names(page).items()]
        return whole_page("cite.html", page.cite, page, card=quote_card(found, page), forms=forms)

    @routes.get("/s/{source_id}")
    def source(source_id: str, request: Request, start: int = 0, end: int = 0) -> HTMLResponse:
        page = texts_for(request)
        try:
            found = library.source(source_id)
        except UnknownSource:
            return missing(page)
        placed = [Placed(1, start, end, main=True)] if 0 <= start < end <= len(found.text) else []
        return whole_page(
            "source_page.html", found.title, page, here="/library",
            source_id=found.id, may_change=may_change, tools=Markup(tools_html(page)),
            review=review_texts(page.code).review, correct=facts_texts(page.code).correct,
            source=Markup(source_html(found, page, subject=subject, placed=placed)),
        )  # fmt: skip

    @routes.get("/read/{quote_id}")
    def read(quote_id: str, request: Request, beside: str = "") -> HTMLResponse:
        """Return the reader's content; `beside` names the quotes shown with it: `1~q_…,2~q_…`."""
        page = texts_for(request)
        found = records.quote(quote_id)
        if found is None:
            return HTMLResponse(f'<p class="trouble">{text(page.missing)}</p>', status_code=404)
        placed = _placed(found, beside, records)
        return HTMLResponse(
            reader_html(found.source, page, subject=subject, placed=placed, address=f"/q/{quote_id}#mark")
        )

    return routes


def _placed(opened: Quote, beside: str, records: Records) -> list[Placed]:
    """Return the opened quote and those beside it that stand in the same source, under their printed numbers."""
    numbers = {quote_id: int(number) for number, quote_id in _BESIDE.findall(beside)[:_MOST_BESIDE]}
    placed = [Placed(numbers.pop(opened.id, 1), opened.start, opened.end, main=True)]
    for quote_id, number in numbers.items():
        found = records.quote(quote_id)
        if found and found.source.sha256 == opened.source.sha256:
            placed.append(Placed(number, found.start, found.end))
    return placed
