"""A quote handed on: each citation style as text to copy, its JSON, its certificate; two quotes side by side."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from ui.api.api_settings import ApiSettings
from ui.api.negotiation import CERTIFICATE, certificate_of
from ui.api.sharing_routes import site_of
from ui.rendering.citations import Form, export
from ui.rendering.embeds import open_graph, pair_embed
from ui.web.access.visitors import texts_for
from ui.web.chat.streaming import Answering
from ui.web.templates.answer_tools import quote_card
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.page_frame import missing, whole_page


def quote_form_routes(answering: Answering, settings: ApiSettings) -> APIRouter:
    """Return the routes; they come before `/q/ID`, whose id takes any ending."""
    routes = APIRouter()
    assistant, records = answering.assistant, answering.records

    @routes.get("/q/{quote_id}/cite/{form}")
    def cited(quote_id: str, form: Form, request: Request) -> Response:
        found = records.quote(quote_id)
        return PlainTextResponse(export([found], form)) if found else missing(texts_for(request))

    @routes.get("/q/{quote_id}.json")
    def as_json(quote_id: str, request: Request) -> Response:
        found = records.quote(quote_id)
        return JSONResponse(found.model_dump(mode="json")) if found else missing(texts_for(request))

    @routes.get("/q/{quote_id}/certificate")
    def certificate(quote_id: str, request: Request) -> Response:
        found = records.quote(quote_id)
        if found is None:
            return missing(texts_for(request))
        headers = {"content-disposition": f'attachment; filename="{quote_id}.certificate.json"'}
        told = certificate_of(assistant, found).model_dump_json(indent=2)
        return Response(told, media_type=CERTIFICATE, headers=headers)

    @routes.get("/compare")
    def compare(request: Request, a: str = "", b: str = "") -> HTMLResponse:
        page = texts_for(request)
        found = [quote for quote in map(records.quote, (a, b)) if quote]
        if len(found) < 2:
            return missing(page)
        earlier_first = sorted(found, key=lambda quote: quote.source.date or "")
        cards = [quote_card(quote, page, number=number) for number, quote in enumerate(earlier_first, start=1)]
        said = chat_texts(page.code)
        site = site_of(request, settings)
        told = pair_embed(
            *earlier_first,
            title=said.compare_title,
            address=f"{site}/compare?a={earlier_first[0].id}&b={earlier_first[1].id}",
            subject=assistant.subject.name,
        )
        head = open_graph(told, discovery=None)
        return whole_page("compare.html", said.compare_title, page, said=said, cards=cards, head=head)

    return routes
